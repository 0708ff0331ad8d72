"""Moving the caret by lines and pages, and keeping it on screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.ui.painting.viewport import Viewport

if TYPE_CHECKING:
    from reader.core.motions import Motions


class LineMotion:
    """Moves by visual lines; the caret keeps its cell and its line of the screen."""

    def __init__(self, viewport: Viewport) -> None:
        self._viewport = viewport
        self._goal: tuple[int, int] | None = None  # the cell and the line of the screen to keep

    def forget_goal(self) -> None:
        """Keep the cell and the line that the caret has from now on."""
        self._goal = None

    def move(self, caret: int, lines: int, motions: Motions, *, is_selecting: bool) -> int:
        """Return the caret's new offset, after the article was scrolled to it.

        Unless a passage is being selected, the article moves under the caret.

        Args:
            caret: The caret's offset.
            lines: How many lines on; negative for back.
            motions: The motions of the document.
            is_selecting: Whether a passage is being selected.
        """
        viewport, layout = self._viewport, self._viewport.layout
        cell = layout.cell_of(caret)
        first = viewport.first_line
        x, row = self._goal or (cell.x, cell.y - first)
        target = cell.y + lines
        if not is_selecting and abs(lines) > 1:
            viewport.scroll_to(first + lines)
            if viewport.first_line == first + lines:
                row = min(max(row, viewport.context_lines), viewport.last_caret_line)
                target = viewport.first_line + row
        moved = motions.line(caret, target - cell.y, x)
        if is_selecting and layout.y_of(moved) == cell.y:
            moved = 0 if lines < 0 else len(layout.document.text)
        elif not is_selecting and abs(lines) == 1:
            viewport.scroll_to(first + layout.y_of(moved) - cell.y)
        y, first = layout.y_of(moved), viewport.first_line
        if abs(lines) == 1 or not first <= y < first + viewport.height:
            viewport.show(moved)  # after a page it may be nearer to the edge, beside a gap
        self._goal = (x, row)
        return moved

    def brought_along(self, caret: int) -> int:
        """Return the offset on screen that a caret gets after the article was scrolled.

        Args:
            caret: The caret's offset; it stays where it is on screen.
        """
        viewport, layout, first = self._viewport, self._viewport.layout, self._viewport.first_line
        y = layout.y_of(caret)
        if first <= y < first + viewport.height:
            return caret
        step = 1 if y < first else -1
        line = first + (viewport.context_lines if step > 0 else viewport.last_caret_line)
        line = min(max(line, 0), layout.height - 1)
        while 0 < line < layout.height - 1 and layout.line(line).kind != "text":
            line += step
        x = self._goal[0] if self._goal is not None else layout.cell_of(caret).x
        return layout.offset_at(line, x)
