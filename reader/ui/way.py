"""The way from article to article: opening, and back and forward through places."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from reader.core.trail import Step, Trail
from reader.errors import ReaderError
from reader.session import Opening
from reader.ui.screens.reading import ReadingScreen
from reader.ui.widgets.article_canvas import Spot

if TYPE_CHECKING:
    from reader.core.offset_mapper import OffsetMapper
    from reader.ui.app import MarginApp
    from reader.ui.screens.article_screen import ArticleScreen


@dataclass(frozen=True)
class Stop:
    """A place in an article that can be gone back to."""

    article_id: str
    """The article."""
    place: Spot
    """The caret's offset, and that of the first character on screen."""
    opening: Opening = field(compare=False, repr=False)
    """The article as it was opened."""


class Way:
    """Where the person has been in this run of the program."""

    def __init__(self, app: MarginApp) -> None:
        """Begin, with nothing behind."""
        self._app = app
        self._trail: Trail[Stop] = Trail()

    def leave(self, screen: ArticleScreen, place: Spot | None = None) -> None:
        """Remember the place that a jump, or another article, leads away from.

        Args:
            screen: The article; an old version of one is no place to go back to.
            place: Where one was; None for where one is.
        """
        if type(screen) is ReadingScreen:
            stop = _stop_at(screen)
            self._trail = self._trail.left(replace(stop, place=place or stop.place))

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
        step = self._trail.back_to(_stop_at(screen), lambda stop: stop.article_id in below[-1:])
        if step is not None:
            self._trail = step.trail
        else:
            self.leave(screen)

    def map_offsets(self, screen: ArticleScreen, offset_mapper: OffsetMapper) -> None:
        """Take the places in an article over to its new text.

        Args:
            screen: The article, which shows the new text.
            offset_mapper: Leads from offsets of the old text to those of the new one.
        """
        article_id, opening = screen.now.article.id, screen.opening

        def carried(stop: Stop) -> Stop:
            if stop.article_id != article_id:
                return stop
            return Stop(article_id, stop.place.carried(offset_mapper.map), opening)

        self._trail = self._trail.changed(carried)

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
        step = self._next(_stop_at(screen), is_forward=is_forward)
        if step is None:
            screen.say("Nothing ahead." if is_forward else "Nothing behind: here it began.")
        else:
            if isinstance(screen, ReadingScreen):
                screen.remember_place()
            self._app.run_worker(self._take(step), group="open", exclusive=True)

    def _next(self, present: Stop, *, is_forward: bool) -> Step[Stop] | None:
        """Return the next step along the trail, past articles that were removed."""
        trail = self._trail
        while step := (trail.forward if is_forward else trail.back)(present):
            if not self._app.session.writer.is_closed(step.stop.article_id):
                return step
            trail = step.trail
        return None

    async def _take(self, step: Step[Stop]) -> None:
        try:
            await self._show(step.stop)
        except ReaderError as error:
            self._app.notify_error(error)
        else:
            self._trail = step.trail

    async def _show(self, stop: Stop) -> None:
        """Show a place: on the screen that has its article, else on a new one.

        Raises:
            ReaderError: The article cannot be opened any more.
        """
        for screen in self._articles():
            if screen.now.article.id == stop.article_id:
                await self._show_screen(screen, stop.place)
                return
        screen = ReadingScreen(await self._reopened(stop))
        screen.arrival = stop.place
        await self._app.push_screen(screen)

    async def _show_screen(self, screen: ReadingScreen, at: str | Spot) -> None:
        while self._app.screen is not screen:
            await self._app.pop_screen()
        if at:
            screen.arrive(at)

    async def _reopened(self, stop: Stop) -> Opening:
        """Open an article again; one that is not in the library is as it was left."""
        session, state = self._app.session, stop.opening.reading.state
        if not session.visits.holds(stop.article_id):
            return await asyncio.to_thread(session.open_article, stop.article_id)
        if state.document.is_complete:
            return stop.opening
        return await asyncio.to_thread(partial(session.visit, state.article.source))

    def _articles(self) -> list[ReadingScreen]:
        """Return the screens that show an article as it is now, the one on top last."""
        return [each for each in self._app.screen_stack if type(each) is ReadingScreen]

    def forget(self) -> None:
        """Let go of visited articles that nothing leads back to, once another one is shown."""
        stops = (*self._trail.behind, *self._trail.ahead)
        shown = {screen.now.article.id for screen in self._articles()}
        self._app.session.visits.forget(except_for=shown.union(each.article_id for each in stops))


def _stop_at(screen: ArticleScreen) -> Stop:
    return Stop(screen.now.article.id, screen.view.place, screen.opening)
