"""The time from a key to the painted frame, the time to read a whole file, and peak memory."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from tests.benchmarks.articles import SIZES, TITLE, write_article
from tests.benchmarks.measuring import Sample, table
from tests.terminal.driver import MARGIN, Terminal

KEYS = ("j", "space", "G", "n", "2")
"""A line down, a page down, the end, the next hit, and tagging as a claim."""

FRAME_QUIET_SECONDS = 0.06
"""Seconds without output after which a frame is complete."""


def keys(runs: int) -> str:
    """Measure each key in articles of each size, and return two tables."""
    rows, sizes = [], []
    with tempfile.TemporaryDirectory() as name:
        for label, size in SIZES.items():
            path = write_article(Path(name) / f"{size}.md", size)
            home = Path(name) / f"home-{size}"
            home.mkdir()
            with Terminal([*MARGIN, path], home=home) as terminal:
                terminal.wait_for(TITLE)
                terminal.wait_for(lambda text: "reading the file" not in text, seconds=120)
                whole = time.perf_counter() - terminal.started
                terminal.settle(1.0)
                rows += [_key(terminal, key, runs).row() for key in KEYS]
                rows[-len(KEYS) :] = [
                    (f"{row[0]}, {label}", *row[1:3]) for row in rows[-len(KEYS) :]
                ]
                sizes.append((label, f"{whole:.2f}", f"{_peak_memory(terminal.pid):.0f}"))
    frames = table(("key to painted frame", "median ms", "quartiles ms"), rows)
    return f"{frames}\n\n{table(('article', 'read whole, s', 'peak memory, MB'), sizes)}"


def _key(terminal: Terminal, key: str, runs: int) -> Sample:
    """Press a key ``runs`` times, and measure the time to each complete frame."""
    if key == "n":
        terminal.send("g", "/")
        terminal.wait_for("search the article")
        terminal.send(*"ledger", "enter")
        terminal.settle(0.5)
    if key in {
        "G",
        "space",
    }:  # from the start each time, because a page down at the end paints nothing
        return Sample(key, [press(terminal, each) for each in ("g", key) * runs][1::2])
    if key == "2":
        times = []
        for _ in range(runs):  # each time on another sentence
            press(terminal, ")")
            times.append(press(terminal, key))
        return Sample(key, times)
    return Sample(key, [press(terminal, key) for _ in range(runs)])


def press(terminal: Terminal, key: str) -> float:
    """Press a key, and return the seconds until the frame is complete."""
    terminal.settle(FRAME_QUIET_SECONDS)
    pressed = time.perf_counter()
    return terminal.press(key, FRAME_QUIET_SECONDS) - pressed


def _peak_memory(pid: int) -> float:
    """Return a process's peak resident memory in MB."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1000
    return 0.0
