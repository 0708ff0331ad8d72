"""Runs of words that two texts share in the same order, from the sure to the unsure.

In the manner of Bram Cohen's patience diff, runs of words that occur once in either text are
anchors, the longest chain of them that keeps its order is taken, and the same is done with
shorter runs in the gaps between them. What is left between two anchors is compared by Levenshtein
distance, computed a row at a time on long integers (Myers 1999, in the form of Hyyrö 2003).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

ANCHOR_LENGTHS = (5, 3)
"""How many words an anchor has, first over the whole text, then between two such anchors."""

LARGEST_GAP = 1 << 24
"""The most pairs of words between two anchors that are compared one by one."""


class SharedRun(NamedTuple):
    """Words that stand in a row in both texts."""

    old: int
    """Index of the first one among the old words."""
    new: int
    """Index of the first one among the new words."""
    length: int
    """How many they are."""


def shared_in_order(old: list[int], new: list[int]) -> Iterator[SharedRun]:
    """Yield runs that old and new share in the same order, from the start to the end."""
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
) -> Iterator[SharedRun]:
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
    """Yield the runs that two gaps share by the shortest way to edit one into the other."""
    (i, old_end), (j, new_end) = old_gap, new_gap
    if (old_end - i) * (new_end - j) > LARGEST_GAP:
        # Single words that occur once part what is too large; what is still too large is new.
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
    """Return where runs of ``length`` words stand that occur once in both gaps, in order."""
    ours = places_of_unique(old, [old_gap], length)
    theirs = places_of_unique(new, [new_gap], length)
    return _longest_chain(sorted((at, theirs[gram]) for gram, at in ours.items() if gram in theirs))


def places_of_unique(
    keys: list[int], stretches: Iterable[tuple[int, int]], length: int
) -> dict[tuple[int, ...], int]:
    """Return where each run of ``length`` words stands that occurs once in ``stretches``."""
    places: dict[tuple[int, ...], int] = {}
    again: list[tuple[int, ...]] = []
    for start, end in stretches:
        grams = zip(*(keys[start + shift : end] for shift in range(length)), strict=False)
        for place, gram in enumerate(grams, start):
            if places.setdefault(gram, place) != place:
                again.append(gram)
    for gram in again:
        places.pop(gram, None)
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
