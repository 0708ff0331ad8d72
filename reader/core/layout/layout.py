"""The layout of a document in lines, measured on demand."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict

from reader.core.document import Document, TextRange
from reader.core.layout.bodies import BlockBody
from reader.core.layout.building import body_height, decorations, make_body
from reader.core.layout.frames import gap_height, gap_pieces
from reader.core.layout.heights import LONGEST, Heights
from reader.core.layout.lines import CellPosition, LayoutLine, LinePiece

_CACHED_BODIES = 512
"""The most blocks whose lines are cached."""
_SMALL = 200_000
"""The most code points of an ASCII document that is measured whole at the first question, in about
5 ms; a quarter of it for other documents."""
_SLICE = 100_000
"""The cost limit of one call of ``measure``, as a number of narrow characters: about 3 ms."""
_WHOLE = 1 << 31
"""More code points than any document has."""


class Layout:
    """A document laid out at a width.

    Blocks are measured in groups, on demand and by ``measure``; the height of the others is an
    estimate. The answers always agree with each other; when a measured height replaces an
    estimate, the lines below it move and ``revision`` changes.
    """

    def __init__(self, document: Document, width: int) -> None:
        """Keep the document and the width; nothing is measured yet.

        Args:
            document: The document.
            width: Cells of the column; below 20, text is still shown but rules may not hold.
        """
        self.document = document
        """The document."""
        self.width = max(width, 1)
        """Cells of the column."""
        self._heights = Heights(document, self.width)
        self._bodies: OrderedDict[int, BlockBody] = OrderedDict()
        self._long_bodies: dict[int, BlockBody] = {}

    @property
    def height(self) -> int:
        """The number of lines, at least 1; an estimate until ``is_measured``."""
        self._measure_if_small()
        return max(self._heights.tops[-1], 1)

    @property
    def is_measured(self) -> bool:
        """Whether every block is measured."""
        return self._heights.next_group is None

    @property
    def revision(self) -> int:
        """The number of times that heights have changed; line numbers from before may be wrong."""
        return self._heights.revision

    def measure(self, blocks: int = 2000) -> bool:
        """Measure the next unmeasured blocks, for about 5 ms at most.

        Args:
            blocks: About the most blocks to measure.

        Returns:
            Whether every block is measured.
        """
        budget = _SLICE
        bounds = self._heights.bounds
        while budget > 0 and blocks > 0 and (group := self._heights.next_group) is not None:
            blocks -= bounds[group + 1] - bounds[group]
            budget -= self._measure_group(group, budget)
        return self.is_measured

    def grown(self, document: Document) -> Layout:
        """Return the layout of a longer document that begins with the present one.

        It copies all measurements except those of the last blocks, which may be longer now.
        """
        layout = Layout(document, self.width)
        old_bounds, new_bounds = self._heights.bounds, layout._heights.bounds
        groups = max(len(old_bounds) - 2, 0)
        count = old_bounds[groups]
        if groups == 0 or new_bounds[: groups + 1] != old_bounds[: groups + 1]:
            return layout
        if document.blocks[count - 1] != self.document.blocks[count - 1]:
            return layout
        layout._heights.copy_from(self._heights, groups)
        layout._bodies.update(item for item in self._bodies.items() if item[0] < count)
        layout._long_bodies.update(item for item in self._long_bodies.items() if item[0] < count)
        return layout

    def line(self, y: int) -> LayoutLine:
        """Return line ``y``, from 0; the first or last line where ``y`` is outside."""
        if not self.document.blocks:
            return LayoutLine(0, -1, 0, 0, (LinePiece(0, 0, 0, 0, "", "text"),), "text")
        y, index, number = self._locate(y)
        block = self.document.blocks[index]
        if number < 0:
            bars = gap_pieces(self.document.blocks[index - 1], block, self.width)
            return LayoutLine(y, index, block.start, block.start, bars, "gap")
        start, end, pieces, kind = self._body(index).line(number)
        text = self.document.text
        # The last line, which may be empty, owns the newline after the block.
        if kind == "text" and end == block.end and not (start < end and text[end - 1] == "\n"):
            end = min(end + 1, len(text))
        return LayoutLine(
            y, index, start, end, decorations(block, number, self.width) + pieces, kind
        )

    def is_measured_at(self, y: int) -> bool:
        """Return whether asking for line ``y`` measures nothing, and so moves no line."""
        self._measure_if_small()
        tops = self._heights.tops
        if not 0 <= y < tops[-1]:
            return False
        group = bisect_right(tops, y) - 1
        index = self._heights.bounds[group]
        if self._is_long(index):
            return index in self._long_bodies and self._long_bodies[index].is_done
        return self._heights.tops_in(group) is not None

    def line_range(self, y: int) -> TextRange:
        """Return the offsets that line ``y`` owns; an empty range for a gap or a border."""
        return self.line(y).range

    def y_of(self, offset: int) -> int:
        """Return the number of the line that owns ``offset``; the first or last one if outside."""
        return self._place(self.document.clamp(offset))[0]

    def cell_of(self, offset: int) -> CellPosition:
        """Return the cell of ``offset``, which is the first cell of its grapheme.

        Spaces and newlines at the end of a line may have a cell at the column's width or past it.
        """
        if not self.document.blocks:
            return CellPosition(0, 0)
        offset = self.document.clamp(offset)
        y, index, number = self._place(offset)
        return CellPosition(y, self._body(index).x_of(number, offset))

    def offset_at(self, y: int, x: int) -> int:
        """Return the start of the grapheme at a cell, or of the nearest one on that line.

        A line of text owns the offset. In a table it is in the column at the cell, or in the
        nearest column with text on the line. In a gap the offset is in the nearest block.
        """
        if not self.document.blocks:
            return 0
        _, index, number = self._locate(y)
        gap = self._gap(index)
        if number < 0 and gap + number < gap // 2:
            # The upper half of a gap is nearer to the block before it.
            before = self.document.blocks[index - 1]
            _, index, number = self._place(before.end)
        return self._body(index).offset_at(max(number, 0), x)

    def _measure_if_small(self) -> None:
        text = self.document.text
        if len(text) <= (_SMALL if text.isascii() else _SMALL // 4):
            while (group := self._heights.next_group) is not None:
                self._measure_group(group, _WHOLE)

    def _measure_group(self, group: int, budget: int) -> int:
        """Measure a group, or as much of a long block as the budget allows; return the cost."""
        first, last = self._heights.bounds[group : group + 2]
        if self._is_long(first):
            return self._measure_long(group, first, budget)
        heights: list[int] = []
        cost = 0
        for index in range(first, last):
            height, spent = body_height(self.document, self.document.blocks[index], self.width)
            heights.append(self._gap(index) + height)
            cost += spent
        self._heights.set_blocks(group, heights)
        return cost

    def _measure_long(self, group: int, index: int, budget: int) -> int:
        body = self._body(index)
        block = self.document.blocks[index]
        length = block.end - block.start
        characters = min(max(budget * length // body.cost, 1000), length)
        body.extend(characters)
        self._update_long(group, index)
        return characters * body.cost // length

    def _update_long(self, group: int, index: int) -> None:
        """Update the height of a long block after more of its lines may have been found."""
        body = self._body(index)
        height = self._gap(index) + body.height
        self._heights.set_height(group, height, is_exact=body.is_done)

    def _locate(self, y: int) -> tuple[int, int, int]:
        """Return the number of an existing line, its block's index, and its number in the body.

        The number in the body is negative in the gap before the block; -1 is the lowest gap line.
        """
        self._measure_if_small()
        heights = self._heights
        while True:
            tops = heights.tops
            line = min(max(y, 0), tops[-1] - 1)
            group = bisect_right(tops, line) - 1
            within = line - tops[group]
            index = heights.bounds[group]
            if self._is_long(index):
                number = within - self._gap(index)
                exists = number < 0 or self._body(index).has_line(number)
                self._update_long(group, index)
                if exists:
                    return line, index, number
            elif inner := heights.tops_in(group):
                at = bisect_right(inner, within) - 1
                return line, index + at, within - inner[at] - self._gap(index + at)
            else:
                self._measure_group(group, _SLICE)

    def _place(self, offset: int) -> tuple[int, int, int]:
        """Return the line of an offset, its block's index, and its number in the body."""
        if not self.document.blocks:
            return 0, -1, 0
        self._measure_if_small()
        heights = self._heights
        index = self.document.block_index(offset)
        group = heights.group_of(index)
        number = self._body(index).line_of(offset)
        top = 0
        if self._is_long(index):
            self._body(index).has_line(number)
            self._update_long(group, index)
        else:
            if not heights.tops_in(group):
                self._measure_group(group, _SLICE)
            if inner := heights.tops_in(group):
                top = inner[index - heights.bounds[group]]
        return heights.tops[group] + top + self._gap(index) + number, index, number

    def _gap(self, index: int) -> int:
        blocks = self.document.blocks
        return gap_height(blocks[index - 1] if index else None, blocks[index])

    def _is_long(self, index: int) -> bool:
        block = self.document.blocks[index]
        return block.end - block.start > LONGEST

    def _body(self, index: int) -> BlockBody:
        """Return a block's body; unless the block is long, all its lines are found."""
        cache = self._long_bodies if self._is_long(index) else self._bodies
        body = cache.get(index)
        if body is None:
            body = make_body(self.document, self.document.blocks[index], self.width)
            cache[index] = body
            if cache is self._bodies:
                body.extend(_WHOLE)
                if len(self._bodies) > _CACHED_BODIES:
                    self._bodies.popitem(last=False)
        elif cache is self._bodies:
            self._bodies.move_to_end(index)
        return body
