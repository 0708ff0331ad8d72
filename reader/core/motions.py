"""Where each motion leads: from an offset to an offset."""

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
"""The motions that ``Units`` knows by the same name."""

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
"""The motions forward that lead behind what they take in while selecting."""


class Motions:
    """The motions of one document in one layout; offsets are code points of its text."""

    def __init__(self, units: Units, layout: Layout, annotations: Sequence[Annotation]) -> None:
        self._units = units
        self._text = units.document.text
        self._layout = layout
        self._starts = sorted(each.place.start for each in annotations if not each.is_orphaned)

    def target(self, name: str, offset: int, *, origin: int | None = None) -> int:
        """Return where a motion leads.

        While selecting, a motion forward ends behind what it takes in: the sentence, the end of a
        word or the paragraph is then selected whole and without what follows it, and so is the
        last one of the text.

        Args:
            name: One of ``UNIT_MOTIONS``, ``start``, ``end``,
                ``next_annotation``, ``previous_annotation``.
            offset: Where it begins.
            origin: Where the selection began; None while nothing is being selected.

        Returns:
            An offset, ``len(text)`` only while selecting; ``offset`` itself where there is
            nothing further.
        """
        if origin is None:
            return self._plain(name, offset)
        if name == "previous_character":
            return grapheme_start(self._text, max(offset - 1, 0))
        if name not in EXTENDING_MOTIONS:
            return self._plain(name, offset)
        if offset < origin:  # a selection that shrinks keeps to the starts of its units
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
        """Return where a motion forward takes the end of a selection."""
        match name:
            case "next_character":
                return grapheme_end(self._text, offset)
            case "word_end":
                last = self._units.word_end(offset - 1)  # a word of one character ends where it is
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
