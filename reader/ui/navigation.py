"""Going from screen to screen: opening articles, back and forward."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from functools import partial
from typing import Any, Protocol, runtime_checkable

from textual.app import App
from textual.screen import Screen

from reader.core.addresses import is_web_address
from reader.core.back_forward import Step
from reader.errors import GivenUp, NoArticleError, ReaderError
from reader.session import ExportRequest, LoadingArticle
from reader.ui.article.position import PassageTarget, Target
from reader.ui.held_input import held_input_of, hold_until
from reader.ui.host import Host
from reader.ui.messages import ShowArticle, ShowPassage, ShowReview, ShowSource
from reader.ui.navigation_history import HistoryEntry
from reader.ui.reading.screen import ReadingScreen, articles_on
from reader.ui.return_path import ReturnPath

Opens = Callable[..., Awaitable[LoadingArticle]]
"""Opens an article."""


@runtime_checkable
class Results(Protocol):
    """A screen with a list of notes that can be walked."""

    def next_note(self, step: int) -> ShowArticle | None:
        """Highlight another note and return what shows it; None where there is none.

        Args:
            step: 1 for the next one, -1 for the one before.
        """
        ...


class Navigation:
    """Opens screens and leaves them; an article is on one screen at most."""

    def __init__(self, app: App[None], host: Host, quit_program: Callable[[], object]) -> None:
        self._app = app
        self._host = host
        self._quit = quit_program
        self._return_path = ReturnPath(app)

    # Opening articles

    async def open_article(self, article_id: str, annotation_id: str, result: str = "") -> None:
        """Open an article of the library at an annotation, or where it was left.

        Args:
            article_id: The article.
            annotation_id: The annotation; empty for where it was left.
            result: Which of how many notes of a list it is; empty where none led there.
        """
        opens = partial(self._host.session.open_article, article_id)
        await self._open(
            partial(asyncio.to_thread, opens), annotation_id=annotation_id, result=result
        )

    async def open_passage(self, request: ShowPassage) -> None:
        """Open an article of the library at a passage, in the version that has it."""
        opens = partial(self._host.session.open_article, request.article_id)
        target = PassageTarget(request.passage, request.digest)
        await self._open(partial(asyncio.to_thread, opens), target=target)

    async def open_source(self, request: ShowSource) -> None:
        """Open an article from a path or a URL."""
        session = self._host.session
        opens: Callable[..., LoadingArticle] = partial(session.open, request.source)
        if request.is_visit:
            if await self._go_to_source(request.source, request.fragment):
                return
            opens = partial(session.visit, request.source, request.otherwise)
        await self._open(
            partial(self._load, request, opens),
            partial(self._load, request, partial(opens, is_whole=True)),
            target=request.fragment,
        )

    async def open_text(self, text: str) -> None:
        """Open a text that was pasted."""
        opens = partial(asyncio.to_thread, self._host.session.open_text, text)
        await self._open(opens, partial(opens, is_whole=True))

    async def _load(
        self, request: ShowSource, opens: Callable[..., LoadingArticle]
    ) -> LoadingArticle:
        """Open a source on a thread; show the progress where it has to be fetched."""
        address = next(filter(is_web_address, (request.source, request.otherwise)), "")
        if not address:
            return await asyncio.to_thread(opens)
        from reader.ui.dialogs.fetching import fetch  # noqa: PLC0415  (for pages alone)

        return await fetch(self._app, address, opens)

    async def _open(
        self,
        opens: Opens,
        opens_whole: Opens | None = None,
        *,
        annotation_id: str = "",
        target: Target = "",
        result: str = "",
    ) -> None:
        """Open an article and show it.

        Args:
            opens: Opens it.
            opens_whole: Opens all of a page's text, which is offered where it has no article.
            annotation_id: The annotation to go to.
            target: Where to begin.
            result: Which of how many notes of a list it is.
        """
        try:
            loading_article = await opens()
        except GivenUp:
            self._drop_input()
            self._show_status("Given up")
        except ReaderError as error:
            self._drop_input()
            self._show_status(error.title)
            if not isinstance(error, NoArticleError) or opens_whole is None:
                self._host.notify_error(error)
            elif await self._confirm_whole(error):
                await self._open(opens_whole, annotation_id=annotation_id, target=target)
        else:
            await self.show(loading_article, annotation_id, target, result)

    def _drop_input(self) -> None:
        """Drop the keys that were meant for an article that has not opened."""
        if held_input := held_input_of(self._app):
            held_input.drop()

    async def _confirm_whole(self, error: NoArticleError) -> bool:
        """Ask whether all of a page's text is to be shown where it has no article."""
        from reader.ui.dialogs.confirm import ConfirmScreen  # noqa: PLC0415  (rarely needed)

        question: Screen[bool] = ConfirmScreen(
            f"{error.title}: show all of the page’s text?",
            yes="Show all of it",
            no="Leave it",
            detail="Margin found no article among the menus and links of this page.",
        )
        return await self._app.push_screen_wait(question) is True

    async def show(
        self,
        loading_article: LoadingArticle,
        annotation_id: str = "",
        target: Target = "",
        result: str = "",
    ) -> None:
        """Show an article that was opened: on the screen that has it already, or on a new one."""
        self._record_shown()
        screen = self._screen_of(loading_article.open_article.state.article.id)
        if screen is not None:
            await self._return_path.show_again(screen)
            screen.reload.show_if_changed(loading_article)
            screen.review.go_to(annotation_id)
            if target:
                screen.arrival.go_to(target)
        else:
            screen = await self._push(loading_article, annotation_id=annotation_id, target=target)
            self._forget_unreachable()
        screen.results.show(result)

    async def _push(
        self,
        loading_article: LoadingArticle,
        *,
        annotation_id: str = "",
        target: Target = "",
    ) -> ReadingScreen:
        """Show an article on a new screen."""
        article_id = loading_article.open_article.state.article.id
        await self._return_path.forget_article(article_id)
        screen = ReadingScreen(loading_article, annotation_id=annotation_id, target=target)
        await self._app.push_screen(screen)
        return screen

    def _screen_of(self, article_id: str) -> ReadingScreen | None:
        """Return the screen that has an article open; None where there is none."""
        for screen in articles_on(self._app):
            if screen.context.state.article.id == article_id:
                return screen
        return None

    def _show_status(self, message: str) -> None:
        """Show the outcome of opening an article, where another article is on screen."""
        if isinstance(self._app.screen, ReadingScreen):
            self._app.screen.context.show_status(message)

    # Back and forward

    def _record_shown(self) -> None:
        """Record the position in the article that is on screen, or below the lists."""
        for screen in articles_on(self._app)[-1:]:
            screen.context.record_jump()

    async def _go_to_source(self, source: str, fragment: str) -> bool:
        """Go to an article that is on a screen already.

        Args:
            source: The path or URL that it was opened from.
            fragment: ``#`` and the label of the place to go to; empty for where it was left.

        Returns:
            Whether it is on a screen.
        """
        for screen in articles_on(self._app):
            if source and screen.context.state.article.source == source:
                self._record_shown()
                await self._return_path.show_again(screen)
                if fragment:
                    screen.arrival.go_to(fragment)
                return True
        return False

    def step_in_history(self, present: HistoryEntry, *, is_forward: bool) -> bool:
        """Go back or forward; return whether there is a position to go to."""
        step = self._host.history.next_step(present, is_forward=is_forward)
        if step is None:
            return False
        self._run(self._take(step))
        return True

    async def _take(self, step: Step[HistoryEntry]) -> None:
        try:
            await self._show_entry(step.entry)
        except ReaderError as error:
            self._host.notify_error(error)
        else:
            self._host.history.finish(step)

    async def _show_entry(self, entry: HistoryEntry) -> None:
        """Show a position: on the screen that has its article, else on a new one.

        Raises:
            ReaderError: The article cannot be opened any more.
        """
        screen = self._screen_of(entry.article_id)
        if screen is not None:
            await self._go_to(screen)
            screen.arrival.go_to(entry.position)
        else:
            screen = await self._push(await self._reopen(entry), target=entry.position)
        screen.context.note_reading(is_reading=entry.is_reading)

    async def _reopen(self, entry: HistoryEntry) -> LoadingArticle:
        """Open an article again; an article outside the library keeps its state."""
        session, state = self._host.session, entry.loading_article.open_article.state
        if not session.unsaved_articles.holds(entry.article_id):
            return await asyncio.to_thread(session.open_article, entry.article_id)
        if state.document.is_complete:
            return entry.loading_article
        return await asyncio.to_thread(session.visit, state.article.source)

    def _forget_unreachable(self) -> None:
        """Forget unsaved articles that are on no screen and that nothing leads back to."""
        screens = (*articles_on(self._app), *self._return_path.articles)
        shown = {screen.context.state.article.id for screen in screens}
        reachable = shown | self._host.history.article_ids
        self._host.session.unsaved_articles.forget(except_for=reachable)

    # Walking the notes of a list

    def step_in_results(self, step: int) -> bool:
        """Go to another note of the list that led to an article; return whether there is one.

        Args:
            step: 1 for the next one, -1 for the one before.
        """
        screens = (*reversed(self._app.screen_stack), *self._return_path.kept)
        results = next((each for each in screens if isinstance(each, Results)), None)
        request = results.next_note(step) if results is not None else None
        if results is None or request is None:
            return False
        self._run(self._show_result(request, results))
        return True

    async def _show_result(self, request: ShowArticle, results: Results) -> None:
        """Show a note of a list in the article on screen, or in another one over the list."""
        screen = self._app.screen
        if isinstance(screen, ReadingScreen) and screen is self._screen_of(request.article_id):
            screen.review.go_to(request.annotation_id)
            screen.results.show(request.result)
            return
        try:
            opens = partial(self._host.session.open_article, request.article_id)
            loading_article = await asyncio.to_thread(opens)
        except ReaderError as error:
            self._host.notify_error(error)
            return
        self._record_shown()
        with self._app.batch_update():
            await self._go_back_to(results)
            await self.show(loading_article, request.annotation_id, result=request.result)

    async def _go_back_to(self, screen: Results) -> None:
        """Leave the articles over a list."""
        while not (isinstance(self._app.screen, Results) and self._app.screen is screen):
            if self._return_path.leads_back_from(self._app.screen):
                await self._return_path.go_back()
            else:
                await self._app.pop_screen()

    # From screen to screen

    def _run(self, goes: Coroutine[Any, Any, None]) -> None:
        """Go to a screen in a worker; keys wait for it."""
        worker = self._app.run_worker(goes, group="open", exclusive=True)
        hold_until(self._app, worker.wait())

    async def _go_to(self, screen: Screen[None]) -> None:
        """Leave all screens over a screen."""
        while self._app.screen is not screen:
            await self._app.pop_screen()

    async def go_to_article(self, article_id: str) -> bool:
        """Go back to the screen that has an article open; return whether there is one."""
        screen = self._screen_of(article_id)
        if screen is not None:
            await self._go_to(screen)
        return screen is not None

    def go_to_library(self) -> None:
        """Show the library."""
        from reader.ui.library.screen import LibraryScreen  # noqa: PLC0415  (when it is shown)

        self._go_to_only(LibraryScreen)

    def go_to_notes(self, query: str | None = None) -> None:
        """Show the notes.

        Args:
            query: What to ask for; None for what was asked last.
        """
        from reader.ui.notes.screen import NotesScreen  # noqa: PLC0415  (when they are shown)

        def ask(screen: Screen[None]) -> None:
            if query is not None and isinstance(screen, NotesScreen):
                screen.ask(query)

        self._go_to_only(NotesScreen, ask)

    def go_to_statistics(self) -> None:
        """Show the statistics over the present screen."""
        from reader.ui.statistics.screen import StatisticsScreen  # noqa: PLC0415  (as above)

        self._run(self._push_screen(StatisticsScreen()))

    def go_to_import(self, paths: Sequence[str]) -> None:
        """Show the screen that imports notes, of some files or of those that it asks for."""
        from reader.ui.importing.screen import ImportScreen  # noqa: PLC0415  (as above)

        self._run(self._push_screen(ImportScreen(paths)))

    def go_to_vault(self, request: ExportRequest | None = None) -> None:
        """Show the screen that brings a vault up to date."""
        from reader.ui.vault.screen import VaultScreen  # noqa: PLC0415  (as above)

        self._run(self._push_screen(VaultScreen(request)))

    async def _push_screen(self, screen: Screen[None]) -> None:
        await self._app.push_screen(screen)

    async def review(self, request: ShowReview) -> None:
        """Review notes, over the present screen."""
        from reader.session.reviewing import ReviewRequest  # noqa: PLC0415  (when it is needed)
        from reader.ui.review.screen import ReviewScreen  # noqa: PLC0415  (as above)

        await self._app.push_screen(ReviewScreen(request.request or ReviewRequest()))

    def _go_to_only(
        self,
        screen_type: type[Screen[None]],
        prepare: Callable[[Screen[None]], object] = lambda _: None,
    ) -> None:
        """Show the screen of a type that is open below again, or open it.

        Args:
            screen_type: The type.
            prepare: Called with the screen before it is shown.
        """

        async def go() -> None:
            for screen in self._app.screen_stack:
                if isinstance(screen, screen_type):
                    prepare(screen)
                    await self._return_path.show_again(screen)
                    return
            screen = screen_type()
            prepare(screen)
            await self._app.push_screen(screen)

        self._run(go())

    def leave_article(self, entry: HistoryEntry) -> None:
        """Go back from the topmost article to where the reader came from; forward leads to it.

        Args:
            entry: The position in it.
        """
        if self._return_path.leads_back_from(self._app.screen):
            self._host.history.record(entry)
            self._run(self._return_path.go_back())
            return
        below = [screen.context.state.article.id for screen in articles_on(self._app)[:-1]]
        self._host.history.record_close(entry, below[-1] if below else None)
        self._host.go_back()

    def go_back(self) -> None:
        """Go back to where the reader came from, else to the screen below; at the end, quit."""
        if self._return_path.leads_back_from(self._app.screen):
            self._run(self._return_path.go_back())
        elif len(self._app.screen_stack) > 1:
            self._app.pop_screen()
        else:
            self._quit()
