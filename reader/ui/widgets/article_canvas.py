"""The article as lines that scroll: layout, measuring and the place on screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.geometry import Size
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.timer import Timer

from reader.core.annotation import Tag
from reader.core.document import Document, TextRange
from reader.core.layout import Layout
from reader.session import ReadingState
from reader.ui.messages import CaretMoved
from reader.ui.widgets.article_lines import GUTTER, MARGIN, ArticleLines

if TYPE_CHECKING:
    from reader.core.units import Units

CONTEXT_LINES = 2
"""Lines that stay on screen from one page to the next, and around a caret that moves; fewer on
a screen of less than six lines."""

MIN_COLUMN = 20
"""The narrowest column, in cells, whatever the screen."""

MEASURE_SECONDS = 0.02
"""Pause between two slices of measuring a long article, in seconds."""

FIT_SLICES = 16
"""After how many slices the scrollbar follows; fitting it lays the screen out anew."""


class Spot(NamedTuple):
    """Where one is in an article."""

    caret: int = 0
    """Offset of the character under the caret."""
    top: int = 0
    """Offset of the first character on screen."""
    above: int = 0
    """How many blank lines are on screen above that character."""

    def carried(self, offset_of: Callable[[int], int]) -> Spot:
        """Return the same place in another text, to whose offsets ``offset_of`` leads."""
        return Spot(offset_of(self.caret), offset_of(self.top), self.above)


class ArticleCanvas(ScrollView):
    """Draws a document line by line, wherever it is scrolled to; the caret is on screen."""

    ALLOW_SELECT = False  # Textual's own selection knows cells, ours knows offsets
    ABOVE: ClassVar[int] = 1
    """Empty lines above the article."""
    BELOW: ClassVar[int] = 2
    """Empty lines below it."""
    SHOWS_CARET: ClassVar[bool] = True
    """Whether the caret is drawn."""

    state: var[ReadingState | None] = var[ReadingState | None](None)
    """What is read; given by the screen."""
    column: var[int] = var(72)
    """The column's width in cells, as far as the screen has room for it."""
    caret: var[int] = var(0)
    """Offset of the character under the caret."""

    lines: ArticleLines
    """What paints the lines."""

    def __init__(self, tags: Sequence[Tag], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.tags: Mapping[str, Tag] = {tag.name: tag for tag in tags}
        """The tags that have a glyph and a colour, by name."""
        self._layout: Layout | None = None
        self._units: Units | None = None
        self._top = 0
        self._above = 0  # blank lines on screen above the text at the top
        self._is_placing = False
        self._measuring: Timer | None = None
        self._slices = 0

    @property
    def document(self) -> Document:
        """The document on screen."""
        assert self.state is not None
        return self.state.document

    @property
    def units(self) -> Units:
        """Words, sentences and paragraphs of the document."""
        from reader.core.units import Units  # noqa: PLC0415  (after the first screen)

        if self._units is None:
            self._units = Units(self.document)
        elif self._units.document is not self.document:
            self._units = self._units.extended(self.document)
        return self._units

    @property
    def on_screen(self) -> TextRange:
        """The offsets from the first character on screen to after the last one."""
        if self._layout is None:
            return TextRange(self._top, self._top)
        y = self.scroll_offset.y - self.ABOVE
        last = min(y + self.size.height, self._layout.height) - 1
        bottom = self._layout.line(max(last, 0)).end if self.document.blocks else 0
        return TextRange(self._top, max(bottom, self._top))

    @property
    def column_left(self) -> int:
        """The cell of the widget at which the column begins."""
        width = GUTTER + self.column_width + MARGIN
        return max((self.size.width - width) // 2, 0) + GUTTER

    @property
    def column_width(self) -> int:
        """The column's width in cells, fitted to the screen."""
        return self.fitted(self.size.width)

    def fitted(self, width: int) -> int:
        """Return the column's width in cells where the widget has ``width`` cells."""
        return max(min(self.column, width - GUTTER - MARGIN), MIN_COLUMN)

    def watch_state(self, old: ReadingState | None, new: ReadingState | None) -> None:
        """Show another state: take the document where it grew or changed."""
        self.lines.forget()
        if new is None or (old is not None and old.document is new.document):
            self.refresh()
            return
        if old is None:
            self._top = self.caret = new.document.clamp(new.article.position)
        self._lay_out(old.document if old else None)

    def watch_column(self) -> None:
        """Lay the article out anew, with the same text at the top."""
        self._lay_out()
        self._keep_caret_on_screen()

    def on_resize(self) -> None:
        """Fit the column to the screen, with the same text at the top."""
        self._lay_out()
        self._keep_caret_on_screen()

    def _keep_caret_on_screen(self) -> None:
        if self.state is not None and self.size.width:
            self.bring_caret_along()

    def notify_style_update(self) -> None:
        """Take the colours of another theme."""
        super().notify_style_update()
        self.lines.forget(is_other_theme=True)

    def _lay_out(self, grown_from: Document | None = None) -> None:
        """Bring the layout up to date with the document and the width."""
        if self.state is None or not self.size.width:
            return
        layout, document, width = self._layout, self.document, self.column_width
        if layout is not None and layout.width == width and layout.document is grown_from:
            if not grown_from.is_complete:
                self._layout = layout.grown(document)
            elif grown_from is not document:
                self._layout = Layout(document, width)
        elif layout is None or layout.width != width or layout.document is not document:
            self._layout = Layout(document, width)
        self.lines.forget()
        self._fit()
        if self._measuring is None and not self._the_layout.is_measured:
            self._measuring = self.set_interval(MEASURE_SECONDS, self._measure)

    @property
    def _the_layout(self) -> Layout:
        if self._layout is None:
            self._layout = Layout(self.document, self.column_width)
        return self._layout

    def _measure(self) -> None:
        """Measure the next slice of a long article; its height becomes exact."""
        layout = self._the_layout
        before = layout.y_of(self._top)
        is_done = layout.measure()
        self._slices += 1
        if is_done and self._measuring is not None:
            self._measuring.stop()
            self._measuring = None
        self.lines.forget()
        if is_done or layout.y_of(self._top) != before or self._slices % FIT_SLICES == 0:
            self._fit()

    def _fit(self) -> None:
        """Fit the scrollbar to the layout, and keep the text at the top where it is."""
        layout = self._the_layout
        top, above = self._top, self._above
        y = layout.y_of(top) - above
        self.virtual_size = Size(self.size.width, self.ABOVE + layout.height + self.BELOW)
        if not (top == 0 and self.scroll_offset.y <= self.ABOVE):
            self._scroll(y + self.ABOVE)
        self._top, self._above = top, above
        self.refresh()
        self._tell()

    # Scrolling

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Note what is at the top now."""
        super().watch_scroll_y(old_value, new_value)
        if self._layout is not None and round(old_value) != round(new_value):
            y = max(round(new_value) - self.ABOVE, 0)
            self._top = self._layout.line(y).start
            self._above = max(self._layout.y_of(self._top) - y, 0)
            if not self._is_placing:
                self.bring_caret_along()
            self._tell()

    def _scroll(self, y: int) -> None:
        """Put line ``y`` of the widget's content at the top, without animation."""
        self._is_placing = True
        height = self.ABOVE + self._the_layout.height + self.BELOW
        if self.virtual_size.height != height:  # measured since, and the end is elsewhere
            self.virtual_size = Size(self.size.width, height)
        self.scroll_to(y=max(y, 0), animate=False, immediate=True)
        self._is_placing = False

    def _tell(self) -> None:
        visible = self.on_screen
        self.post_message(CaretMoved(self.caret, visible.start, visible.end))

    def show(self, offset: int, *, at_third: bool = False) -> None:
        """Scroll so that an offset is on screen.

        Args:
            offset: Which one.
            at_third: Where it was not on screen, put it a third from the top, as after a jump;
                otherwise scroll no further than needed.
        """
        layout, height, context = self._the_layout, self.size.height, self._context_lines
        for _ in range(3):  # what comes on screen is measured, and may move what is below
            y = layout.y_of(offset) + self.ABOVE
            top = self.scroll_offset.y
            if top + context <= y < top + height - context:
                return
            if at_third:
                self._scroll(y - height // 3)
            elif y < top + context:
                self._scroll(y - context)
            else:
                self._scroll(y - height + 1 + context)
            for line in range(self.scroll_offset.y, self.scroll_offset.y + height):
                if 0 <= line - self.ABOVE < layout.height:
                    layout.line(line - self.ABOVE)

    @property
    def _context_lines(self) -> int:
        """The lines that stay between a caret that moves and the edges of the screen."""
        return min(CONTEXT_LINES, max(self.size.height - 1, 0) // 3)

    @property
    def _last_line(self) -> int:
        """The last line of the screen that is not one of those."""
        return self.size.height - 1 - self._context_lines

    def bring_caret_along(self) -> None:
        """Keep the caret on screen after the article was scrolled without it."""
        raise NotImplementedError

    def offset_under(self, x: int, y: int) -> int:
        """Return the offset of the character drawn nearest to a cell of the widget."""
        layout = self._the_layout
        line = min(max(y + self.scroll_offset.y - self.ABOVE, 0), max(layout.height - 1, 0))
        return layout.offset_at(line, x - self.column_left)

    def cell_over(self, offset: int) -> tuple[int, int] | None:
        """Return the column and the line of the widget at which a character is drawn, or None."""
        cell = self._the_layout.cell_of(offset)
        y = cell.y + self.ABOVE - self.scroll_offset.y
        return (self.column_left + cell.x, y) if 0 <= y < self.size.height else None

    # Painting

    def render_line(self, y: int) -> Strip:
        """Return one line of the widget."""
        if self.state is None:
            return Strip.blank(self.size.width, self.lines.palette.base)
        return self.lines.strip(self._the_layout, y + self.scroll_offset.y - self.ABOVE)
