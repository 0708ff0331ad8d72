"""The article on screen: one widget with the line API, a caret and a selection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.timer import Timer

from reader.core.annotation import STANDARD_TAGS, Annotation, Tag
from reader.core.document import Document, TextRange
from reader.core.layout import Layout, Line
from reader.session import ReadingState
from reader.ui.messages import CaretMoved, SelectionChanged
from reader.ui.palette import OTHER, OTHER_GLYPH, Palette, palette_of
from reader.ui.rendering import LinePainter, Overlay
from reader.ui.widgets.code_colours import CodeColours
from reader.ui.widgets.link_hints import LinkHint, hinted
from reader.ui.widgets.overlays import Overlays
from reader.ui.widgets.pointer import Pointer

if TYPE_CHECKING:
    from reader.core.motions import Motions
    from reader.core.units import Units

GUTTER = 4
"""Cells left of the column: glyphs of the annotations that begin on a line, and a bar."""

MARGIN = 3
"""Cells right of the column: a sign for a note, one for changed words."""

TOP, BOTTOM = 1, 2
"""Empty lines above and below the article."""

CONTEXT_LINES = 2
"""Lines that stay on screen from one page to the next, and around a caret that moves; fewer on
a screen of less than six lines."""

MIN_COLUMN = 20
"""The narrowest column, in cells, whatever the screen."""

MEASURE_SECONDS = 0.02
"""Pause between two slices of measuring a long article, in seconds."""

NOTE_SIGN = "✎"
"""Stands right of a line on which an annotation with a note begins."""

LOOK_SIGN = "≠"
"""Stands there, too, where the words of an annotation have changed and nobody has looked yet."""


class ArticleView(ScrollView, can_focus=True):
    """Shows a document with its annotations; holds the caret and the selection."""

    ALLOW_SELECT = False  # Textual's own selection knows cells, ours knows offsets

    state: var[ReadingState | None] = var[ReadingState | None](None)
    """What is read; given by the screen."""
    column: var[int] = var(72)
    """The column's width in cells, as far as the screen has room for it."""
    caret: var[int] = var(0)
    """Offset of the character under the caret."""
    origin: var[int | None] = var[int | None](None)
    """Where the selection began; None while nothing is being selected."""
    hits: var[tuple[TextRange, ...]] = var[tuple[TextRange, ...]](())
    """What the search found, in order."""
    current_hit: var[TextRange | None] = var[TextRange | None](None)
    """The hit that the search is at."""
    link_hints: var[tuple[LinkHint, ...]] = var[tuple[LinkHint, ...]](())
    """The letters that stand over links, while one is being chosen."""
    typed: var[str] = var("")
    """The letters that were typed so far."""

    def __init__(self, tags: Sequence[Tag] = STANDARD_TAGS, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.tags: Mapping[str, Tag] = {tag.name: tag for tag in tags}
        """The tags that have a glyph and a colour, by name."""
        self.pointer = Pointer(self)
        """What the mouse does."""
        self._layout: Layout | None = None
        self._units: Units | None = None
        self._painter: LinePainter | None = None
        self._palette: Palette | None = None
        self._painted: dict[int, tuple[Overlay, Sequence[Annotation], Strip]] = {}
        self._code = CodeColours(self)
        self._top = 0
        self._goal: tuple[int, int] | None = None  # cell and line that the caret tries to keep
        self._is_placing = False
        self._measuring: Timer | None = None

    # What is shown

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
    def selection(self) -> TextRange | None:
        """What is selected; None where nothing is, or the selection is still empty."""
        if self.origin is None or self.origin == self.caret:
            return None
        return TextRange(min(self.origin, self.caret), max(self.origin, self.caret))

    @property
    def on_screen(self) -> TextRange:
        """The offsets from the first character on screen to after the last one."""
        if self._layout is None:
            return TextRange(self._top, self._top)
        y = self.scroll_offset.y - TOP
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
        return max(min(self.column, self.size.width - GUTTER - MARGIN), MIN_COLUMN)

    def watch_state(self, old: ReadingState | None, new: ReadingState | None) -> None:
        """Show another state: take the document where it grew or changed."""
        self._painted.clear()
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
        self._palette = self._painter = None
        self._painted.clear()

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
        self._painter = None
        self._painted.clear()
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
        if self._the_layout.measure() and self._measuring is not None:
            self._measuring.stop()
            self._measuring = None
        self._painted.clear()
        self._fit()

    def _fit(self) -> None:
        """Fit the scrollbar to the layout, and keep the text at the top where it is."""
        layout = self._the_layout
        top = self._top
        y = layout.y_of(top)
        self.virtual_size = Size(self.size.width, TOP + layout.height + BOTTOM)
        if not (top == 0 and self.scroll_offset.y <= TOP):
            self._scroll(y + TOP)
        self._top = top
        self.refresh()
        self._tell()

    # Scrolling

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Note what is at the top now."""
        super().watch_scroll_y(old_value, new_value)
        if self._layout is not None and round(old_value) != round(new_value):
            self._top = self._layout.line(max(round(new_value) - TOP, 0)).start
            if not self._is_placing:
                self.bring_caret_along()
            self._tell()

    def _scroll(self, y: int) -> None:
        """Put line ``y`` of the widget's content at the top, without animation."""
        self._is_placing = True
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
            y = layout.y_of(offset) + TOP
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
                if 0 <= line - TOP < layout.height:
                    layout.line(line - TOP)

    # Caret and selection

    def move_caret(self, offset: int, *, extend: bool = False, at_third: bool = False) -> None:
        """Move the caret, and scroll to it.

        Args:
            offset: Where to.
            extend: Begin a selection at the caret where there is none.
            at_third: As for ``show``.
        """
        if extend and self.origin is None:
            self.origin = self.caret
        self.caret = self.document.clamp(offset)
        self._goal = None
        self.show(self.caret, at_third=at_third)
        self._tell()

    @property
    def place(self) -> tuple[int, int]:
        """Where one is: the caret's offset, and that of the first character on screen."""
        return self.caret, self._top

    def return_to(self, place: tuple[int, int]) -> None:
        """Go back to where one was, with the same text at the top."""
        self.caret, top = place
        self._goal = None
        self._scroll(self._the_layout.y_of(top) + TOP if top else 0)
        self.call_after_refresh(self.show, self.caret)
        self._tell()

    def select(self, selection: TextRange | None) -> None:
        """Select a range, with the caret at its end; None selects nothing."""
        if selection is None:
            self.origin = None
        else:
            self.origin = selection.start
            self.move_caret(selection.end)

    def watch_caret(self) -> None:
        """Paint the caret where it is now."""
        self.refresh()
        if self.origin is not None:
            self.post_message(SelectionChanged(self.selection))

    def watch_origin(self) -> None:
        """Tell that selecting began or ended."""
        self.refresh()
        self.post_message(SelectionChanged(self.selection))

    def watch_hits(self) -> None:
        """Paint the hits."""
        self.refresh()

    def watch_current_hit(self) -> None:
        """Paint the hit that the search is at."""
        self.refresh()

    def watch_link_hints(self) -> None:
        """Paint the letters of links."""
        self.refresh()

    def watch_typed(self) -> None:
        """Paint the letters that can still be typed."""
        self.refresh()

    def move(self, motion: str, *, extend: bool = False) -> None:
        """Carry out a motion.

        Args:
            motion: A name that ``Motions`` knows, or one of the lines' and pages'.
            extend: Whether it begins or extends a selection.
        """
        if extend and self.origin is None:
            self.origin = self.caret
        page = max(self.size.height - CONTEXT_LINES, 1)
        lines = {
            "line_down": 1,
            "line_up": -1,
            "page_down": page,
            "page_up": -page,
            "half_down": page // 2,
            "half_up": -(page // 2),
        }.get(motion)
        if lines is not None:
            self._move_lines(lines)
            return
        motions = self._motions()
        target = motions.target(motion, self.caret, origin=self.origin)
        is_jump = motion.endswith(("heading", "annotation"))
        self.move_caret(target, at_third=is_jump)

    def _motions(self) -> Motions:
        from reader.core.motions import Motions  # noqa: PLC0415  (after the first screen)

        assert self.state is not None
        return Motions(self.units, self._the_layout, self.state.annotations)

    def _move_lines(self, lines: int) -> None:
        """Move the caret by visual lines; unless one selects, the article moves under it.

        The caret keeps its cell and its line of the screen, also where it passes over gaps.
        """
        layout = self._the_layout
        cell = layout.cell_of(self.caret)
        top = self.scroll_offset.y
        x, row = self._goal or (cell.x, cell.y + TOP - top)
        wanted = cell.y + lines
        if self.origin is None and abs(lines) > 1:
            self._scroll(top + lines)
            if self.scroll_offset.y == top + lines:
                row = min(max(row, self._context_lines), self._last_line)
                wanted = self.scroll_offset.y + row - TOP
        caret = self._motions().line(self.caret, wanted - cell.y, x)
        if self.origin is not None and layout.y_of(caret) == cell.y:
            caret = 0 if lines < 0 else len(self.document.text)
        elif self.origin is None and abs(lines) == 1:
            self._scroll(top + layout.y_of(caret) - cell.y)
        self.caret = caret
        y, top = layout.y_of(caret) + TOP, self.scroll_offset.y
        if abs(lines) == 1 or not top <= y < top + self.size.height:
            self.show(caret)  # after a page it may be nearer to the edge, above or below a gap
        self._goal = (x, row)
        self._tell()

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
        layout, first = self._the_layout, self.scroll_offset.y - TOP
        if self.origin is not None or not self.document.text:
            return
        y = layout.y_of(self.caret)
        if first <= y < first + self.size.height:
            return
        step = 1 if y < first else -1
        shown = first + (self._context_lines if step > 0 else self._last_line)
        shown = min(max(shown, 0), layout.height - 1)
        while 0 < shown < layout.height - 1 and layout.line(shown).kind != "text":
            shown += step
        x = self._goal[0] if self._goal is not None else layout.cell_of(self.caret).x
        self.caret = layout.offset_at(shown, x)
        self._tell()

    def offset_under(self, x: int, y: int) -> int:
        """Return the offset of the character drawn nearest to a cell of the widget."""
        layout = self._the_layout
        line = min(max(y + self.scroll_offset.y - TOP, 0), max(layout.height - 1, 0))
        return layout.offset_at(line, x - self.column_left)

    def cell_over(self, offset: int) -> tuple[int, int] | None:
        """Return the column and the line of the widget at which a character is drawn, or None."""
        cell = self._the_layout.cell_of(offset)
        y = cell.y + TOP - self.scroll_offset.y
        return (self.column_left + cell.x, y) if 0 <= y < self.size.height else None

    # Painting

    @property
    def palette(self) -> Palette:
        """The styles of the present theme."""
        if self._palette is None:
            self._palette = palette_of(self, "article", self.tags.values())
        return self._palette

    def render_line(self, y: int) -> Strip:
        """Return one line of the widget."""
        strip = self._line(y)
        return hinted(self, strip, y) if self.link_hints else strip

    def _line(self, y: int) -> Strip:
        palette, width = self.palette, self.size.width
        line_y = y + self.scroll_offset.y - TOP
        if self.state is None or not 0 <= line_y < self._the_layout.height:
            return Strip.blank(width, palette.base)
        line = self._the_layout.line(line_y)
        overlays = Overlays(self, self._the_layout)
        starting, covering = overlays.annotations_at(line)
        overlay = overlays.on(line, covering, self._code.of(line))
        known = self._painted.get(line_y)
        if known is not None and known[0] == overlay and known[1] == covering:
            return known[2]
        strip = self._paint(line, overlay, starting, covering)
        self._painted[line_y] = (overlay, covering, strip)
        return strip

    def _paint(
        self,
        line: Line,
        overlay: Overlay,
        starting: Sequence[Annotation],
        covering: Sequence[Annotation],
    ) -> Strip:
        if self._painter is None:
            self._painter = LinePainter(self.document, self.palette)
        palette, column = self.palette, self.column_width
        left = self.column_left - GUTTER
        note = NOTE_SIGN if any(each.note for each in starting) else " "
        look = LOOK_SIGN if any(each.needs_a_look for each in starting) else " "
        segments = [
            Segment(" " * left, palette.base),
            *self._gutter(starting, covering),
            *self._painter.paint(line, column, overlay),
            Segment(f" {note}", palette.style("marker")),
            Segment(look, palette.style("look")),
        ]
        rest = self.size.width - left - GUTTER - column - MARGIN
        if rest > 0:
            segments.append(Segment(" " * rest, palette.base))
        return Strip(segments, self.size.width).crop(0, self.size.width)

    def _gutter(
        self, starting: Sequence[Annotation], covering: Sequence[Annotation]
    ) -> list[Segment]:
        """Return the glyphs of what begins on a line, and a bar where anything is marked."""
        glyphs = [(self.glyph(each), f"tag:{self.colour(each)}") for each in starting]
        if len(glyphs) > GUTTER - 2:
            glyphs = [glyphs[0], ("+", "marker")]
        segments = [Segment(" " * (GUTTER - 2 - len(glyphs)), self.palette.base)]
        segments += [Segment(glyph, self.palette.style(style)) for glyph, style in glyphs]
        if covering:
            top = covering[-1]
            segments.append(Segment("▎", self.palette.style(f"tag:{self.colour(top)}")))
        else:
            segments.append(Segment(" ", self.palette.base))
        segments.append(Segment(" ", self.palette.base))
        return segments

    def glyph(self, annotation: Annotation) -> str:
        """Return the sign of an annotation's first tag."""
        tag = self.tags.get(annotation.tags[0])
        return tag.glyph if tag else OTHER_GLYPH

    def colour(self, annotation: Annotation) -> str:
        """Return the name that an annotation's first tag has in the palette."""
        name = annotation.tags[0]
        return name if name in self.tags else OTHER

    # The mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to select, or extend what is selected with shift."""
        self.pointer.press(event)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select up to the character under the mouse."""
        self.pointer.drag(event)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End selecting."""
        self.pointer.release(event)

    def on_click(self, event: events.Click) -> None:
        """Select a word by a double click, a sentence by a triple click."""
        self.pointer.click(event)
