"""A document with the text of another version inserted, and where each offset is then."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from msgspec.structs import replace

from reader.core.document import Block, BlockKind, Document, Mark, Span, TextRange

_INLINE = str.maketrans("\n\t", "  ")


class Insertion(NamedTuple):
    """Text of the other version, and where it goes."""

    at: int
    """The offset that it goes to; for a block the start of the block that it precedes, or one more
    than the length of the text."""
    text: str
    """The text, with the white space between it and its neighbours."""
    block: Block | None = None
    """The block that it is, with its own offsets; None for text within a block."""


class BothTexts:
    """A document with insertions."""

    def __init__(self, document: Document, insertions: Iterable[Insertion]) -> None:
        """Insert text.

        Args:
            document: The document, complete.
            insertions: What to insert; those with the same place keep their order.
        """
        ordered = sorted(insertions, key=lambda each: each.at)
        self._inline = _Shifts(
            [(each.at, len(each.text)) for each in ordered if each.block is None]
        )
        self._blocks = _Shifts(
            [(each.at, len(each.text) + 1) for each in ordered if each.block is not None]
        )
        self.inserted: list[TextRange] = []
        """The ranges of the insertions, without the white space at their ends."""
        self._length = 0
        self._texts: list[str] = []
        blocks = tuple(self._made(document, ordered))
        spans = tuple(self._span(each) for each in document.spans)
        marks = tuple(
            Mark(each.kind, self.offset_of(each.offset), each.name) for each in document.marks
        )
        self.document = Document(
            "".join(self._texts), blocks, spans, document.metadata, marks=marks
        )
        """The document with the insertions."""

    def offset_of(self, offset: int) -> int:
        """Return where the code point at an offset of the first document is."""
        return offset + self._inline.upto(offset) + self._blocks.upto(offset)

    def range_of(self, passage: TextRange) -> TextRange:
        """Return where a range of the first document is, without insertions at its ends."""
        start, end = passage
        if passage.is_empty:
            return TextRange(self.offset_of(start), self.offset_of(start))
        return TextRange(
            self.offset_of(start), end + self._inline.before(end) + self._blocks.before(end)
        )

    def _made(self, document: Document, insertions: list[Insertion]) -> Iterator[Block]:
        """Write the text, and yield its blocks."""
        inline = [each for each in insertions if each.block is None]
        others = [each for each in insertions if each.block is not None]
        next_inline = next_block = 0
        for block in document.blocks:
            while next_block < len(others) and others[next_block].at <= block.start:
                yield self._inserted_block(others[next_block])
                next_block += 1
            start, at = self._begin_block(), block.start
            while next_inline < len(inline) and inline[next_inline].at <= block.end:
                insertion = inline[next_inline]
                self._write(document.text[at : insertion.at])
                self._insert(insertion.text.translate(_INLINE))
                at = insertion.at
                next_inline += 1
            self._write(document.text[at : block.end])
            yield replace(block, start=start, end=self._length)
        for insertion in others[next_block:]:
            yield self._inserted_block(insertion)

    def _inserted_block(self, insertion: Insertion) -> Block:
        block, text = insertion.block, insertion.text
        assert block is not None
        is_whole = len(text) == block.end - block.start
        start = self._begin_block()
        self._insert(text if is_whole else text.translate(_INLINE))
        kind = block.kind if is_whole else BlockKind.PARAGRAPH
        return replace(block, kind=kind, start=start, end=self._length, label="")

    def _begin_block(self) -> int:
        """Write the newline between two blocks; return the start of the block."""
        if self._texts:
            self._write("\n")
        else:
            self._texts.append("")
        return self._length

    def _insert(self, text: str) -> None:
        stripped = text.strip()
        start = self._length + text.index(stripped)
        self.inserted.append(TextRange(start, start + len(stripped)))
        self._write(text)

    def _write(self, text: str) -> None:
        self._texts.append(text)
        self._length += len(text)

    def _span(self, span: Span) -> Span:
        place = self.range_of(span.range)
        return replace(span, start=place.start, end=place.end)


class _Shifts:
    """By how much insertions at some offsets move what follows them."""

    def __init__(self, insertions: list[tuple[int, int]]) -> None:
        """Take the offsets, which rise, each with the length that is inserted there."""
        self._offsets = [at for at, _ in insertions]
        self._lengths = list(accumulate((length for _, length in insertions), initial=0))

    def upto(self, offset: int) -> int:
        """Return the length that is inserted at or before an offset."""
        return self._lengths[bisect_right(self._offsets, offset)]

    def before(self, offset: int) -> int:
        """Return the length that is inserted before an offset."""
        return self._lengths[bisect_left(self._offsets, offset)]
