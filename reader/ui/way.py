"""The way from article to article: opening, and back and forward through places."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from reader.core.back_forward import BackForward, Step
from reader.errors import ReaderError
from reader.session import LoadingArticle
from reader.ui.article.position import ViewPosition
from reader.ui.screens.reading import ReadingScreen

if TYPE_CHECKING:
    from reader.core.offset_mapper import OffsetMapper
    from reader.ui.app import MarginApp
    from reader.ui.screens.article_screen import ArticleScreen


@dataclass(frozen=True)
class NavigationEntry:
    """A place in an article that can be gone back to."""

    article_id: str
    """The article."""
    place: ViewPosition
    """The caret's offset, and that of the first character on screen."""
    loading_article: LoadingArticle = field(compare=False, repr=False)
    """The article as it was opened."""


class Way:
    """Where the person has been in this run of the program."""

    def __init__(self, app: MarginApp) -> None:
        """Begin, with nothing behind."""
        self._app = app
        self._history: BackForward[NavigationEntry] = BackForward()

    def leave(self, screen: ArticleScreen, place: ViewPosition | None = None) -> None:
        """Remember the place that a jump, or another article, leads away from.

        Args:
            screen: The article; an old version of one is no place to go back to.
            place: Where one was; None for where one is.
        """
        if type(screen) is ReadingScreen:
            entry = _entry_at(screen)
            self._history = self._history.push(replace(entry, place=place or entry.place))

    def leave_shown(self) -> None:
        """Remember the place in the article that is on screen, or was before the lists."""
        for screen in self._articles()[-1:]:
            self.leave(screen)

    def close(self, screen: ArticleScreen) -> None:
        """Note that an article is left for what lies below it: forward leads to it again.

        Args:
            screen: The article, which is still on screen.
        """
        below = [each.now.article.id for each in self._articles() if each is not screen]
        step = self._history.back_to(
            _entry_at(screen), lambda entry: entry.article_id in below[-1:]
        )
        if step is not None:
            self._history = step.history
        else:
            self.leave(screen)

    def map_offsets(self, screen: ArticleScreen, offset_mapper: OffsetMapper) -> None:
        """Take the places in an article over to its new text.

        Args:
            screen: The article, which shows the new text.
            offset_mapper: Leads from offsets of the old text to those of the new one.
        """
        article_id, loading_article = screen.now.article.id, screen.loading_article

        def carried(entry: NavigationEntry) -> NavigationEntry:
            if entry.article_id != article_id:
                return entry
            return NavigationEntry(
                article_id, entry.place.mapped(offset_mapper.map), loading_article
            )

        self._history = self._history.updated(carried)

    async def show_open(self, source: str, at: str) -> bool:
        """Go to an article that is on a screen already.

        Args:
            source: The path or URL that it was opened from.
            at: ``#`` and the label of the place to go to; empty for where it was left.

        Returns:
            Whether it is on a screen.
        """
        for screen in self._articles():
            if source and screen.now.article.source == source:
                self.leave_shown()
                await self._show_screen(screen, at)
                return True
        return False

    def go_back(self, screen: ArticleScreen) -> None:
        """Go to the place before this one."""
        self._step(screen, is_forward=False)

    def go_forward(self, screen: ArticleScreen) -> None:
        """Go to the place that one came back from."""
        self._step(screen, is_forward=True)

    def _step(self, screen: ArticleScreen, *, is_forward: bool) -> None:
        step = self._next(_entry_at(screen), is_forward=is_forward)
        if step is None:
            screen.say("Nothing ahead." if is_forward else "Nothing behind: here it began.")
        else:
            if isinstance(screen, ReadingScreen):
                screen.remember_place()
            self._app.run_worker(self._take(step), group="open", exclusive=True)

    def _next(self, present: NavigationEntry, *, is_forward: bool) -> Step[NavigationEntry] | None:
        """Return the next step along the history, past articles that were removed."""
        history = self._history
        while step := (history.forward if is_forward else history.back)(present):
            if not self._app.session.writer.is_closed(step.entry.article_id):
                return step
            history = step.history
        return None

    async def _take(self, step: Step[NavigationEntry]) -> None:
        try:
            await self._show(step.entry)
        except ReaderError as error:
            self._app.notify_error(error)
        else:
            self._history = step.history

    async def _show(self, entry: NavigationEntry) -> None:
        """Show a place: on the screen that has its article, else on a new one.

        Raises:
            ReaderError: The article cannot be opened any more.
        """
        for screen in self._articles():
            if screen.now.article.id == entry.article_id:
                await self._show_screen(screen, entry.place)
                return
        screen = ReadingScreen(await self._load_snapshot(entry))
        screen.arrival = entry.place
        await self._app.push_screen(screen)

    async def _show_screen(self, screen: ReadingScreen, at: str | ViewPosition) -> None:
        while self._app.screen is not screen:
            await self._app.pop_screen()
        if at:
            screen.arrive(at)

    async def _load_snapshot(self, entry: NavigationEntry) -> LoadingArticle:
        """Open an article again; one that is not in the library is as it was left."""
        session, state = self._app.session, entry.loading_article.open_article.state
        if not session.unsaved_articles.holds(entry.article_id):
            return await asyncio.to_thread(session.open_article, entry.article_id)
        if state.document.is_complete:
            return entry.loading_article
        return await asyncio.to_thread(partial(session.visit, state.article.source))

    def _articles(self) -> list[ReadingScreen]:
        """Return the screens that show an article as it is now, the one on top last."""
        return [each for each in self._app.screen_stack if type(each) is ReadingScreen]

    def forget(self) -> None:
        """Let go of visited articles that nothing leads back to, once another one is shown."""
        entries = (*self._history.behind, *self._history.ahead)
        shown = {screen.now.article.id for screen in self._articles()}
        self._app.session.unsaved_articles.forget(
            except_for=shown.union(entry.article_id for entry in entries)
        )


def _entry_at(screen: ArticleScreen) -> NavigationEntry:
    return NavigationEntry(screen.now.article.id, screen.view.position, screen.loading_article)
