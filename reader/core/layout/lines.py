"""What a layout is made of: pieces, lines, cells."""

from __future__ import annotations

from typing import Literal, NamedTuple

from reader.core.document import TextRange


class LinePiece(NamedTuple):
    """A run of cells on a line: text of the document, or a decoration."""

    x: int
    """Its first cell, from the left edge of the column, from 0."""
    width: int
    """How many cells it takes."""
    start: int
    """Offset of its first code point in the document's text; -1 for a decoration."""
    end: int
    """Offset after its last code point; -1 for a decoration."""
    text: str
    """What is drawn: the document's text, but for a tab between table cells, drawn as ``│``."""
    role: str
    """``text``; or, of a decoration, what it is: ``bar`` (quote), ``marker`` (list item, footnote),
    ``border`` (table), ``image``, ``target`` (of an image), ``wrap`` (continued line of code)."""


class LayoutLine(NamedTuple):
    """A line of the screen."""

    y: int
    """Which line of the layout it is, from 0."""
    block: int
    """Index of the block that it belongs to; a gap belongs to the block after it; -1 for the one
    line of an empty document."""
    start: int
    """Offset of the first code point that it owns; of its block, where it owns none."""
    end: int
    """Offset after the last code point that it owns, with the spaces that are not drawn at its end
    and its newline. A table's line owns several ranges: then these are the outermost ends, and the
    pieces tell."""
    pieces: tuple[LinePiece, ...]
    """What is drawn, from left to right, without overlap."""
    kind: Literal["text", "gap", "border"]
    """``gap``: a blank line between blocks; ``border``: a line of a table's frame, or an
    image's target."""

    @property
    def range(self) -> TextRange:
        """``start`` and ``end`` as a range."""
        return TextRange(self.start, self.end)


class CellPosition(NamedTuple):
    """A place in the layout."""

    y: int
    """Which line, from 0."""
    x: int
    """Which cell of the line, from 0. Spaces and newlines after a line's last drawn character have
    a place too; it may lie at the column's width or past it, where nothing is drawn."""
