"""A list whose rows stand in groups, each below a heading of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from textual.content import Content
from textual.strip import Strip

from reader.ui.widgets.measured_rows import MeasuredRowList
from reader.ui.widgets.row_list import Row, sanitise_content

INDENT = 1
"""Cells left of a heading, and right of it."""


class HeadedRowList(MeasuredRowList[Row]):
    """A list with headings; a heading belongs to the row below it, and is not highlighted."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"row-list--heading"}
    HEADING_LINES: ClassVar[int] = 1
    """Lines of each heading."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        """Make an empty list; the arguments are those of ``RowList``."""
        super().__init__(id=id, classes=classes)
        self.headings: Mapping[int, Any] = {}
        """What each group is called, by the index of its first row."""

    def show_groups(self, rows: Sequence[Row], headings: Mapping[int, Any]) -> None:
        """Show rows in groups.

        Args:
            rows: The rows, from the top.
            headings: What each group is called, by the index of its first row; see
                ``heading_lines``.
        """
        self.headings = headings
        if rows == self.rows:
            self._fit()
            self.measure_again(())
        else:
            self.rows = rows

    def heading_lines(self, heading: Any, width: int) -> Sequence[Content]:
        """Return the ``HEADING_LINES`` lines of a heading.

        Args:
            heading: What was given for the group.
            width: Cells of a line.
        """
        raise NotImplementedError

    def lines_above(self, index: int) -> int:
        """Return how many lines of a row are the heading above it."""
        return self.HEADING_LINES if index in self.headings else 0

    def _known_heights(self) -> list[int]:
        return self._with_headings(super()._known_heights())

    def _with_headings(self, heights: list[int]) -> list[int]:
        """Add the lines of the headings to the heights of the rows."""
        for index in self.headings:
            if index < len(heights):
                heights[index] += self.HEADING_LINES
        return heights

    def _draw_row(self, index: int, width: int, is_highlighted: bool) -> list[Strip]:
        """Return the strips of the heading, of the row, and of the gap after it."""
        strips = super()._draw_row(index, width, is_highlighted)
        heading = self.headings.get(index)
        if heading is None:
            return strips
        return [*self._heading_strips(heading, width), *strips]

    def _heading_strips(self, heading: Any, width: int) -> Iterator[Strip]:
        style = self.get_visual_style("row-list--heading")
        room = max(width - 2 * INDENT, 1)
        for line in self.heading_lines(heading, room):
            yield self._strip(sanitise_content(line, room).pad_left(INDENT), width, style)
