"""Which tests run which lines of Margin, recorded once for a state of the tree."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import coverage
import msgspec

from tests.mutation.faults import Fault

SECONDS_OF_TESTS: Final = 120.0
"""How long the tests of one fault may take together, as they took when they were recorded."""

_PHASE: Final = re.compile(r"(?:\|\w+| \(\w+\))$")
"""What follows the name of a test in a context: ``|run``, or `` (call)`` in a program that it started."""

_LEFT_OUT: Final = ("tests/terminal", "tests/mutation", "tests/test_packaging.py")
"""Tests that are too slow or too dependent on the machine's load to judge a fault."""


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
    """Return which tests run which lines, recorded before or now.

    When the program has changed since the last recording, all tests are recorded, else those in
    files that are new or have changed.

    Args:
        tree: A copy of the project; its tests are run there.
        folder: Where recordings are kept.
        processes: How many processes run the tests.

    Raises:
        SystemExit: The tests cannot be run.
    """
    index = folder / "index.json"
    program = _digest(tree, (name for name in _modules(tree) if not _holds_tests(name)))
    now = {name: _digest(tree, [name]) for name in _modules(tree) if _holds_tests(name)}
    known = _Index(program, {}, {}, 0)
    if index.exists():
        before = msgspec.json.decode(index.read_bytes(), type=_Index)
        known = before if before.program == program else known
    files = {name: file for name, file in known.files.items() if now.get(name) == file.digest}
    seconds = {
        test: took for test, took in known.seconds.items() if test.partition("::")[0] in files
    }
    number = known.recordings
    if stale := sorted(now.keys() - files.keys()):
        if not files:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        number += 1
        seconds |= _record(tree, folder / f"{number}.coverage", processes, stale if files else ())
        files |= {name: _TestFile(now[name], number) for name in stale}
    known = _Index(program, files, seconds, number)
    index.write_bytes(msgspec.json.encode(known))
    return RecordedTests(_lines(folder, known), known.seconds)


class _TestFile(msgspec.Struct):
    digest: str
    """Of its text."""
    recording: int
    """The number of the recording that its tests are in."""


class _Index(msgspec.Struct):
    program: str
    """A digest of all modules but those with tests."""
    files: dict[str, _TestFile]
    """The files of tests, from the top of the project."""
    seconds: dict[str, float]
    """How long each test takes that passes."""
    recordings: int
    """How many recordings there are."""


def _record(tree: Path, data_file: Path, processes: int, files: Sequence[str]) -> dict[str, float]:
    """Run tests with coverage, one context for each; return how long those took that passed."""
    with tempfile.TemporaryDirectory(prefix="margin-mutants-") as scratch:
        times, names = Path(scratch) / "times", Path(scratch) / "names"
        pytest = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "default"]
        command = [
            *pytest, "-n", str(processes), "-p", "tests.mutation.times", "--times", str(times),
            "--cov=reader", "--cov-context=test", "--cov-report=",
            *(f"--ignore={path}" for path in _LEFT_OUT), *files,
        ]  # fmt: skip
        environment = os.environ | {
            "PYTHONPATH": str(tree), "COVERAGE_FILE": str(data_file), "COVERAGE_CORE": "ctrace"
        }  # fmt: skip
        done = subprocess.run(command, cwd=tree, env=environment, stdout=sys.stderr)
        if done.returncode > 1:
            raise SystemExit("The tests cannot be run; see above.")
        seconds: dict[str, float] = json.loads(times.read_text(encoding="utf-8"))
        names.write_text("\n".join(seconds), encoding="utf-8")
        collect = [*pytest, "--collect-only", f"@{names}"]
        again = subprocess.run(collect, cwd=tree, env=environment, capture_output=True, text=True)
        if again.returncode:
            raise SystemExit(f"Tests that passed are not found again:\n{again.stdout[-2000:]}")
        return seconds


def _lines(folder: Path, index: _Index) -> dict[str, dict[int, frozenset[str]]]:
    """Return the tests of every line of every module, each from the recording that it is in."""
    lines: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for number in {file.recording for file in index.files.values()}:
        data = coverage.CoverageData(str(folder / f"{number}.coverage"))
        data.read()
        for path in data.measured_files():
            by_line = lines["reader/" + path.rpartition("/reader/")[2]]
            for line, contexts in data.contexts_by_lineno(path).items():
                tests = (_PHASE.sub("", context) for context in contexts)
                by_line[line].update(
                    test
                    for test in tests
                    if (file := index.files.get(test.partition("::")[0]))
                    and file.recording == number
                )
    return {
        path: {line: frozenset(tests) for line, tests in by_line.items() if tests}
        for path, by_line in lines.items()
    }


def _modules(tree: Path) -> Iterator[str]:
    """Yield the modules of the program and of its tests, from the top of the project."""
    for folder in ("reader", "tests"):
        for path in sorted((tree / folder).rglob("*.py")):
            if not (name := str(path.relative_to(tree))).startswith(_LEFT_OUT):
                yield name


def _holds_tests(name: str) -> bool:
    return Path(name).name.startswith("test_")


def _digest(tree: Path, names: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for name in names:
        digest.update(name.encode() + b"\0" + (tree / name).read_bytes())
    return digest.hexdigest()[:16]


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)
