"""A list of any number of rows, of which only those on screen are drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content, Span
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive, var
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual

from reader.core.cells import clip
from reader.safe_text import drawn, sanitise_line
from reader.ui.held_input import settle

Row = TypeVar("Row")

_GUTTER = 2
"""Cells left of a row's text: the bar of the highlighted row, and the sign of a selected one."""
_SELECTED = "✓"
_MARGIN = 1
"""Cells right of a row's text."""


@dataclass
class RowHighlighted(Message, Generic[Row]):
    """The reader moved the highlight to another row."""

    row: Row
    """The row that is highlighted now."""


@dataclass
class RowActivated(Message, Generic[Row]):
    """The reader chose a row: with enter, or with a second click on it."""

    row: Row
    """The chosen row."""


class RowList(ScrollView, Generic[Row], can_focus=True, inherit_bindings=False):
    """A list drawn line by line, with one highlighted row.

    A subclass draws a row (``render_row``) and identifies it (``key_of``). The list draws a bar
    beside the highlighted row, cuts lines to the width by whole graphemes, and handles keys and
    mouse. Rows may hold any text: unsafe characters are shown as ``�``. Its styles are in
    ``styles/row_list.tcss``; a screen that has such a list names that sheet in its ``CSS_PATH``.
    """

    ROW_HEIGHT: ClassVar[int] = 1
    """Lines of each row."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "row-list--row",
        "row-list--highlighted",
        "row-list--bar",
        "row-list--selected",
        "row-list--placeholder",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "highlight_by(1)", "Next"),
        Binding("k,up", "highlight_by(-1)", "Previous"),
        Binding("space,pagedown", "highlight_page(1)", "Page down"),
        Binding("b,pageup", "highlight_page(-1)", "Page up"),
        Binding("g,home", "highlight_first", "First"),
        Binding("G,end", "highlight_last", "Last"),
        Binding("enter", "activate", "Open"),
    ]

    rows: var[Sequence[Row]] = var[Sequence[Row]]((), init=False)
    """The rows, from the top; replaced as a whole, never mutated."""
    highlighted: reactive[int] = reactive(-1, init=False)
    """Index of the highlighted row; -1 in an empty list."""
    selected: var[frozenset[str]] = var[frozenset[str]](frozenset())
    """The keys of the rows that the reader selected, to change them together."""
    placeholder: reactive[Content] = reactive(Content(""))
    """The text of an empty list, at its top."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        """Make an empty list.

        Args:
            id: The widget's id.
            classes: The widget's classes.
        """
        super().__init__(id=id, classes=classes)
        self._clicked = ""
        self._drawn: dict[tuple[int, int, bool], list[Strip]] = {}

    def render_row(self, row: Row, width: int, is_highlighted: bool) -> Sequence[Content]:
        """Return the lines of a row, at most ``ROW_HEIGHT``; the list cuts them to the width.

        Args:
            row: The row.
            width: Cells of a line.
            is_highlighted: Whether it is the highlighted row.
        """
        raise NotImplementedError

    def key_of(self, row: Row) -> str:
        """Return a key that no other row has, and that the row keeps when the rows are replaced."""
        raise NotImplementedError

    @property
    def highlighted_row(self) -> Row | None:
        """The highlighted row; None in an empty list."""
        return self.rows[self.highlighted] if self.highlighted >= 0 else None

    @property
    def row_height(self) -> int:
        """The lines from one row to the next."""
        return self.ROW_HEIGHT

    # Where rows stand; a list whose rows differ in height has its own answers

    def top_of(self, index: int) -> int:
        """Return the first line of a row; of the index after the last row, the number of lines."""
        return index * self.row_height

    def height_of(self, index: int) -> int:
        """Return the number of lines of a row."""
        return self.row_height if index >= 0 else 0

    def row_at(self, line: int) -> tuple[int, int]:
        """Return the index of the row at a line, and which of its lines that is.

        Below the last row the index is no smaller than the number of rows.
        """
        return divmod(line, self.row_height)

    def is_row_shown(self, index: int) -> bool:
        """Return whether all lines of a row are on screen."""
        first = self.top_of(index) - self.scroll_offset.y
        shown = self.screen.find_widget(self).visible_region.height
        return first >= 0 and first + self.height_of(index) <= shown

    def highlight_key(self, key: str, *, center: bool = False) -> bool:
        """Highlight the row with a key, without a message.

        Args:
            key: The row's key.
            center: Whether to show the row in the middle if the list must scroll.

        Returns:
            Whether there is such a row; otherwise nothing changes.
        """
        index = self.index_of(key)
        if index is None:
            return False
        self.highlighted = index
        self._show_highlighted(center=center)
        return True

    def index_of(self, key: str) -> int | None:
        """Return the index of the row with a key, or None."""
        return next((at for at, row in enumerate(self.rows) if self.key_of(row) == key), None)

    def validate_highlighted(self, highlighted: int) -> int:
        """Keep the highlight on a row."""
        return max(min(highlighted, len(self.rows) - 1), 0 if self.rows else -1)

    def watch_highlighted(self, before: int, highlighted: int) -> None:
        """Draw the two rows that changed, and scroll to the new one."""
        for index in (before, highlighted):
            self.refresh_lines(self.top_of(index), self.height_of(index))
        self._show_highlighted()

    def watch_rows(self, before: Sequence[Row], rows: Sequence[Row]) -> None:
        """Keep the highlight on its row, or at its index if the row is gone."""
        self._drawn.clear()
        has_highlight = 0 <= self.highlighted < len(before)
        key = self.key_of(before[self.highlighted]) if has_highlight else ""
        self._fit()
        self.refresh()
        index = self.index_of(key) if rows else None
        self.highlighted = self.highlighted if index is None else index
        self._show_highlighted()

    def _fit(self) -> None:
        """Fit the scrollbar to the rows."""
        self.virtual_size = Size(0, self.top_of(len(self.rows)))

    def redraw(self) -> None:
        """Draw every row again, because what rows show has changed, though not the rows."""
        self._drawn.clear()
        self.refresh()

    @property
    def shown_rows(self) -> range:
        """The indexes of the rows of which a line is on screen."""
        first, _ = self.row_at(self.scroll_offset.y)
        last, _ = self.row_at(self.scroll_offset.y + self.size.height - 1)
        return range(first, min(last + 1, len(self.rows)))

    def toggle_selected(self) -> None:
        """Select the highlighted row, or select it no longer, and highlight the next one."""
        if (row := self.highlighted_row) is not None:
            self.selected = self.selected ^ {self.key_of(row)}
            self._highlight(self.highlighted + 1)

    def toggle_all(self) -> None:
        """Select every row; where all are selected, none."""
        keys = frozenset(map(self.key_of, self.rows))
        is_all = keys <= self.selected
        self.selected = self.selected - keys if is_all else self.selected | keys

    def watch_selected(self) -> None:
        """Draw the rows with the signs beside them."""
        self.redraw()

    def watch_placeholder(self) -> None:
        """Draw the new placeholder."""
        self._drawn.clear()

    def notify_style_update(self) -> None:
        """Discard what was drawn in the earlier styles."""
        self._drawn.clear()
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """Return a line of the screen.

        Args:
            y: From 0 at the widget's top.
        """
        width = self.scrollable_content_region.width
        index, line = self.row_at(self.scroll_offset.y + y) if self.rows else (-1, y)
        strips = self._strips_of(index) if index < len(self.rows) else []
        if line < len(strips):
            return strips[line]
        return Strip.blank(width, self.get_visual_style("row-list--row").rich_style)

    def _strips_of(self, index: int) -> list[Strip]:
        """Return the strips of a row; in an empty list, those of the placeholder."""
        width = self.scrollable_content_region.width
        key = (index, width, index == self.highlighted)
        if (strips := self._drawn.get(key)) is None:
            strips = self._draw_row(*key) if self.rows else self._draw_placeholder(width)
            if len(self._drawn) > 512:
                self._drawn.clear()
            self._drawn[key] = strips
        return strips

    def action_highlight_by(self, rows: int) -> None:
        """Move the highlight down by some rows; up if negative."""
        self._highlight(self.highlighted + rows)

    def highlight_around(self, step: int) -> None:
        """Highlight another row, without a message; after the last comes the first."""
        if self.rows:
            self.highlighted = (self.highlighted + step) % len(self.rows)

    def highlight_next(self, is_wanted: Callable[[Row], bool], step: int) -> bool:
        """Highlight the next row of a kind, without a message; after the last comes the first.

        Args:
            is_wanted: Tells whether a row is of the kind.
            step: 1 for the next one, -1 for the one before.

        Returns:
            Whether there is one; otherwise nothing changes.
        """
        rows, at = self.rows, self.highlighted
        order = [(at + step * distance) % len(rows) for distance in range(1, len(rows) + 1)]
        index = next((each for each in order if is_wanted(rows[each])), None)
        if index is not None:
            self.highlighted = index
        return index is not None

    def action_highlight_page(self, pages: int) -> None:
        """Move the highlight down by some pages; up if negative."""
        shown = max(self.scrollable_content_region.height // self.row_height, 1)
        self._highlight(self.highlighted + pages * max(shown - 1, 1))

    def action_highlight_first(self) -> None:
        """Highlight the first row."""
        self._highlight(0)

    def action_highlight_last(self) -> None:
        """Highlight the last row."""
        self._highlight(len(self.rows) - 1)

    def action_activate(self) -> None:
        """Choose the highlighted row."""
        row = self.highlighted_row
        if row is not None:
            self.post_message(RowActivated(row))
            settle(self)

    def on_click(self, event: events.Click) -> None:
        """Highlight the clicked row; choose it on a second click."""
        offset = event.get_content_offset(self)
        if offset is None or not self.rows:
            return
        event.stop()
        index, _ = self.row_at(self.scroll_offset.y + offset.y)
        if index >= len(self.rows):
            return
        key = self.key_of(self.rows[index])
        was_clicked = index == self.highlighted and key == self._clicked
        self._highlight(index)
        self._clicked = key
        if was_clicked:
            self.action_activate()

    def _highlight(self, index: int) -> None:
        """Highlight a row for the reader, and post a message if it is another row."""
        before = self.highlighted
        self.highlighted = index
        self._show_highlighted()
        self._clicked = ""
        row = self.highlighted_row
        if row is not None and self.highlighted != before:
            self.post_message(RowHighlighted(row))

    def _show_highlighted(self, *, center: bool = False) -> None:
        """Scroll until the whole highlighted row is on screen."""
        if self.highlighted < 0 or not self.is_mounted:
            return
        self.scroll_to_region(
            Region(0, self.top_of(self.highlighted), 1, self.height_of(self.highlighted)),
            animate=False,
            center=center,
            force=True,
            x_axis=False,
            immediate=True,
        )

    def _draw_row(self, index: int, width: int, is_highlighted: bool) -> list[Strip]:
        """Return the strips of a row, with the bar or the space beside it."""
        room = self.text_width
        lines = self._fitted_lines(self.render_row(self.rows[index], room, is_highlighted))
        name = "row-list--highlighted" if is_highlighted else "row-list--row"
        style = self.get_visual_style(name)
        bar = Content.styled("▌ ", ".row-list--bar") if is_highlighted else Content("  ")
        gutters = [bar] * len(lines)
        if self.selected and self.key_of(self.rows[index]) in self.selected:
            gutters[0] = bar[:1] + Content.styled(_SELECTED, ".row-list--selected")
        return [
            self._strip(gutter + sanitise_content(line, room), width, style)
            for gutter, line in zip(gutters, lines, strict=True)
        ]

    def _fitted_lines(self, lines: Sequence[Content]) -> Sequence[Content]:
        """Return as many lines as a row has."""
        return [*lines[: self.ROW_HEIGHT], *[Content("")] * (self.ROW_HEIGHT - len(lines))]

    @property
    def text_width(self) -> int:
        """Cells of a line of a row, without the bar beside it."""
        return max(self.scrollable_content_region.width - _GUTTER - _MARGIN, 1)

    def _draw_placeholder(self, width: int) -> list[Strip]:
        """Return the strips of the placeholder, wrapped to the width."""
        style = self.get_visual_style("row-list--placeholder")
        lines: list[Content] = []
        for line in self.placeholder.split("\n", allow_blank=True):
            lines += line.wrap(max(width - _GUTTER - _MARGIN, 1))
        return [self._strip(line.pad_left(_GUTTER), width, style) for line in lines]

    def _strip(self, line: Content, width: int, style: Style) -> Strip:
        """Return a line as a strip of exactly ``width`` cells."""
        strips = Visual.to_strips(self, line, width, 1, style)
        strip = strips[0] if strips else Strip([])
        return strip.adjust_cell_length(width, style.rich_style)


def sanitise_content(line: Content, width: int) -> Content:
    """Return ``line`` safe to show, cut to ``width`` cells and ended with ``…`` if too long.

    Args:
        line: Any text; see ``sanitise_line``.
        width: Cells; no grapheme is cut.
    """
    text = sanitise_line(line.plain)
    clipped = clip(text, width)
    # Content drops some controls by itself, and then its spans may reach past its end.
    spans = [
        Span(first, min(len(drawn(text[:end])), len(clipped)), style)
        for start, end, style in line.spans
        if (first := len(drawn(text[:start]))) < len(clipped)
    ]
    return Content(clipped, spans=spans)


def join_parts(parts: Sequence[Content | tuple[str, Any] | str], separator: str = " · ") -> Content:
    """Return the parts that are not empty, with a faint separator between them."""
    filled = [
        part
        for item in parts
        if (part := Content.assemble(item) if isinstance(item, tuple) else Content("") + item)
    ]
    return Content.styled(separator, "$faint").join(filled)
