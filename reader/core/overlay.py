"""Values over ranges of the text: an index by offset, and layers of styles as styled runs."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Generic, NamedTuple, TypeVar

from reader.core.document import TextRange

T = TypeVar("T")


class IntervalIndex(Generic[T]):
    """Values over ranges of the text, found by offset; immutable.

    They are sorted by start, then longest first, then as given. A search takes ``O(log n)`` for
    each value that it finds.
    """

    def __init__(self, items: Iterable[tuple[TextRange, T]] = ()) -> None:
        """Sort the items.

        Args:
            items: Each with its range; an empty range is found by a range around it.
        """
        ordered = sorted(items, key=lambda item: (item[0].start, -item[0].end))
        self._values = [value for _, value in ordered]
        self._starts = [passage.start for passage, _ in ordered]
        # A tree of maxima in an array: node n is the maximum of its children 2n and 2n + 1, the
        # leaves are the ends of the items.
        self._leaves = 1 << max(len(ordered) - 1, 0).bit_length()
        self._furthest = [-1] * (2 * self._leaves)
        for index, (passage, _) in enumerate(ordered, self._leaves):
            self._furthest[index] = passage.end
        for node in range(self._leaves - 1, 0, -1):
            self._furthest[node] = max(self._furthest[2 * node : 2 * node + 2])

    def overlapping(self, start: int, end: int) -> list[T]:
        """Return the values whose range overlaps ``start:end``, in order."""
        stop = bisect_left(self._starts, end)
        values: list[T] = []
        nodes = [(1, 0, self._leaves)]
        while nodes:
            node, first, width = nodes.pop()
            if first >= stop or self._furthest[node] <= start:
                continue
            if width == 1:
                values.append(self._values[first])
                continue
            half = width // 2
            nodes.append((2 * node + 1, first + half, half))
            nodes.append((2 * node, first, half))
        return values

    def at(self, offset: int) -> list[T]:
        """Return the values over the code point at ``offset``, in order: the innermost is last."""
        return self.overlapping(offset, offset + 1)


class Layer(NamedTuple):
    """A style over a range of the text."""

    range: TextRange
    """The range that it covers."""
    key: str
    """The name of the style."""
    priority: int = 0
    """A layer is drawn over those of lower priority and, within one priority, earlier ones."""


class StyledRun(NamedTuple):
    """A range of text with the same styles throughout."""

    start: int
    """Offset of its first code point."""
    end: int
    """Offset after its last code point."""
    keys: tuple[str, ...]
    """The names of the styles, each once, the uppermost last; may be empty."""


def styled_runs(start: int, end: int, layers: Sequence[Layer]) -> list[StyledRun]:
    """Divide ``start:end`` where its styles change.

    Args:
        start: Offset of the first code point.
        end: Offset after the last code point.
        layers: Layers in any order; a part outside ``start:end`` is ignored.

    Returns:
        Runs that cover ``start:end`` without gap or overlap; neighbours differ in their keys.
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
    runs: list[StyledRun] = []
    offsets = sorted(edges)
    for first, last in pairwise(offsets):
        for step, index in edges[first]:
            (active.add if step > 0 else active.discard)(index)
        keys = _stack(layers, active)
        if runs and runs[-1].keys == keys:
            runs[-1] = StyledRun(runs[-1].start, last, keys)
        else:
            runs.append(StyledRun(first, last, keys))
    return runs


def _stack(layers: Sequence[Layer], active: set[int]) -> tuple[str, ...]:
    """Return the keys of the active layers, uppermost last; a repeated key counts once, on top."""
    if len(active) < 2:
        return tuple(layers[index].key for index in active)
    order = sorted(active, key=lambda index: (layers[index].priority, index), reverse=True)
    return tuple(reversed(dict.fromkeys(layers[index].key for index in order)))
