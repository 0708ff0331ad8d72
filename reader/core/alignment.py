"""Compare two versions of a text word by word: what stayed, and what moved.

The comparison goes from the sure to the unsure, in the manner of Bram Cohen's patience diff: runs
of words that occur once in either text are anchors, the longest chain of anchors that keeps their
order is taken, and the same is done with shorter runs in the gaps between them. What is left
between two anchors is compared by Levenshtein distance, computed a row at a time on long integers
(Myers 1999, in the form of Hyyrö 2003). Last, runs of words that are still without a partner in
both texts, and occur once among such words, have moved.

All of it takes time linear in the length of the texts, but for the gaps, whose product is bounded.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from reader.core.folding import fold

ANCHOR_LENGTHS = (5, 3)
"""How many words an anchor has, first over the whole text, then between two such anchors."""

MOVED_LENGTH = 5
"""How many words in a row have to stand elsewhere to have moved; fewer are a coincidence."""

LARGEST_GAP = 1 << 24
"""The most pairs of words between two anchors that are compared one by one."""

STRAY = 0.05
"""A run of words is a coincidence if it is shorter than this share of the new text before it and
of the new text after it, each up to the next run."""

UNPAIRED = -1
"""Stands in ``Alignment.to_new`` and ``to_old`` for a word without a partner."""

# Scripts that are written without spaces are compared sign by sign.
_SIGN = "\u2e80-\u2fdf\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_UNSEEN = "\u00ad\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff"
_LETTER = rf"[^\W_{_SIGN}]"
_TOKEN = re.compile(
    rf"{_LETTER}+(?:[\u0300-\u036f{_UNSEEN}]+{_LETTER}*)*|[{_SIGN}]|-{{2,}}|\.{{3}}|[^\w\s{_UNSEEN}]|_"
)


class Vocabulary(dict[str, int]):
    """Numbers for words; those that differ by case, accents or typography share one."""

    def __init__(self) -> None:
        super().__init__()
        self._numbers: dict[str, int] = {}

    def __missing__(self, word: str) -> int:
        folded = "-" if word[0] == "-" else fold(word)
        number = self[word] = self._numbers.setdefault(folded, len(self._numbers))
        return number


class Words:
    """The words and the punctuation marks of a text, each with its range and its number."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        """Take ``text`` apart.

        Args:
            text: Any text.
            vocabulary: Where the numbers come from; texts that are compared share one.
        """
        spans = [match.span() for match in _TOKEN.finditer(text)]
        self.text = text
        """The text itself."""
        self.vocabulary = vocabulary
        """Where the numbers of its words come from."""
        self.starts = [start for start, _ in spans]
        """The offset of each word."""
        self.ends = [end for _, end in spans]
        """The offset after each word."""
        self.keys = [vocabulary[text[start:end]] for start, end in spans]
        """The number of each word in the vocabulary."""

    def __len__(self) -> int:
        return len(self.keys)

    def weight(self, first: int, last: int) -> int:
        """Return how many characters the words from ``first`` up to ``last`` have together."""
        return sum(self.ends[first:last]) - sum(self.starts[first:last])

    def extent(self, first: int, last: int) -> int:
        """Return how long the text is that the words from ``first`` up to ``last`` take up."""
        return self.ends[last - 1] - self.starts[first] if last > first else 0

    def touching(self, start: int, end: int) -> range:
        """Return the indices of the words that share a code point with ``start:end``."""
        return range(bisect_right(self.ends, start), bisect_left(self.starts, end))


class Run(NamedTuple):
    """Words that stand in a row in both texts."""

    old: int
    """Index of the first one among the old words."""
    new: int
    """Index of the first one among the new words."""
    length: int
    """How many they are."""


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
        for run in _paired_in_order(old.keys, new.keys):
            self._pair(run)
        self._part_strays()
        self._pair_moved()

    @classmethod
    def between(cls, old_text: str, new_text: str) -> Alignment:
        """Compare two texts, in time that is linear in their length."""
        vocabulary = Vocabulary()
        return cls(Words(old_text, vocabulary), Words(new_text, vocabulary))

    def is_in_order(self, word: int) -> bool:
        """Tell whether an old word has a partner and kept its order among the others."""
        return self.to_new[word] != UNPAIRED and not self.has_moved[word]

    def runs(self) -> Iterator[Run]:
        """Yield the paired words in the order of the old text, as long runs as there are."""
        first, partner, length = 0, UNPAIRED, 0
        for index, new in enumerate(self.to_new):
            if length and new == partner + length:
                length += 1
                continue
            if length:
                yield Run(first, partner, length)
            first, partner, length = index, new, int(new != UNPAIRED)
        if length:
            yield Run(first, partner, length)

    def _pair(self, run: Run) -> None:
        old, new, length = run
        self.to_new[old : old + length] = range(new, new + length)
        self.to_old[new : new + length] = range(old, old + length)

    def _part_strays(self) -> None:
        """Take back runs that are tiny beside the new text around them, until none are left."""
        runs = list(self.runs())
        while True:
            bounds = [Run(0, 0, 0), *runs, Run(len(self.old), len(self.new), 0)]
            gaps = [
                self.new.extent(before.new + before.length, after.new)
                for before, after in pairwise(bounds)
            ]
            kept = []
            for run, (before, after) in zip(runs, pairwise(gaps), strict=True):
                nearest = min(before, after)
                # Most runs have no new text on one side; only the rest is measured.
                if nearest and self.old.weight(run.old, run.old + run.length) <= STRAY * nearest:
                    self.to_new[run.old : run.old + run.length] = [UNPAIRED] * run.length
                    self.to_old[run.new : run.new + run.length] = [UNPAIRED] * run.length
                else:
                    kept.append(run)
            if len(kept) == len(runs):
                return
            runs = kept

    def _pair_moved(self) -> None:
        """Pair runs of words that are without a partner in both texts."""
        old, new = self.old.keys, self.new.keys
        left = _unpaired_grams(old, self.to_new)
        if not left:
            return
        added = _unpaired_grams(new, self.to_old)
        found = sorted((at, added.get(gram, -1)) for gram, at in left.items() if at >= 0)
        for at, to in found:
            if to < 0 or self.to_new[at] != UNPAIRED or self.to_old[to] != UNPAIRED:
                continue
            start = 0
            while self._is_movable(at + start - 1, to + start - 1):
                start -= 1
            end = MOVED_LENGTH
            while self._is_movable(at + end, to + end):
                end += 1
            self._pair(Run(at + start, to + start, end - start))
            self.has_moved[at + start : at + end] = b"\1" * (end - start)

    def _is_movable(self, old: int, new: int) -> bool:
        return (
            0 <= old < len(self.old)
            and 0 <= new < len(self.new)
            and self.to_new[old] == self.to_old[new] == UNPAIRED
            and self.old.keys[old] == self.new.keys[new]
        )


def _unpaired_grams(keys: list[int], partners: list[int]) -> dict[tuple[int, ...], int]:
    """Return where each run of unpaired words starts; -1 where it occurs again."""
    places: dict[tuple[int, ...], int] = {}
    free = 0
    for index, partner in enumerate(partners):
        free = free + 1 if partner == UNPAIRED else 0
        if free >= MOVED_LENGTH:
            start = index + 1 - MOVED_LENGTH
            gram = tuple(keys[start : index + 1])
            places[gram] = -1 if gram in places else start
    return places


def _paired_in_order(old: list[int], new: list[int]) -> Iterator[Run]:
    """Yield runs that old and new share in the same order, from the start to the end."""
    shortest = min(len(old), len(new))
    head = _common(old, new, 0, 0, shortest)
    tail = 0
    while tail < shortest - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    if head:
        yield Run(0, 0, head)
    yield from _between_anchors(
        old, new, (head, len(old) - tail), (head, len(new) - tail), ANCHOR_LENGTHS
    )
    if tail:
        yield Run(len(old) - tail, len(new) - tail, tail)


def _common(old: Sequence[int], new: Sequence[int], i: int, j: int, most: int) -> int:
    """Return how many words are the same from ``i`` and from ``j`` on, at most ``most``."""
    for length in range(most):
        if old[i + length] != new[j + length]:
            return length
    return most


def _between_anchors(
    old: list[int],
    new: list[int],
    old_gap: tuple[int, int],
    new_gap: tuple[int, int],
    lengths: tuple[int, ...],
) -> Iterator[Run]:
    """Yield the runs that two gaps share in the same order.

    Args:
        old: The old words.
        new: The new words.
        old_gap: The part of the old words to look at: first index, index after the last.
        new_gap: The same of the new words.
        lengths: The lengths of the anchors that are still to be tried, longest first.
    """
    i, old_end = old_gap
    j, new_end = new_gap
    if i >= old_end or j >= new_end:
        return
    if not lengths:
        yield from _in_small_gap(old, new, old_gap, new_gap)
        return
    for at, to in _anchors(old, new, old_gap, new_gap, lengths[0]):
        if at < i or to < j:
            continue
        start, partner = at, to
        while start > i and partner > j and old[start - 1] == new[partner - 1]:
            start, partner = start - 1, partner - 1
        yield from _between_anchors(old, new, (i, start), (j, partner), lengths[1:])
        length = _common(old, new, start, partner, min(old_end - start, new_end - partner))
        yield Run(start, partner, length)
        i, j = start + length, partner + length
    yield from _between_anchors(old, new, (i, old_end), (j, new_end), lengths[1:])


def _in_small_gap(
    old: list[int], new: list[int], old_gap: tuple[int, int], new_gap: tuple[int, int]
) -> Iterator[Run]:
    """Yield the runs that two gaps share by the shortest way to edit one into the other."""
    (i, old_end), (j, new_end) = old_gap, new_gap
    if (old_end - i) * (new_end - j) > LARGEST_GAP:
        # Single words that occur once part what is too large; what is still too large is new.
        anchors = _anchors(old, new, old_gap, new_gap, 1)
        for at, to in [*anchors, (old_end, new_end)]:
            if 0 < (at - i) * (to - j) <= LARGEST_GAP:
                yield from _in_small_gap(old, new, (i, at), (j, to))
            if at < old_end:
                yield Run(at, to, 1)
            i, j = at + 1, to + 1
        return
    for at, to in matched_pairs(old[i:old_end], new[j:new_end]):
        yield Run(i + at, j + to, 1)


def _anchors(
    old: list[int], new: list[int], old_gap: tuple[int, int], new_gap: tuple[int, int], length: int
) -> list[tuple[int, int]]:
    """Return where runs of ``length`` words stand that occur once in both gaps, in order."""
    ours = _once(old, *old_gap, length)
    theirs = _once(new, *new_gap, length)
    shared = sorted((at, theirs[gram]) for gram, at in ours.items() if gram in theirs)
    return _longest_chain(shared)


def _once(keys: list[int], start: int, end: int, length: int) -> dict[tuple[int, ...], int]:
    """Return where each run of ``length`` words stands that occurs once in ``start:end``."""
    grams = zip(*(keys[start + shift : end] for shift in range(length)), strict=False)
    places: dict[tuple[int, ...], int] = {}
    again: set[tuple[int, ...]] = set()
    for place, gram in enumerate(grams, start):
        if gram in places:
            again.add(gram)
        else:
            places[gram] = place
    for gram in again:
        del places[gram]
    return places


def _longest_chain(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the most pairs that rise in both numbers; ``pairs`` rise in the first.

    It is the longest increasing subsequence, by the piles of patience sorting.
    """
    tops: list[int] = []
    on_top: list[int] = []
    below: list[int] = []
    for index, (_, place) in enumerate(pairs):
        pile = bisect_left(tops, place)
        below.append(on_top[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(place)
            on_top.append(index)
        else:
            tops[pile] = place
            on_top[pile] = index
    chain = []
    index = on_top[-1] if on_top else -1
    while index >= 0:
        chain.append(pairs[index])
        index = below[index]
    return chain[::-1]


def matched_pairs(
    old: Sequence[int], new: Sequence[int], *, anywhere: bool = False
) -> list[tuple[int, int]]:
    """Return the words that keep their partner in a shortest edit of ``old`` into ``new``.

    Time and memory are proportional to ``len(old) * len(new)`` bits, a long integer's worth of
    ``old`` for each word of ``new``.

    Args:
        old: The numbers of some words.
        new: The numbers of others.
        anywhere: Whether ``old`` is compared with the part of ``new`` that is most like it, so
            that what stands before and after that part costs nothing.

    Returns:
        Pairs of indices, rising in both.
    """
    masks: dict[int, int] = {}
    for index, key in enumerate(old):
        masks[key] = masks.get(key, 0) | 1 << index
    full = (1 << len(old)) - 1
    top = len(old) - 1
    rising, falling = full, 0
    rows: list[tuple[int, int]] = []
    distance, nearest, row = len(old), len(old), 0
    for key in new:
        mask = masks.get(key, 0)
        diagonal = (((mask & rising) + rising) ^ rising) | mask | falling
        up = falling | (full & ~(diagonal | rising))
        down = diagonal & rising
        if anywhere and top >= 0:
            distance += (up >> top & 1) - (down >> top & 1)
            if distance < nearest:
                nearest, row = distance, len(rows) + 1
        up = up << 1 | (not anywhere)
        rising = (down << 1 | ~(diagonal | up)) & full
        falling = up & diagonal & full
        rows.append((rising, falling))
    return _traced(old, new, rows, row if anywhere else len(new))


def _traced(
    old: Sequence[int], new: Sequence[int], rows: list[tuple[int, int]], row: int
) -> list[tuple[int, int]]:
    """Walk back through the rows of ``matched_pairs`` from the end of ``row``."""
    pairs = []
    column = len(old)
    while row and column:
        bit = column - 1
        if rows[row - 1][0] >> bit & 1:
            column -= 1
        elif row > 1 and rows[row - 2][1] >> bit & 1:
            row -= 1
        else:
            column, row = column - 1, row - 1
            if old[column] == new[row]:
                pairs.append((column, row))
    return pairs[::-1]
