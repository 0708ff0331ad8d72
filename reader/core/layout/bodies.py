"""The lines of one block without its frame: text of every kind but tables."""

from __future__ import annotations

from typing import Literal, NamedTuple, Protocol

from reader.core.cells import Graphemes, cell_width, clip, graphemes
from reader.core.layout.lines import LinePiece
from reader.core.layout.wrapping import WrappedText


class BodyLine(NamedTuple):
    """A line of a block's body."""

    start: int
    """Offset of the first code point that the line owns."""
    end: int
    """Offset after the last code point that it owns, including a newline inside the block."""
    pieces: tuple[LinePiece, ...]
    """What is drawn, from left to right."""
    kind: Literal["text", "border"]
    """What the line is, see ``LayoutLine.kind``."""


class BlockBody(Protocol):
    """The lines of a block, found on demand; offsets are those of the document."""

    @property
    def is_done(self) -> bool:
        """Whether all lines are found."""

    @property
    def height(self) -> int:
        """The number of lines; an estimate until all are found."""

    @property
    def cost(self) -> int:
        """The cost of finding all lines, as a number of narrow characters."""

    def extend(self, characters: int) -> None:
        """Find the lines of at least ``characters`` more code points."""

    def has_line(self, number: int) -> bool:
        """Return whether there is a line ``number``, from 0; finds the lines up to it."""

    def line_of(self, offset: int) -> int:
        """Return the number of the line that owns ``offset``; finds the lines up to it."""

    def line(self, number: int) -> BodyLine:
        """Return a line that has been found."""

    def x_of(self, number: int, offset: int) -> int:
        """Return the cell of an offset that the line owns."""

    def offset_at(self, number: int, x: int) -> int:
        """Return the offset on the line that is nearest to cell ``x``."""


class Ruler(NamedTuple):
    """Maps offsets to cells and back in a run of text on one line."""

    graphemes: Graphemes
    """The run's graphemes."""
    start: int
    """Offset of the run's first code point."""
    x: int
    """The run's first cell on the line."""
    is_open: bool
    """Whether the line also owns the offset after the run: a newline, a tab or the text's end."""

    def x_of(self, offset: int) -> int:
        """Return the cell of ``offset``."""
        index = offset - self.start
        if index >= self.graphemes.starts[-1]:
            return self.x + self._end_cell
        return self.x + self.graphemes.cells[self.graphemes.at_index(index)]

    def offset_at(self, x: int) -> int:
        """Return the offset of the grapheme at cell ``x``, or of the nearest one."""
        cell = x - self.x
        if self.is_open and cell >= self._end_cell:
            return self.start + self.graphemes.starts[-1]
        return self.start + self.graphemes.starts[self.graphemes.at_cell(cell)]

    @property
    def _end_cell(self) -> int:
        # Text without width gets a cell, so that its end has another one.
        return self.graphemes.width or int(self.graphemes.starts[-1] > 0)


class TextBody:
    """A block of wrapped text."""

    def __init__(self, wrapped: WrappedText, offset: int, x: int, *, centred: bool = False) -> None:
        """Place wrapped text.

        Args:
            wrapped: The wrapped text. A tab is drawn as a bar with a space on each side.
            offset: Offset of the text in the document.
            x: The first cell of its lines.
            centred: Whether lines are centred.
        """
        self._wrapped = wrapped
        self._offset = offset
        self._x = x
        self._centred = centred

    @property
    def is_done(self) -> bool:
        """Whether all lines are found."""
        return self._wrapped.is_done

    @property
    def height(self) -> int:
        """The number of lines; an estimate until all are found."""
        starts, length = self._wrapped.starts, len(self._wrapped.text)
        if self._wrapped.is_done:
            return len(starts)
        if starts[-1]:
            return max(len(starts) * length // starts[-1], len(starts) + 1)
        return length // self._wrapped.width + 1

    @property
    def cost(self) -> int:
        """The cost of finding all lines, as a number of narrow characters."""
        return len(self._wrapped.text) * (1 if self._wrapped.is_narrow else 12) + 100

    def extend(self, characters: int) -> None:
        """Find the lines of at least ``characters`` more code points."""
        self._wrapped.extend(characters)

    def has_line(self, number: int) -> bool:
        """Return whether there is a line ``number``, from 0; finds the lines up to it."""
        return self._wrapped.has_line(number)

    def line_of(self, offset: int) -> int:
        """Return the number of the line that owns ``offset``; finds the lines up to it."""
        return self._wrapped.line_of(offset - self._offset)

    def line(self, number: int) -> BodyLine:
        """Return a line that has been found."""
        start, end = self._wrapped.bounds(number)
        drawn_end = self._wrapped.drawn_end(start, end)
        text = self._wrapped.text[start:drawn_end]
        width = cell_width(text)
        x = self._line_x(number, width)
        piece = LinePiece(x, width, self._offset + start, self._offset + drawn_end, text, "text")
        pieces: tuple[LinePiece, ...] = (piece,)
        if "\t" in text:
            pieces = _divided_at_tabs(piece)
        if self._wrapped.hang and not self._wrapped.at_words and self._wrapped.is_continued(number):
            pieces = (LinePiece(self._x, 2, -1, -1, "↪ ", "wrap"), piece)
        return BodyLine(self._offset + start, self._offset + end, pieces, "text")

    def x_of(self, number: int, offset: int) -> int:
        """Return the cell of an offset that the line owns."""
        index = offset - self._offset
        is_tab = index < len(self._wrapped.text) and self._wrapped.text[index] == "\t"
        return self._ruler(number).x_of(offset) + is_tab

    def offset_at(self, number: int, x: int) -> int:
        """Return the offset on the line that is nearest to cell ``x``."""
        return self._ruler(number).offset_at(x)

    def _line_x(self, number: int, width: int) -> int:
        if self._centred:
            return self._x + max(self._wrapped.width - width, 0) // 2
        return self._x + (self._wrapped.hang if self._wrapped.is_continued(number) else 0)

    def _ruler(self, number: int) -> Ruler:
        start, end = self._wrapped.bounds(number)
        text = self._wrapped.text
        is_open = end == len(text) or text[end - 1] == "\n"
        # A text that ends with a newline ends with an empty line.
        stop = end - 1 if end > start and text[end - 1] == "\n" else end
        width = cell_width(self._wrapped.text[start : self._wrapped.drawn_end(start, end)])
        x = self._line_x(number, width)
        return Ruler(graphemes(text[start:stop]), self._offset + start, x, is_open)


class ImageBody(TextBody):
    """A picture: its alternative text, then its URL or path."""

    def __init__(self, wrapped: WrappedText, offset: int, x: int, target: str) -> None:
        """Place the alternative text.

        Args:
            wrapped: The wrapped alternative text.
            offset: Offset of the block.
            x: The first cell of its lines.
            target: The picture's URL or path, not empty.
        """
        super().__init__(wrapped, offset, x)
        self._target = target

    @property
    def height(self) -> int:
        """The number of lines, including the target; an estimate until all are found."""
        return super().height + 1

    def has_line(self, number: int) -> bool:
        """Return whether there is a line ``number``, from 0; finds the lines up to it."""
        return super().has_line(number) or super().has_line(number - 1)

    def line(self, number: int) -> BodyLine:
        """Return a line that has been found."""
        if super().has_line(number):
            return super().line(number)
        end = self._offset + len(self._wrapped.text)
        text = clip(self._target, self._wrapped.width)
        return BodyLine(
            end, end, (LinePiece(self._x, cell_width(text), -1, -1, text, "target"),), "border"
        )

    def offset_at(self, number: int, x: int) -> int:
        """Return the offset nearest to cell ``x`` on the line, or on the last line of text."""
        return super().offset_at(number if super().has_line(number) else number - 1, x)


def _divided_at_tabs(piece: LinePiece) -> tuple[LinePiece, ...]:
    """Divide a piece of a table row so that each tab is a piece, drawn as ``│``."""
    text = piece.text
    divided = graphemes(text)
    pieces: list[LinePiece] = []
    index = 0
    while index <= len(text):
        tab = text.find("\t", index)
        end = tab if tab >= 0 else len(text)
        if end > index:
            cell = text[index:end]
            x = piece.x + divided.cells[divided.at_index(index)]
            start = piece.start + index
            pieces.append(LinePiece(x, cell_width(cell), start, piece.start + end, cell, "text"))
        if tab >= 0:
            x = piece.x + divided.cells[divided.at_index(tab)] + 1
            pieces.append(LinePiece(x, 1, piece.start + tab, piece.start + tab + 1, "│", "text"))
        index = end + 1
    return tuple(pieces)
