"""A document without its paragraphs that are far from some ranges."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from msgspec.structs import replace

from reader.core.document import Block, BlockKind, Document, Span, TextRange
from reader.core.text_formatting import counted

NEIGHBOURS = 1
"""The paragraphs that stay on each side of a range."""

LEAST_FOLDED = 2
"""The least number of paragraphs that are folded; fewer would take as much room."""


class _Piece(NamedTuple):
    """A part of the whole document that stays, or that a line stands for."""

    start: int
    """Its start in the whole document."""
    end: int
    """Its end there."""
    at: int
    """Its start in the folded document."""
    is_folded: bool
    """Whether a line stands for it."""


class FoldedDocument:
    """A document in which a line stands for paragraphs in a row that nobody looks for."""

    def __init__(self, document: Document, shown: Iterable[TextRange]) -> None:
        """Fold a document.

        Args:
            document: The whole document.
            shown: The ranges that stay, with the paragraphs around them.
        """
        self._pieces: list[_Piece] = []
        texts: list[str] = []
        blocks = tuple(self._made(document, _kept(document, shown), texts))
        spans = tuple(self._spans(document))
        self.document = Document("\n".join(texts), blocks, spans, document.metadata)
        """The folded document."""

    @property
    def has_folds(self) -> bool:
        """Whether a line stands for something."""
        return any(piece.is_folded for piece in self._pieces)

    def range_of(self, passage: TextRange) -> TextRange | None:
        """Return where a range of the whole document is; None where it is folded."""
        piece = self._pieces[self._index(passage.start)]
        if piece.is_folded or passage.end > piece.end:
            return None
        shift = piece.at - piece.start
        return TextRange(passage.start + shift, passage.end + shift)

    def offset_of(self, offset: int) -> int:
        """Return where an offset of the whole document is, or the line that stands for it."""
        piece = self._pieces[self._index(offset)]
        return piece.at if piece.is_folded else offset - piece.start + piece.at

    def offset_in_whole(self, offset: int) -> int:
        """Return the offset in the whole document of an offset in the folded one."""
        index = bisect_right(self._pieces, offset, key=lambda piece: piece.at) - 1
        piece = self._pieces[max(index, 0)]
        return piece.start if piece.is_folded else offset - piece.at + piece.start

    def _index(self, offset: int) -> int:
        return max(bisect_right(self._pieces, offset, key=lambda piece: piece.start) - 1, 0)

    def _made(self, document: Document, kept: bytes, texts: list[str]) -> Iterator[Block]:
        """Write the text, and yield its blocks."""
        length = 0
        for is_kept, group in groupby(
            zip(kept, document.blocks, strict=True), key=lambda of: of[0]
        ):
            blocks = [block for _, block in group]
            start, end = blocks[0].start, blocks[-1].end
            is_folded = not is_kept and len(blocks) >= LEAST_FOLDED
            self._pieces.append(_Piece(start, end, length, is_folded))
            if is_folded:
                text = f"⋯ {counted(len(blocks), 'paragraph')} unchanged"
                yield Block(BlockKind.PARAGRAPH, length, length + len(text), residue=True)
            else:
                text, shift = document.text[start:end], length - start
                for block in blocks:
                    yield replace(block, start=block.start + shift, end=block.end + shift)
            texts.append(text)
            length += len(text) + 1

    def _spans(self, document: Document) -> Iterator[Span]:
        if not self._pieces:
            return
        for span in document.spans:
            if place := self.range_of(span.range):
                yield replace(span, start=place.start, end=place.end)


def _kept(document: Document, shown: Iterable[TextRange]) -> bytes:
    """Return for each block 1 if it stays, else 0."""
    kept = bytearray(len(document.blocks))
    for start, end in shown:
        first = max(document.block_index(start) - NEIGHBOURS, 0)
        last = min(document.block_index(max(end - 1, start)) + NEIGHBOURS + 1, len(kept))
        kept[first:last] = b"\1" * (last - first)
    return bytes(kept)
