"""A line of tags or states to filter by, each with its glyph and the number of its uses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from reader.ui.painting.palette import find_colour
from reader.ui.painting.parts import Part, fitted, width_of

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


class PlacedChip(NamedTuple):
    """A chip as it is drawn."""

    parts: Sequence[Part]
    """Its text."""
    chip: Chip | None
    """The chip; None for ``…``."""


_MORE = PlacedChip([("…", "$faint")], None)


def placed_chips(
    chips: Sequence[Chip], chosen: str, width: int, variables: Mapping[str, str]
) -> Sequence[PlacedChip]:
    """Return what is drawn from the left.

    Args:
        chips: The chips; the first one stands for all tags.
        chosen: The name of the chosen one, which is always visible.
        width: Cells of the line.
        variables: The colours of the theme.
    """
    line = [PlacedChip(_parts(chip, chip.name == chosen, variables), chip) for chip in chips]
    names = [chip.name for chip in chips]
    index = names.index(chosen) if chosen in names else 0
    first = 1
    while first < index and _width([*line[:1], _MORE, *line[first : index + 1], _MORE]) > width:
        first += 1
    visible = line[:1] + ([_MORE] if first > 1 else []) + line[first:]
    if _width(visible) <= width:
        return visible
    needed = max(1, len(visible) - len(line) + index + 1)
    while len(visible) > needed and _width([*visible, _MORE]) > width:
        visible.pop()
    return [*visible, _MORE]


def _parts(chip: Chip, is_chosen: bool, variables: Mapping[str, str]) -> Sequence[Part]:
    colour = find_colour(chip.colour, variables).hex if chip.glyph else ""
    ((name, _),) = fitted([(chip.name or "all", "")], LONGEST)
    return [
        (f"{chip.glyph} " if chip.glyph else "", colour),
        (name, "bold underline" if is_chosen else "$foreground"),
        (f" {chip.uses:,}", "$faint"),
    ]


def _width(line: Sequence[PlacedChip]) -> int:
    """Return the cells of chips side by side."""
    return sum(width_of(each.parts) for each in line) + GAP * max(len(line) - 1, 0)
