"""The mouse in the article: click, drag with scrolling at the edges, double and triple click."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.timer import Timer

from reader.core.document import TextRange
from reader.core.graphemes import grapheme_end
from reader.ui.messages import AnnotationClicked, LinkClicked

if TYPE_CHECKING:
    from reader.ui.widgets.article_view import ArticleView

SCROLL_SECONDS = 0.05
"""Pause between two steps of scrolling while the mouse is held beyond an edge, in seconds."""

LEFT_BUTTON = 1


class Pointer:
    """Turns the mouse's events into caret and selection."""

    def __init__(self, view: ArticleView) -> None:
        self._view = view
        self._pressed: TextRange | None = None
        self._has_dragged = False
        self._at = (0, 0)
        self._scrolling: Timer | None = None

    def press(self, event: events.MouseDown) -> None:
        """Begin: shift extends what is selected, a plain press may become a drag."""
        if event.button != LEFT_BUTTON or self._view.state is None:
            return
        offset = self._view.offset_under(event.x, event.y)
        self._has_dragged = event.shift
        if event.shift:
            self._view.move_caret(offset, extend=True)
            origin = self._view.origin
            self._pressed = TextRange(origin or 0, origin or 0)
        else:
            self._pressed = TextRange(offset, self._end_of(offset))
        self._view.capture_mouse()
        event.stop()

    def drag(self, event: events.MouseMove) -> None:
        """Select from where the button went down to the mouse."""
        if self._pressed is None:
            return
        self._at = (event.x, event.y)
        self._extend()
        is_outside = not 0 <= event.y < self._view.size.height
        if is_outside and self._scrolling is None:
            self._scrolling = self._view.set_interval(SCROLL_SECONDS, self._scroll)
        elif not is_outside:
            self._stop_scrolling()

    def release(self, event: events.MouseUp) -> None:
        """End: without a drag, the caret goes where the click was."""
        if self._pressed is None:
            return
        pressed, self._pressed = self._pressed, None
        self._stop_scrolling()
        self._view.capture_mouse(False)
        if not self._has_dragged:
            self._view.select(None)
            self._view.move_caret(pressed.start)
            if event.ctrl:
                self._view.post_message(LinkClicked(pressed.start))
                return
            if event.x < self._view.column_left:
                self._view.post_message(AnnotationClicked(pressed.start))

    def click(self, event: events.Click) -> None:
        """Select the word of a double click, the sentence of a triple click."""
        if event.chain == 1 or self._view.state is None:
            return
        offset = self._view.offset_under(event.x, event.y)
        units = self._view.units
        self._view.select(units.word_at(offset) if event.chain == 2 else units.sentence_at(offset))

    def _extend(self) -> None:
        """Select whole characters: the one that was pressed and the one under the mouse."""
        assert self._pressed is not None
        x, y = self._at
        offset = self._view.offset_under(x, min(max(y, 0), self._view.size.height - 1))
        if offset == self._pressed.start and not self._has_dragged:
            return
        self._has_dragged = True
        if offset >= self._pressed.start:
            self._view.origin = self._pressed.start
            self._view.caret = self._end_of(offset)
        else:
            self._view.origin = self._pressed.end
            self._view.caret = offset

    def _end_of(self, offset: int) -> int:
        """Return the end of the character at ``offset``; a line's end takes in nothing more."""
        text = self._view.document.text
        return offset if text[offset : offset + 1] == "\n" else grapheme_end(text, offset)

    def _scroll(self) -> None:
        """Scroll by a line while the mouse is held above or below the article."""
        step = -1 if self._at[1] < 0 else 1
        self._view.scroll_relative(y=step, animate=False, immediate=True)
        self._extend()

    def _stop_scrolling(self) -> None:
        if self._scrolling is not None:
            self._scrolling.stop()
            self._scrolling = None
