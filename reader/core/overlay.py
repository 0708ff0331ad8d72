"""What lies over the text: intervals found by place, and layers made into styled runs."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Generic, NamedTuple, TypeVar

from reader.core.document import TextRange

T = TypeVar("T")


class IntervalIndex(Generic[T]):
    """Values that lie over ranges of the text, found by place; immutable.

    They are in the order of their starts, the longer before the shorter, else as they were given.
    Finding those over a range takes ``O(log n)`` for each one found, never a walk over all.
    """

    def __init__(self, items: Iterable[tuple[TextRange, T]] = ()) -> None:
        """Order the items.

        Args:
            items: Each with its range; an empty range counts where it stands inside another.
        """
        ordered = sorted(items, key=lambda item: (item[0].start, -item[0].end))
        self._values = [value for _, value in ordered]
        self._starts = [passage.start for passage, _ in ordered]
        # A tree of maxima in an array: node n covers what its children 2n and 2n + 1 cover, the
        # leaves are the ends of the items.
        self._leaves = 1 << max(len(ordered) - 1, 0).bit_length()
        self._furthest = [-1] * (2 * self._leaves)
        for index, (passage, _) in enumerate(ordered, self._leaves):
            self._furthest[index] = passage.end
        for node in range(self._leaves - 1, 0, -1):
            self._furthest[node] = max(self._furthest[2 * node : 2 * node + 2])

    def overlapping(self, start: int, end: int) -> list[T]:
        """Return the values whose range shares a code point with ``start:end``, in order."""
        stop = bisect_left(self._starts, end)
        found: list[T] = []
        waiting = [(1, 0, self._leaves)]
        while waiting:
            node, first, width = waiting.pop()
            if first >= stop or self._furthest[node] <= start:
                continue
            if width == 1:
                found.append(self._values[first])
                continue
            half = width // 2
            waiting.append((2 * node + 1, first + half, half))
            waiting.append((2 * node, first, half))
        return found

    def at(self, offset: int) -> list[T]:
        """Return the values over the code point at ``offset``, in order: the innermost is last."""
        return self.overlapping(offset, offset + 1)


class Layer(NamedTuple):
    """A style over a range of the text."""

    range: TextRange
    """Where it lies."""
    key: str
    """The name of the style, as the renderer knows it."""
    priority: int = 0
    """Higher ones lie over lower ones; among equals the later given."""


class StyledRun(NamedTuple):
    """A stretch of text over which the same styles lie."""

    start: int
    """Offset of its first code point."""
    end: int
    """Offset after its last code point."""
    keys: tuple[str, ...]
    """The styles, the lowest priority first, each once; empty where none lies."""


def styled_runs(start: int, end: int, layers: Sequence[Layer]) -> list[StyledRun]:
    """Cut ``start:end`` where the styles over it change.

    Args:
        start: Offset of the first code point.
        end: Offset after the last code point.
        layers: In any order; what reaches beyond ``start:end`` is cut off.

    Returns:
        Runs that tile ``start:end`` exactly; two neighbours differ in their keys.
    """
    if end <= start:
        return []
    edges: dict[int, list[tuple[int, int]]] = {start: [], end: []}
    for index, layer in enumerate(layers):
        first, last = max(layer.range.start, start), min(layer.range.end, end)
        if first < last:
            edges.setdefault(first, []).append((1, index))
            edges.setdefault(last, []).append((-1, index))
    active: set[int] = set()
    found: list[StyledRun] = []
    offsets = sorted(edges)
    for first, last in pairwise(offsets):
        for step, index in edges[first]:
            (active.add if step > 0 else active.discard)(index)
        keys = _stack(layers, active)
        if found and found[-1].keys == keys:
            found[-1] = StyledRun(found[-1].start, last, keys)
        else:
            found.append(StyledRun(first, last, keys))
    return found


def _stack(layers: Sequence[Layer], active: set[int]) -> tuple[str, ...]:
    """Return the keys of the active layers, lowest first; a key counts at its highest place."""
    if len(active) < 2:
        return tuple(layers[index].key for index in active)
    order = sorted(active, key=lambda index: (layers[index].priority, index), reverse=True)
    return tuple(reversed(dict.fromkeys(layers[index].key for index in order)))
