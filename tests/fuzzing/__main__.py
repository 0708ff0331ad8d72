"""Tries made-up files, command lines and exports for some minutes: ``python -m tests.fuzzing``."""

from __future__ import annotations

import argparse
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

from reader import formats
from tests.fuzzing import program
from tests.fuzzing.trying import LAST, try_inputs, write_down

FOLDER = Path(".fuzz")
"""The folder of findings, each of which is an input and a log of what happened."""

KINDS = (*formats.KINDS, *program.KINDS)
"""What is tried: files of every format, and what the program itself is given."""

MAX_MEMORY = 4 << 30
"""Bytes that a process may take for any input."""

MAX_WAIT = 60.0
"""The longest time for one input, in seconds of the clock; then the process is ended."""


def main() -> int:
    """Try every kind for its share of the time; return 1 if there are findings, else 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzzing", description=__doc__)
    parser.add_argument("--minutes", type=float, default=5.0, help="for all kinds together")
    parser.add_argument(
        "--kind", choices=KINDS, action="append", help="only this format, or one of the others"
    )
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where findings are written")
    parser.add_argument("--seconds", type=float, help=argparse.SUPPRESS)
    options = parser.parse_args()
    kinds = options.kind or list(KINDS)
    options.folder.mkdir(parents=True, exist_ok=True)
    if options.seconds is not None:
        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
        count = try_inputs(kinds[0], options.folder, options.seconds)
        print(f"{kinds[0]}: {count} inputs", flush=True)
        return 0
    for kind in kinds:
        _watch(kind, options.folder, options.minutes * 60 / len(kinds))
    findings = sorted(options.folder.glob("*.log"))
    for finding in findings:
        print(f"{finding}: {finding.read_text(encoding='utf-8').strip().splitlines()[-1]}")
    print(f"{len(findings)} findings in {options.folder}")
    return 1 if findings else 0


def _watch(kind: str, folder: Path, seconds: float) -> None:
    """Run processes for a format; if one stalls or dies, its last input is a finding."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 1:
        (folder / LAST).unlink(missing_ok=True)
        command = [sys.executable, "-m", "tests.fuzzing", "--kind", kind, "--folder", str(folder)]
        process = subprocess.Popen([*command, "--seconds", str(left)])
        try:
            what = _outcome(process, folder / LAST)
        finally:
            process.kill()
            process.wait()
        if not what:
            return
        if not (folder / LAST).exists():
            raise SystemExit(f"{kind}: {what} before the first input")
        write_down(folder, kind, what.split()[0], f"{what}\n", (folder / LAST).read_bytes())


def _outcome(process: subprocess.Popen[bytes], last: Path) -> str:
    """Wait for a process; return how it failed, or an empty string."""
    while True:
        try:
            code = process.wait(0.5)
        except subprocess.TimeoutExpired:
            if last.exists() and time.time() - last.stat().st_mtime > MAX_WAIT:
                return f"stalled for {MAX_WAIT:.0f} s"
            continue
        return f"{_named(code)} ended the process" if code else ""


def _named(code: int) -> str:
    return signal.Signals(-code).name if code < 0 and os.name == "posix" else f"exit-{code}"


if __name__ == "__main__":
    sys.exit(main())
