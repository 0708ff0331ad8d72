"""Removing articles from the library, putting them into another state, and undoing that."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from textual.screen import Screen

from reader.core.annotation import ArticleState
from reader.core.text_formatting import counted, one_line
from reader.errors import ReaderError
from reader.session import ArticleSummary
from reader.ui.commands import with_keys
from reader.ui.dialogs.confirm import ConfirmScreen
from reader.ui.host import Host, host_of
from reader.ui.painting.library_rows import title_of

TITLE_LENGTH = 60
"""How much of a title is shown, in characters."""


class Change(NamedTuple):
    """A change of one article that can be undone."""

    article: ArticleSummary
    """The article before the change."""
    trashed: Path | None = None
    """The article's path in the trash folder; None where its state was changed."""
    manual_state: ArticleState | None = None
    """The state that the reader had set before; None where it followed from the reading."""


class ArticleChanges:
    """Changes articles on behalf of the library's screen; each method is called from a worker."""

    def __init__(
        self, screen: Screen[Any], *, notify: Callable[[str], None], reload: Callable[[], object]
    ) -> None:
        """Begin with nothing to undo.

        Args:
            screen: The screen that shows the articles.
            notify: Shows a sentence for a moment; the sentence may contain any text.
            reload: Reads the list again.
        """
        self._screen = screen
        self._notify = notify
        self._reload = reload
        self._changes: list[Change] = []

    async def remove(self, article: ArticleSummary) -> None:
        """Move an article to the trash, if the reader confirms it."""
        title = _title(article)
        undo = self._undo_key
        question = ConfirmScreen(
            f"Remove “{title}” from the library?",
            yes="Remove",
            no="Keep",
            detail=f"{_moved_files(article)} to the library’s trash folder; {undo} brings it back."
            " The file that you opened stays where it is.",
        )
        if not await self._screen.app.push_screen_wait(question):
            return
        try:
            trashed = await asyncio.to_thread(self._host.session.remove, article.id)
        except ReaderError as error:
            self._host.notify_error(error)
            return
        self._changes.append(Change(article, trashed))
        self._notify(f"“{title}” is in the trash folder; {undo} brings it back.")
        self._reload()

    async def toggle_archived(self, article: ArticleSummary) -> None:
        """Archive an article, or take it out of the archive."""
        is_archived = article.state is ArticleState.ARCHIVED
        await self._set_state(article, None if is_archived else ArticleState.ARCHIVED)

    async def toggle_finished(self, article: ArticleSummary) -> None:
        """Mark an article as finished, or a finished one as unread."""
        is_finished = article.state is ArticleState.FINISHED
        state = ArticleState.UNREAD if is_finished else ArticleState.FINISHED
        await self._set_state(article, state)

    async def undo(self) -> None:
        """Undo the last change."""
        while self._changes and await self._is_back(self._changes[-1]):
            self._changes.pop()
        if not self._changes:
            self._notify("Nothing to undo: no article was removed or changed here.")
            return
        change = self._changes.pop()
        session = self._host.session
        try:
            if change.trashed is not None:
                await asyncio.to_thread(session.restore, change.trashed)
            else:
                await asyncio.to_thread(
                    session.queue.set_state, change.article.id, change.manual_state
                )
        except ReaderError as error:
            self._changes.append(change)
            self._host.notify_error(error)
            return
        result = "is back, with its notes" if change.trashed else f"is {change.article.state} again"
        self._notify(f"“{_title(change.article)}” {result}.")
        self._reload()

    async def _is_back(self, change: Change) -> bool:
        """Return whether a removed article was brought back from the list of what was deleted."""
        trashed = change.trashed
        return trashed is not None and not await asyncio.to_thread(trashed.exists)

    async def _set_state(self, article: ArticleSummary, state: ArticleState | None) -> None:
        """Set an article's state; None lets the state follow from the reading again."""
        try:
            before = await asyncio.to_thread(self._host.session.queue.set_state, article.id, state)
        except ReaderError as error:
            self._host.notify_error(error)
            return
        self._changes.append(Change(article, manual_state=before))
        result = f"is {state}" if state else "is no longer archived"
        self._notify(f"“{_title(article)}” {result}; {self._undo_key} undoes that.")
        self._reload()

    @property
    def _host(self) -> Host:
        return host_of(self._screen)

    @property
    def _undo_key(self) -> str:
        return with_keys("{article.restore}", self._host.settings.keys)


def _title(article: ArticleSummary) -> str:
    return one_line(title_of(article), TITLE_LENGTH)


def _moved_files(article: ArticleSummary) -> str:
    """Return the start of a sentence about what a removal moves."""
    if not article.annotations:
        return "It goes"
    return f"It goes with its {counted(article.annotations, 'annotation')}"
