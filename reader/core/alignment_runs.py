"""Find the runs of words that two texts share in the same order.

As in Bram Cohen's patience diff, a run of words that occurs exactly once in each text is an anchor.
The longest chain of anchors that keeps its order is taken; then the gaps between them are searched
for shorter anchors. The words between two anchors are compared by Levenshtein distance, computed
a row at a time on long integers (Myers 1999, in the form of Hyyrö 2003).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

ANCHOR_LENGTHS = (5, 3)
"""The number of words in an anchor: first in the whole text, then between two such anchors."""

LARGEST_GAP = 1 << 24
"""The most pairs of words in the gap between two anchors that are compared one by one."""


class SharedRun(NamedTuple):
    """Consecutive words that both texts share."""

    old: int
    """Index of the first word in the old text."""
    new: int
    """Index of the first word in the new text."""
    length: int
    """Number of words."""


def shared_in_order(old: list[int], new: list[int]) -> Iterator[SharedRun]:
    """Yield the runs that two lists of words share in the same order, from start to end."""
    shortest = min(len(old), len(new))
    head = _common(old, new, 0, 0, shortest)
    tail = 0
    while tail < shortest - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    if head:
        yield SharedRun(0, 0, head)
    yield from _between_anchors(
        old, new, (head, len(old) - tail), (head, len(new) - tail), ANCHOR_LENGTHS
    )
    if tail:
        yield SharedRun(len(old) - tail, len(new) - tail, tail)


def _common(old: Sequence[int], new: Sequence[int], i: int, j: int, most: int) -> int:
    """Return how many words are equal from ``old[i]`` and ``new[j]`` on, at most ``most``."""
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
) -> Iterator[SharedRun]:
    """Yield the runs that two gaps share in the same order.

    Args:
        old: The old words.
        new: The new words.
        old_gap: The part of the old words to compare, as first index and index after the last.
        new_gap: The part of the new words to compare.
        lengths: The anchor lengths that are still to be tried, longest first.
    """
    i, old_end = old_gap
    j, new_end = new_gap
    if i >= old_end or j >= new_end:
        return
    if not lengths:
        yield from shared_in_gap(old, new, old_gap, new_gap)
        return
    for at, to in _anchors(old, new, old_gap, new_gap, lengths[0]):
        if at < i or to < j:
            continue
        start, partner = at, to
        while start > i and partner > j and old[start - 1] == new[partner - 1]:
            start, partner = start - 1, partner - 1
        yield from _between_anchors(old, new, (i, start), (j, partner), lengths[1:])
        length = _common(old, new, start, partner, min(old_end - start, new_end - partner))
        yield SharedRun(start, partner, length)
        i, j = start + length, partner + length
    yield from _between_anchors(old, new, (i, old_end), (j, new_end), lengths[1:])


def shared_in_gap(
    old: list[int], new: list[int], old_gap: tuple[int, int], new_gap: tuple[int, int]
) -> Iterator[SharedRun]:
    """Yield the runs that a shortest edit of one gap into the other keeps."""
    (i, old_end), (j, new_end) = old_gap, new_gap
    if (old_end - i) * (new_end - j) > LARGEST_GAP:
        # Words that occur once divide a gap that is too large; a part still too large is skipped.
        anchors = _anchors(old, new, old_gap, new_gap, 1)
        for at, to in [*anchors, (old_end, new_end)]:
            if 0 < (at - i) * (to - j) <= LARGEST_GAP:
                yield from shared_in_gap(old, new, (i, at), (j, to))
            if at < old_end:
                yield SharedRun(at, to, 1)
            i, j = at + 1, to + 1
        return
    for at, to in matched_pairs(old[i:old_end], new[j:new_end]):
        yield SharedRun(i + at, j + to, 1)


def _anchors(
    old: list[int], new: list[int], old_gap: tuple[int, int], new_gap: tuple[int, int], length: int
) -> list[tuple[int, int]]:
    """Return the anchors of ``length`` words in two gaps, as pairs of indices that both rise."""
    old_grams = unique_grams(old, [old_gap], length)
    return _longest_chain(shared_grams(old_grams, unique_grams(new, [new_gap], length)))


def unique_grams(
    keys: list[int], stretches: Iterable[tuple[int, int]], length: int
) -> dict[tuple[int, ...], int]:
    """Return the index of each run of ``length`` words that occurs exactly once.

    Args:
        keys: The numbers of the words.
        stretches: The parts to look at, as first index and index after the last.
        length: The number of words in a run.
    """
    places: dict[tuple[int, ...], int] = {}
    repeated: list[tuple[int, ...]] = []
    for start, end in stretches:
        grams = zip(*(keys[start + shift : end] for shift in range(length)), strict=False)
        for place, gram in enumerate(grams, start):
            if places.setdefault(gram, place) != place:
                repeated.append(gram)
    for gram in repeated:
        places.pop(gram, None)
    return places


def shared_grams(
    old: dict[tuple[int, ...], int], new: dict[tuple[int, ...], int]
) -> list[tuple[int, int]]:
    """Return the old and the new index of each run that both have, in the order of the old ones."""
    return sorted((at, new[gram]) for gram, at in old.items() if gram in new)


def _longest_chain(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest chain of pairs that rises in both numbers.

    This is the longest increasing subsequence, found with the piles of patience sorting.

    Args:
        pairs: Pairs that rise in their first number.
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
    """Return the pairs of words that a shortest edit of ``old`` into ``new`` keeps.

    Time and memory are proportional to ``len(old) * len(new)`` bits: each word of ``new`` takes a
    few long integers of ``len(old)`` bits.

    Args:
        old: The numbers of the old words.
        new: The numbers of the new words.
        anywhere: Whether to compare ``old`` with the most similar part of ``new``; the words
            before and after that part then cost nothing.

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
    """Return the pairs on the way back through the rows of ``matched_pairs`` from ``row``."""
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
