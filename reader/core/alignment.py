"""Compare two versions of a text word by word: which words stayed, and which moved.

Words that the texts share in the same order are paired first. A run of words that is then still
unpaired in both texts, and occurs once among the unpaired words, has moved. The time is linear in
the length of the texts, plus a bounded product for each gap between two anchors.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from reader.core.alignment_runs import (
    SharedRun,
    shared_grams,
    shared_in_gap,
    shared_in_order,
    unique_grams,
)
from reader.core.alignment_words import Vocabulary, Words

MOVED_LENGTH = 5
"""The least number of words in a row that count as moved; fewer are a coincidence."""

MOVED_GAP = 30
"""The most words between two moved runs that are compared one by one, in either text."""

CHANCE_WEIGHT = 8
"""A run with fewer characters than this may have kept its order by chance while the text around it
moved."""

STRAY_SHARE = 0.05
"""A run is a coincidence if its length is at most this share of the unpaired new text before it
and of the unpaired new text after it."""

UNPAIRED = -1
"""The entry of an unpaired word in ``Alignment.to_new`` and ``Alignment.to_old``."""


class Alignment:
    """The pairs of equal words in an old text and a new one."""

    def __init__(self, old: Words, new: Words) -> None:
        """Compare two texts; ``between`` takes strings.

        Args:
            old: The words of the earlier text.
            new: The words of the later text, numbered by the same vocabulary.
        """
        self.old = old
        """The words of the earlier text."""
        self.new = new
        """The words of the later text."""
        self.to_new = [UNPAIRED] * len(old)
        """For each old word the index of its new partner, or ``UNPAIRED``."""
        self.to_old = [UNPAIRED] * len(new)
        """For each new word the index of its old partner, or ``UNPAIRED``."""
        self.has_moved = bytearray(len(old))
        """For each old word 1 if it has moved past other paired words, else 0."""
        for run in shared_in_order(old.keys, new.keys):
            self._pair(run)
        self._unpair_strays()
        self._slide_gaps()
        self._pair_moved()

    @classmethod
    def between(cls, old_text: str, new_text: str) -> Alignment:
        """Compare two texts in time that is linear in their length."""
        vocabulary = Vocabulary()
        return cls(Words(old_text, vocabulary), Words(new_text, vocabulary))

    def is_in_order(self, word: int) -> bool:
        """Return whether an old word has a partner and has kept its order among the others."""
        return self.to_new[word] != UNPAIRED and not self.has_moved[word]

    def runs(self) -> Iterator[SharedRun]:
        """Yield the longest runs of paired words, in the order of the old text."""
        first, partner, length = 0, UNPAIRED, 0
        for index, new in enumerate(self.to_new):
            if length and new == partner + length:
                length += 1
                continue
            if length:
                yield SharedRun(first, partner, length)
            first, partner, length = index, new, int(new != UNPAIRED)
        if length:
            yield SharedRun(first, partner, length)

    def _pair(self, run: SharedRun) -> None:
        old, new, length = run
        self.to_new[old : old + length] = range(new, new + length)
        self.to_old[new : new + length] = range(old, old + length)

    def _unpair(self, old: int, new: int, length: int) -> None:
        self.to_new[old : old + length] = [UNPAIRED] * length
        self.to_old[new : new + length] = [UNPAIRED] * length

    def _unpair_strays(self) -> None:
        """Unpair the runs that are tiny beside the new text around them, until there are none."""
        runs = list(self.runs())
        while True:
            bounds = [SharedRun(0, 0, 0), *runs, SharedRun(len(self.old), len(self.new), 0)]
            gaps = [
                self.new.extent(before.new + before.length, after.new)
                for before, after in pairwise(bounds)
            ]
            remaining = []
            for run, (before, after) in zip(runs, pairwise(gaps), strict=True):
                limit = STRAY_SHARE * min(before, after)
                # Most runs touch another run on one side and need no measuring.
                if limit and self.old.weight(run.old, run.old + run.length) <= limit:
                    self._unpair(*run)
                else:
                    remaining.append(run)
            if len(remaining) == len(runs):
                return
            runs = remaining

    def _slide_gaps(self) -> None:
        """Move each pure addition or removal to a sentence boundary where the words allow it.

        ``A. B.`` that became ``A. X. B.`` gained ``X.`` or ``. X``: both edits are equally short.
        """
        taken = 0
        for before, after in pairwise(list(self.runs())):
            length, taken = before.length - taken, 0
            old_start, new_start = before.old + before.length, before.new + before.length
            removed, added = after.old - old_start, after.new - new_start
            if removed and not added:
                shift = _best_shift(self.old, old_start, after.old, length, after.length)
            elif added and not removed:
                shift = _best_shift(self.new, new_start, after.new, length, after.length)
            else:
                continue
            if shift < 0:
                self._unpair(old_start + shift, new_start + shift, -shift)
                self._pair(SharedRun(after.old + shift, after.new + shift, -shift))
            elif shift > 0:
                self._unpair(after.old, after.new, shift)
                self._pair(SharedRun(old_start, new_start, shift))
                taken = shift

    def _pair_moved(self) -> None:
        """Pair the runs of words that have moved to another place in the new text."""
        is_free = _FreeWords(self)
        old_grams = unique_grams(self.old.keys, _stretches(is_free.old), MOVED_LENGTH)
        new_grams = (
            unique_grams(self.new.keys, _stretches(is_free.new), MOVED_LENGTH) if old_grams else {}
        )
        moved: list[SharedRun] = []
        for at, to in shared_grams(old_grams, new_grams):
            if not (is_free.old[at] and is_free.new[to]):
                continue
            start, end = 0, MOVED_LENGTH
            while is_free.both(at + start - 1, to + start - 1):
                start -= 1
            while is_free.both(at + end, to + end):
                end += 1
            moved.append(SharedRun(at + start, to + start, end - start))
            self._move(moved[-1], is_free)
        for before, after in pairwise(moved):
            old_gap = (before.old + before.length, after.old)
            new_gap = (before.new + before.length, after.new)
            if (
                0 < old_gap[1] - old_gap[0] <= MOVED_GAP
                and 0 < new_gap[1] - new_gap[0] <= MOVED_GAP
            ):
                for run in shared_in_gap(self.old.keys, self.new.keys, old_gap, new_gap):
                    if is_free.both(run.old, run.new):
                        self._move(run, is_free)

    def _move(self, run: SharedRun, is_free: _FreeWords) -> None:
        """Pair the words of ``run`` after unpairing them from weaker partners."""
        for shift in range(run.length):
            old, new = run.old + shift, run.new + shift
            if self.to_new[old] != UNPAIRED:
                self._unpair(old, self.to_new[old], 1)
            if self.to_old[new] != UNPAIRED:
                self._unpair(self.to_old[new], new, 1)
            is_free.old[old] = is_free.new[new] = 0
            self.has_moved[old] = 1
        self._pair(run)


class _FreeWords:
    """The words that may have moved: unpaired ones, and those whose pairing may be chance."""

    def __init__(self, alignment: Alignment) -> None:
        self._keys = alignment.old.keys, alignment.new.keys
        self.old = bytearray(b"\1" * len(alignment.old))
        self.new = bytearray(b"\1" * len(alignment.new))
        for old, new, length in alignment.runs():
            weight = alignment.old.weight(old, old + length)
            if length >= MOVED_LENGTH or weight >= CHANCE_WEIGHT:
                self.old[old : old + length] = bytes(length)
                self.new[new : new + length] = bytes(length)

    def both(self, old: int, new: int) -> bool:
        """Return whether an old and a new word are equal and both free."""
        old_keys, new_keys = self._keys
        return (
            0 <= old < len(old_keys)
            and 0 <= new < len(new_keys)
            and bool(self.old[old] and self.new[new])
            and old_keys[old] == new_keys[new]
        )


def _stretches(is_free: bytearray) -> Iterator[tuple[int, int]]:
    """Yield each stretch of free words as its first index and the index after its last."""
    start = is_free.find(1)
    while start >= 0:
        end = is_free.find(0, start)
        end = end if end >= 0 else len(is_free)
        yield start, end
        start = is_free.find(1, end)


def _best_shift(words: Words, start: int, end: int, before: int, after: int) -> int:
    """Return by how many words to shift the gap ``start:end`` to align it with sentences.

    Args:
        words: The words of the text that contains the gap.
        start: Index of the first word in the gap.
        end: Index after the last word in the gap.
        before: Length of the run of paired words that ends at the gap.
        after: Length of the run of paired words that begins after it.
    """
    keys = words.keys
    least, most = 0, 0
    while -least < before and keys[start + least - 1] == keys[end + least - 1]:
        least -= 1
    while most < after and keys[start + most] == keys[end + most]:
        most += 1
    if least == most:
        return 0
    return max(
        range(least, most + 1),
        key=lambda shift: (
            words.break_before(start + shift) + words.break_before(end + shift),
            shift,
        ),
    )
