"""The time from the start of the program to its first readable screen, and to its first answer.

On a pseudo-terminal: readable is the screen that shows the title; then a key is pressed at once, and
the answer is the screen that it changes.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.articles import SIZES, TITLE, write_article
from tests.benchmarks.measuring import Sample, table
from tests.terminal.driver import MARGIN, Terminal

PROGRAMS = Path(__file__).parent / "programs"

VIEWER_SIZES = ("10 KB", "1 MB")
"""MarkdownViewer takes over a minute for 10 MB; it is measured up to 1 MB."""

LONGEST_SECONDS = 120
"""How long a screen is waited for, in seconds."""

BOTTOM_LINES = 2
"""Lines at the bottom that change by themselves."""


class Times(NamedTuple):
    """How long one start took, in seconds from the start of the program."""

    readable: float
    """Until the title was on screen."""
    answered: float | None = None
    """Until the key that was pressed then had changed the screen; None where none was pressed."""


def first_screen(runs: int) -> str:
    """Measure each program once in every round, and return a table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        programs = _programs(folder)
        for label, start in programs.items():  # the first round warms the disk's cache
            if "cold" not in label and "Viewer" not in label:
                start()
        times: dict[str, list[Times]] = {label: [] for label in programs}
        for _ in range(runs):
            for label, start in programs.items():
                times[label].append(start())
        readable = [
            Sample(label, [each.readable for each in some]) for label, some in times.items()
        ]
        return table(
            ("program", "first readable ms", "quartiles ms", "to bare",
             "answers a key ms", "quartiles ms", "to bare"),
            [
                (*sample.row(readable[0]), *_answers(times[sample.name], readable[0]))
                for sample in readable
            ],
        )  # fmt: skip


def _answers(times: list[Times], bare: Sample) -> tuple[str, ...]:
    """Return the cells about the answer to a key; empty where no key was pressed."""
    seconds = [each.answered for each in times if each.answered is not None]
    return Sample("", seconds).row(bare)[1:] if seconds else ("", "", "")


def _programs(folder: Path) -> dict[str, Callable[[], Times]]:
    articles = {label: write_article(folder / f"{size}.md", size) for label, size in SIZES.items()}
    home = folder / "home"
    home.mkdir()
    programs: dict[str, Callable[[], Times]] = {
        "bare Textual app": lambda: start_until(
            [sys.executable, PROGRAMS / "bare.py"], "ready", home
        )
    }
    for label, path in articles.items():
        programs[f"margin, {label}, cold"] = lambda path=path: _cold(path)  # type: ignore[misc]
        programs[f"margin, {label}, snapshot"] = lambda path=path: start_until(  # type: ignore[misc]
            [*MARGIN, path], TITLE, home, key="j", until_saved=True
        )
    programs["margin, the library"] = lambda: start_until([*MARGIN], TITLE, home, key="G")
    for label in VIEWER_SIZES:
        programs[f"MarkdownViewer, {label}"] = lambda path=articles[label]: start_until(  # type: ignore[misc]
            [sys.executable, PROGRAMS / "viewer.py", path], TITLE, home
        )
    return programs


def _cold(path: Path) -> Times:
    """Open an article with a new library."""
    with tempfile.TemporaryDirectory() as home:
        return start_until([*MARGIN, path], TITLE, Path(home), key="j")


def start_until(
    command: list[str | Path],
    marker: str,
    home: Path,
    *,
    key: str = "",
    until_saved: bool = False,
) -> Times:
    """Return how long a program takes to paint ``marker``, and then to answer a key.

    Args:
        command: The program and its arguments.
        marker: A text on its first screen.
        home: Its home folder.
        key: A key that changes the screen, whose last line is painted last; empty to press none.
        until_saved: Whether to quit the program only after the snapshot is on disk.
    """
    with Terminal(command, home=home) as terminal:
        screen = terminal.wait_for(
            lambda text: marker in text and bool(not key or text.split("\n")[-1]),
            seconds=LONGEST_SECONDS,
        )
        readable, answered = time.perf_counter() - terminal.started, None
        if key:
            terminal.send(key)
            before = _above(screen)
            terminal.wait_for(lambda text: _above(text) != before, seconds=LONGEST_SECONDS)
            answered = time.perf_counter() - terminal.started
        if until_saved:
            terminal.wait_for(lambda text: "reading the file" not in text, seconds=LONGEST_SECONDS)
            terminal.send("k", "q")  # quits when the snapshot is on disk
            terminal.wait(seconds=LONGEST_SECONDS)
        return Times(readable, answered)


def _above(screen: str) -> list[str]:
    """Return the lines that only a key changes, without the scrollbar."""
    return [line[:-1].rstrip() for line in screen.split("\n")[:-BOTTOM_LINES]]
