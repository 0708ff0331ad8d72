"""The time from the start of the program to its first painted screen, on a pseudo-terminal."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.articles import SIZES, TITLE, write_article
from tests.benchmarks.measuring import Sample, table
from tests.terminal.driver import MARGIN, Terminal

PROGRAMS = Path(__file__).parent / "programs"

VIEWER_SIZES = ("10 KB", "1 MB")
"""MarkdownViewer takes over a minute for 10 MB; it is measured up to 1 MB."""


def first_screen(runs: int) -> str:
    """Measure each program once in every round, and return a table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        programs = _programs(folder)
        seconds: dict[str, list[float]] = {label: [] for label in programs}
        for label, start in programs.items():  # the first round warms the disk's cache
            if "snapshot" in label or label.startswith("bare"):
                start()
        for _ in range(runs):
            for label, start in programs.items():
                seconds[label].append(start())
        samples = [Sample(label, times) for label, times in seconds.items()]
        return table(
            ("first painted screen", "median ms", "quartiles ms", "to bare"),
            [sample.row(samples[0]) for sample in samples],
        )


def _programs(folder: Path) -> dict[str, Callable[[], float]]:
    articles = {label: write_article(folder / f"{size}.md", size) for label, size in SIZES.items()}
    home = folder / "home"
    home.mkdir()
    programs: dict[str, Callable[[], float]] = {
        "bare Textual app": lambda: start_until(
            [sys.executable, PROGRAMS / "bare.py"], "ready", home
        )
    }
    for label, path in articles.items():
        programs[f"margin, {label}, cold"] = lambda path=path: _cold(path)  # type: ignore[misc]
        programs[f"margin, {label}, snapshot"] = lambda path=path: start_until(  # type: ignore[misc]
            [*MARGIN, path], TITLE, home, until_saved=True
        )
    for label in VIEWER_SIZES:
        programs[f"MarkdownViewer, {label}"] = lambda path=articles[label]: start_until(  # type: ignore[misc]
            [sys.executable, PROGRAMS / "viewer.py", path], TITLE, home
        )
    return programs


def _cold(path: Path) -> float:
    """Open an article with a new library."""
    with tempfile.TemporaryDirectory() as home:
        return start_until([*MARGIN, path], TITLE, Path(home))


def start_until(
    command: list[str | Path], marker: str, home: Path, *, until_saved: bool = False
) -> float:
    """Return the seconds from the start of a program until it has painted ``marker``.

    Args:
        command: The program and its arguments.
        marker: A text on its first screen.
        home: Its home folder.
        until_saved: Whether to quit the program only after the snapshot is on disk.
    """
    with Terminal(command, home=home) as terminal:
        terminal.wait_for(marker, seconds=120)
        seconds = time.perf_counter() - terminal.started
        if until_saved:
            terminal.wait_for(lambda text: "reading the file" not in text, seconds=120)
            terminal.send("q")  # quits when the snapshot is on disk
            terminal.wait(seconds=120)
        return seconds
