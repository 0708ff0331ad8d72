"""How far fetches are, on one line of standard error that goes away again."""

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
"""How often the line is written anew, in seconds."""

QUIET_SECONDS = 0.3
"""How long a fetch takes before anything is shown of it, in seconds."""

WIDTH = 78
"""The longest line, in characters: narrower terminals would wrap it, and keep its pieces."""


class ProgressLine:
    """One line that is written over and over; nothing where standard error is no terminal."""

    def __init__(self, stream: TextIO | None = None) -> None:
        """Write nothing yet.

        Args:
            stream: Where to write; None for standard error.
        """
        self._stream = sys.stderr if stream is None else stream
        self._is_shown = False
        self._began = time.monotonic()
        self._next = self._began + QUIET_SECONDS
        self._lock = threading.Lock()

    def show(self, text: str) -> None:
        """Write a line in the place of the last one, at most ten times a second."""
        with self._lock:
            now = time.monotonic()
            if now < self._next or not self._stream.isatty():
                return
            self._next = now + LINE_SECONDS
            self._stream.write(f"\r\x1b[2K{sanitise_line(text)[:WIDTH]}")
            self._stream.flush()
            self._is_shown = True

    def clear(self) -> None:
        """Take the line away."""
        with self._lock:
            if self._is_shown:
                self._stream.write("\r\x1b[2K")
                self._stream.flush()
                self._is_shown = False

    @property
    def elapsed(self) -> float:
        """How long it has been since this was made, in seconds."""
        return time.monotonic() - self._began


@contextlib.contextmanager
def watching(source: str) -> Iterator[Watch]:
    """Show how far the fetch of a source is; a file shows nothing."""
    from reader.session.sources import UNWATCHED, Watch

    if not is_web_address(source):
        yield UNWATCHED
        return
    line = ProgressLine()

    def tell(received: int, total: int | None) -> None:
        came, seconds = amount(received, total), f"{line.elapsed:.0f} s"
        line.show(f"{came}, {seconds}, ctrl+c gives up: {source}")

    try:
        yield Watch(progress=tell)
    finally:
        line.clear()


class ProgressBar:
    """How many of many are done, and what is being fetched, below what is printed meanwhile.

    Nothing where standard error is no terminal. Used as a context.
    """

    def __init__(self, total: int) -> None:
        """Show nothing yet.

        Args:
            total: How many there are.
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

    def begun(self, source: str) -> None:
        """Say what is being fetched."""
        if self._bar is not None:
            self._bar.update(self._task, description=sanitise_line(source))

    def done(self, *, is_failure: bool) -> None:
        """Say that one is done with."""
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
        # A terminal that shows ^C has room for it, else the bar would be wrapped and stay behind.
        console=Console(stderr=True, highlight=False, width=get_terminal_size().columns - 3),
        expand=True,
        transient=True,
        # What goes to a file or a pipe must not be drawn above the bar.
        redirect_stdout=sys.stdout.isatty(),
    )
