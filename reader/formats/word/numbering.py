"""The numbers that word processors put before items and headings, which their files do not hold."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from reader.formats.tree.elements import numeral

MAX_LEVELS: Final = 10
"""Levels of a list."""

TICKS: Final = frozenset("☐☑☒✓✔✗✘")
"""Bullets that say something."""

_MAX_LABEL: Final = 24
_PLACE = re.compile("%([1-9])")
_LARGEST: Final = 10**9


class NumberingLevel(NamedTuple):
    """How one level of a list is numbered."""

    form: str = "1"
    """``1``, ``01``, ``a``, ``A``, ``i`` or ``I``; ``-`` for no number of its own; nothing for
    bullets."""
    text: str = "%1."
    """What stands before an item, ``%n`` being the number of level n."""
    start: int = 1
    """The first number."""
    is_plain: bool = False
    """Whether all its numbers are Arabic, whatever their own levels say."""


class ListCounter:
    """The numbers of one list as its items come."""

    def __init__(self, levels: dict[int, NumberingLevel]) -> None:
        """Start before the first item.

        Args:
            levels: By depth from 0; one that is not there has bullets.
        """
        self.levels = dict(levels)
        """How each level is numbered, by depth from 0."""
        self._numbers: dict[int, int] = {}

    def label(self, depth: int, levels: dict[int, NumberingLevel] | None = None) -> str | None:
        """Count an item and return what stands before it.

        Args:
            depth: From 0.
            levels: How the levels are numbered here, if otherwise than the list says.

        Returns:
            Nothing for a bullet; None where nothing is to stand there.
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
        """Let the next item of a level have a number; None for the first that the level has."""
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
