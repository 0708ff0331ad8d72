"""A fault of a small project is caught, or survives, by the tests that run its line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.mutation.faults import Fault, faults
from tests.mutation.tests_by_line import RecordedTests, recorded
from tests.mutation.trying import try_fault

PROGRAM = """LIMIT = 3


def is_high(tide):
    if tide < 0:
        return None
    return tide > LIMIT


def doubled(tide):
    total = 0
    while total < 2 * tide:
        total += 1
    return total


def never():
    return 1


def apart():
    return 2
"""

TESTS = """import subprocess
import sys

from reader.core.tide import doubled, is_high


def test_high():
    assert is_high(5)
    assert not is_high(3)


def test_doubled():
    assert doubled(2) == 4
    assert doubled(0) == 0


def test_program():
    program = "from reader.core import tide; print(tide.apart())"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert run.stdout.strip() == "2"


def test_that_fails():
    assert is_high(0)
"""

SOURCE = PROGRAM.encode()


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tree = tmp_path_factory.mktemp("project")
    files = {
        "reader/__init__.py": "",
        "reader/core/__init__.py": "",
        "reader/core/tide.py": PROGRAM,
        "tests/core/test_tide.py": TESTS,
        "pyproject.toml": "[tool.pytest.ini_options]\naddopts = '--import-mode=importlib'\n",
    }
    for name, text in files.items():
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text(text)
    shutil.copytree(Path(__file__).parent, tree / "tests/mutation")
    return tree


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("recording")


@pytest.fixture(scope="module")
def tests(tree: Path, folder: Path) -> RecordedTests:
    return recorded(tree, folder, 1)


def fault(line: int, kind: str, new: str) -> Fault:
    found = faults("reader/core/tide.py", SOURCE)
    return next(each for each in found if (each.line, each.kind, each.new) == (line, kind, new))


HIGH, DOUBLED, APART = (
    f"tests/core/test_tide.py::test_{name}" for name in ("high", "doubled", "program")
)


@pytest.mark.parametrize(
    ("line", "kind", "new", "expected"),
    [
        (7, "comparison", ">=", {HIGH}),
        (5, "constant", "1", {HIGH}),
        (13, "statement", "pass", {DOUBLED}),
        (1, "constant", "4", {HIGH, DOUBLED, APART}),
        (18, "constant", "2", {HIGH, DOUBLED, APART}),
        (22, "constant", "3", {APART}),
    ],
)
def test_the_tests_that_run_a_line_are_chosen_and_those_that_pass(
    tests: RecordedTests, line: int, kind: str, new: str, expected: set[str]
) -> None:
    """A line that runs at the import, or in no test, is left to the tests of its module."""
    assert set(tests.choose(fault(line, kind, new))) == expected
    assert tests.is_run(fault(line, kind, new)) == (line != 18)


def test_only_files_of_tests_that_changed_are_recorded_again(
    tree: Path, folder: Path, tests: RecordedTests, capfd: pytest.CaptureFixture[str]
) -> None:
    assert recorded(tree, folder, 1) == tests
    assert capfd.readouterr().err == ""
    added = tree / "tests/core/test_more.py"
    added.write_text(
        "from reader.core.tide import never\n\n\ndef test_never():\n    assert never() == 1\n"
    )
    try:
        more = recorded(tree, folder, 1)
        assert "1 passed" in capfd.readouterr().err
    finally:
        added.unlink()
    path, never = "reader/core/tide.py", "tests/core/test_more.py::test_never"
    assert more.lines[path] == {**tests.lines[path], 18: {never}}
    assert more.seconds.keys() == {*tests.seconds, never}
    assert recorded(tree, folder, 1) == tests


@pytest.mark.parametrize(
    ("line", "kind", "new", "outcome"),
    [
        (7, "comparison", ">=", "caught"),
        (5, "comparison", "<=", "survived"),
        (13, "statement", "pass", "caught"),
    ],
)
def test_a_fault_is_caught_where_a_test_fails_or_does_not_end(
    tree: Path, tests: RecordedTests, line: int, kind: str, new: str, *, outcome: str
) -> None:
    one = fault(line, kind, new)
    assert try_fault(one, tree, tests.choose(one), 1.0, seed=7, test_seconds=2) == outcome
    assert (tree / one.path).read_bytes() == SOURCE
