"""The mouse in the article: click, drag with scrolling at the edges, double and triple click."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from textual import events
from textual.scroll_view import ScrollView
from textual.timer import Timer

from reader.core.annotation import Annotation
from reader.core.document import Document, TextRange
from reader.core.graphemes import grapheme_end
from reader.ui.messages import AnnotationClicked, LinkClicked
from reader.ui.painting.viewport import Viewport

if TYPE_CHECKING:
    from reader.core.units import Units

SCROLL_SECONDS = 0.05
"""Pause between two steps of scrolling while the mouse is held beyond an edge, in seconds."""

LEFT_BUTTON = 1


class Selectable(Protocol):
    """An article with a caret and a selection, as the mouse knows it."""

    origin: int | None
    """Where the selection began; None while nothing is being selected."""
    caret: int
    """Offset of the character under the caret."""

    @property
    def document(self) -> Document:
        """The document on screen."""
        ...

    @property
    def units(self) -> Units:
        """Words and sentences of the document."""
        ...

    def move_caret(self, offset: int, *, extend: bool = False) -> None:
        """Move the caret, and scroll to it; ``extend`` begins or extends a selection."""
        ...

    def select(self, selection: TextRange | None) -> None:
        """Select a range, with the caret at its end; None selects nothing."""
        ...

    def annotations_at_sign(self, x: int, y: int) -> tuple[Annotation, ...]:
        """Return the annotations whose sign is at a cell of the widget, beside the article."""
        ...

    def note_at(self, x: int, y: int) -> Annotation | None:
        """Return the annotation whose note stands at a cell of the widget, or None."""
        ...


class Mouse:
    """Turns the mouse's events into caret and selection."""

    def __init__(self, widget: ScrollView, viewport: Viewport, article: Selectable) -> None:
        """Wait for the first press.

        Args:
            widget: The widget that the events come from.
            viewport: Tells which character is under the mouse.
            article: What is selected in.
        """
        self._widget = widget
        self._viewport = viewport
        self._article = article
        self._pressed: TextRange | None = None
        self._has_dragged = False
        self._at = (0, 0)
        self._scrolling: Timer | None = None
        self._note: Annotation | None = None  # that the first click of several was on

    def press(self, event: events.MouseDown) -> None:
        """Begin: shift extends what is selected, a plain press may become a drag."""
        if event.button != LEFT_BUTTON or self._article.note_at(event.x, event.y) is not None:
            return
        offset = self._viewport.offset_under(event.x, event.y)
        self._has_dragged = event.shift
        if event.shift:
            self._article.move_caret(offset, extend=True)
            origin = self._article.origin
            self._pressed = TextRange(origin or 0, origin or 0)
        else:
            self._pressed = TextRange(offset, self._end_of(offset))
        self._widget.capture_mouse()
        event.stop()

    def drag(self, event: events.MouseMove) -> None:
        """Select from where the button went down to the mouse."""
        if self._pressed is None:
            return
        self._at = (event.x, event.y)
        self._extend()
        is_outside = not 0 <= event.y < self._widget.size.height
        if is_outside and self._scrolling is None:
            self._scrolling = self._widget.set_interval(SCROLL_SECONDS, self._scroll)
        elif not is_outside:
            self._stop_scrolling()

    def release(self, event: events.MouseUp) -> None:
        """End: without a drag, the caret goes where the click was."""
        if self._pressed is None:
            return
        pressed, self._pressed = self._pressed, None
        self._stop_scrolling()
        self._widget.capture_mouse(False)
        if not self._has_dragged:
            self._article.select(None)
            self._article.move_caret(pressed.start)
            if event.ctrl:
                self._widget.post_message(LinkClicked(pressed.start))
                return
            if annotations := self._article.annotations_at_sign(event.x, event.y):
                self._widget.post_message(AnnotationClicked(annotations, pressed.start))

    def click(self, event: events.Click) -> None:
        """Select the word of a double click, the sentence of a triple click.

        A click on a note goes to its passage, a double click opens it, wherever it stands by then.
        """
        if event.chain == 1:
            self._note = self._article.note_at(event.x, event.y)
            if self._note is not None:
                self._article.select(None)
                self._article.move_caret(self._note.place.start)
            return
        if self._note is not None:
            if event.chain == 2:
                start = self._note.place.start
                self._widget.post_message(AnnotationClicked((self._note,), start))
            return
        offset = self._viewport.offset_under(event.x, event.y)
        units = self._article.units
        self._article.select(
            units.word_at(offset) if event.chain == 2 else units.sentence_at(offset)
        )

    def _extend(self) -> None:
        """Select whole characters: the one that was pressed and the one under the mouse."""
        assert self._pressed is not None
        x, y = self._at
        offset = self._viewport.offset_under(x, min(max(y, 0), self._widget.size.height - 1))
        if offset == self._pressed.start and not self._has_dragged:
            return
        self._has_dragged = True
        if offset >= self._pressed.start:
            self._article.origin = self._pressed.start
            self._article.caret = self._end_of(offset)
        else:
            self._article.origin = self._pressed.end
            self._article.caret = offset

    def _end_of(self, offset: int) -> int:
        """Return the end of the character at ``offset``; at a newline, the offset itself."""
        text = self._article.document.text
        return offset if text[offset : offset + 1] == "\n" else grapheme_end(text, offset)

    def _scroll(self) -> None:
        """Scroll by a line while the mouse is held above or below the article."""
        step = -1 if self._at[1] < 0 else 1
        self._widget.scroll_relative(y=step, animate=False, immediate=True)
        self._extend()

    def _stop_scrolling(self) -> None:
        if self._scrolling is not None:
            self._scrolling.stop()
            self._scrolling = None
