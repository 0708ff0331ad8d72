"""The context that the parts of an article's screen share: the open article, and showing it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Literal, TypeVar

from textual.screen import Screen

from reader.core.annotation import Annotation
from reader.core.document import TextRange
from reader.core.selectors import trimmed
from reader.session import LoadingArticle, OpenArticle, ReadingState
from reader.ui.article.position import ViewPosition
from reader.ui.article.view import ArticleView
from reader.ui.commands import with_keys
from reader.ui.host import Host, host_of
from reader.ui.navigation_history import HistoryEntry
from reader.ui.widgets.status_line import StatusLine

Result = TypeVar("Result")


class ReadingContext:
    """The open article, as the parts of its screen know it."""

    def __init__(
        self,
        screen: Screen[Any],
        loading_article: LoadingArticle,
        *,
        show: Callable[[ReadingState], None],
        has_history: bool = True,
    ) -> None:
        """Take an article.

        Args:
            screen: The screen that shows it, with an ``ArticleView`` and a ``StatusLine``.
            loading_article: The article, and the rest of it where that is still being read.
            show: Shows a state of it.
            has_history: Whether back can lead to a position in it.
        """
        self.screen = screen
        """The screen: it starts workers, opens dialogs and takes messages."""
        self.loading_article = loading_article
        """The article, and the rest of it where that is still being read."""
        self._show = show
        self._has_history = has_history
        self._is_reading = False
        self._left_at: ViewPosition | None = None  # before a jump

    @property
    def host(self) -> Host:
        """The app."""
        return host_of(self.screen)

    @property
    def view(self) -> ArticleView:
        """The article as it is drawn."""
        return self.screen.query_one(ArticleView)

    @property
    def status_line(self) -> StatusLine:
        """The last line of the screen."""
        return self.screen.query_one(StatusLine)

    @property
    def is_laid_out(self) -> bool:
        """Whether the screen has its widgets: not before they are made, nor while it closes.

        Every article hears of every save, whatever becomes of its screen meanwhile.
        """
        return self.screen.is_mounted and bool(self.screen.query(StatusLine))

    @property
    def open_article(self) -> OpenArticle:
        """The article, for editing."""
        return self.loading_article.open_article

    @property
    def state(self) -> ReadingState:
        """The present state of the article."""
        return self.open_article.state

    @property
    def at_caret(self) -> list[Annotation]:
        """The annotations at the caret, the one that commands act on first."""
        return self.state.at(self.view.caret, self.view.just_made)

    @property
    def passage_to_mark(self) -> TextRange:
        """The selection, else the chosen sentence or that at the caret, without outer spaces."""
        view = self.view
        passage = view.selection or view.chosen or view.units.sentence_at(view.caret)
        return trimmed(self.state.document, passage)

    def annotation_of(self, passage: TextRange) -> Annotation | None:
        """Return the annotation that has a passage of exactly this range; None without one."""
        same = next((each for each in self.state.annotations if each.range == passage), None)
        return None if same is None or same.is_orphaned else same

    def show_new(self, annotation: Annotation) -> None:
        """Show the present state, with the caret at an annotation that was just made."""
        self.view.move_caret(annotation.place.start)
        self.view.just_made = annotation.id
        self.show_state()

    def show_state(self) -> None:
        """Show the present state, after an edit."""
        self._show(self.state)

    @property
    def history_entry(self) -> HistoryEntry:
        """The article and the present position in it, for going back there."""
        position = self.view.position
        return HistoryEntry(self.state.article.id, position, self.loading_article, self._is_reading)

    def record_jump(self, position: ViewPosition | None = None) -> None:
        """Let back lead to a position, after or before a jump away from it.

        Args:
            position: The position; by default the present one.
        """
        if self._has_history:
            entry = self.history_entry
            self.host.history.record(replace(entry, position=position) if position else entry)

    def note_reading(self, *, is_reading: bool = True) -> None:
        """Note that the reader moved through the text: the position counts as the reading place."""
        self._is_reading = is_reading

    def note_jump(self) -> None:
        """Note that the article is about to show another place, to which nobody has read.

        The reading place stays until the reader moves on from there, or is back where the jump
        began.
        """
        self.remember_position()
        if self._is_reading:
            self._left_at, self._is_reading = self.view.position, False

    def remember_position(self) -> None:
        """Save the reading place, where the reader has moved, for the next time."""
        if not (self.screen.is_mounted and self.state.document.is_complete):
            return
        if not self._is_reading and self._left_at == self.view.position:
            self._is_reading = True
        if self._is_reading:
            visible = self.view.viewport.on_screen
            length = max(len(self.state.document.text), 1)
            progress = min(visible.end / length, 1.0)
            place, article = (visible.start, self.view.caret), self.state.article
            if place == (article.position, article.caret) and progress < article.progress:
                return  # a panel covers a part of what was read
            self.open_article.set_position(visible.start, progress, caret=self.view.caret)

    def release(self) -> None:
        """Save annotations that are held back because the article is not identified yet."""
        unidentified = self.loading_article.unidentified
        if unidentified is not None and unidentified.is_annotated:
            unidentified.release()

    def with_keys(self, sentence: str) -> str:
        """Return a sentence with the reader's keys for ids of commands in braces."""
        return with_keys(sentence, self.host.settings.keys)

    def show_status(self, message: str) -> None:
        """Show for a while, in the status line, what just happened; nothing once that is gone."""
        if self.is_laid_out:
            self.status_line.show_message(message)

    def clear_messages(self) -> None:
        """Take away the notifications and what the status line says just happened."""
        self.screen.app.clear_notifications()
        self.status_line.clear_message()

    def notify(
        self,
        message: str,
        *,
        severity: Literal["information", "warning"] = "information",
        seconds: float | None = None,
    ) -> None:
        """Show a notification.

        Args:
            message: One or two sentences; any text.
            severity: How it looks.
            seconds: How long it stays; by default as long as Textual shows notifications.
        """
        self.screen.notify(message, severity=severity, markup=False, timeout=seconds)

    async def ask(self, dialog: Screen[Result]) -> Result | None:
        """Open a dialog and return its result; call it from a worker."""
        return await self.screen.app.push_screen_wait(dialog)
