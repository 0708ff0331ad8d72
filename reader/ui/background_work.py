"""Long work on a thread for a screen, which shows how far that is and may give it up."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from textual.message import Message
from textual.screen import Screen

from reader.errors import GivenUp
from reader.progress import Report, Stage

Result = TypeVar("Result")

PROGRESS_SECONDS: Final = 0.1
"""The least time between two pictures of how far the work is, in seconds."""


@dataclass
class WorkProgressed(Message):
    """The work went on."""

    stage: Stage
    """What is being done."""
    done: int
    """With how many things it is done."""
    total: int
    """How many things there are."""

    @property
    def summary(self) -> str:
        """How far the work is, in a few words."""
        return f"{self.stage.doing} {self.done:,} of {self.total:,} {self.stage.things}"


class BackgroundWork:
    """The work of a screen, of which one runs at a time."""

    def __init__(self, screen: Screen[Any], on_change: Callable[[], None]) -> None:
        """Do nothing yet.

        Args:
            screen: Gets ``WorkProgressed``.
            on_change: Called when work begins, and when it ends while the screen is there.
        """
        self._screen = screen
        self._on_change = on_change
        self._gave_up: threading.Event | None = None
        self._progressed = 0.0

    @property
    def is_running(self) -> bool:
        """Whether something is being done."""
        return self._gave_up is not None

    async def run(self, work: Callable[[Report], Result], given_up: str) -> Result:
        """Do something on a thread.

        Args:
            work: Does it, and reports how far it is.
            given_up: What giving it up leaves, in a sentence.

        Raises:
            GivenUp: The reader gave it up.
            RuntimeError: Something else is still being done.
        """
        if self._gave_up is not None:
            raise RuntimeError("one piece of work runs at a time")
        gave_up = self._gave_up = threading.Event()

        def report(stage: Stage, done: int, total: int) -> None:
            if gave_up.is_set():
                raise GivenUp("Given up", given_up)
            if time.monotonic() - self._progressed >= PROGRESS_SECONDS:
                self._progressed = time.monotonic()
                self._screen.post_message(WorkProgressed(stage, done, total))

        def end(done: asyncio.Task[Result]) -> None:
            self._gave_up = None
            if not done.cancelled():
                done.exception()  # nobody else looks at it where the one that waits was cancelled
            if self._screen.is_attached:
                self._on_change()

        self._on_change()
        # What is cancelled does not wait for the thread, which goes on until its next report.
        task = asyncio.create_task(asyncio.to_thread(work, report))
        task.add_done_callback(end)
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            gave_up.set()
            raise

    def give_up(self) -> bool:
        """End what is running between two of its steps; return whether anything was."""
        if self._gave_up is None:
            return False
        self._gave_up.set()
        return True
