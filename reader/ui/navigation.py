"""From screen to screen: opening articles, going back, leaving."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Protocol, runtime_checkable

from textual import work
from textual.screen import Screen

from reader.core.addresses import is_web_address
from reader.errors import GivenUp, NoArticleError, ReaderError
from reader.session import LoadingArticle
from reader.ui.base_app import BaseApp
from reader.ui.messages import ArticleOpened, ShowArticle, ShowSource, ShowText
from reader.ui.screens.reading import ReadingScreen
from reader.ui.way import Way


@runtime_checkable
class _Editor(Protocol):
    """A screen in which something is being written."""

    @property
    def has_changes(self) -> bool:
        """Whether leaving would lose something."""
        ...

    def ask_to_leave(self) -> None:
        """Ask what to do with it."""
        ...


class Navigation(BaseApp):
    """The part of the app that opens and leaves screens."""

    way: Way
    """Back and forward through the places where the person has been."""

    @work(exclusive=True, group="open")
    async def on_show_article(self, message: ShowArticle) -> None:
        """Open an article of the library."""
        message.stop()
        opens = partial(self.session.open_article, message.article_id)
        await self._open(partial(asyncio.to_thread, opens), annotation_id=message.annotation_id)

    @work(exclusive=True, group="open")
    async def on_show_source(self, message: ShowSource) -> None:
        """Open an article from a path or a URL."""
        message.stop()
        opens: Callable[..., LoadingArticle] = partial(self.session.open, message.source)
        if message.is_visit:
            if await self.way.show_open(message.source, message.fragment):
                return
            opens = partial(self.session.visit, message.source, message.otherwise)
        await self._open(
            partial(self._opened, message, opens),
            partial(self._opened, message, partial(opens, is_whole=True)),
            arrival=message.fragment,
        )

    async def _opened(
        self, message: ShowSource, opens: Callable[..., LoadingArticle]
    ) -> LoadingArticle:
        """Open a source, with how far that is where it has to be fetched."""
        address = next(filter(is_web_address, (message.source, message.otherwise)), "")
        if not address:
            return await asyncio.to_thread(opens)
        from reader.ui.dialogs.fetching import fetched  # noqa: PLC0415  (for pages alone)

        return await fetched(self, address, opens)

    async def _wants_all(self, error: NoArticleError) -> bool:
        """Ask whether all of a page's text is to be shown where it has no article."""
        from reader.ui.dialogs.confirm import ConfirmScreen  # noqa: PLC0415  (rarely needed)

        question: Screen[bool] = ConfirmScreen(
            f"{error.title}: show all of the page’s text?",
            yes="Show all of it",
            no="Leave it",
            detail="Nothing on this page could be told from its menus and lists of links.",
        )
        return await self.push_screen_wait(question) is True

    @work(exclusive=True, group="open")
    async def on_show_text(self, message: ShowText) -> None:
        """Open a text that was pasted."""
        message.stop()
        opens = partial(asyncio.to_thread, self.session.open_text, message.text)
        await self._open(opens, partial(opens, is_whole=True))

    @work(exclusive=True, group="open")
    async def on_article_opened(self, message: ArticleOpened) -> None:
        """Show an article that a dialog has opened."""
        message.stop()

        async def opened() -> LoadingArticle:
            return message.loading_article

        await self._open(opened)

    async def _open(
        self,
        opens: Callable[[], Awaitable[LoadingArticle]],
        opens_whole: Callable[[], Awaitable[LoadingArticle]] | None = None,
        *,
        annotation_id: str = "",
        arrival: str = "",
    ) -> None:
        """Open an article and show it.

        Args:
            opens: Opens it.
            opens_whole: Opens all of a page's text, which is offered where it has no article.
            annotation_id: The annotation to go to.
            arrival: ``#`` and the label of the place to begin at.
        """
        try:
            loading_article = await opens()
        except GivenUp:
            self._say_here("Given up")
            return
        except ReaderError as error:
            self._say_here(error.title)
            if not isinstance(error, NoArticleError) or opens_whole is None:
                self.notify_error(error)
            elif await self._wants_all(error):
                await self._open(opens_whole, annotation_id=annotation_id, arrival=arrival)
            return
        await self._show(loading_article, annotation_id, arrival)

    async def _show(
        self, loading_article: LoadingArticle, annotation_id: str, arrival: str
    ) -> None:
        """Show an article that was opened: on the screen that has it already, or on a new one."""
        self.way.leave_shown()
        if await self.go_to_article(loading_article.open_article.state.article.id):
            screen = self.articles_on_screen()[-1]
            screen.take_newer(loading_article)
            screen.go_to_annotation(annotation_id)
            if arrival:
                screen.arrive(arrival)
            return
        screen = ReadingScreen(loading_article, goes_to=annotation_id)
        screen.arrival = arrival
        await self.push_screen(screen)
        self.way.forget()

    def _say_here(self, message: str) -> None:
        """Say in the article on screen what came of what it said it was opening."""
        if isinstance(self.screen, ReadingScreen):
            self.screen.say(message)

    async def go_to_article(self, article_id: str) -> bool:
        """Go back to the screen that has an article open; tell whether there is one."""
        for screen in self.articles_on_screen():
            if screen.now.article.id == article_id:
                while self.screen is not screen:
                    await self.pop_screen()
                return True
        return False

    def go_to_library(self) -> None:
        """Show the library."""
        from reader.ui.library.screen import LibraryScreen  # noqa: PLC0415  (when it is shown)

        self._go_to(LibraryScreen)

    def go_to_notes(self) -> None:
        """Show the notes."""
        from reader.ui.notes.screen import NotesScreen  # noqa: PLC0415  (when they are shown)

        self._go_to(NotesScreen)

    @work(exclusive=True, group="open")
    async def _go_to(self, screen_type: type[Screen[None]]) -> None:
        """Go back to a screen that is open below, or open it."""
        if any(isinstance(each, screen_type) for each in self.screen_stack):
            while not isinstance(self.screen, screen_type):
                await self.pop_screen()
        else:
            await self.push_screen(screen_type())

    def go_back(self) -> None:
        """Go back; at the first screen, quit."""
        if len(self.screen_stack) > 1:
            self.pop_screen()
        else:
            self.run_worker(self.action_quit(), group="quit", exclusive=True)

    async def action_quit(self) -> None:
        """Wait for the last save, then quit; ask where it cannot be saved."""
        if self._has_unsaved_text():
            return
        self.remember_places()
        if not await asyncio.to_thread(self.session.writer.flush):
            self._ask_to_quit()
            return
        self.leave()

    def leave(self) -> None:
        """Quit; a file that is still being read must not keep its thread, and so the program."""
        self.exit()
        self.workers.cancel_all()
        self.session.give_up_reading()

    def _has_unsaved_text(self) -> bool:
        """Tell whether a note is being written; its editor then asks what to do with it."""
        screen = self.screen
        if not isinstance(screen, _Editor) or not screen.has_changes:
            return False
        screen.ask_to_leave()
        return True

    @work
    async def _ask_to_quit(self) -> None:
        from reader.ui.dialogs.confirm import ConfirmScreen  # noqa: PLC0415  (rarely needed)

        if await self.push_screen_wait(
            ConfirmScreen(
                "The last changes are not saved. Quit and lose them?",
                yes="Quit",
                no="Stay",
                detail=self.session.writer.status.message,
            )
        ):
            self.leave()
