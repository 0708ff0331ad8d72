"""End the reader at random moments in every way that a system has, and count what does not end."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from tests.formats.pdfs import Piece, pdf
from tests.terminal.driver import HOLDER, MARGIN, Terminal

SAMPLES = Path(__file__).parents[2] / "sample_articles"
BEGUN = "? help"
"""What the last line of the first screen ends with."""

KEYS = (
    "j", "space", ")", "}", "1", "2", "3", "enter", "x", "escape", "/", "t", "a", "L", "R", "f", "E",
    "q", "?", "ctrl+p", "G", "g", "n", "v", "y", "i", "ctrl+s", "T", "+", "-",
)  # fmt: skip
"""What is pressed before the end; some keys write notes, some leave the article."""

SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)

LIMIT_SECONDS = 30.0
"""After how long a program counts as hanging, in seconds; it takes at most 10 by itself."""


def one(folder: Path, seed: int) -> str:
    """Start the reader, press keys and end it; return what is wrong, empty where nothing is."""
    chance = random.Random(seed)
    home = folder / f"home-{seed}"
    home.mkdir()
    source = chance.choice(["essay.md", "large.txt", "long.pdf"])
    is_silent = chance.random() < 0.4
    said = home / "process"
    command: list[str | Path] = [*HOLDER, said] if is_silent else []
    with Terminal([*command, *MARGIN, folder / source], home=home) as terminal:
        with contextlib.suppress(AssertionError):  # the end may come before the first screen, too
            terminal.wait_for(BEGUN if chance.random() < 0.9 else "\n", 60)
        terminal.wait_for(lambda screen: bool(screen.strip()), 60)
        for key in chance.choices(KEYS, k=chance.randrange(12)):
            terminal.send(key)
            if not terminal.read(chance.choice([0, 0, 0.02, 0.1])):
                break
        expected = _end(terminal, chance, is_silent=is_silent)
        problem = _code(terminal, said, expected, is_silent=is_silent)
    if not problem:
        shutil.rmtree(home)
    return problem and f"{seed} ({source}): {problem}"


def _end(terminal: Terminal, chance: random.Random, *, is_silent: bool) -> set[int]:
    """End the reader; return the exit codes that are right. It may have been left before: 0."""
    if is_silent or chance.random() < 0.3:
        terminal.lose()
        return {0, 128 + signal.SIGHUP}
    numbers = chance.sample(SIGNALS, chance.choice([1, 1, 1, 2]))
    with contextlib.suppress(ProcessLookupError):
        for number in numbers:
            os.kill(terminal.pid, number)
    return {0, *(128 + number for number in numbers)}


def _code(terminal: Terminal, said: Path, expected: set[int], *, is_silent: bool) -> str:
    pid = int(said.read_text().split()[0]) if is_silent else terminal.pid
    try:
        code = terminal.wait(LIMIT_SECONDS)
    except AssertionError:
        dump = _threads_of(pid)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        return f"it did not end\n{dump}"
    if is_silent:
        code = int(said.read_text().split()[1])
    return "" if code in expected else f"exit code {code}, not one of {sorted(expected)}"


def _threads_of(pid: int) -> str:
    """Return where the threads of a process stand, where py-spy is installed."""
    program = shutil.which("py-spy") or str(Path(sys.executable).with_name("py-spy"))
    with contextlib.suppress(OSError):
        return subprocess.run(
            [program, "dump", "--pid", str(pid)], capture_output=True, text=True
        ).stdout
    return ""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.leaving", description=__doc__)
    parser.add_argument("--times", type=int, default=100, help="how often; 100 by default")
    parser.add_argument("--jobs", type=int, default=2, help="how many at once; 2 by default")
    parser.add_argument("--seed", type=int, default=1, help="the first seed; 1 by default")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    shutil.copy(SAMPLES / "the-long-way-to-tell-time.md", folder / "essay.md")
    (folder / "large.txt").write_text("A line with words in it, one of many.\n\n" * 200_000)
    pages = [[Piece(30, 560, 16, f"Chapter {number} of many")] for number in range(400)]
    (folder / "long.pdf").write_bytes(pdf(pages))
    began, outcomes = time.monotonic(), Counter[bool]()
    with ThreadPoolExecutor(options.jobs) as pool:
        seeds = range(options.seed, options.seed + options.times)
        for problem in pool.map(partial(one, folder), seeds):
            outcomes[bool(problem)] += 1
            if problem:
                print(problem, flush=True)
    taken = time.monotonic() - began
    print(f"{outcomes[False]} of {options.times} ended rightly; {taken:.0f} s; notes in {folder}")
    print(json.dumps({"times": options.times, "wrong": outcomes[True]}))
    return 1 if outcomes[True] else 0


if __name__ == "__main__":
    sys.exit(main())
