"""The gaps of an alignment: what lies between the words that both texts have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from reader.core.alignment import UNPAIRED, Alignment
from reader.core.alignment_words import Words
from reader.core.words import word_around


class Gap(NamedTuple):
    """What lies between two words in a row that both texts have, as indices of words."""

    old: range
    """The words of the earlier text."""
    new: range
    """The words of the later text."""


def gaps(alignment: Alignment) -> Iterator[Gap]:
    """Yield the gaps between the words that kept their order, from start to end."""
    old, new = 0, 0
    for run in alignment.runs():
        for word in range(run.old, run.old + run.length):
            if alignment.has_moved[word]:
                continue
            partner = alignment.to_new[word]
            if word > old or partner > new:
                yield Gap(range(old, word), range(new, partner))
            old, new = word + 1, partner + 1
    if old < len(alignment.old) or new < len(alignment.new):
        yield Gap(range(old, len(alignment.old)), range(new, len(alignment.new)))


def unpair_parts_of_words(alignment: Alignment) -> None:
    """Unpair what is only a part of a written word that has changed.

    A comparison that people read shows ``7,900`` become ``8,120``, not its comma as the same.
    """
    for gap in list(gaps(alignment)):
        old, new = gap.old.start, gap.new.start
        while _is_pair(alignment, old - 1, new - 1) and _is_in_word(alignment, old, new):
            old, new = old - 1, new - 1
            alignment.to_new[old] = alignment.to_old[new] = UNPAIRED
        old, new = gap.old.stop, gap.new.stop
        while _is_pair(alignment, old, new) and _is_in_word(alignment, old, new):
            alignment.to_new[old] = alignment.to_old[new] = UNPAIRED
            old, new = old + 1, new + 1


def _is_pair(alignment: Alignment, old: int, new: int) -> bool:
    return 0 <= old < len(alignment.old) and new >= 0 and alignment.to_new[old] == new


def _is_in_word(alignment: Alignment, old: int, new: int) -> bool:
    """Return whether a written word goes on where a gap begins or ends, in either text."""
    return _goes_on(alignment.old, old) or _goes_on(alignment.new, new)


def _goes_on(words: Words, index: int) -> bool:
    if not 0 < index < len(words) or words.ends[index - 1] != words.starts[index]:
        return False
    return word_around(words.text, words.starts[index]) is not None
