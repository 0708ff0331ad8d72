"""The tags that the colours and labels of other programs become."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from reader.core.annotation import QUOTE
from reader.core.folding import fold
from reader.formats import clean_line
from reader.imports.values import MAX_TAG

DEFAULT: Final = "default"
"""The name of the tag of a note that has no other, among the colours of the settings."""

PLAIN_COLOURS: Final = frozenset({"yellow", "highlight", "lighten", "none", "default"})
"""The names of the look that other programs give to every note unless one chooses another."""

_PALETTE: Final = {
    "yellow": (255, 212, 0),
    "red": (255, 102, 102),
    "green": (95, 178, 54),
    "blue": (46, 168, 229),
    "purple": (162, 138, 229),
    "magenta": (229, 110, 238),
    "pink": (255, 182, 193),
    "orange": (241, 152, 55),
    "grey": (170, 170, 170),
    "cyan": (0, 200, 200),
    "black": (0, 0, 0),
    "white": (255, 255, 255),
}
"""Red, green and blue, 0 to 255, of the colours that have a name."""

_HEX: Final = re.compile(r"#([0-9a-f]{6})(?:[0-9a-f]{2})?")


class ColourTags:
    """The tags of colours and labels, as the settings have them."""

    def __init__(self, table: Mapping[str, str]) -> None:
        """Take the table of the settings.

        Args:
            table: A tag for each colour or label, whose name may have the kind of file before it
                (``kindle.pink``); an empty tag stands for none.
        """
        self._table = {fold(name).strip(): tag for name, tag in table.items()}

    def tags_of(self, kind: str, colour: str) -> tuple[str, ...]:
        """Return the tags of a colour or a label; none for the look that every note has."""
        name = colour_name(colour)
        if not name:
            return ()
        tag = self._table.get(f"{kind}.{name}", self._table.get(name))
        if tag is not None:
            return (tag,) if tag else ()
        own = "" if name in PLAIN_COLOURS else tag_in_form(name)
        return (own,) if own else ()

    def default(self, kind: str) -> str:
        """Return the tag of a note that has no other."""
        return self._table.get(f"{kind}.{DEFAULT}", self._table.get(DEFAULT, "")) or QUOTE


def tag_in_form(name: str) -> str:
    """Return a tag as Margin has it; empty for what cannot be one."""
    tag = clean_line(name.replace(",", " ")).casefold()
    return tag if len(tag) <= MAX_TAG else ""


def colour_name(colour: str) -> str:
    """Return the name of a colour or a label, folded; a number of a colour gets the nearest name.

    Args:
        colour: A name (``Yellow``), a label, or a number such as ``#ffd400``.
    """
    name = " ".join(fold(colour).split())
    number = _HEX.fullmatch(name)
    if number is None:
        return name
    value = int(number[1], 16)
    mine = (value >> 16, value >> 8 & 255, value & 255)
    return min(
        _PALETTE,
        key=lambda each: sum((a - b) ** 2 for a, b in zip(mine, _PALETTE[each], strict=True)),
    )
