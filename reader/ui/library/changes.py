"""Changing articles of the library, one or all that are selected, and undoing each change."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from textual.screen import Screen

from reader.core.annotation import Article, ArticleState
from reader.core.text_formatting import counted, one_line
from reader.errors import ReaderError
from reader.session import ArticleSummary
from reader.session.found_facts import FoundFact
from reader.ui.commands import with_keys
from reader.ui.dialogs.confirm import ConfirmScreen
from reader.ui.host import Host, host_of
from reader.ui.painting.library_rows import title_of

TITLE_LENGTH = 60
"""How much of a title is shown, in characters."""


class Change(NamedTuple):
    """A change of one or several articles that can be undone."""

    put_back: Callable[[], object]
    """Undoes it; slow. Raises ReaderError."""
    result: str
    """The sentence about what is so again afterwards."""
    articles: tuple[str, ...] = ()
    """The ids of the articles, which may be open below the list."""
    trashed: tuple[Path, ...] = ()
    """Where the articles are that were removed."""


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

    async def remove(self, articles: Sequence[ArticleSummary]) -> None:
        """Move articles to the trash, if the reader confirms it."""
        name, undo = _named(articles), self._undo_key
        is_one = len(articles) == 1
        them, file = ("it", "The file") if is_one else ("them", "The files")
        stays = "stays where it is" if is_one else "stay where they are"
        question = ConfirmScreen(
            f"Remove {name} from the library?",
            yes="Remove",
            no="Keep",
            detail=f"{_moved_files(articles)} to the library’s trash folder; {undo} brings {them}"
            f" back. {file} that you opened {stays}.",
        )
        if not await self._screen.app.push_screen_wait(question):
            return
        moved: dict[str, Path] = {}
        session = self._host.session
        try:
            for article in articles:
                moved[article.id] = await asyncio.to_thread(session.removals.remove, article.id)
        except ReaderError as error:
            self._host.notify_error(error)
        trashed = tuple(moved.values())
        if not trashed:
            return
        name = _named(articles[: len(trashed)])
        is_one = len(trashed) == 1
        result = f"{name} {'is back, with its' if is_one else 'are back, with their'} notes."

        def put_back() -> None:
            for path in trashed:
                if path.exists():  # else it was brought back from the list of what was deleted
                    session.removals.restore(path)

        self._changes.append(Change(put_back, result, trashed=trashed))
        self._notify(f"{name} {_are(trashed)} in the trash folder; {undo} brings {them} back.")
        self._reload()

    async def toggle_archived(self, articles: Sequence[ArticleSummary]) -> None:
        """Archive articles; where all of them are archived, take them out of the archive."""
        is_archived = all(each.state is ArticleState.ARCHIVED for each in articles)
        await self._set_state(articles, None if is_archived else ArticleState.ARCHIVED)

    async def toggle_finished(self, articles: Sequence[ArticleSummary]) -> None:
        """Mark articles as finished; where all of them are finished, as unread."""
        is_finished = all(each.state is ArticleState.FINISHED for each in articles)
        await self._set_state(
            articles, ArticleState.UNREAD if is_finished else ArticleState.FINISHED
        )

    async def edit_sources(self, articles: Sequence[ArticleSummary]) -> None:
        """Ask for the facts about the sources of some articles, and save those that changed."""
        from reader.ui.dialogs.source_form import SourceForm  # noqa: PLC0415  (when it is shown)

        editing = self._host.session.source_editing
        try:
            records, found = await asyncio.to_thread(self._sources_of, articles)
            if not records:
                return
            values = await self._screen.app.push_screen_wait(SourceForm(records, found))
            if not values:
                return
            changes = await asyncio.to_thread(editing.edit, [each.id for each in records], values)
        except ReaderError as error:
            self._host.notify_error(error)
            return

        def put_back() -> None:
            for change in changes:
                editing.edit([change.article.id], change.before)

        back = f"The source of {_named(articles)} is changed back to what it was."
        ids = tuple(change.article.id for change in changes)
        self._changes.append(Change(put_back, back, ids))
        name = _named(articles)
        if len(changes) == 1:  # under its new title
            name = f"“{one_line(changes[0].article.metadata.title, TITLE_LENGTH)}”"
        self._notify(f"The source of {name} is changed; {self._undo_key} undoes that.")
        self._show_changed(ids)

    async def give_projects(self, articles: Sequence[ArticleSummary]) -> None:
        """Ask which projects some articles belong to, and save that."""
        from reader.ui.dialogs.projects import ask_projects  # noqa: PLC0415  (when it is shown)

        projects = self._host.session.projects
        try:
            choice = await ask_projects(self._screen, [each.tags for each in articles])
            if choice is None:
                return
            change = partial(projects.change, given=choice.given, taken=choice.taken)
            changes = await asyncio.to_thread(change, [each.id for each in articles])
        except ReaderError as error:
            self._host.notify_error(error)
            return
        if not changes:
            return
        ids = tuple(change.article.id for change in changes)
        result = f"The projects of {counted(len(changes), 'article')} are what they were."
        self._changes.append(Change(partial(projects.put_back, changes), result, ids))
        self._notify(f"{choice.describe(len(changes))}; {self._undo_key} undoes that.")
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
        """Show changed articles in the list, and where they are open below it."""
        self._reload()

        def check() -> None:
            for article_id in article_ids:
                self._host.check_for_changes(article_id)

        self._screen.run_worker(check, thread=True)

    async def undo(self) -> None:
        """Undo the last change."""
        while self._changes:
            is_done = await asyncio.to_thread(_is_back, self._changes[-1])
            if not is_done:
                break
            self._changes.pop()
        if not self._changes:
            self._notify("Nothing to undo: no article was removed or changed here.")
            return
        change = self._changes.pop()
        try:
            await asyncio.to_thread(change.put_back)
        except ReaderError as error:
            self._changes.append(change)
            self._host.notify_error(error)
            return
        self._notify(change.result)
        self._show_changed(change.articles)

    async def _set_state(
        self, articles: Sequence[ArticleSummary], state: ArticleState | None
    ) -> None:
        """Set the state of articles; None lets it follow from the reading again."""
        queue = self._host.session.queue
        before: dict[str, ArticleState | None] = {}
        try:
            for each in articles:
                before[each.id] = await asyncio.to_thread(queue.set_state, each.id, state)
        except ReaderError as error:
            self._host.notify_error(error)
        if not before:
            return

        def put_back() -> None:
            for article_id, earlier in before.items():
                queue.set_state(article_id, earlier)

        changed = articles[: len(before)]
        name = _named(changed)
        is_one = len(changed) == 1
        result = f"is {changed[0].state} again" if is_one else "are what they were"
        self._changes.append(Change(put_back, f"{name} {result}."))
        now = f"{_are(changed)} {state or 'no longer archived'}"
        self._notify(f"{name} {now}; {self._undo_key} undoes that.")
        self._reload()

    @property
    def _host(self) -> Host:
        return host_of(self._screen)

    @property
    def _undo_key(self) -> str:
        return with_keys("{article.restore}", self._host.settings.keys)


def _is_back(change: Change) -> bool:
    """Return whether all removed articles were brought back from the list of what was deleted."""
    return bool(change.trashed) and not any(path.exists() for path in change.trashed)


def _named(articles: Sequence[ArticleSummary]) -> str:
    """Return the title of an article in quotation marks, or the number of several."""
    if len(articles) == 1:
        return f"“{one_line(title_of(articles[0]), TITLE_LENGTH)}”"
    return counted(len(articles), "article")


def _are(articles: Sequence[object]) -> str:
    return "is" if len(articles) == 1 else "are"


def _moved_files(articles: Sequence[ArticleSummary]) -> str:
    """Return the start of a sentence about what a removal moves."""
    goes, its = ("It goes", "its") if len(articles) == 1 else ("They go", "their")
    annotations = sum(each.annotations for each in articles)
    return f"{goes} with {its} {counted(annotations, 'annotation')}" if annotations else goes
