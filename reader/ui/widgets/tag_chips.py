"""A line of tags to filter by, each with its glyph and the number of its uses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from reader.ui.painting.chips import GAP, Chip, PlacedChip, placed_chips
from reader.ui.painting.parts import width_of


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
        return Content(" " * GAP).join(
            [Content.assemble(*placed.parts) for placed in self._placed()]
        )

    def on_click(self, event: events.Click) -> None:
        """Choose the clicked tag."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        start = 0
        for parts, chip in self._placed():
            end = start + width_of(parts)
            if start <= offset.x < end and chip is not None:
                event.stop()
                self.post_message(ChipChosen(chip.name))
                return
            start = end + GAP

    def _placed(self) -> Sequence[PlacedChip]:
        """Return what is drawn from the left."""
        width, variables = self.content_size.width, self.app.theme_variables
        return placed_chips(self.chips, self.chosen, width, variables)
