"""A line of tags to filter by, each with its glyph and the number of its uses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from reader.core.cells import cell_width
from reader.ui.painting.palette import find_colour
from reader.ui.widgets.row_list import sanitise_content

GAP = 3
"""Cells between two chips."""
LONGEST = 24
"""The most cells of a tag's name."""


class Chip(NamedTuple):
    """A tag that can be filtered by."""

    name: str
    """The tag; empty for all tags."""
    glyph: str
    """Its glyph; empty for all tags."""
    colour: str
    """A theme variable without its ``$``, or a colour."""
    uses: int
    """The number of annotations with the tag."""


@dataclass
class ChipChosen(Message):
    """The reader clicked a tag."""

    name: str
    """The tag; empty for all tags."""


class TagChips(Widget):
    """Shows tags side by side; the chosen one is underlined and always visible."""

    ALLOW_SELECT = False

    chips: reactive[Sequence[Chip]] = reactive[Sequence[Chip]](())
    """The chips; the first one stands for all tags."""
    chosen: reactive[str] = reactive("")
    """The name of the chosen chip."""

    def render(self) -> Content:
        """Return the chips that fit."""
        return Content(" " * GAP).join([content for content, _ in self._placed()])

    def on_click(self, event: events.Click) -> None:
        """Choose the clicked tag."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        start = 0
        for content, chip in self._placed():
            end = start + cell_width(content.plain)
            if start <= offset.x < end and chip is not None:
                event.stop()
                self.post_message(ChipChosen(chip.name))
                return
            start = end + GAP

    def _placed(self) -> list[tuple[Content, Chip | None]]:
        """Return what is drawn from the left, each with its chip; ``…`` has none."""
        drawn: list[tuple[Content, Chip | None]] = [
            (self._content(chip), chip) for chip in self.chips
        ]
        width = self.content_size.width
        names = [chip.name for chip in self.chips]
        chosen = names.index(self.chosen) if self.chosen in names else 0
        more: tuple[Content, Chip | None] = (Content.styled("…", "$faint"), None)
        first = 1
        while (
            first < chosen and _width([*drawn[:1], more, *drawn[first : chosen + 1], more]) > width
        ):
            first += 1
        visible = drawn[:1] + ([more] if first > 1 else []) + drawn[first:]
        if _width(visible) <= width:
            return visible
        needed = max(1, len(visible) - len(drawn) + chosen + 1)
        while len(visible) > needed and _width([*visible, more]) > width:
            visible.pop()
        return [*visible, more]

    def _content(self, chip: Chip) -> Content:
        colour = find_colour(chip.colour, self.app.theme_variables).hex if chip.glyph else ""
        name = sanitise_content(Content(chip.name or "all"), LONGEST)
        is_chosen = chip.name == self.chosen
        return Content.assemble(
            (f"{chip.glyph} " if chip.glyph else "", colour),
            name.stylize("bold underline" if is_chosen else "$foreground"),
            (f" {chip.uses:,}", "$faint"),
        )


def _width(drawn: Sequence[tuple[Content, Chip | None]]) -> int:
    """Return the cells of chips side by side."""
    cells = sum(cell_width(content.plain) for content, _ in drawn)
    return cells + GAP * max(len(drawn) - 1, 0)
