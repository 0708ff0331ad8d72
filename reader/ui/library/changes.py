"""What a person does to the articles of the library: add, mark, archive, remove, take it back."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from textual import events, getters, work
from textual.message import Message

from reader.core.annotation import ArticleState
from reader.core.text_formatting import counted, one_line
from reader.errors import ReaderError
from reader.session import ArticleSummary
from reader.session.queue import AddResult
from reader.ui.dialogs.confirm import ConfirmScreen
from reader.ui.library.add import AddScreen, request_for
from reader.ui.library.article_rows import ArticleRows, title_of
from reader.ui.messages import ArticleOpened
from reader.ui.widgets.listing import ListScreen


class Done(NamedTuple):
    """Something that was done to an article, and can be taken back."""

    article: ArticleSummary
    """The article as it was."""
    trashed: Path | None = None
    """Where it is in the trash folder; None where it was put into another state."""
    before: ArticleState | None = None
    """Where a person had put it before that; None where its reading told."""


class Shelving(ListScreen):
    """The part of the library screen that changes what the library holds."""

    article_rows = getters.query_one(ArticleRows)

    def __init__(self) -> None:
        """Begin with nothing to take back."""
        super().__init__()
        self._done: list[Done] = []

    @property
    def _undo(self) -> str:
        """The key that takes back what was done last."""
        return self.with_keys("{article.restore}")

    @work(exclusive=True, group="remove")
    async def action_remove_article(self) -> None:
        """Move the highlighted article to the trash, if the person says so."""
        article = self.article_rows.highlighted_row
        if article is None:
            return
        title = one_line(title_of(article), 60)
        question = ConfirmScreen(
            f"Remove “{title}” from the library?",
            yes="Remove",
            no="Keep",
            detail=f"{_what_goes(article)} to the library’s trash folder, and {self._undo} brings"
            " it back. The file that you opened stays where it is.",
        )
        if not await self.app.push_screen_wait(question):
            return
        try:
            trashed = await asyncio.to_thread(self.host.session.remove, article.id)
        except ReaderError as error:
            self.host.notify_error(error)
            return
        self._done.append(Done(article, trashed))
        self.inform(f"“{title}” is in the trash folder; {self._undo} brings it back.")
        self.load()

    def action_archive_article(self) -> None:
        """Archive the highlighted article, or take it back from there."""
        article = self.article_rows.highlighted_row
        if article is not None:
            is_archived = article.state is ArticleState.ARCHIVED
            self._shelve(article, None if is_archived else ArticleState.ARCHIVED)

    def action_finish_article(self) -> None:
        """Mark the highlighted article finished, or a finished one unread."""
        article = self.article_rows.highlighted_row
        if article is not None:
            is_finished = article.state is ArticleState.FINISHED
            self._shelve(article, ArticleState.UNREAD if is_finished else ArticleState.FINISHED)

    @work(group="shelve")
    async def _shelve(self, article: ArticleSummary, state: ArticleState | None) -> None:
        try:
            before = await asyncio.to_thread(self.host.session.queue.set_state, article.id, state)
        except ReaderError as error:
            self.host.notify_error(error)
            return
        self._done.append(Done(article, before=before))
        title = one_line(title_of(article), 60)
        how = f"is {state}" if state else "is no longer archived"
        self.inform(f"“{title}” {how}; {self._undo} takes that back.")
        self.load()

    @work(exclusive=True, group="restore")
    async def action_restore_article(self) -> None:
        """Take back what was done last: bring an article back, or put it where it was."""
        if not self._done:
            self.inform("Nothing to bring back: no article was removed or put away here.")
            return
        done = self._done.pop()
        session = self.host.session
        try:
            if done.trashed is not None:
                await asyncio.to_thread(session.restore, done.trashed)
            else:
                await asyncio.to_thread(session.queue.set_state, done.article.id, done.before)
        except ReaderError as error:
            self._done.append(done)
            self.host.notify_error(error)
            return
        how = "is back, with its notes" if done.trashed else f"is {done.article.state} again"
        self.inform(f"“{one_line(title_of(done.article), 60)}” {how}.")
        self.load()

    @work(exclusive=True, group="add")
    async def action_add_article(self, sources: str = "") -> None:
        """Ask for paths or web addresses, and keep what is there for later, or open it."""
        added = await self.app.push_screen_wait(AddScreen(sources))
        if added.loading_article is not None:
            self.post_message(ArticleOpened(added.loading_article))
        elif added.done:
            self.inform(_what_was_added(added.done))
            self.load()

    def on_paste(self, event: events.Paste) -> None:
        """Open what was pasted: an address, a path or a text."""
        event.stop()
        request = request_for(event.text)
        if request is None:
            self.inform("This is neither a web address nor a path nor an article’s text.")
        elif isinstance(request, Message):
            self.post_message(request)
        else:
            self.action_add_article("\n".join(request))


def _what_was_added(done: Sequence[AddResult]) -> str:
    """Say what became of articles that were to be kept."""
    if len(done) == 1:
        how = "is kept for later" if done[0].is_new else "is in the library already"
        return f"“{one_line(done[0].title or done[0].source, 60)}” {how}."
    new = sum(each.is_new for each in done)
    there = len(done) - new
    told = [f"{counted(new, 'article')} kept for later"] if new else []
    told += [f"{there} in the library already"] if there else []
    return f"{', '.join(told)}."


def _what_goes(article: ArticleSummary) -> str:
    """Return the start of a sentence: what a removal moves."""
    if not article.annotations:
        return "It goes"
    return f"It goes with its {counted(article.annotations, 'annotation')}"
