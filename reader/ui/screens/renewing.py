"""Looking for a newer version of a page beside the reading, and offering it."""

from __future__ import annotations

import asyncio
from functools import partial

from textual import work
from textual.worker import get_current_worker

from reader.core.addresses import is_web_address
from reader.errors import GivenUp, NoArticleError, ReaderError
from reader.session import LoadingArticle, Source, Watch
from reader.ui.article.position import ViewPosition
from reader.ui.messages import DocumentSettled, VersionLookedFor
from reader.ui.screens.article_screen import ArticleScreen

LOOK_SECONDS = 1.0
"""How long after the first screen the server is asked, in seconds: what that imports takes as long
as painting."""

OFFER = "A newer version of this page is there; press {article.renew} to read it."
"""What is said where there is one."""


class Renewing(ArticleScreen):
    """The part of the reading screen that knows of newer versions, and keeps one's place in them.

    The same holds for a file that has changed since it was last read.
    """

    _newer: Source | None = None
    _left: ViewPosition | None = None
    """Where one was in the text that was read last, until it is known where that is now."""
    _began: int | None = None
    """Where the caret was put meanwhile; who has moved it since then stays there."""

    def begin(self) -> None:
        """Show what is open; the screen knows how."""
        raise NotImplementedError

    def remember_place(self) -> None:
        """Keep where the article is; the screen knows how."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Ask the server where what is shown is the library's copy, unless the settings say no."""
        if self.loading_article.is_copy and self.host.settings.check_for_newer:
            self.set_timer(LOOK_SECONDS, self._look)

    @work(thread=True, exclusive=True, group="newer")
    def _look(self, *, is_asked: bool = False) -> None:
        worker = get_current_worker()
        found, fault = None, ""
        try:
            found = self.host.session.check_for_update(
                self.now.article, Watch(cancelled=lambda: worker.is_cancelled)
            )
        except GivenUp:
            return
        except ReaderError as error:
            fault = error.title
        if found is None and not fault:
            self.host.check_for_changes(self.now.article.id)  # the server may mark it otherwise now
        self.post_message(VersionLookedFor(found, fault, is_asked))

    def on_version_looked_for(self, message: VersionLookedFor) -> None:
        """Offer what was found; say what was not, but only where the person asked."""
        message.stop()
        self._newer = message.found
        if message.found is not None:
            self.notify(self.with_keys(OFFER), markup=False, timeout=10)
        elif message.fault:
            # Short: half of the status line is taken.
            self.say(f"Library’s copy: {message.fault[:1].lower()}{message.fault[1:]}")
        elif message.is_asked:
            self.say("There is no newer version.")

    @work(exclusive=True, group="renew")
    async def action_renew(self) -> None:
        """Show the newer version that was found; look for one where none was."""
        if self._newer is None:
            if not is_web_address(self.now.article.source):
                self.say("This article is not from the web.")
                return
            self.say("Looking for a newer version ...")
            self._look(is_asked=True)
            return
        self.remember_place()
        found, self._newer = self._newer, None
        try:
            loading_article = await asyncio.to_thread(
                self.host.session.open_update, self.now.article, found
            )
        except ReaderError as error:
            self.host.notify_error(error)
            return
        self._show(loading_article)
        self.say("This is the newer version.")

    def take_newer(self, loading_article: LoadingArticle) -> None:
        """Show what is open, opened again, where its text is not the one on screen."""
        now, newer = self.now.document, loading_article.open_article.state.document
        if newer.is_complete and now.is_complete:
            is_other = newer.digest != now.digest
        else:
            is_other = loading_article.open_article.version != self.open_article.version
        if is_other and loading_article.question is None:
            self._show(loading_article)

    def _show(self, loading_article: LoadingArticle) -> None:
        """Show another text of the article, at the place where one is."""
        self.app.clear_notifications()  # the offer is taken, and would lie over the text
        left = self.view.position
        self.loading_article, self.open_article = loading_article, loading_article.open_article
        self._left, self.goes_to = left, ""
        self.begin()

    # The whole page, or its article

    @work(exclusive=True, group="renew")
    async def action_switch_whole(self) -> None:
        """Show all of a page's text in place of its article, or the other way round."""
        article = self.now.article
        if not self.host.session.is_page(article):
            self.say("All of it is shown: it is no page of the web.")
            return
        if not self.now.document.is_complete:
            self.say("The article is still being read; try again in a moment.")
            return
        before = self.now.document
        from reader.ui.dialogs.fetching import fetched  # noqa: PLC0415  (when needed)

        self.remember_place()
        opens = partial(self.host.session.reload, article, is_whole=not article.is_whole)
        try:
            loading_article = await fetched(self.app, article.source, opens)
        except GivenUp:
            return
        except NoArticleError:
            self.say("No article can be told from the rest of this page: it stays whole.")
            return
        except ReaderError as error:
            self.host.notify_error(error)
            return
        self._newer = None
        self._show(loading_article)
        if self.now.document.digest == before.digest:
            self.say("There is no more and no less text than this.")
        elif self.now.article.is_whole:
            self.say(self.with_keys("All of the page; {article.whole} shows the article."))
        else:
            self.say(self.with_keys("The article; {article.whole} shows all of the page."))

    # Where one was

    def keep_place(self) -> None:
        """Go to where one was in the text that was read last, as soon as that can be told."""
        if self.now.document.is_complete:
            self._carry_over()
        elif not self.goes_to:
            position = self.now.article.position
            self._left = self._left or ViewPosition(position, position)
            self.call_after_refresh(self._note_beginning)

    def _note_beginning(self) -> None:
        if self._left is not None:
            self._began = self.view.caret

    def on_document_settled(self, message: DocumentSettled) -> None:
        """Take the place over, now that all of a large text is there."""
        if message.open_article is self.open_article:
            self._carry_over()

    def _carry_over(self) -> None:
        """Take the place, and those that one can go back to, over to the new text."""
        left, began, self._left, self._began = self._left, self._began, None, None
        offset_mapper = self.open_article.offset_mapper
        if offset_mapper is None:
            return
        self.host.way.map_offsets(self, offset_mapper)
        if left is not None and began in (None, self.view.caret):
            self.view.select(None)
            self.view.return_to(left.mapped(offset_mapper.map))
