"""Reloading the article: newer versions of a page, and all of a page's text."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial

from textual.worker import get_current_worker

from reader.core.addresses import is_web_address
from reader.errors import GivenUp, NoArticleError, ReaderError
from reader.session import LoadingArticle, Source, Watch
from reader.ui.actions import Actions
from reader.ui.messages import UpdateChecked
from reader.ui.reading.arrival import Arrival
from reader.ui.reading.context import ReadingContext

CHECK_SECONDS = 1.0
"""How long after the first screen the server is asked, in seconds; the imports for it take as long
as painting."""

OFFER = "There is a newer version of this page; press {article.renew} to read it."

OFFER_SECONDS = 10
"""How long the offer stays, in seconds."""


class Reload:
    """Checks for newer versions, and shows another text of the article at the same position."""

    def __init__(
        self, context: ReadingContext, arrival: Arrival, begin: Callable[[], None]
    ) -> None:
        """Check nothing yet.

        Args:
            context: The open article.
            arrival: Keeps the position.
            begin: Shows the article of the context from its beginning.
        """
        self._context = context
        self._arrival = arrival
        self._begin = begin
        self._update: Source | None = None

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {"article.renew": self.show_update, "article.whole": self.switch_whole}

    def begin_checking(self) -> None:
        """Check for a newer version of the library's copy, unless the settings say no."""
        context = self._context
        if context.loading_article.is_copy and context.host.settings.check_for_newer:
            context.screen.set_timer(CHECK_SECONDS, partial(self._check, is_asked=False))

    def _check(self, *, is_asked: bool) -> None:
        """Ask the server on a thread.

        Args:
            is_asked: Whether the reader asked for the check.
        """
        check = partial(self._ask_server, is_asked=is_asked)
        self._context.screen.run_worker(check, thread=True, exclusive=True, group="update")

    def _ask_server(self, *, is_asked: bool) -> None:
        worker, host = get_current_worker(), self._context.host
        article = self._context.state.article
        update, fault = None, ""
        try:
            watch = Watch(cancelled=lambda: worker.is_cancelled)
            update = host.session.check_for_update(article, watch)
        except GivenUp:
            return
        except ReaderError as error:
            fault = error.title
        if update is None and not fault:
            host.check_for_changes(article.id)  # the server may have sent another ETag
        self._context.screen.post_message(UpdateChecked(update, fault, is_asked))

    def offer(self, message: UpdateChecked) -> None:
        """Offer a newer version; say that there is none only where the reader asked."""
        context, self._update = self._context, message.update
        if message.update is not None:
            context.notify(context.with_keys(OFFER), seconds=OFFER_SECONDS)
        elif message.fault:
            # Short: half of the status line is taken.
            fault = message.fault[:1].lower() + message.fault[1:]
            context.show_status(f"Library’s copy: {fault}")
        elif message.is_asked:
            context.show_status("There is no newer version.")

    def show_update(self) -> None:
        """Show the newer version that was found; where none was, check for one."""
        context = self._context
        if self._update is not None:
            update, self._update = self._update, None
            self._run(self._show_update(update))
        elif is_web_address(context.state.article.source):
            context.show_status("Checking for a newer version ...")
            self._check(is_asked=True)
        else:
            context.show_status("This article is not from the web.")

    async def _show_update(self, update: Source) -> None:
        context = self._context
        context.remember_position()
        try:
            loading_article = await asyncio.to_thread(
                context.host.session.open_update, context.state.article, update
            )
        except ReaderError as error:
            context.host.notify_error(error)
            return
        self._show(loading_article)
        context.show_status("This is the newer version.")

    def show_if_changed(self, loading_article: LoadingArticle) -> None:
        """Show the article as it was opened again, where its text is not the one on screen."""
        document = self._context.state.document
        newer = loading_article.open_article.state.document
        if newer.is_complete and document.is_complete:
            is_other = newer.digest != document.digest
        else:
            version = self._context.open_article.version
            is_other = loading_article.open_article.version != version
        if is_other and loading_article.question is None:
            self._show(loading_article)

    def _show(self, loading_article: LoadingArticle) -> None:
        """Show another text of the article at the present position."""
        self._context.screen.app.clear_notifications()  # an offer would lie over the text
        self._arrival.keep_position()
        self._context.loading_article = loading_article
        self._begin()

    def switch_whole(self) -> None:
        """Show all of a page's text in place of its article, or the article again."""
        context = self._context
        if not context.host.session.is_page(context.state.article):
            context.show_status("All of it is on screen already: this is not a web page.")
        elif not context.state.document.is_complete:
            context.show_status("The article is still being read; try again in a moment.")
        else:
            self._run(self._switch_whole())

    async def _switch_whole(self) -> None:
        from reader.ui.dialogs.fetching import fetch  # noqa: PLC0415  (when needed)

        context = self._context
        article, before = context.state.article, context.state.document
        context.remember_position()
        opens = partial(context.host.session.reload, article, is_whole=not article.is_whole)
        try:
            loading_article = await fetch(context.screen.app, article.source, opens)
        except GivenUp:
            return
        except NoArticleError:
            context.show_status("No article was found on this page, so all of it stays.")
            return
        except ReaderError as error:
            context.host.notify_error(error)
            return
        self._update = None
        self._show(loading_article)
        if context.state.document.digest == before.digest:
            message = "The page has no text besides its article."
        elif context.state.article.is_whole:
            message = context.with_keys("All of the page; {article.whole} shows the article.")
        else:
            message = context.with_keys("The article; {article.whole} shows all of the page.")
        context.show_status(message)

    def _run(self, work: Coroutine[None, None, None]) -> None:
        self._context.screen.run_worker(work, exclusive=True, group="renew")
