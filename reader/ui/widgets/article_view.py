"""The article on screen: a caret, a selection, motions and the mouse, over its lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.reactive import var
from textual.strip import Strip

from reader.core.annotation import STANDARD_TAGS, Tag
from reader.core.document import TextRange
from reader.ui.messages import SelectionChanged
from reader.ui.widgets.article_canvas import CONTEXT_LINES, ArticleCanvas, Spot
from reader.ui.widgets.article_lines import ArticleLines
from reader.ui.widgets.link_hints import LinkHint, hinted
from reader.ui.widgets.pointer import Pointer

if TYPE_CHECKING:
    from reader.core.motions import Motions


class ArticleView(ArticleCanvas, can_focus=True):
    """Shows a document with its annotations; holds the caret and the selection."""

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
        super().__init__(tags, id=id)
        self.lines = ArticleLines(self)
        self.pointer = Pointer(self)
        """What the mouse does."""
        self._goal: tuple[int, int] | None = None  # cell and line that the caret tries to keep

    @property
    def selection(self) -> TextRange | None:
        """What is selected; None where nothing is, or the selection is still empty."""
        if self.origin is None or self.origin == self.caret:
            return None
        return TextRange(min(self.origin, self.caret), max(self.origin, self.caret))

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
    def place(self) -> Spot:
        """Where one is."""
        return Spot(self.caret, self._top, self._above)

    def return_to(self, place: Spot) -> None:
        """Go back to where one was, with the same text at the top."""
        self.caret = place.caret
        self._goal = None
        y = self._the_layout.y_of(place.top) - place.above
        self._scroll(y + self.ABOVE if place.top else 0)
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
        x, row = self._goal or (cell.x, cell.y + self.ABOVE - top)
        wanted = cell.y + lines
        if self.origin is None and abs(lines) > 1:
            self._scroll(top + lines)
            if self.scroll_offset.y == top + lines:
                row = min(max(row, self._context_lines), self._last_line)
                wanted = self.scroll_offset.y + row - self.ABOVE
        caret = self._motions().line(self.caret, wanted - cell.y, x)
        if self.origin is not None and layout.y_of(caret) == cell.y:
            caret = 0 if lines < 0 else len(self.document.text)
        elif self.origin is None and abs(lines) == 1:
            self._scroll(top + layout.y_of(caret) - cell.y)
        self.caret = caret
        y, top = layout.y_of(caret) + self.ABOVE, self.scroll_offset.y
        if abs(lines) == 1 or not top <= y < top + self.size.height:
            self.show(caret)  # after a page it may be nearer to the edge, above or below a gap
        self._goal = (x, row)
        self._tell()

    def bring_caret_along(self) -> None:
        """Keep the caret on screen after the article was scrolled without it."""
        layout, first = self._the_layout, self.scroll_offset.y - self.ABOVE
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

    def render_line(self, y: int) -> Strip:
        """Return one line of the widget, with the letters of links over it."""
        strip = super().render_line(y)
        return hinted(self, strip, y) if self.link_hints else strip

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
