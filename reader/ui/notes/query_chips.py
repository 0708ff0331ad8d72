"""A line of facets for windows that have no room for the list of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from reader.core.annotation import Tag
from reader.core.cells import clip
from reader.core.claims import ClaimStatus
from reader.core.text_formatting import one_line
from reader.safe_text import drawn, sanitise_line
from reader.ui.notes.facet_rows import FacetRow
from reader.ui.notes.facets import FacetChosen, facet_sign

GAP = 2
"""Cells between two chips."""

LONGEST = 24
"""The most cells of the name of a chip."""


@dataclass(eq=False, repr=False)
class MoreWanted(Message):
    """The reader clicked the sign for more facets."""


class _Chip(NamedTuple):
    content: Content
    row: FacetRow | None


_MORE = _Chip(Content.styled("…", "$faint"), None)


class QueryChips(Widget):
    """Shows facets side by side; what the query asks for is underlined and always visible."""

    ALLOW_SELECT = False

    rows: reactive[Sequence[FacetRow]] = reactive[Sequence[FacetRow]](())
    """The facets."""

    def __init__(
        self,
        tags: Sequence[Tag],
        statuses: Sequence[ClaimStatus],
        *,
        id: str | None = None,  # noqa: A002 (Textual's own name for it)
    ) -> None:
        """Make an empty line.

        Args:
            tags: The tags that have a glyph and a colour.
            statuses: The statuses of claims.
            id: The widget's id.
        """
        super().__init__(id=id)
        self._tags: Mapping[str, Tag] = {tag.name: tag for tag in tags}
        self._statuses = {status.name: status for status in statuses}

    def render(self) -> Content:
        """Return the chips that fit."""
        return Content(" " * GAP).join([chip.content for chip in self._placed()])

    def on_click(self, event: events.Click) -> None:
        """Choose the clicked facet, or ask for all."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        start = 0
        for content, row in self._placed():
            end = start + content.cell_length
            if start <= offset.x < end:
                event.stop()
                self.post_message(MoreWanted() if row is None else FacetChosen(row))
                return
            start = end + GAP

    def _placed(self) -> Sequence[_Chip]:
        """Return what is drawn from the left."""
        chips = [_Chip(self._content(row), row) for row in self.rows]
        width = self.content_size.width
        chosen = [at for at, row in enumerate(self.rows) if row.is_chosen]
        first = 0
        while chosen and first < chosen[-1]:
            shown = [*([_MORE] if first else []), *chips[first : chosen[-1] + 1], _MORE]
            if _width(shown) <= width:
                break
            first += 1
        visible = [*([_MORE] if first else []), *chips[first:]]
        if _width(visible) <= width:
            return visible
        while len(visible) > 1 and _width([*visible, _MORE]) > width:
            visible.pop()
        return [*visible, _MORE]

    def _content(self, row: FacetRow) -> Content:
        sign, style = facet_sign(row, self._tags, self._statuses, self.app.theme_variables)
        label = clip(drawn(sanitise_line(one_line(row.label[:400]))), LONGEST)
        count = f" {row.notes:,}" if row.notes >= 0 else ""
        is_faint = row.notes == 0 and not row.is_chosen
        name_style = "bold underline" if row.is_chosen else "$faint" if is_faint else "$foreground"
        return Content.assemble(
            (f"{sign} " if sign else "", style), (label, name_style), (count, "$faint")
        )


def _width(chips: Sequence[_Chip]) -> int:
    return sum(chip.content.cell_length for chip in chips) + GAP * max(len(chips) - 1, 0)
