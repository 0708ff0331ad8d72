"""Carry a reading place over from one text to the next version of it."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from reader.core.alignment import UNPAIRED, Alignment


class Carrying:
    """Takes offsets of one text to where the same words stand in another."""

    def __init__(self, old_text: str, new_text: str) -> None:
        """Prepare; the texts are compared when the first offset asks for it.

        Args:
            old_text: The text that offsets are of.
            new_text: The text that they are wanted in.
        """
        self._old_text = old_text
        self._new_text = new_text

    @cached_property
    def _alignment(self) -> Alignment:
        return Alignment.between(self._old_text, self._new_text)

    def offset(self, offset: int) -> int:
        """Return where in the new text one is who was at ``offset`` of the old one.

        A word that is left leads to itself, wherever it stands now. Where words were changed, the
        place is as far between the words around them as it was; where they were removed, it is
        that of the next word that is left. The start of the text stays the start.

        Args:
            offset: An offset of the old text; what is outside counts as its start or end.

        Returns:
            An offset of the new text, its length included.
        """
        if offset <= 0 or self._old_text == self._new_text:
            return min(max(offset, 0), len(self._new_text))
        old, new, to_new = self._alignment.old, self._alignment.new, self._alignment.to_new
        word = bisect_right(old.ends, offset)
        if word < len(old) and to_new[word] != UNPAIRED:
            partner = to_new[word]
            inside = max(offset - old.starts[word], 0)
            return new.starts[partner] + min(inside, new.ends[partner] - new.starts[partner])
        return self._between(word, offset)

    def _between(self, word: int, offset: int) -> int:
        """Return the place of an offset that is at, or right before, a word that is gone."""
        alignment = self._alignment
        old, new, to_new = alignment.old, alignment.new, alignment.to_new
        before, after = word - 1, word + 1
        while before >= 0 and not alignment.is_in_order(before):
            before -= 1
        while after < len(old) and not alignment.is_in_order(after):
            after += 1
        first = to_new[before] + 1 if before >= 0 else 0
        last = to_new[after] if after < len(old) else len(new)
        if first >= last:
            return new.starts[last] if last < len(new) else len(new.text)
        start = old.ends[before] if before >= 0 else 0
        length = (old.starts[after] if after < len(old) else len(old.text)) - start
        share = min(max(offset - start, 0) / max(length, 1), 1.0)
        return new.starts[first + min(int(share * (last - first)), last - first - 1)]
