"""Shows the progress of fetches on one line of standard error, which is removed at the end."""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from collections.abc import Iterator
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from reader.core.addresses import is_web_address
from reader.core.text_formatting import amount
from reader.safe_text import sanitise_line

if TYPE_CHECKING:
    from typing import TextIO

    from rich.progress import Progress

    from reader.session import Watch

LINE_SECONDS = 0.1
"""The least time between two updates of the line, in seconds."""

QUIET_SECONDS = 0.3
"""How long a fetch runs before its progress is shown, in seconds."""

WIDTH = 78
"""The longest line, in characters: a wrapped line could not be removed."""


class ProgressLine:
    """One line that is updated in place; nothing is written if standard error is no terminal."""

    def __init__(self, stream: TextIO | None = None) -> None:
        """Start the clock; writes nothing yet.

        Args:
            stream: Where to write; None for standard error.
        """
        self._stream = sys.stderr if stream is None else stream
        self._is_shown = False
        self._started = time.monotonic()
        self._next = self._started + QUIET_SECONDS
        self._lock = threading.Lock()

    def show(self, text: str) -> None:
        """Replace the line by a text, at most ten times a second."""
        with self._lock:
            now = time.monotonic()
            if now < self._next or not self._stream.isatty():
                return
            self._next = now + LINE_SECONDS
            self._stream.write(f"\r\x1b[2K{sanitise_line(text)[:WIDTH]}")
            self._stream.flush()
            self._is_shown = True

    def clear(self) -> None:
        """Remove the line."""
        with self._lock:
            if self._is_shown:
                self._stream.write("\r\x1b[2K")
                self._stream.flush()
                self._is_shown = False

    @property
    def elapsed(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._started


@contextlib.contextmanager
def watching(source: str) -> Iterator[Watch]:
    """Show how much of a source has come while it is fetched; nothing for a file."""
    from reader.session.sources import UNWATCHED, Watch

    if not is_web_address(source):
        yield UNWATCHED
        return
    line = ProgressLine()

    def show(received: int, total: int | None) -> None:
        line.show(f"{amount(received, total)}, {line.elapsed:.0f} s, ctrl+c gives up: {source}")

    try:
        yield Watch(progress=show)
    finally:
        line.clear()


class ProgressBar:
    """Shows how many sources are done and which one is fetched, below what is printed meanwhile.

    Shows nothing if standard error is no terminal. Used as a context.
    """

    def __init__(self, total: int) -> None:
        """Show nothing yet.

        Args:
            total: How many sources there are.
        """
        self._total = total
        self._failed = 0
        self._bar: Progress | None = None

    def __enter__(self) -> ProgressBar:
        if sys.stderr.isatty():
            self._bar = _bar()
            self._task = self._bar.add_task("", total=self._total, failed="")
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def begin_one(self, source: str) -> None:
        """Show which source is being fetched."""
        if self._bar is not None:
            self._bar.update(self._task, description=sanitise_line(source))

    def finish_one(self, *, is_failure: bool) -> None:
        """Count a source as done."""
        self._failed += is_failure
        if self._bar is not None:
            failed = f"{self._failed:,} failed" if self._failed else ""
            self._bar.update(self._task, advance=1, failed=failed)


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.table import Column

    wide = Column(ratio=2, no_wrap=True, overflow="ellipsis")
    return Progress(
        MofNCompleteColumn(),
        BarColumn(bar_width=None, table_column=Column(ratio=1)),
        TextColumn("{task.fields[failed]}", markup=False),
        TimeRemainingColumn(compact=True),
        TextColumn("{task.description}", markup=False, table_column=wide),
        # Leaves room for the ^C that a terminal shows: a wrapped bar could not be removed.
        console=Console(stderr=True, highlight=False, width=get_terminal_size().columns - 3),
        expand=True,
        transient=True,
        # Results that go to a file or a pipe must not be drawn above the bar.
        redirect_stdout=sys.stdout.isatty(),
    )
