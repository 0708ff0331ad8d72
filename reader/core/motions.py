"""The motions of the caret: from an offset to an offset."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from reader.core.annotation import Annotation
from reader.core.graphemes import grapheme_end, grapheme_start
from reader.core.layout import Layout
from reader.core.units import Units

UNIT_MOTIONS = frozenset(
    {
        "next_character",
        "previous_character",
        "next_word",
        "previous_word",
        "word_end",
        "next_sentence",
        "previous_sentence",
        "next_paragraph",
        "previous_paragraph",
        "next_heading",
        "previous_heading",
    }
)
"""The motions that are methods of ``Units`` with the same name."""

EXTENDING_MOTIONS = frozenset(
    {
        "next_character",
        "next_word",
        "word_end",
        "next_sentence",
        "next_paragraph",
        "next_heading",
        "end",
    }
)
"""The forward motions that, while selecting, lead to the end of the unit they select."""


class Motions:
    """The motions of one document in one layout; offsets are in code points."""

    def __init__(self, units: Units, layout: Layout, annotations: Sequence[Annotation]) -> None:
        self._units = units
        self._text = units.document.text
        self._layout = layout
        self._starts = sorted(
            annotation.place.start for annotation in annotations if not annotation.is_orphaned
        )

    def target(self, name: str, offset: int, *, origin: int | None = None) -> int:
        """Return the offset that a motion leads to.

        While selecting, a forward motion ends right after the unit that it selects, so that the
        sentence, the word or the paragraph is selected whole and nothing after it.

        Args:
            name: One of ``UNIT_MOTIONS``, ``start``, ``end``,
                ``next_annotation``, ``previous_annotation``.
            offset: The offset before the motion.
            origin: The offset where the selection began; None while nothing is being selected.

        Returns:
            The new offset, which is ``len(text)`` only while selecting; ``offset`` where the motion
            leads no further.

        Raises:
            ValueError: No motion has this name.
        """
        if origin is None:
            return self._plain(name, offset)
        if name == "previous_character":
            return grapheme_start(self._text, max(offset - 1, 0))
        if name not in EXTENDING_MOTIONS:
            return self._plain(name, offset)
        if offset < origin:  # a shrinking selection begins at the start of a unit
            target = self._plain(name, offset)
            if offset < target <= origin:
                return target
        return self._extended(name, offset)

    def _plain(self, name: str, offset: int) -> int:
        if name in UNIT_MOTIONS:
            target: int = getattr(self._units, name)(offset)
            return target
        match name:
            case "start":
                return 0
            case "end":
                return self._units.previous_character(len(self._text))
            case "next_annotation":
                after = bisect_right(self._starts, offset)
                return self._starts[after] if after < len(self._starts) else offset
            case "previous_annotation":
                before = bisect_left(self._starts, offset) - 1
                return self._starts[before] if before >= 0 else offset
            case _:
                raise ValueError(f"no motion is called {name}")

    def _extended(self, name: str, offset: int) -> int:
        """Return where a forward motion puts the end of a selection."""
        match name:
            case "next_character":
                return grapheme_end(self._text, offset)
            case "word_end":
                last = self._units.word_end(offset - 1)  # a one-character word ends there
                return grapheme_end(self._text, last) if last >= offset else len(self._text)
            case "next_sentence":
                here = self._units.sentence_at(offset)
                if offset < here.end:
                    return here.end
                following = self._units.next_sentence(offset)
                return self._units.sentence_at(following).end if following > offset else offset
            case "next_paragraph":
                here = self._units.paragraph_at(offset)
                if offset < here.end:
                    return here.end
                return self._units.paragraph_at(self._units.next_paragraph(offset)).end
            case "next_word" | "next_heading":
                target = self._plain(name, offset)
                return target if target > offset else len(self._text)
            case _:
                return len(self._text)

    def line(self, offset: int, lines: int, goal: int) -> int:
        """Return the offset a number of screen lines down.

        Args:
            offset: The offset before the motion.
            lines: The number of screen lines, gaps between blocks included; negative is up.
            goal: The cell that the caret aims for.

        Returns:
            An offset on a line of text; on the last or first line where there are no more.
        """
        present = self._layout.y_of(offset)
        y = min(max(present + lines, 0), max(self._layout.height - 1, 0))
        step = 1 if lines > 0 else -1
        while 0 < y < self._layout.height - 1 and self._layout.line(y).kind != "text":
            y += step
        return self._layout.offset_at(y, goal)
