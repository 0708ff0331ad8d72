"""Computes the numbers of items and headings, which files of word processors do not hold."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from reader.formats.tree.elements import numeral

MAX_LEVELS: Final = 10
"""The number of levels of a list."""

TICKS: Final = frozenset("☐☑☒✓✔✗✘")
"""Bullets with a meaning of their own."""

_MAX_LABEL: Final = 24
_PLACE = re.compile("%([1-9])")
_LARGEST: Final = 10**9


class NumberingLevel(NamedTuple):
    """The numbering of one level of a list."""

    form: str = "1"
    """``1``, ``01``, ``a``, ``A``, ``i`` or ``I``; ``-`` for no number; empty for bullets."""
    text: str = "%1."
    """The label of an item, in which ``%n`` is the number of level n."""
    start: int = 1
    """The first number."""
    is_plain: bool = False
    """Whether all numbers in the label are Arabic, whatever the form of their levels."""


class ListCounter:
    """Counts the items of one list."""

    def __init__(self, levels: dict[int, NumberingLevel]) -> None:
        """Start before the first item.

        Args:
            levels: The numbering of each level, by depth from 0; other levels have bullets.
        """
        self.levels = dict(levels)
        """The numbering of each level, by depth from 0."""
        self._numbers: dict[int, int] = {}

    def label(self, depth: int, levels: dict[int, NumberingLevel] | None = None) -> str | None:
        """Count an item and return its label.

        Args:
            depth: The depth of the item, from 0.
            levels: The numbering of the levels here, if it differs from the list's.

        Returns:
            The label, empty for a bullet; None if the item has no label.
        """
        levels = levels or self.levels
        level = levels.get(depth)
        if level is None or not level.form:
            return ""
        last = self._numbers.get(depth, level.start - 1)
        self._numbers[depth] = min(last + 1, _LARGEST)
        for deeper in [one for one in self._numbers if one > depth]:
            del self._numbers[deeper]
        label = _PLACE.sub(lambda match: self._number(int(match[1]) - 1, levels, level), level.text)
        return label.strip()[:_MAX_LABEL] or None

    def restart(self, depth: int, number: int | None = None) -> None:
        """Set the number of a level's next item; None for the first number of the level."""
        if number is None:
            self._numbers.pop(depth, None)
        else:
            self._numbers[depth] = max(min(number, _LARGEST), -_LARGEST) - 1

    def _number(self, depth: int, levels: dict[int, NumberingLevel], asked: NumberingLevel) -> str:
        level = levels.get(depth, NumberingLevel())
        if level.form in ("", "-"):
            return ""
        number = self._numbers.get(depth, level.start)
        if level.form == "01":
            return f"{number:02d}"
        return numeral(number, "1" if asked.is_plain else level.form)
