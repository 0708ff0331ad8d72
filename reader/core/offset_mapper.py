"""Map offsets of one version of a text to the next version."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property, partial

from reader.core.alignment import UNPAIRED, Alignment
from reader.core.shaping import ShapingMapper, differ_by_shaping


class OffsetMapper:
    """Maps offsets of an old text to the offsets of the same words in a new text."""

    def __init__(
        self, old_text: str, new_text: str, *, align: Callable[[], Alignment] | None = None
    ) -> None:
        """Keep both texts; they are compared when the first offset is mapped.

        Args:
            old_text: The text that offsets are mapped from.
            new_text: The text that offsets are mapped to.
            align: Compares the two, where the comparison serves something else as well.
        """
        self._old_text = old_text
        self._new_text = new_text
        self._align = align or partial(Alignment.between, old_text, new_text)

    @cached_property
    def _alignment(self) -> Alignment:
        return self._align()

    @cached_property
    def _shaping(self) -> ShapingMapper | None:
        if differ_by_shaping(self._old_text, self._new_text):
            return ShapingMapper(self._old_text, self._new_text)
        return None

    def map(self, offset: int) -> int:
        """Return the offset in the new text that corresponds to ``offset`` in the old one.

        A word that both texts share maps to itself, wherever it stands in the new text. An offset
        in changed words keeps its relative position between the shared words around them. An
        offset in removed words maps to the next shared word. The start maps to the start.

        Args:
            offset: An offset in the old text, in code points; one outside the text counts as its
                start or end.

        Returns:
            An offset in the new text, from 0 to its length.
        """
        if offset <= 0 or self._old_text == self._new_text:
            return min(max(offset, 0), len(self._new_text))
        if self._shaping is not None:
            return self._shaping.map(min(offset, len(self._old_text)))
        old, new, to_new = self._alignment.old, self._alignment.new, self._alignment.to_new
        word = bisect_right(old.ends, offset)
        if word < len(old) and to_new[word] != UNPAIRED:
            partner = to_new[word]
            inside = max(offset - old.starts[word], 0)
            return new.starts[partner] + min(inside, new.ends[partner] - new.starts[partner])
        return self._between(word, offset)

    def _between(self, word: int, offset: int) -> int:
        """Map an offset that is in, or right before, a word without a partner."""
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
