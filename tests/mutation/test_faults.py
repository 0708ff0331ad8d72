"""Faults are where they say, are of one token, and leave out what nobody can notice."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest

from tests.mutation.__main__ import draw
from tests.mutation.faults import Fault, compiles, faults

TOP = Path(__file__).parents[2]

MODULE = '''"""A module of 3 words."""

import logging
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["tide"]

log = logging.getLogger(__name__)
LIMIT: Final[int] = 3
LARGEST: Final = 500_000
WAIT: Final = 10.0


class Sea(dict[str, int]):
    """It has 2 sides."""

    depth: int = 7


def tide(height: int, low: bool = False, *, ö: str = "ö") -> int:
    """Return 5."""
    log.debug("the tide is %s, not %d", height, 9)
    assert height != 8
    if height < LIMIT and not low:
        return max(height, 4, key=abs)
    total = [each for each in range(height) if each]
    total += ["é"]; total.append(6)
    while low is not None:
        break
    return open(ö, encoding="utf-8").read() if low else -1
'''


@pytest.fixture
def found() -> list[Fault]:
    return faults("reader/tide.py", MODULE.encode())


def described(found: list[Fault], kind: str) -> list[str]:
    return [
        fault.describe(MODULE.encode()).split(": ", 2)[2] for fault in found if fault.kind == kind
    ]


def test_comparisons_are_flipped(found: list[Fault]) -> None:
    assert described(found, "comparison") == ["< -> <=", "< -> >=", "is not -> is"]


def test_conditions_are_negated_and_joined_otherwise(found: list[Fault]) -> None:
    assert described(found, "condition") == [
        "height < LIMIT and not low -> (not (height < LIMIT and not low))",
        "and -> or",
        "not -> nothing",
        "each -> (not (each))",
        "low is not None -> (not (low is not None))",
        "low -> (not (low))",
    ]


def test_constants_are_one_off_but_no_limits_of_a_module(found: list[Fault]) -> None:
    assert described(found, "constant") == [
        "3 -> 2", "3 -> 4", "7 -> 6", "7 -> 8", "False -> True", "4 -> 3", "4 -> 5", "6 -> 5",
        "6 -> 7", "1 -> 0", "1 -> 2",
    ]  # fmt: skip


def test_statements_are_taken_away(found: list[Fault]) -> None:
    assert described(found, "statement") == [
        "return max(height, 4, key=abs) -> pass",
        "total = [each for each in range(height) if each] -> pass",
        'total += ["é"] -> pass',
        "total.append(6) -> pass",
        "break -> pass",
        'return open(ö, encoding="utf-8").read() if low else -1 -> pass',
    ]


def test_the_last_argument_and_named_ones_are_taken_away(found: list[Fault]) -> None:
    assert described(found, "argument") == [
        "4, -> nothing", ", key=abs -> nothing", "height -> nothing",
        "6 -> nothing", "ö, -> nothing",
    ]  # fmt: skip


def test_a_fault_knows_which_lines_run_it(found: list[Fault]) -> None:
    lines = MODULE.splitlines()
    first = next(n for n, line in enumerate(lines, 1) if line.startswith("def tide"))
    for fault in found:
        assert fault.line in fault.lines
        assert fault.in_function == (fault.line > first)
    condition = next(fault for fault in found if fault.kind == "condition")
    assert [lines[line - 1].strip() for line in condition.lines] == [
        "if height < LIMIT and not low:"
    ]


@pytest.mark.parametrize(
    "path", sorted((TOP / "reader/core").glob("al*.py")), ids=lambda path: path.stem
)
def test_a_module_with_a_fault_is_another_module(path: Path) -> None:
    source = path.read_bytes()
    original = ast.dump(ast.parse(source))
    valid = [text for fault in faults(str(path), source) if compiles(text := fault.apply(source))]
    assert all(ast.dump(ast.parse(text)) != original for text in valid[::7])
    assert valid


def test_the_same_seed_draws_the_same_faults_and_another_one_others() -> None:
    drawn = draw(TOP, 20, 7, ["store/merge", "clock"])
    assert drawn == draw(TOP, 20, 7, ["store/merge", "clock"])
    assert drawn != draw(TOP, 20, 8, ["store/merge", "clock"])
    assert len(set(drawn)) == 20
    places = Counter(
        str(Path(fault.path).parent) for fault in draw(TOP, 10**6, 7, ["store/merge", "clock"])
    )
    assert set(places) == {"reader", "reader/store/merge"}
