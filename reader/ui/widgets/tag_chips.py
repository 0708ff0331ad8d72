"""A line of tags to filter by, each with its sign and how often it is there."""

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
from reader.ui.palette import colour_of
from reader.ui.widgets.row_list import sanitise_content

GAP = 3
"""Cells between two chips."""
LONGEST = 24
"""Cells of a tag's name at most."""


class Chip(NamedTuple):
    """A tag that can be filtered by."""

    name: str
    """The tag; empty for all of them."""
    glyph: str
    """Its sign; empty for all of them."""
    colour: str
    """A theme variable without its ``$``, or a colour."""
    uses: int
    """How many annotations have it."""


@dataclass
class ChipChosen(Message):
    """A person clicked a tag."""

    name: str
    """The tag; empty for all of them."""


class TagChips(Widget):
    """Tags side by side; the chosen one is underlined and always on screen."""

    ALLOW_SELECT = False

    chips: reactive[Sequence[Chip]] = reactive[Sequence[Chip]](())
    """The tags, all of them together first."""
    chosen: reactive[str] = reactive("")
    """The tag that is filtered by; empty for none."""

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
        """Return what is drawn, from the left, with the chip that it stands for."""
        drawn: list[tuple[Content, Chip | None]] = [
            (self._content(each), each) for each in self.chips
        ]
        width = self.content_size.width
        which = next((i for i, each in enumerate(self.chips) if each.name == self.chosen), 0)
        more: tuple[Content, Chip | None] = (Content.styled("…", "$faint"), None)
        first = 1
        while first < which and _width([*drawn[:1], more, *drawn[first : which + 1], more]) > width:
            first += 1
        kept = drawn[:1] + ([more] if first > 1 else []) + drawn[first:]
        if _width(kept) <= width:
            return kept
        while len(kept) > 1 and _width([*kept, more]) > width:
            kept.pop()
        return [*kept, more]

    def _content(self, chip: Chip) -> Content:
        colour = colour_of(chip.colour, self.app.theme_variables).hex if chip.glyph else ""
        name = sanitise_content(Content(chip.name or "all"), LONGEST)
        is_chosen = chip.name == self.chosen
        return Content.assemble(
            (f"{chip.glyph} " if chip.glyph else "", colour),
            name.stylize("bold underline" if is_chosen else "$foreground"),
            (f" {chip.uses:,}", "$faint"),
        )


def _width(drawn: Sequence[tuple[Content, Chip | None]]) -> int:
    """Return how many cells chips take side by side."""
    cells = sum(cell_width(content.plain) for content, _ in drawn)
    return cells + GAP * max(len(drawn) - 1, 0)
