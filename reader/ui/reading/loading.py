"""Reading the rest of a large article while its first part is on screen."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import partial

from msgspec.structs import replace
from textual.worker import Worker, get_current_worker

from reader.core.annotation import Annotation
from reader.core.document import Document
from reader.errors import GivenUp, ReaderError
from reader.session import AnchoringResult, LoadingArticle, Placing
from reader.ui.compat import quick_switching
from reader.ui.messages import AnnotationsPlaced, DocumentCompleted, DocumentGrew
from reader.ui.reading.context import ReadingContext

GROWTH_SECONDS = 0.3
"""How often the screen shows what has been read of a large file, in seconds."""

PAINT_SECONDS = 0.05
"""How long the rest waits so that the first frame and the first keys come before it, in seconds."""

REST_SECONDS = 0.002
"""Pause between two slices of a large file, in seconds; it lets the interface answer keys."""


class RestOfArticle:
    """Reads the rest in slices, on a thread, and shows what has been read."""

    def __init__(self, context: ReadingContext) -> None:
        self._context = context

    def begin(self) -> None:
        """Read the rest, where there is any, after the first part is shown."""
        if not self._context.state.document.is_complete:
            self._context.status_line.loaded = 0
            self._context.screen.call_after_refresh(self._start, self._context.loading_article)

    def _start(self, loading_article: LoadingArticle) -> None:
        self._context.screen.run_worker(
            partial(self._read, loading_article), thread=True, exclusive=True, group="rest"
        )

    def _read(self, loading_article: LoadingArticle) -> None:
        """Read until the end, or until another text is shown in its place."""
        context, worker = self._context, get_current_worker()
        time.sleep(PAINT_SECONDS)
        open_article, shown = loading_article.open_article, time.monotonic()
        try:
            with quick_switching():
                for document in loading_article.rest:
                    if worker.is_cancelled or context.loading_article is not loading_article:
                        return
                    if document.is_complete:
                        self._complete(loading_article, document, worker)
                    elif time.monotonic() - shown > GROWTH_SECONDS:
                        context.screen.post_message(DocumentGrew(open_article, document))
                        shown = time.monotonic()
                    time.sleep(REST_SECONDS)
        except ReaderError as error:
            if not worker.is_cancelled and context.loading_article is loading_article:
                context.screen.call_later(context.host.notify_error, error)

    def _complete(
        self, loading_article: LoadingArticle, document: Document, worker: Worker[None]
    ) -> None:
        """Place the annotations in the whole text, which is shown meanwhile."""
        context, open_article = self._context, loading_article.open_article

        def show(annotations: Sequence[Annotation], done: int, total: int) -> None:
            if worker.is_cancelled or context.loading_article is not loading_article:
                raise GivenUp("Given up", "Another text is shown.")
            if annotations and not is_shown:
                prefix = replace(document, is_complete=False)
                context.screen.post_message(DocumentGrew(open_article, prefix))
                is_shown.append(True)
            percent = done * 100 // total
            context.screen.post_message(AnnotationsPlaced(open_article, annotations, percent))

        is_shown: list[bool] = []
        placing = Placing(lambda: context.view.caret, show)
        anchoring = context.host.session.reanchor(open_article.state, document, placing)
        context.screen.post_message(DocumentCompleted(open_article, anchoring))

    def show_placed(self, message: AnnotationsPlaced) -> None:
        """Show annotations that have been placed, while others are."""
        self._context.open_article.show_placed(message.annotations)
        self._context.show_state()
        self._context.status_line.placed = message.percent

    def grow(self, document: Document) -> None:
        """Show a longer prefix of the document."""
        context = self._context
        context.open_article.grow(document)
        context.show_state()
        percent = len(document.text) * 100 // context.loading_article.expected_length
        context.status_line.loaded = min(percent, 99)

    def complete(self, anchoring: AnchoringResult) -> None:
        """Show the whole document, with its annotations."""
        self._context.open_article.reanchor(anchoring)
        self._context.show_state()
        self._context.status_line.loaded = self._context.status_line.placed = 100
