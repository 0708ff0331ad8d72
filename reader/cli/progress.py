"""Shows the progress of longer work on one line of standard error, which is removed at the end."""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from reader.core.addresses import is_web_address
from reader.core.text_formatting import amount, waiting_time
from reader.progress import INDEXING
from reader.safe_text import sanitise_line

if TYPE_CHECKING:
    from typing import TextIO

    from rich.progress import Progress

    from reader.progress import Report, Stage
    from reader.session import IndexProgress, Session, Watch

LINE_SECONDS = 0.1
"""The least time between two updates of the line, in seconds."""

QUIET_SECONDS = 0.3
"""How long a fetch runs before its progress is shown, in seconds."""

LEFT_SECONDS = 1.0
"""How long work runs before the time that is left can be estimated, in seconds."""

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


class WorkProgress:
    """Shows how far work on many files has come and how long the rest may take.

    It is called between two files, as ``reader.progress.Report``; after ctrl+c it ends the work.
    """

    def __init__(self, is_cancelled: Callable[[], bool], consequences: Mapping[Stage, str]) -> None:
        """Show nothing yet.

        Args:
            is_cancelled: Tells whether ctrl+c was pressed.
            consequences: A sentence for each stage that says what stays if it is ended.
        """
        self._is_cancelled = is_cancelled
        self._consequences = consequences
        self._line = ProgressLine()
        self._stage: Stage | None = None
        self._done = self._total = 0
        self._began = 0.0

    def __call__(self, stage: Stage, done: int, total: int) -> None:
        """Show how far a stage has come.

        Raises:
            KeyboardInterrupt: Ctrl+c was pressed, and something is left to do; its argument says
                what was done.
        """
        if stage is not self._stage:
            self._stage, self._began = stage, time.monotonic()
        self._done, self._total = done, total
        if done < total and self._is_cancelled():
            raise KeyboardInterrupt(self.stopped())
        self._line.show(
            f"{stage.doing}: {done:,} of {total:,} {stage.things}{self._left()}, ctrl+c stops"
        )

    def clear(self) -> None:
        """Remove the line."""
        self._line.clear()

    def stopped(self) -> str:
        """Return the sentences that say what was done."""
        stage = self._stage
        if stage is None:
            return "Stopped; nothing was done yet."
        where = f"while {stage.doing} {stage.things}, after {self._done:,} of {self._total:,}"
        return f"Stopped {where}. {self._consequences[stage]}"

    def _left(self) -> str:
        elapsed = time.monotonic() - self._began
        if not self._done or elapsed < LEFT_SECONDS:
            return ""
        return f", {waiting_time(elapsed / self._done * (self._total - self._done))} left"


@contextlib.contextmanager
def working(consequences: Mapping[Stage, str]) -> Iterator[WorkProgress]:
    """Show the progress of work on many files; ctrl+c ends it, and a sentence says what was done.

    Args:
        consequences: For each stage of the work, a sentence that says what stays if it is ended.
    """
    from reader.cli.interrupts import recording_ctrl_c

    with recording_ctrl_c() as is_cancelled:
        progress = WorkProgress(is_cancelled, consequences)
        try:
            yield progress
        except KeyboardInterrupt as interrupt:  # without words it was pressed a second time
            interrupt.args = interrupt.args or (progress.stopped(),)
            raise
        finally:
            progress.clear()


def show_indexing(session: Session) -> None:
    """Show from now on how far the library is indexed, where that takes a while."""
    stack = contextlib.ExitStack()
    report: Report | None = None

    def show(progress: IndexProgress | None) -> None:
        nonlocal report
        if progress is None:
            report = None
            stack.close()
            return
        if report is None:
            kept = "What is indexed stays; the next command goes on."
            report = stack.enter_context(working({INDEXING: kept}))
        report(INDEXING, *progress)

    session.lists.follow(show)


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
    from shutil import get_terminal_size

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
