"""The review that is on screen, as the parts of its screen know it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.notifications import SeverityLevel

from reader.errors import ReaderError
from reader.ui.commands import with_keys
from reader.ui.host import Host, host_of

if TYPE_CHECKING:
    from textual.screen import Screen

    from reader.session.review_session import ReviewCard, ReviewSession


class ReviewContext:
    """The review, its present card, and how an answer is given."""

    def __init__(self, screen: Screen[None], show: Callable[[], None]) -> None:
        """Touch nothing yet.

        Args:
            screen: The screen.
            show: Shows the present card; called after every change.
        """
        self.screen = screen
        """The screen of the review."""
        self.review: ReviewSession | None = None
        """The review; None until it has begun."""
        self._show = show
        self._lock = asyncio.Lock()

    @property
    def host(self) -> Host:
        """The app."""
        return host_of(self.screen)

    @property
    def card(self) -> ReviewCard | None:
        """The note that is asked; None before the first one and at the end."""
        return self.review.card if self.review is not None else None

    async def run(self, change: Callable[[ReviewSession], object]) -> bool:
        """Change the review on a thread, and show its card; return whether that was possible.

        Args:
            change: Gives an answer, or changes the note.
        """
        async with self._lock:
            if self.review is None:
                return False
            try:
                await asyncio.to_thread(change, self.review)
            except ReaderError as error:
                self.host.notify_error(error)
                return False
            problem, self.review.problem = self.review.problem, None
            if problem is not None:
                self.host.notify_error(problem)
            self._show()
            return True

    def with_keys(self, sentence: str) -> str:
        """Return a sentence with the reader's own keys in place of the ids in braces."""
        return with_keys(sentence, self.host.settings.keys)

    def notify(self, sentence: str, severity: SeverityLevel = "information") -> None:
        """Show a sentence for a moment; it may contain any text."""
        self.screen.notify(sentence, severity=severity, markup=False)
