"""Showing the reader's position in the article, and saving it for the next time."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.timer import Timer

from reader.core.document import Document
from reader.ui.compat import quick_switching
from reader.ui.painting.note_card import says_something
from reader.ui.painting.status_line import measured_at_once, position_in
from reader.ui.reading.context import ReadingContext
from reader.ui.widgets.selection_bar import SelectionBar

if TYPE_CHECKING:
    from reader.core.progress import ReadingProgress

POSITION_SECONDS = 2.0
"""How long the reader stays at a position before it is remembered, in seconds."""


class PositionTracker:
    """Fills the status line and the bar from where the caret is."""

    def __init__(self, context: ReadingContext) -> None:
        self._context = context
        self._timer: Timer | None = None
        self._progress: ReadingProgress | None = None

    def on_caret_moved(self) -> None:
        """Show where the reader is; remember it after a while."""
        self.show()
        if self._timer is not None:
            self._timer.stop()
        remember = self._context.remember_position
        self._timer = self._context.screen.set_timer(POSITION_SECONDS, remember)

    def length(self, words_per_minute: int) -> str:
        """Return how long the article is, in words and minutes; empty until it is measured."""
        return self._progress.length(words_per_minute) if self._progress is not None else ""

    def show(self) -> None:
        """Show the section, the page, how much has been read, and what is at the caret."""
        context, view = self._context, self._context.view
        words_per_minute = context.host.settings.words_per_minute
        context.status_line.show_position(
            position_in(
                context.state,
                view.viewport.on_screen,
                view.caret,
                words_per_minute,
                self._progress,
            )
        )
        at_caret = context.at_caret
        bar = context.screen.query_one(SelectionBar)
        bar.is_on_annotation = bool(at_caret)
        bar.needs_review = bool(at_caret) and at_caret[0].needs_review
        is_beside = view.viewport.columns.notes is not None
        has_note = bool(at_caret) and says_something(at_caret[0])
        bar.noted = at_caret[0] if has_note and not is_beside else None

    def measure(self, document: Document) -> None:
        """Find the sections and count the words, on a thread where that takes long."""
        if not document.is_complete or (self._progress and self._progress.document is document):
            return
        progress = measured_at_once(document)
        if progress is not None:
            self._show_progress(progress)
        else:
            self._context.screen.run_worker(
                partial(self._measure_slowly, document),
                thread=True, exclusive=True, group="progress",
            )  # fmt: skip

    def _measure_slowly(self, document: Document) -> None:
        from reader.core.progress import ReadingProgress  # noqa: PLC0415  (after the first screen)

        with quick_switching():
            progress = ReadingProgress(document)
        self._context.screen.call_later(self._show_progress, progress)

    def _show_progress(self, progress: ReadingProgress) -> None:
        self._progress = progress
        self.show()
