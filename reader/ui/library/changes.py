"""Removing articles from the library, putting them into another state, and undoing that."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from textual.screen import Screen

from reader.core.annotation import Article, ArticleState
from reader.core.text_formatting import counted, one_line
from reader.errors import ReaderError
from reader.session import ArticleSummary
from reader.session.found_facts import FoundFact
from reader.session.source_editing import SourceChange, SourceValues
from reader.ui.commands import with_keys
from reader.ui.dialogs.confirm import ConfirmScreen
from reader.ui.host import Host, host_of
from reader.ui.painting.library_rows import title_of

TITLE_LENGTH = 60
"""How much of a title is shown, in characters."""


class Change(NamedTuple):
    """A change of one article, or of the sources of several, that can be undone."""

    article: ArticleSummary
    """The article before the change; the first one of several."""
    trashed: Path | None = None
    """The article's path in the trash folder; None where its state was changed."""
    manual_state: ArticleState | None = None
    """The state that the reader had set before; None where it followed from the reading."""
    sources: tuple[tuple[str, SourceValues], ...] = ()
    """What the reader had written before about the sources of articles, by their ids."""


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

    async def edit_sources(self, articles: Sequence[ArticleSummary]) -> None:
        """Ask for the facts about the sources of some articles, and save those that changed."""
        from reader.ui.dialogs.source_form import SourceForm  # noqa: PLC0415  (when it is shown)

        session = self._host.session
        try:
            records, found = await asyncio.to_thread(self._sources_of, articles)
        except ReaderError as error:
            self._host.notify_error(error)
            return
        if not records:
            return
        values = await self._screen.app.push_screen_wait(SourceForm(records, found))
        if not values:
            return
        try:
            ids = [record.id for record in records]
            changes = await asyncio.to_thread(session.source_editing.edit, ids, values)
        except ReaderError as error:
            self._host.notify_error(error)
            return
        sources = tuple((change.article.id, change.before) for change in changes)
        self._changes.append(Change(articles[0], sources=sources))
        self._notify(f"{_corrected(changes)}; {self._undo_key} undoes that.")
        self._show_changed(ids)

    def _sources_of(
        self, articles: Sequence[ArticleSummary]
    ) -> tuple[list[Article], Mapping[str, FoundFact]]:
        """Return articles with what is known of them, and what the text of a single one states."""
        session = self._host.session
        records = [record for each in articles if (record := session.record(each.id)) is not None]
        stored = [record.article for record in records]
        found = session.source_editing.found_facts(stored[0]) if len(stored) == 1 else {}
        return stored, found

    def _show_changed(self, article_ids: Sequence[str]) -> None:
        """Show changed sources in the list, and in articles that are open below it."""
        self._reload()

        def check() -> None:
            for article_id in article_ids:
                self._host.check_for_changes(article_id)

        self._screen.run_worker(check, thread=True)

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
            if change.sources:
                await self._undo_sources(change)
                return
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

    async def _undo_sources(self, change: Change) -> None:
        editing = self._host.session.source_editing
        changes = []
        for article_id, before in change.sources:
            changes += await asyncio.to_thread(editing.edit, [article_id], before)
        self._notify(f"{_corrected(changes)} back to what it was.")
        self._show_changed([article_id for article_id, _ in change.sources])

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


def _corrected(changes: Sequence[SourceChange]) -> str:
    """Return the start of a sentence about sources that were changed."""
    if len(changes) == 1:
        title = one_line(changes[0].article.metadata.title, TITLE_LENGTH)
        return f"The source of “{title}” is changed"
    return f"The source of {counted(len(changes), 'article')} is changed"


def _moved_files(article: ArticleSummary) -> str:
    """Return the start of a sentence about what a removal moves."""
    if not article.annotations:
        return "It goes"
    return f"It goes with its {counted(article.annotations, 'annotation')}"
