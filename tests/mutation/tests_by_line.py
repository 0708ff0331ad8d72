"""Which tests run which lines of Margin, recorded once for a state of the tree."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import coverage

from tests.mutation.faults import Fault

SECONDS_OF_TESTS: Final = 120.0
"""How long the tests of one fault may take together, as they took when they were recorded."""

_LEFT_OUT: Final = ("tests/terminal", "tests/mutation", "tests/test_packaging.py")
"""Tests that are too slow or too dependent on the machine's load to judge a fault."""

_DATA, _TIMES = ".coverage", "times.json"


@dataclass(frozen=True, slots=True)
class RecordedTests:
    """The tests that run each line, and how long they take."""

    lines: Mapping[str, Mapping[int, frozenset[str]]]
    """For each module, from the top of the project, and each line the tests that run it."""
    seconds: Mapping[str, float]
    """How long each test takes; only tests that pass."""

    def choose(self, fault: Fault) -> list[str]:
        """Return the tests that can notice a fault, the nearest and shortest first.

        Those are the tests that run its line; where none does, or where the line runs when the
        module is imported, those that run the module, else those that run its package.
        """
        lines = self.lines.get(fault.path, {})
        tests: frozenset[str] = frozenset()
        if fault.in_function:
            tests = _union(lines.get(line, frozenset()) for line in fault.lines)
        tests = tests or _union(lines.values())
        package = Path(fault.path).parent
        while not tests and package.name:
            tests = _union(
                each for path, of_lines in self.lines.items()
                if Path(path).is_relative_to(package) for each in of_lines.values()
            )  # fmt: skip
            package = package.parent
        name = Path(fault.path).parts[1].removesuffix(".py")
        near = f"tests/{name}", f"tests/test_{name}"
        ordered = sorted(
            tests & self.seconds.keys(),
            key=lambda test: (not test.startswith(near), self.seconds[test], test),
        )
        chosen: list[str] = []
        total = 0.0
        for test in ordered:
            total += self.seconds[test]
            if total > SECONDS_OF_TESTS and chosen:
                break
            chosen.append(test)
        return chosen

    def is_run(self, fault: Fault) -> bool:
        """Return whether a test runs the line of a fault."""
        lines = self.lines.get(fault.path, {})
        return not fault.in_function or any(line in lines for line in fault.lines)


def recorded(tree: Path, folder: Path, processes: int) -> RecordedTests:
    """Return which tests run which lines, from a recording of this state of the tree or a new one.

    Args:
        tree: A copy of the project; its tests are run there.
        folder: Where recordings are kept; older ones are removed.
        processes: How many processes run the tests.

    Raises:
        SystemExit: The tests cannot be run.
    """
    place = folder / _state(tree)
    if not (place / _TIMES).exists():
        for old in folder.glob("*/*"):
            old.unlink()
        place.mkdir(parents=True, exist_ok=True)
        _record(tree, place, processes)
    seconds = json.loads((place / _TIMES).read_text(encoding="utf-8"))
    return RecordedTests(_lines(place / _DATA, tree), seconds)


def _record(tree: Path, place: Path, processes: int) -> None:
    """Run every test with coverage, one context for each test."""
    command = [
        sys.executable, "-m", "pytest", "-q", "-n", str(processes), "-p", "no:cacheprovider",
        "-p", "tests.mutation.times", "--times", str(place / "unfinished"),
        "--cov=reader", "--cov-context=test", "--cov-report=", "-W", "default",
        *(f"--ignore={path}" for path in _LEFT_OUT),
    ]  # fmt: skip
    environment = os.environ | {
        "PYTHONPATH": str(tree), "COVERAGE_FILE": str(place / _DATA), "COVERAGE_CORE": "ctrace"
    }  # fmt: skip
    done = subprocess.run(command, cwd=tree, env=environment, stdout=sys.stderr)
    if done.returncode > 1:
        raise SystemExit("The tests cannot be run; see above.")
    names = place / "names"
    names.write_text("\n".join(json.loads((place / "unfinished").read_text(encoding="utf-8"))))
    collect = [sys.executable, "-m", "pytest", "-q", "--collect-only", f"@{names}"]
    again = subprocess.run(collect, cwd=tree, env=environment, capture_output=True, text=True)
    if again.returncode:
        raise SystemExit(f"Tests that passed are not found by their names:\n{again.stdout[-2000:]}")
    (place / "unfinished").rename(place / _TIMES)


def _lines(data_file: Path, tree: Path) -> dict[str, dict[int, frozenset[str]]]:
    data = coverage.CoverageData(str(data_file))
    data.read()
    lines: dict[str, dict[int, frozenset[str]]] = {}
    for path in data.measured_files():
        by_line = defaultdict(set)
        for line, contexts in data.contexts_by_lineno(path).items():
            for context in contexts:
                if context:
                    by_line[line].add(context.rpartition("|")[0])
        name = "reader/" + path.rpartition("/reader/")[2]
        lines[name] = {line: frozenset(tests) for line, tests in by_line.items()}
    return lines


def _state(tree: Path) -> str:
    """Return a name for the program and its tests as they are."""
    digest = hashlib.sha256()
    for folder in ("reader", "tests"):
        for path in sorted((tree / folder).rglob("*.py")):
            if not path.is_relative_to(tree / "tests/mutation"):
                digest.update(str(path.relative_to(tree)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)
