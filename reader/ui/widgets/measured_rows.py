"""A list whose rows have as many lines as they need; heights are measured where rows are shown."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from textual.content import Content
from textual.strip import Strip

from reader.ui.widgets.row_list import Row, RowList

ROUNDS = 4
"""How often what comes on screen is measured until nothing more does."""


GAPS_FROM = 16
"""The least lines of a list with an empty line after each row."""


class MeasuredRowList(RowList[Row]):
    """A list of any number of rows that differ in height.

    Drawing all rows to know their heights would take seconds where there are thousands. The height
    of a row that was never on screen is estimated; it is measured when the row is shown, while
    the rows on screen keep their places.
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        """Make an empty list; the arguments are those of ``RowList``."""
        super().__init__(id=id, classes=classes)
        self._heights: list[int] = []
        self._tops: list[int] = []  # empty where a height has changed
        self._measured: dict[str, tuple[Row, int]] = {}  # heights in the present width, by key
        self._indexes: dict[str, int] | None = None  # of the rows by their keys
        self._width = 0
        self._has_gaps = False  # as ``wants_gaps`` was when heights were measured

    def estimate_height(self, row: Row, width: int) -> int:
        """Return about how many lines a row takes, at least one; it must be cheap.

        Args:
            row: The row.
            width: Cells of a line.
        """
        raise NotImplementedError

    @property
    def wants_gaps(self) -> bool:
        """Whether an empty line follows each row: in a list that is high enough."""
        return self.size.height >= GAPS_FROM

    # Where rows stand

    def top_of(self, index: int) -> int:
        """Return the first line of a row; of the index after the last row, the number of lines."""
        if not self._tops:
            self._tops = list(accumulate(self._heights, initial=0))
        return self._tops[min(max(index, 0), len(self._heights))]

    def height_of(self, index: int) -> int:
        """Return the number of lines of a row."""
        return self._heights[index] if 0 <= index < len(self._heights) else 0

    def row_at(self, line: int) -> tuple[int, int]:
        """Return the index of the row at a line, and which of its lines that is."""
        self.top_of(0)
        index = bisect_right(self._tops, line) - 1
        return index, line - self._tops[index]

    def index_of(self, key: str) -> int | None:
        """Return the index of the row with a key, or None; quick also in a long list."""
        if self._indexes is None:
            self._indexes = {self.key_of(row): index for index, row in enumerate(self.rows)}
        return self._indexes.get(key)

    # Measuring

    def _fit(self) -> None:
        """Take measured heights and estimate the others; then fit the scrollbar to them."""
        if self._is_other_size:
            self._width = self.scrollable_content_region.width
            self._has_gaps = self.wants_gaps
            self._measured.clear()
            self._drawn.clear()
        self._indexes = None
        self._heights = self._known_heights()
        self._tops = []
        super()._fit()

    def _known_heights(self) -> list[int]:
        """Return the height of each row, as far as it is known."""
        room, measured, key_of = self.text_width, self._measured, self.key_of
        return [
            known[1]
            if (known := measured.get(key_of(row))) is not None and known[0] is row
            else self.estimate_height(row, room) + self._has_gaps
            for row in self.rows
        ]

    def measure_again(self, keys: Iterable[str]) -> None:
        """Measure rows again, because they show something else now; those on screen at once.

        Args:
            keys: The keys of the rows.
        """
        for key in keys:
            self._measured.pop(key, None)
        self._drawn.clear()
        if self.rows and self._width:
            self._measure_shown(self.row_at(self.scroll_offset.y)[0])
        self.refresh()

    def lines_above(self, index: int) -> int:  # noqa: ARG002 (for lists with headings)
        """Return how many lines of a row stand above it and do not belong to it."""
        return 0

    @property
    def _is_other_size(self) -> bool:
        """Whether rows have other heights in the present size than was measured."""
        size = (self.scrollable_content_region.width, self.wants_gaps)
        return (self._width, self._has_gaps) != size

    def _measure(self, index: int) -> int:
        """Measure a row; return by how many lines it is higher than was thought."""
        row = self.rows[index]
        key = self.key_of(row)
        known = self._measured.get(key)
        if known is not None and known[0] is row:
            return 0
        height = len(self._strips_of(index))
        self._measured[key] = (row, height - self.lines_above(index))
        growth = height - self._heights[index]
        self._heights[index] = height
        return growth

    def _measure_shown(self, kept: int | None = None) -> None:
        """Measure the rows on screen.

        Args:
            kept: Index of the row that stays where it is while rows above it are measured.
        """
        if not self.rows or not self._width:
            return
        for _ in range(ROUNDS):
            index, line = self.row_at(self.scroll_offset.y)
            end = line + self.size.height
            growth = above = covered = 0
            while index < len(self.rows) and covered < end:
                growing = self._measure(index)
                growth += abs(growing)
                above += growing if kept is not None and index < kept else 0
                covered += self._heights[index]
                index += 1
            if not growth:
                return
            self._tops = []
            super()._fit()
            self.refresh()
            if above:
                self._scroll_to_line(self.scroll_offset.y + above)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Measure the rows that come on screen; those that were there keep their places."""
        super().watch_scroll_y(old_value, new_value)
        if self.rows and round(old_value) != round(new_value):
            self._measure_shown(self.row_at(round(old_value))[0])

    def on_resize(self) -> None:
        """Measure again in another width, with the same row at the top."""
        if not self.rows:
            return
        index, _ = self.row_at(self.scroll_offset.y)
        if self._is_other_size:
            self._fit()
            self._scroll_to_line(self.top_of(index))
        self._show_highlighted()
        self._measure_shown()

    def _scroll_to_line(self, line: int) -> None:
        self.scroll_to(y=line, animate=False, force=True, immediate=True)

    def _show_highlighted(self, *, center: bool = False) -> None:
        """Scroll until the whole highlighted row is on screen, or the start of a longer one."""
        if self.highlighted < 0 or not self.is_mounted or not self._width:
            return
        for _ in range(ROUNDS):
            if self._measure(self.highlighted):
                self._tops = []
                super()._fit()
            top, height = self.top_of(self.highlighted), self.height_of(self.highlighted)
            first, shown = self.scroll_offset.y, self.size.height
            if first <= top and top + height <= first + shown:
                break
            if height >= shown:
                if first <= top < first + shown // 2 or top <= first < top + height - shown:
                    break
                self._scroll_to_line(top)
            elif center:
                self._scroll_to_line(top - (shown - height) // 2)
            else:
                self._scroll_to_line(top if top < first else top + height - shown)
            self._measure_shown(self.highlighted)
        self._measure_shown()

    # Drawing and keys

    def _fitted_lines(self, lines: Sequence[Content]) -> Sequence[Content]:
        """Return all lines of a row."""
        return lines

    def _draw_row(self, index: int, width: int, is_highlighted: bool) -> list[Strip]:
        """Return the strips of a row, and of the gap after it."""
        strips = super()._draw_row(index, width, is_highlighted)
        gap = Strip.blank(width, self.get_visual_style("row-list--row").rich_style)
        return [*strips, gap] if self._has_gaps else strips

    def action_highlight_page(self, pages: int) -> None:
        """Move the highlight by some pages; in a row longer than the screen, scroll first."""
        if self.highlighted < 0 or self._scroll_within(pages):
            return
        line = self.top_of(self.highlighted) + pages * max(self.size.height - 1, 1)
        index, _ = self.row_at(max(line, 0))
        step = 1 if pages > 0 else -1
        at_least = self.highlighted + step
        self._highlight(max(index, at_least) if step > 0 else min(index, at_least))

    def _scroll_within(self, direction: int) -> bool:
        """Scroll to more of a highlighted row that is longer than the screen; return whether."""
        top, height = self.top_of(self.highlighted), self.height_of(self.highlighted)
        first, shown = self.scroll_offset.y, self.size.height
        if height <= shown or not first - height < top < first + shown:
            return False
        hidden = top + height - (first + shown) if direction > 0 else first - top
        if hidden <= 0:
            return False
        step = min(hidden, max(shown - 2, 1))
        self._scroll_to_line(first + (step if direction > 0 else -step))
        return True


def wrapped_height(text: str, width: int) -> int:
    """Return about how many lines a text takes, if lines are 95 per cent full.

    Args:
        text: Any text.
        width: Cells of a line.
    """
    return len(text) * 20 // (19 * max(width, 1)) + text.count("\n") + 1
