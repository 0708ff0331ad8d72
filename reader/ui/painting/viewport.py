"""Which lines of the article are on screen: layout, measuring and scrolling."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from reader.core.document import Document, TextRange
from reader.core.layout import Layout
from reader.ui.painting.columns import Columns, divide, text_width

CONTEXT_LINES = 2
"""Lines that stay on screen from one page to the next, and around a caret that moves; fewer on
a screen of less than six lines."""

MEASURE_SECONDS = 0.02
"""Pause between two slices of measuring a long article, in seconds."""

FIT_SLICES = 16
"""The scrollbar is fitted after so many slices, because fitting it lays the screen out again."""


class Stoppable(Protocol):
    """Something that is called again and again until it is stopped."""

    def stop(self) -> None:
        """Call it no more."""
        ...


class Window(Protocol):
    """The part of the screen that the article is seen through: a widget, or a still picture."""

    @property
    def width(self) -> int:
        """Its cells, with the scrollbar; 0 while it is not laid out."""
        ...

    @property
    def height(self) -> int:
        """Its lines."""
        ...

    @property
    def scroll_y(self) -> int:
        """The line of its content that is at its top."""
        ...

    @property
    def content_height(self) -> int:
        """The lines of its content."""
        ...

    def set_content_height(self, lines: int) -> None:
        """Give its content another height."""
        ...

    def scroll_to(self, y: int) -> None:
        """Put a line of its content at its top, as far as there is content below it."""
        ...

    def refresh(self) -> object:
        """Draw it again."""
        ...

    def call_every(self, seconds: float, function: Callable[[], None]) -> Stoppable:
        """Call a function again and again."""
        ...


class Viewport:
    """Scrolls a window over the layout of an article, and keeps the text at the top in place."""

    def __init__(
        self,
        window: Window,
        *,
        above: int,
        below: int,
        on_move: Callable[[], None],
    ) -> None:
        """Show nothing until there is a document.

        Args:
            window: What is scrolled.
            above: Empty lines above the article.
            below: Empty lines below it.
            on_move: Called when another part of the article may be on screen.
        """
        self._window = window
        self._above_article = above
        self._below_article = below
        self._on_move = on_move
        self._document = Document("", ())
        self._layout: Layout | None = None
        self._measuring: Stoppable | None = None
        self._slices = 0
        self.column = 0
        """The widest column, in cells."""
        self.notes_side = ""
        """Where notes stand beside the column, see ``config.SIDES``; empty where none are shown."""
        self.top = 0
        """Offset of the first character on screen."""
        self.blank_lines = 0
        """How many blank lines are on screen above that character."""
        self.is_scrolling = False
        """Whether the viewport itself is scrolling the window."""

    @property
    def layout(self) -> Layout:
        """The lines of the document; made when first asked for."""
        if self._layout is None:
            self._layout = Layout(self._document, self.column_width)
        return self._layout

    @property
    def on_screen(self) -> TextRange:
        """The offsets from the first character on screen to after the last one."""
        if self._layout is None:
            return TextRange(self.top, self.top)
        last = min(self.first_line + self.height, self._layout.height) - 1
        bottom = self._layout.line(max(last, 0)).end if self._document.blocks else 0
        return TextRange(self.top, max(bottom, self.top))

    @property
    def height(self) -> int:
        """The lines of the screen."""
        return self._window.height

    @property
    def first_line(self) -> int:
        """The line of the layout at the top of the screen; negative above the article."""
        return self._window.scroll_y - self._above_article

    @property
    def columns(self) -> Columns:
        """Where the text and the notes stand in the window."""
        return divide(self._window.width, self.column, self.notes_side)

    @property
    def column_left(self) -> int:
        """The cell of the window at which the column begins."""
        return self.columns.text_left

    @property
    def column_width(self) -> int:
        """The column's width in cells, fitted to the screen."""
        return self.fitted(self._window.width)

    def fitted(self, width: int) -> int:
        """Return the column's width in cells where the window has ``width`` cells."""
        return text_width(width, self.column)

    # Layout

    def lay_out(self, document: Document, *, grown_from: Document | None = None) -> None:
        """Bring the layout up to date with the document, the column and the screen.

        Args:
            document: What is shown.
            grown_from: The document that was shown before; this one may continue it.
        """
        self._document = document
        if not self._window.width:
            return
        layout, width = self._layout, self.column_width
        if layout is not None and layout.width == width and layout.document is grown_from:
            if not grown_from.is_complete:
                self._layout = layout.grown(document)
            elif grown_from is not document:
                self._layout = Layout(document, width)
        elif layout is None or layout.width != width or layout.document is not document:
            self._layout = Layout(document, width)
        self._fit()
        if self._measuring is None and not self.layout.is_measured:
            self._measuring = self._window.call_every(MEASURE_SECONDS, self._measure)

    def _measure(self) -> None:
        """Measure the next slice of a long article; its height becomes exact."""
        before = self.layout.y_of(self.top)
        is_done = self.layout.measure()
        self._slices += 1
        if is_done and self._measuring is not None:
            self._measuring.stop()
            self._measuring = None
        if is_done or self.layout.y_of(self.top) != before or self._slices % FIT_SLICES == 0:
            self._fit()

    def _fit(self) -> None:
        """Fit the scrollbar to the layout, and keep the text at the top where it is."""
        top, blank_lines = self.top, self.blank_lines
        line = self.layout.y_of(top) - blank_lines
        self._window.set_content_height(self._total_height)
        if not (top == 0 and self.first_line <= 0):
            self.scroll_to(line)
        self.top, self.blank_lines = top, blank_lines
        self._window.refresh()
        self._on_move()

    @property
    def _total_height(self) -> int:
        return self._above_article + self.layout.height + self._below_article

    # Scrolling

    def on_scroll(self, y: int) -> bool:
        """Note which text is at the top, after the window was scrolled.

        Args:
            y: The line of the window's content that is at the top now.

        Returns:
            Whether there is a layout, and so a text at the top.
        """
        if self._layout is None:
            return False
        line = max(y - self._above_article, 0)
        self.top = self._layout.line(line).start
        self.blank_lines = max(self._layout.y_of(self.top) - line, 0)
        return True

    def scroll_to(self, line: int) -> None:
        """Put a line of the layout at the top of the screen, without animation."""
        self.is_scrolling = True
        if self._window.content_height != self._total_height:  # measured since the last fit
            self._window.set_content_height(self._total_height)
        y = max(line + self._above_article, 0)
        self._window.scroll_to(y)
        self.is_scrolling = False

    def scroll_to_text(self, top: int, blank_lines: int) -> None:
        """Put a character at the top of the screen.

        Args:
            top: Its offset; 0 shows the empty lines above the article, too.
            blank_lines: How many blank lines stay on screen above it.
        """
        if top:
            self.scroll_to(self.layout.y_of(top) - blank_lines)
        else:
            self.scroll_to(-self._above_article)

    def show(self, offset: int, *, at_third: bool = False) -> None:
        """Scroll so that an offset is on screen.

        Args:
            offset: The offset.
            at_third: Where it was not on screen, put it a third from the top, as after a jump;
                otherwise scroll no further than needed.
        """
        layout, height, context = self.layout, self.height, self.context_lines
        for _ in range(3):  # what comes on screen is measured, and may move what is below
            line, first = layout.y_of(offset), self.first_line
            if first + context <= line < first + height - context:
                return
            if at_third:
                self.scroll_to(line - height // 3)
            elif line < first + context:
                self.scroll_to(line - context)
            else:
                self.scroll_to(line - height + 1 + context)
            for shown in range(self.first_line, self.first_line + height):
                if 0 <= shown < layout.height:
                    layout.line(shown)

    @property
    def context_lines(self) -> int:
        """The lines that stay between a caret that moves and the edges of the screen."""
        return min(CONTEXT_LINES, max(self.height - 1, 0) // 3)

    @property
    def last_caret_line(self) -> int:
        """The last line of the screen, from 0, on which a caret that moves may stand."""
        return self.height - 1 - self.context_lines

    # Cells and offsets

    def offset_under(self, x: int, y: int) -> int:
        """Return the offset of the character drawn nearest to a cell of the window."""
        line = min(max(y + self.first_line, 0), max(self.layout.height - 1, 0))
        return self.layout.offset_at(line, x - self.column_left)

    def cell_over(self, offset: int) -> tuple[int, int] | None:
        """Return the column and the line of the window at which a character is drawn, or None."""
        cell = self.layout.cell_of(offset)
        y = cell.y - self.first_line
        return (self.column_left + cell.x, y) if 0 <= y < self.height else None
