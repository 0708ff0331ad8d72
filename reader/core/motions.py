"""Where each motion leads: from an offset to an offset."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from reader.core.annotation import Annotation
from reader.core.layout import Layout
from reader.core.units import Units

UNIT_MOTIONS = frozenset(
    {
        "next_character",
        "previous_character",
        "next_word",
        "previous_word",
        "next_sentence",
        "previous_sentence",
        "next_paragraph",
        "previous_paragraph",
        "next_heading",
        "previous_heading",
    }
)
"""The motions that ``Units`` knows by the same name."""


class Motions:
    """The motions of one document in one layout; offsets are code points of its text."""

    def __init__(self, units: Units, layout: Layout, annotations: Sequence[Annotation]) -> None:
        self._units = units
        self._layout = layout
        self._starts = sorted(each.place.start for each in annotations if not each.is_orphaned)

    def target(self, name: str, offset: int, *, is_selecting: bool = False) -> int:
        """Return where a motion leads.

        Args:
            name: One of ``UNIT_MOTIONS``, ``word_end``, ``start``, ``end``,
                ``next_annotation``, ``previous_annotation``.
            offset: Where it begins.
            is_selecting: Whether the offset is the end of a selection: the end of a word is then
                behind its last character, so that the word is selected whole.

        Returns:
            An offset; ``offset`` itself where there is nothing further.
        """
        if name in UNIT_MOTIONS:
            target: int = getattr(self._units, name)(offset)
            return target
        match name:
            case "word_end":
                return self._word_end(offset, is_selecting=is_selecting)
            case "start":
                return 0
            case "end":
                return self._end(is_selecting=is_selecting)
            case "next_annotation":
                after = bisect_right(self._starts, offset)
                return self._starts[after] if after < len(self._starts) else offset
            case "previous_annotation":
                before = bisect_left(self._starts, offset) - 1
                return self._starts[before] if before >= 0 else offset
            case _:
                raise ValueError(f"no motion is called {name}")

    def line(self, offset: int, lines: int, goal: int) -> int:
        """Return the offset some lines down.

        Args:
            offset: Where it begins.
            lines: How many visual lines; negative is up. Gaps between blocks count as lines.
            goal: The cell that the caret tries to keep.

        Returns:
            An offset on a line of text; the last or first line where there are no more.
        """
        present = self._layout.y_of(offset)
        y = min(max(present + lines, 0), max(self._layout.height - 1, 0))
        step = 1 if lines > 0 else -1
        while 0 < y < self._layout.height - 1 and self._layout.line(y).kind != "text":
            y += step
        return self._layout.offset_at(y, goal)

    def _word_end(self, offset: int, *, is_selecting: bool) -> int:
        if not is_selecting:
            return self._units.word_end(offset)
        last = self._units.word_end(max(offset - 1, 0))
        if last < offset:
            last = self._units.word_end(offset)
        return self._units.next_character(last) if last >= offset else offset

    def _end(self, *, is_selecting: bool) -> int:
        text = self._units.document.text
        return len(text) if is_selecting else self._units.previous_character(len(text))
