"""The list of facets beside the notes: choosing one writes the query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.strip import Strip

from reader.core.annotation import Tag
from reader.core.cells import cell_width, clip
from reader.core.claims import ClaimStatus
from reader.core.text_formatting import one_line
from reader.safe_text import drawn, sanitise_line
from reader.ui.notes.facet_rows import FacetRow, Facets
from reader.ui.painting.palette import sign_of, status_sign_of
from reader.ui.widgets.headed_rows import HeadedRowList

CHOSEN = "▸"
"""The sign of a value that the query asks for."""


@dataclass
class FacetChosen(Message):
    """The reader chose a facet."""

    row: FacetRow
    """The facet."""


class FacetList(HeadedRowList[FacetRow]):
    """Lists facets with their counts; enter, space and a click choose one."""

    HEADING_LINES: ClassVar[int] = 2
    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "activate", "Choose")]

    def __init__(self, tags: Sequence[Tag], statuses: Sequence[ClaimStatus]) -> None:
        """Make an empty list.

        Args:
            tags: The tags that have a glyph and a colour.
            statuses: The statuses of claims.
        """
        super().__init__()
        self._tags: Mapping[str, Tag] = {tag.name: tag for tag in tags}
        self._statuses = {status.name: status for status in statuses}

    def show(self, facets: Facets) -> None:
        """Show facets; the highlight stays on its value."""
        self.show_groups(facets.rows, facets.starts)

    def key_of(self, row: FacetRow) -> str:
        """Return the section and the value."""
        return f"{row.field}:{row.value}"

    def estimate_height(self, row: FacetRow, width: int) -> int:  # noqa: ARG002
        """Return the one line of a facet."""
        return 1

    @property
    def wants_gaps(self) -> bool:
        """Whether an empty line follows each row: never here."""
        return False

    def heading_lines(self, heading: str, width: int) -> Sequence[Content]:  # noqa: ARG002
        """Return an empty line and the name of a section."""
        return [Content(""), Content.styled(heading, "$faint")]

    def on_focus(self) -> None:
        """Show the highlighted facet."""
        self.redraw()

    def on_blur(self) -> None:
        """Show no highlighted facet: there is one among the notes."""
        self.redraw()

    def _draw_row(self, index: int, width: int, is_highlighted: bool) -> list[Strip]:
        """Return the strips of a row; it is highlighted only while the list has the focus."""
        return super()._draw_row(index, width, is_highlighted and self.has_focus)

    def render_row(
        self,
        row: FacetRow,
        width: int,
        is_highlighted: bool,  # noqa: ARG002 (the list draws the highlight)
    ) -> Sequence[Content]:
        """Return the sign, the value and its count."""
        count = f"{row.notes:,}" if row.notes >= 0 else ""
        sign, colour = facet_sign(row, self._tags, self._statuses, self.app.theme_variables)
        lead = Content.assemble(
            (CHOSEN if row.is_chosen else " ", "bold $caret"), (f"{sign} " if sign else "", colour)
        )
        room = max(width - lead.cell_length - cell_width(count) - 1, 1)
        label = clip(drawn(sanitise_line(one_line(row.label[:400]))), room)
        gap = " " * (room - cell_width(label) + 1)
        style = "bold $heading" if row.is_chosen else "$faint" if row.shows_more else "$foreground"
        if row.notes == 0 and not row.is_chosen:
            style = "$faint"
        return [Content.assemble(lead, (label, style), gap, (count, "$faint"))]

    def action_activate(self) -> None:
        """Choose the highlighted facet."""
        if (row := self.highlighted_row) is not None:
            self.post_message(FacetChosen(row))

    def on_click(self, event: events.Click) -> None:
        """Choose the clicked facet."""
        offset = event.get_content_offset(self)
        if offset is None or not self.rows:
            return
        event.stop()
        event.prevent_default()
        index, line = self.row_at(self.scroll_offset.y + offset.y)
        if index < len(self.rows) and line >= self.lines_above(index):
            self._highlight(index)
            self.action_activate()


def facet_sign(
    row: FacetRow,
    tags: Mapping[str, Tag],
    statuses: Mapping[str, ClaimStatus],
    variables: Mapping[str, str],
) -> tuple[str, str]:
    """Return the sign of a status or a tag with its style; nothing for other values.

    Args:
        row: The facet.
        tags: The tags of the settings by their names.
        statuses: The statuses of the settings by their names.
        variables: The colours of the theme.
    """
    if row.shows_more:
        return "…", "$faint"
    if row.field == "status":
        sign, colour = status_sign_of(row.value, statuses, variables)
        return sign, f"bold {colour}"
    if row.field == "tag":
        sign, colour = sign_of(row.value, tags, variables)
        return sign, f"bold {colour}"
    return "", ""
