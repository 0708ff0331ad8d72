"""Heights of groups of blocks: exact where measured, else estimated from the characters."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from itertools import accumulate

from reader.core.document import Document

_GROUP_BLOCKS = 64
"""The most blocks that are measured together."""
LONGEST = 16_384
"""The most code points that are measured together; a block of more is a group by itself, and is
measured piecemeal."""


class Heights:
    """How many lines each group of blocks takes, and which line it begins at.

    Groups are small enough to be measured whole between two keys, and so large that summing up
    their heights takes no time (a thousand or so for 10 MB).
    """

    def __init__(self, document: Document, width: int) -> None:
        """Group a document's blocks and estimate the groups' heights.

        Args:
            document: The document.
            width: Cells of a line.
        """
        self.bounds = _group_bounds(document)
        """The first block of each group, and at the end the number of blocks."""
        self.revision = 0
        """How many times a height has changed."""
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
        """The first line of each group, and at the end the number of lines."""
        if not self._tops:
            self._tops = list(accumulate(self._heights, initial=0))
        return self._tops

    @property
    def next_group(self) -> int | None:
        """The first group of which the height is not exact, or None."""
        while self._next < len(self._exact) and self._exact[self._next]:
            self._next += 1
        return self._next if self._next < len(self._exact) else None

    def group_of(self, index: int) -> int:
        """Return the group that the block of an index is in."""
        return bisect_right(self.bounds, index) - 1

    def tops_in(self, group: int) -> array[int] | None:
        """Return the line of the group that each block begins at, from 0; None until measured."""
        return self._tops_in[group]

    def set_blocks(self, group: int, heights: list[int]) -> None:
        """Keep the heights of a group's blocks, which are exact."""
        tops = array("I", accumulate(heights, initial=0))
        self._tops_in[group] = tops
        self.set_height(group, tops[-1], is_exact=True)

    def set_height(self, group: int, height: int, *, is_exact: bool) -> None:
        """Keep the height of a group, or a better estimate of it."""
        self._exact[group] = is_exact
        if height != self._heights[group]:
            self._heights[group] = height
            self._tops = []
            self.revision += 1

    def take_over(self, other: Heights, groups: int) -> None:
        """Take what is known of the first ``groups`` from another, where they are the same."""
        self._heights[:groups] = other._heights[:groups]
        self._tops_in[:groups] = other._tops_in[:groups]
        self._exact[:groups] = other._exact[:groups]
        self.revision = other.revision + 1
        self._tops = []


def _estimate(document: Document, first: int, last: int, width: int) -> int:
    """Return about how many lines ``blocks[first:last]`` take: lines are filled to 95 per cent."""
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
