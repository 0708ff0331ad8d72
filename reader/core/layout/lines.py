"""The values of a layout: pieces, lines, cells."""

from __future__ import annotations

from typing import Literal, NamedTuple

from reader.core.document import TextRange
from reader.safe_text import drawn


class LinePiece(NamedTuple):
    """A run of cells on a line: text of the document, or a decoration."""

    x: int
    """Its first cell, from 0 at the left edge of the column."""
    width: int
    """Its width in cells."""
    start: int
    """Offset of its first code point in the document's text; -1 for a decoration."""
    end: int
    """Offset after its last code point; -1 for a decoration."""
    text: str
    """The document's text, with ``│`` for a tab between table cells; see ``drawn``."""
    role: str
    """``text``, or the kind of a decoration: ``bar`` (quote), ``marker`` (list item, footnote),
    ``border`` (table), ``image``, ``target`` (of an image), ``wrap`` (continued line of code)."""

    def drawn(self, start: int, end: int) -> str:
        """Return what is drawn for the document's text from ``start`` to ``end``."""
        return drawn(self.text[start - self.start : end - self.start])


class LayoutLine(NamedTuple):
    """A line of the screen."""

    y: int
    """Its number in the layout, from 0."""
    block: int
    """Index of its block; a gap belongs to the block after it; -1 for the only line of an empty
    document."""
    start: int
    """Offset of the first code point that it owns, or of its block if it owns none."""
    end: int
    """Offset after the last code point that it owns, including spaces that are not drawn and its
    newline. A line of a table owns several ranges, one for each piece; ``start`` and ``end`` are
    then the outermost offsets."""
    pieces: tuple[LinePiece, ...]
    """What is drawn, from left to right, without overlap."""
    kind: Literal["text", "gap", "border"]
    """``gap``: a blank line between blocks; ``border``: a line of a table's frame, or the target of
    an image."""

    @property
    def range(self) -> TextRange:
        """``start`` and ``end`` as a range."""
        return TextRange(self.start, self.end)


class CellPosition(NamedTuple):
    """The position of a cell in the layout."""

    y: int
    """The number of the line, from 0."""
    x: int
    """The number of the cell on the line, from 0. Spaces and newlines after the last drawn
    character also have cells, which may be at the column's width or past it."""
