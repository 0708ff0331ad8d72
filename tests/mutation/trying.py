"""Tries a fault: a copy of the tree, the tests that can notice it, and what became of them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, Literal

from tests.mutation.faults import Fault

Outcome = Literal["caught", "endless", "survived"]

FIRST_TESTS: Final = 40
"""How many of the nearest tests are run before all others: most faults are caught by one of them."""

_STARTING_SECONDS: Final = 60.0
"""How long Python, the imports and the collecting of tests may take on a loaded machine."""

TEST_SECONDS: Final = 30.0
"""How long one test may take; one that takes longer with a fault does not end."""

_SLOWER: Final = 4.0
"""By how much tests may take longer than they took when they were recorded."""


def copy_tree(top: Path, target: Path) -> None:
    """Copy a project as git sees it, without what it ignores."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=top, capture_output=True, check=True).stdout
    for name in os.fsdecode(listed).split("\0"):
        if name and (top / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(top / name, target / name)


def try_fault(
    fault: Fault,
    tree: Path,
    tests: Sequence[str],
    seconds: float,
    *,
    seed: int,
    test_seconds: float = TEST_SECONDS,
) -> Outcome:
    """Put a fault into a tree, run tests on it, and take it out again.

    Args:
        fault: The fault.
        tree: A copy of the project that nobody else uses.
        tests: What can notice it.
        seconds: How long these tests take without the fault.
        seed: For the tests that choose their inputs.
        test_seconds: How long one test may take.

    Returns:
        ``caught`` where a test failed or did not end, ``endless`` where all of them together did
        not, ``survived`` where all passed.
    """
    module = tree / fault.path
    source = module.read_bytes()
    _write(module, fault.apply(source))
    try:
        for part in (tests[:FIRST_TESTS], tests[FIRST_TESTS:]):
            if part and (outcome := _run(tree, part, seconds, seed, test_seconds)) != "survived":
                return outcome
    finally:
        _write(module, source)
    return "survived"


def _write(module: Path, source: bytes) -> None:
    """Write a module; what Python compiled of another text in the same second is removed."""
    module.write_bytes(source)
    for compiled in module.parent.glob(f"__pycache__/{module.stem}.*"):
        compiled.unlink()


def _run(
    tree: Path, tests: Sequence[str], seconds: float, seed: int, test_seconds: float
) -> Outcome:
    with tempfile.TemporaryDirectory(prefix="margin-mutants-") as scratch:
        names = Path(scratch) / "tests"
        names.write_text("\n".join(tests), encoding="utf-8")
        process = subprocess.Popen(
            [
                sys.executable, "-B", "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider",
                "-p", "tests.mutation.quick", "--hypothesis-profile=mutants",
                f"--hypothesis-seed={seed}", f"--timeout={test_seconds:g}",
                f"--basetemp={scratch}/tmp", f"@{names}",
            ],
            cwd=tree,
            env=os.environ | {"PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        try:
            code = process.wait(_STARTING_SECONDS + _SLOWER * seconds)
        except subprocess.TimeoutExpired:
            return "endless"
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    return "survived" if code == 0 else "caught"
