"""Compare texts that differ by joiners and variation selectors alone, and map their offsets."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right

from reader.digests import digest_of_text
from reader.safe_text import drop_shaping, find_shaping


def differ_by_shaping(old: str, new: str) -> bool:
    """Return whether two texts differ, and only by joiners and variation selectors."""
    return old != new and drop_shaping(old) == drop_shaping(new)


def unshaped_digest(text: str) -> str:
    """Return the digest that a document of ``text`` has without joiners and variation selectors."""
    return digest_of_text(drop_shaping(text))


class ShapingMapper:
    """Maps offsets between two texts that differ by joiners and variation selectors alone.

    Such characters belong to the character before them.
    """

    def __init__(self, old_text: str, new_text: str) -> None:
        """Find the joiners and variation selectors of both texts."""
        self._old = _ShapingRuns(old_text)
        self._new = _ShapingRuns(new_text)

    def map(self, offset: int) -> int:
        """Return the offset in the new text that corresponds to ``offset`` in the old one."""
        return self._new.shaped(self._old.unshaped(offset))


class _ShapingRuns:
    """The runs of joiners and variation selectors of a text."""

    def __init__(self, text: str) -> None:
        self._starts = array("l")
        self._unshaped_starts = array("l")
        self._lengths = array("l", (0,))  # of all the runs before each, then of all
        for start, end in find_shaping(text):
            self._starts.append(start)
            self._unshaped_starts.append(start - self._lengths[-1])
            self._lengths.append(self._lengths[-1] + end - start)

    def unshaped(self, offset: int) -> int:
        """Return the offset in the text without its runs."""
        run = bisect_left(self._starts, offset)
        before = self._lengths[run]
        if run and offset < self._starts[run - 1] + before - self._lengths[run - 1]:
            return self._unshaped_starts[run - 1]
        return offset - before

    def shaped(self, offset: int) -> int:
        """Return the offset in the text, after the run there, of one in the text without runs."""
        return offset + self._lengths[bisect_right(self._unshaped_starts, offset)]
