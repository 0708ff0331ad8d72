"""The layout of a document: which line is where, measured only as far as it is asked for."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import OrderedDict
from itertools import accumulate

from reader.core.document import Block, BlockKind, Document, TextRange
from reader.core.layout.bodies import Body, TextBody
from reader.core.layout.frames import Frame, frame, gap_height, gap_pieces
from reader.core.layout.lines import Cell, Line, Piece
from reader.core.layout.tables import TableBody, table_columns
from reader.core.layout.wrapping import Flow

_GROUP_BLOCKS = 64
"""The most blocks that are measured together."""
_GROUP_CHARACTERS = 16_384
"""The most code points that are measured together; a block of more is measured piecemeal."""
_KEPT_BODIES = 512
"""How many blocks' lines are kept."""
_SMALL = 200_000
"""Documents of at most so many code points, narrow ones, are measured whole when first asked."""
_SLICE = 100_000
"""What one call of ``measure`` may cost, in code points of narrow text: about 3 ms."""

_FRAMED = frozenset((BlockKind.TABLE, BlockKind.IMAGE))
"""Kinds of blocks whose lines hold more than their text."""


class Layout:
    """A document laid out at a width.

    Blocks are measured in groups when they are asked for, and by ``measure``; the height of what
    was not measured is an estimate. At any moment the answers agree with each other; when an
    estimate is replaced, lines below it move, and ``revision`` changes.
    """

    def __init__(self, document: Document, width: int) -> None:
        """Take note of what is to be laid out; nothing is measured yet.

        Args:
            document: The document.
            width: Cells of the column; from 20 on all rules hold, below that text is still shown.
        """
        self.document = document
        """The document."""
        self.width = max(width, 1)
        """Cells of the column."""
        self.revision = 0
        """How many times heights have changed; a caller that keeps a line number asks anew."""
        self._bounds = _group_bounds(document)
        self._tops_in: list[array[int] | None] = [None] * (len(self._bounds) - 1)
        self._heights = [self._estimate(group) for group in range(len(self._bounds) - 1)]
        self._exact = bytearray(len(self._heights))
        self._tops: list[int] = []
        self._next_group = 0
        self._bodies: OrderedDict[int, Body] = OrderedDict()
        self._long_bodies: dict[int, Body] = {}

    @property
    def height(self) -> int:
        """How many lines there are, at least 1; an estimate until ``is_measured``."""
        self._measure_if_small()
        return max(self._group_tops()[-1], 1)

    @property
    def is_measured(self) -> bool:
        """Whether every block is measured."""
        while self._next_group < len(self._exact) and self._exact[self._next_group]:
            self._next_group += 1
        return self._next_group == len(self._exact)

    def measure(self, blocks: int = 2000) -> bool:
        """Measure some of what is left, from the start on, for about 5 ms at most.

        Args:
            blocks: At most about so many blocks.

        Returns:
            Whether everything is measured now.
        """
        budget = _SLICE
        while budget > 0 and blocks > 0 and not self.is_measured:
            group = self._next_group
            blocks -= self._bounds[group + 1] - self._bounds[group]
            budget -= self._measure_group(group, budget)
        return self.is_measured

    def grown(self, document: Document) -> Layout:
        """Return the layout of a longer document of which the present one is a prefix.

        What was measured is kept, but for the last blocks, which may have grown.
        """
        layout = Layout(document, self.width)
        kept = max(len(self._bounds) - 2, 0)
        last = self._bounds[kept] - 1
        blocks = document.blocks
        if layout._bounds[: kept + 1] != self._bounds[: kept + 1] or (
            kept and blocks[last] != self.document.blocks[last]
        ):
            return layout
        layout._tops_in[:kept] = self._tops_in[:kept]
        layout._heights[:kept] = self._heights[:kept]
        layout._exact[:kept] = self._exact[:kept]
        for index, body in self._bodies.items():
            if index <= last:
                layout._bodies[index] = body
        for index, body in self._long_bodies.items():
            if index <= last:
                layout._long_bodies[index] = body
        return layout

    def line(self, y: int) -> Line:
        """Return line ``y``; the first or last one where there is no such line."""
        if not self.document.blocks:
            return Line(0, -1, 0, 0, (Piece(0, 0, 0, 0, "", "text"),), "text")
        y, index, number = self._locate(y)
        block = self.document.blocks[index]
        around = self._frame(block)
        if number < 0:
            bars = gap_pieces(self.document.blocks[index - 1], block, self.width)
            return Line(y, index, block.start, block.start, bars, "gap")
        body = self._body(index)
        start, end, pieces, kind = body.line(number)
        before = around.bars
        if number == 0 and around.marker:
            before = tuple(sorted((*before, around.marker)))
        if block.kind is BlockKind.IMAGE and number == 0 and around.indent + 2 <= pieces[0].x:
            before = (*before, Piece(around.indent, 2, -1, -1, "▣ ", "image"))
        text = self.document.text
        if kind == "text" and end == block.end and not (start < end and text[end - 1] == "\n"):
            end = min(end + 1, len(text))
        return Line(y, index, start, end, before + pieces, kind)

    def line_range(self, y: int) -> TextRange:
        """Return the offsets that line ``y`` owns; an empty range for a gap or a border."""
        return self.line(y).range

    def y_of(self, offset: int) -> int:
        """Return which line owns ``offset``; what is outside gives the first or last line."""
        return self._place(self.document.clamp(offset))[0]

    def cell_of(self, offset: int) -> Cell:
        """Return the cell of ``offset``; inside a grapheme, that of the grapheme.

        The cell may lie at the column's width or past it, for spaces and newlines at a line's end.
        """
        if not self.document.blocks:
            return Cell(0, 0)
        offset = self.document.clamp(offset)
        y, index, number = self._place(offset)
        return Cell(y, self._body(index).x_of(number, offset))

    def offset_at(self, y: int, x: int) -> int:
        """Return the start of the grapheme at a cell, or the nearest one on that line.

        In a table it is the nearest one in the column of cells; on a gap, in the nearest line of
        text; after the last line's text, the text's length.
        """
        if not self.document.blocks:
            return 0
        _, index, number = self._locate(y)
        if number < 0:
            gap = self._gap(index)
            # The upper lines of a gap are nearer to the block before it.
            if gap + number < gap // 2:
                index -= 1
                body = self._body(index)
                self._finish(index)
                number = body.height - 1
            else:
                number = 0
        return self._body(index).offset_at(number, x)

    def _estimate(self, group: int) -> int:
        blocks = self.document.blocks
        first, last = self._bounds[group], self._bounds[group + 1]
        characters = blocks[last - 1].end - blocks[first].start
        return characters * 20 // (19 * self.width) + (last - first) * 3 // 2 + 1

    def _group_tops(self) -> list[int]:
        """Return the first line of each group, and at the end the height."""
        if not self._tops:
            self._tops = list(accumulate(self._heights, initial=0))
        return self._tops

    def _measure_if_small(self) -> None:
        text = self.document.text
        if len(text) <= (_SMALL if text.isascii() else _SMALL // 4):
            while not self.is_measured:
                self._measure_group(self._next_group, 1 << 62)

    def _measure_group(self, group: int, budget: int) -> int:
        """Measure a group, or as much of a long block as the budget allows; return the cost."""
        first, last = self._bounds[group], self._bounds[group + 1]
        if self._is_long(first):
            return self._measure_long(group, first, budget)
        heights = []
        cost = 0
        for index in range(first, last):
            height, spent = self._measure_block(index)
            heights.append(self._gap(index) + height)
            cost += spent
        tops = array("I", accumulate(heights, initial=0))
        self._tops_in[group] = tops
        self._set_height(group, tops[-1])
        self._exact[group] = 1
        return cost

    def _measure_block(self, index: int) -> tuple[int, int]:
        """Return the height of a block that is not long, without its gap, and what it cost."""
        block = self.document.blocks[index]
        length = block.end - block.start
        if length <= self.width and block.kind not in _FRAMED:
            text = self.document.text[block.start : block.end]
            if length <= self.width - self._frame(block).indent and _is_one_line(text):
                return 1, length + 100
        body = self._make_body(index)
        body.extend(length + 1)
        return body.height, body.cost

    def _measure_long(self, group: int, index: int, budget: int) -> int:
        body = self._body(index)
        block = self.document.blocks[index]
        length = max(block.end - block.start, 1)
        characters = min(max(budget * length // body.cost, 1000), length)
        body.extend(characters)
        self._update_long(group, index)
        return max(characters * body.cost // length, 1)

    def _update_long(self, group: int, index: int) -> None:
        body = self._body(index)
        self._set_height(group, self._gap(index) + body.height)
        self._exact[group] = body.is_done

    def _set_height(self, group: int, height: int) -> None:
        if height != self._heights[group]:
            self._heights[group] = height
            self._tops = []
            self.revision += 1

    def _locate(self, y: int) -> tuple[int, int, int]:
        """Return the line itself, the index of its block, and which of its body's lines it is.

        The last is negative for the lines of the gap before the block, -1 for the lowest.
        """
        self._measure_if_small()
        while True:
            tops = self._group_tops()
            line = min(max(y, 0), tops[-1] - 1)
            group = bisect_right(tops, line) - 1
            index = self._bounds[group]
            within = line - tops[group]
            if self._is_long(index):
                number = within - self._gap(index)
                if number < 0 or self._body(index).has_line(number):
                    self._update_long(group, index)
                    if self._group_tops()[group] + within < self._group_tops()[group + 1]:
                        return line, index, number
                self._update_long(group, index)
                continue
            inner = self._tops_in[group]
            if inner is None:
                self._measure_group(group, _SLICE)
                continue
            at = bisect_right(inner, within) - 1
            return line, index + at, within - inner[at] - self._gap(index + at)

    def _place(self, offset: int) -> tuple[int, int, int]:
        """Return the line of an offset, its block's index, and which of the body's lines it is."""
        if not self.document.blocks:
            return 0, -1, 0
        self._measure_if_small()
        index = self.document.block_index(offset)
        group = bisect_right(self._bounds, index) - 1
        body = self._body(index)
        number = body.line_of(offset)
        if self._is_long(index):
            body.has_line(number)
            self._update_long(group, index)
            top = 0
        else:
            if self._tops_in[group] is None:
                self._measure_group(group, _SLICE)
            inner = self._tops_in[group]
            top = inner[index - self._bounds[group]] if inner else 0
        return self._group_tops()[group] + top + self._gap(index) + number, index, number

    def _finish(self, index: int) -> None:
        """Measure a long block to its end, since its last line was asked for."""
        if self._is_long(index):
            body = self._body(index)
            while not body.is_done:
                body.extend(1 << 24)
            self._update_long(bisect_right(self._bounds, index) - 1, index)

    def _gap(self, index: int) -> int:
        blocks = self.document.blocks
        return gap_height(blocks[index - 1] if index else None, blocks[index])

    def _frame(self, block: Block) -> Frame:
        return frame(block.nest, block.marker, self.width)

    def _is_long(self, index: int) -> bool:
        block = self.document.blocks[index]
        return block.end - block.start > _GROUP_CHARACTERS

    def _body(self, index: int) -> Body:
        """Return a block's body; the lines of one that is not long are all found."""
        if self._is_long(index):
            if index not in self._long_bodies:
                self._long_bodies[index] = self._make_body(index)
            return self._long_bodies[index]
        body = self._bodies.get(index)
        if body is None:
            body = self._bodies[index] = self._make_body(index)
            body.extend(1 << 31)
            if len(self._bodies) > _KEPT_BODIES:
                self._bodies.popitem(last=False)
        else:
            self._bodies.move_to_end(index)
        return body

    def _make_body(self, index: int) -> Body:
        block = self.document.blocks[index]
        text = self.document.text[block.start : block.end]
        x = self._frame(block).indent
        width = max(self.width - x, 1)
        match block.kind:
            case BlockKind.CODE:
                return TextBody(Flow(text, width, hang=2, at_words=False), block.start, x)
            case BlockKind.VERSE:
                return TextBody(Flow(text, width, hang=2), block.start, x)
            case BlockKind.RULE:
                return TextBody(Flow(text, width), block.start, x, centred=True)
            case BlockKind.IMAGE:
                x += 2 if width >= 4 else 0
                return TextBody(Flow(text, self.width - x), block.start, x)
            case BlockKind.TABLE:
                columns = table_columns(text, width)
                if columns is None:
                    return TextBody(Flow(text, width), block.start, x)
                return TableBody(
                    text,
                    block.start,
                    x,
                    columns,
                    aligns=block.aligns,
                    header_rows=block.header_rows,
                )
            case _:
                return TextBody(Flow(text, width), block.start, x)


def _is_one_line(text: str) -> bool:
    """Tell whether a text is ASCII and has no newline, so that its length is its width."""
    return text.isascii() and "\n" not in text


def _group_bounds(document: Document) -> list[int]:
    """Return the first block of each group, and at the end the number of blocks."""
    blocks = document.blocks
    bounds = [0]
    while (first := bounds[-1]) < len(blocks):
        last = min(first + _GROUP_BLOCKS, len(blocks))
        limit = blocks[first].start + _GROUP_CHARACTERS
        if blocks[last - 1].end > limit:
            last = first + 1
            while last < len(blocks) and blocks[last].end <= limit:
                last += 1
        bounds.append(last)
    return bounds
