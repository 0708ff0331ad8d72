"""Finding out which article of the library is open, by searching for it or by asking the reader."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from reader.errors import ReaderError
from reader.session import LoadingArticle, Question, UnidentifiedArticle
from reader.ui.article.position import ViewPosition
from reader.ui.reading.context import ReadingContext
from reader.ui.reading.identity_question import ask_identity


class Identification:
    """Puts the article of the library in place of the one that was opened."""

    def __init__(self, context: ReadingContext, begin: Callable[[], None]) -> None:
        """Identify the open article.

        Args:
            context: The open article.
            begin: Shows the article of the context from its beginning.
        """
        self._context = context
        self._begin = begin

    def ask(self, question: Question) -> None:
        """Ask the reader which article this one is, and show the answer."""
        self._context.screen.run_worker(self._ask(question))

    def search(self, unidentified: UnidentifiedArticle[LoadingArticle]) -> None:
        """Search the library for this article, and show the one that is found."""
        context = self._context
        context.screen.run_worker(self._search(context.loading_article, unidentified))

    async def _ask(self, question: Question) -> None:
        context = self._context
        loading_article = await ask_identity(context, question)
        if loading_article is not None:
            context.loading_article = loading_article
            self._begin()
            context.view.return_to(self._reading_place)

    async def _search(
        self, loading_article: LoadingArticle, unidentified: UnidentifiedArticle[LoadingArticle]
    ) -> None:
        context, view = self._context, self._context.view
        begun_at = view.position
        try:
            found = await asyncio.to_thread(unidentified.identify)
        except ReaderError as error:
            context.host.notify_error(error)
            return
        made = context.state.by_id.values()
        if found is None or context.loading_article is not loading_article:
            unidentified.release()
            return
        if found.question is not None and made:
            unidentified.release()  # the reader has taken it for a new article
            return
        context.loading_article = found
        found_id = context.open_article.adopt(made).article.id
        context.screen.run_worker(asyncio.to_thread(unidentified.give_up, found_id))
        position = view.position
        self._begin()
        if position == begun_at and found.question is None:
            position = self._reading_place
        view.return_to(position)

    @property
    def _reading_place(self) -> ViewPosition:
        """Where the reader was in the article the last time."""
        article = self._context.state.article
        return ViewPosition(article.caret, article.position)
