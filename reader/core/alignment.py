"""Compare two versions of a text word by word: what stayed, and what moved.

What the texts share in the same order is paired first. Runs of words that are then still without a
partner in both texts, and occur once among such words, have moved. All of it takes time linear in
the length of the texts, but for the gaps between what is sure, whose product is bounded.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from reader.core.alignment_runs import SharedRun, places_of_unique, shared_in_gap, shared_in_order
from reader.core.alignment_words import Vocabulary, Words

MOVED_LENGTH = 5
"""How many words in a row have to stand elsewhere to have moved; fewer are a coincidence."""

MOVED_GAP = 30
"""Between two runs that moved together, so many words on either side are compared one by one."""

CHANCE_WEIGHT = 8
"""Words in a row with fewer characters may have kept their order by chance while the text around
them moved."""

STRAY = 0.05
"""A run of words is a coincidence if it is shorter than this share of the new text before it and
of the new text after it, each up to the next run."""

UNPAIRED = -1
"""Stands in ``Alignment.to_new`` and ``to_old`` for a word without a partner."""


class Alignment:
    """Which word of an old text is which word of a new one."""

    def __init__(self, old: Words, new: Words) -> None:
        """Compare two texts; ``between`` does so from strings.

        Args:
            old: The words of the earlier text.
            new: The words of the later text, of the same vocabulary.
        """
        self.old = old
        """The words of the earlier text."""
        self.new = new
        """The words of the later text."""
        self.to_new = [UNPAIRED] * len(old)
        """For each old word the index of the new one, or ``UNPAIRED``."""
        self.to_old = [UNPAIRED] * len(new)
        """For each new word the index of the old one, or ``UNPAIRED``."""
        self.has_moved = bytearray(len(old))
        """For each old word 1 if its order among the others has changed."""
        for run in shared_in_order(old.keys, new.keys):
            self._pair(run)
        self._part_strays()
        self._slide_gaps()
        self._pair_moved()

    @classmethod
    def between(cls, old_text: str, new_text: str) -> Alignment:
        """Compare two texts, in time that is linear in their length."""
        vocabulary = Vocabulary()
        return cls(Words(old_text, vocabulary), Words(new_text, vocabulary))

    def is_in_order(self, word: int) -> bool:
        """Tell whether an old word has a partner and kept its order among the others."""
        return self.to_new[word] != UNPAIRED and not self.has_moved[word]

    def runs(self) -> Iterator[SharedRun]:
        """Yield the paired words in the order of the old text, as long runs as there are."""
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

    def _part_strays(self) -> None:
        """Take back runs that are tiny beside the new text around them, until none are left."""
        runs = list(self.runs())
        while True:
            bounds = [SharedRun(0, 0, 0), *runs, SharedRun(len(self.old), len(self.new), 0)]
            gaps = [
                self.new.extent(before.new + before.length, after.new)
                for before, after in pairwise(bounds)
            ]
            kept = []
            for run, (before, after) in zip(runs, pairwise(gaps), strict=True):
                nearest = min(before, after)
                # Most runs have no new text on one side; only the rest is measured.
                if nearest and self.old.weight(run.old, run.old + run.length) <= STRAY * nearest:
                    self._unpair(*run)
                else:
                    kept.append(run)
            if len(kept) == len(runs):
                return
            runs = kept

    def _slide_gaps(self) -> None:
        """Put what was only added, or only removed, between whole sentences where it can be.

        ``A. B.`` that became ``A. X. B.`` may have gained ``X.`` or ``. X``: both are as short.
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
        """Pair runs of words that stand elsewhere in the new text."""
        is_free = _Free(self)
        ours = places_of_unique(self.old.keys, _stretches(is_free.old), MOVED_LENGTH)
        theirs = (
            places_of_unique(self.new.keys, _stretches(is_free.new), MOVED_LENGTH) if ours else {}
        )
        moved: list[SharedRun] = []
        for at, to in sorted((at, theirs[gram]) for gram, at in ours.items() if gram in theirs):
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

    def _move(self, run: SharedRun, is_free: _Free) -> None:
        """Pair the words of ``run``, and part them from weaker partners."""
        for shift in range(run.length):
            old, new = run.old + shift, run.new + shift
            if self.to_new[old] != UNPAIRED:
                self._unpair(old, self.to_new[old], 1)
            if self.to_old[new] != UNPAIRED:
                self._unpair(self.to_old[new], new, 1)
            is_free.old[old] = is_free.new[new] = 0
            self.has_moved[old] = 1
        self._pair(run)


class _Free:
    """Which words may have moved: those without a partner, and those with one by chance."""

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
        """Tell whether two words are the same and may be paired."""
        ours, theirs = self._keys
        return (
            0 <= old < len(ours)
            and 0 <= new < len(theirs)
            and bool(self.old[old] and self.new[new])
            and ours[old] == theirs[new]
        )


def _stretches(is_free: bytearray) -> Iterator[tuple[int, int]]:
    """Yield the stretches of free words: the first index, the index after the last."""
    start = is_free.find(1)
    while start >= 0:
        end = is_free.find(0, start)
        end = end if end >= 0 else len(is_free)
        yield start, end
        start = is_free.find(1, end)


def _best_shift(words: Words, start: int, end: int, before: int, after: int) -> int:
    """Return by how many words the gap ``start:end`` slides to lie between sentences.

    Args:
        words: The words of the text that has the gap.
        start: Index of the gap's first word.
        end: Index after its last word.
        before: How many paired words stand in a row before the gap.
        after: How many do after it.
    """
    keys = words.keys
    least, most = 0, 0
    while -least < before - 1 and keys[start + least - 1] == keys[end + least - 1]:
        least -= 1
    while most < after - 1 and keys[start + most] == keys[end + most]:
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
