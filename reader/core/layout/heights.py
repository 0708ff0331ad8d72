"""The heights of groups of blocks: measured ones exact, others estimated from their length."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from itertools import accumulate

from reader.core.document import Document

_GROUP_BLOCKS = 64
"""The most blocks that are measured together."""
LONGEST = 16_384
"""The most code points that are measured together; a longer block is a group by itself, which is
measured in parts."""


class Heights:
    """The number of lines of each group of blocks, and the line where it begins.

    Groups are small enough to be measured between two keys, and few enough (about a thousand for
    10 MB) that adding up their heights takes no noticeable time.
    """

    def __init__(self, document: Document, width: int) -> None:
        """Group the blocks of a document and estimate the heights of the groups.

        Args:
            document: The document.
            width: Cells of a line.
        """
        self.bounds = _group_bounds(document)
        """The index of each group's first block, then the number of blocks."""
        self.revision = 0
        """The number of times that a height has changed."""
        self._heights = [
            _estimate(document, first, last, width)
            for first, last in zip(self.bounds, self.bounds[1:], strict=False)
        ]
        self._tops_in: list[array[int] | None] = [None] * len(self._heights)
        self._exact = bytearray(len(self._heights))
        self._next = 0
        self._tops: list[int] = []

    @property
    def tops(self) -> list[int]:
        """The first line of each group, then the number of lines."""
        if not self._tops:
            self._tops = list(accumulate(self._heights, initial=0))
        return self._tops

    @property
    def next_group(self) -> int | None:
        """The first group without an exact height, or None."""
        while self._next < len(self._exact) and self._exact[self._next]:
            self._next += 1
        return self._next if self._next < len(self._exact) else None

    def group_of(self, index: int) -> int:
        """Return the group of the block at ``index``."""
        return bisect_right(self.bounds, index) - 1

    def tops_in(self, group: int) -> array[int] | None:
        """Return the first line of each block within the group, from 0; None until measured."""
        return self._tops_in[group]

    def set_blocks(self, group: int, heights: list[int]) -> None:
        """Set the exact heights of a group's blocks."""
        tops = array("I", accumulate(heights, initial=0))
        self._tops_in[group] = tops
        self.set_height(group, tops[-1], is_exact=True)

    def set_height(self, group: int, height: int, *, is_exact: bool) -> None:
        """Set the height of a group, exact or a better estimate."""
        self._exact[group] = is_exact
        if height != self._heights[group]:
            self._heights[group] = height
            self._tops = []
            self.revision += 1

    def copy_from(self, other: Heights, groups: int) -> None:
        """Copy the heights of the first ``groups`` groups, whose blocks ``other`` shares."""
        self._heights[:groups] = other._heights[:groups]
        self._tops_in[:groups] = other._tops_in[:groups]
        self._exact[:groups] = other._exact[:groups]
        self.revision = other.revision + 1
        self._tops = []


def _estimate(document: Document, first: int, last: int, width: int) -> int:
    """Return about how many lines ``blocks[first:last]`` take if lines are 95 per cent full."""
    characters = document.blocks[last - 1].end - document.blocks[first].start
    return characters * 20 // (19 * width) + (last - first) * 3 // 2 + 1


def _group_bounds(document: Document) -> list[int]:
    blocks = document.blocks
    bounds = [0]
    while (first := bounds[-1]) < len(blocks):
        last = min(first + _GROUP_BLOCKS, len(blocks))
        limit = blocks[first].start + LONGEST
        if blocks[last - 1].end > limit:
            last = first + 1
            while last < len(blocks) and blocks[last].end <= limit:
                last += 1
        bounds.append(last)
    return bounds
