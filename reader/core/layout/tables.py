"""Tables: borders, columns fitted to the width, rows laid out on demand."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

from reader.core.cells import WIDEST, cell_width, graphemes, is_narrow
from reader.core.layout.bodies import BodyLine, Ruler
from reader.core.layout.lines import LinePiece
from reader.core.layout.wrapping import WrappedText

_SAMPLE = 1000
"""About the number of evenly spread rows that the column widths are computed from."""
_LEAST = 4
"""The least cells of a column when columns have to shrink."""
_LONGEST_WORD = 24
"""The most cells of a word that is not broken; words of wide characters may always be broken."""
_CACHED_ROWS = 256
"""The most rows whose wrapped cells are cached."""


class _TableCell(NamedTuple):
    """A cell of a table."""

    offset: int
    """Offset of its text in the document."""
    wrapped: WrappedText
    """Its wrapped text, with all lines found."""


def fit_columns(natural: list[int], words: list[int], room: int) -> list[int] | None:
    """Return column widths that fit the room, shrinking the widest columns first.

    Every column is as wide as its longest word if there is room for that, else at least four cells.

    Args:
        natural: The width that each column needs without shrinking.
        words: The width of each column's longest word.
        room: Cells for all columns together, without borders.

    Returns:
        A width for each column; None where there is no room for a table.
    """
    if sum(natural) <= room:
        return natural
    floors = [min(need, max(word, _LEAST)) for need, word in zip(natural, words, strict=True)]
    if sum(floors) > room:
        floors = [min(need, _LEAST) for need in natural]
    if _LEAST * len(natural) > room:
        return None
    low, high = 0, room
    while low < high:
        level = (low + high + 1) // 2
        if sum(_levelled(natural, floors, level)) <= room:
            low = level
        else:
            high = level - 1
    widths = _levelled(natural, floors, low)
    spare = room - sum(widths)
    for column, need in enumerate(natural):
        if spare > 0 and widths[column] < need:
            widths[column] += 1
            spare -= 1
    return widths


def _levelled(natural: list[int], floors: list[int], level: int) -> list[int]:
    """Return the natural widths limited to ``level``, but not below the floors."""
    pairs = zip(natural, floors, strict=True)
    return [max(floor, min(need, level)) for need, floor in pairs]


def table_columns(text: str, width: int) -> list[int] | None:
    """Return the widths of a table's columns; None where it does not fit as a table.

    Args:
        text: Rows parted by newlines, cells parted by tabs.
        width: Cells of the whole table, borders included.
    """
    rows = text.split("\n")
    columns = max(row.count("\t") for row in rows) + 1
    room = width - 3 * columns - 1
    if room < columns:
        return None
    sample = rows[:: len(rows) // _SAMPLE + 1]
    natural = [1 if text.isascii() else 2] * columns
    for row in sample:
        for column, cell in enumerate(row.split("\t")):
            if len(cell) * WIDEST > natural[column]:
                natural[column] = max(natural[column], cell_width(cell))
    words = natural if sum(natural) <= room else _longest_words(sample, columns)
    return fit_columns(natural, words, room)


def _longest_words(rows: list[str], columns: int) -> list[int]:
    """Return the width of each column's longest word that should not be broken."""
    widths = [_LEAST] * columns
    for row in rows:
        for column, cell in enumerate(row.split("\t")):
            if len(cell) <= widths[column]:
                continue
            for word in cell.split(" "):
                if widths[column] < len(word) <= _LONGEST_WORD and is_narrow(word):
                    widths[column] = len(word)
    return widths


class TableBody:
    """A table with borders."""

    def __init__(
        self,
        text: str,
        offset: int,
        x: int,
        columns: list[int],
        *,
        aligns: str = "",
        header_rows: int = 0,
    ) -> None:
        """Place a table; its rows are measured on demand.

        Args:
            text: Rows parted by newlines, cells parted by tabs.
            offset: Offset of the text in the document.
            x: The table's first cell.
            columns: The width of each column, from ``table_columns``.
            aligns: The alignment of each column, ``l``, ``c`` or ``r``; left where it is missing.
            header_rows: The number of header rows.
        """
        self._text = text
        self._offset = offset
        self._x = x
        self._columns = columns
        self._column_x = [
            x + 2 + before for before in accumulate((w + 3 for w in columns), initial=0)
        ]
        self._aligns = aligns.ljust(len(columns), "l")
        self._header_rows = header_rows
        self._rows = text.split("\n")
        self._row_starts = array(
            "I", accumulate((len(row) + 1 for row in self._rows[:-1]), initial=0)
        )
        self._is_separated = any(
            self._row_height(row) > 1 for row in self._rows[:: len(self._rows) // _SAMPLE + 1]
        )
        self._tops = array("I", (1,))
        self._cells: dict[int, list[_TableCell]] = {}

    @property
    def is_done(self) -> bool:
        """Whether all rows are measured."""
        return len(self._tops) > len(self._rows)

    @property
    def height(self) -> int:
        """The number of lines; an estimate until all rows are measured."""
        measured = len(self._tops) - 1
        left = len(self._rows) - measured
        return self._tops[-1] + left * (self._tops[-1] // measured if measured else 2)

    @property
    def cost(self) -> int:
        """The cost of finding all lines, as a number of narrow characters."""
        return len(self._text) * 8 + 1000

    def extend(self, characters: int) -> None:
        """Measure rows with at least ``characters`` more code points."""
        while characters > 0 and not self.is_done:
            row = len(self._tops) - 1
            text = self._rows[row]
            rule = row + 1 < len(self._rows) and (
                self._is_separated or row + 1 == self._header_rows
            )
            is_last = row + 1 == len(self._rows)
            self._tops.append(self._tops[-1] + self._row_height(text) + (rule or is_last))
            characters -= len(text) + 1

    def has_line(self, number: int) -> bool:
        """Return whether there is a line ``number``, from 0; finds the lines up to it."""
        while not self.is_done and self._tops[-1] <= number:
            self.extend(1)
        return number < self._tops[-1]

    def line_of(self, offset: int) -> int:
        """Return the number of the line that owns ``offset``; finds the lines up to it."""
        index = offset - self._offset
        row = bisect_right(self._row_starts, index) - 1
        while len(self._tops) <= row + 1:
            self.extend(1)
        cells = self._cells_of(row)
        column = self._column_at(cells, offset)
        cell = cells[column]
        if column + 1 < len(cells) and offset == cell.offset + len(cell.wrapped.text):
            return self._tops[row]
        return self._tops[row] + cell.wrapped.line_of(offset - cell.offset)

    def line(self, number: int) -> BodyLine:
        """Return a line that has been found."""
        row, part = self._row_at(number)
        cells = self._cells_of(row) if row >= 0 else []
        if not cells or part >= max(len(cell.wrapped.starts) for cell in cells):
            return self._border(row)
        pieces = [LinePiece(self._x, 1, -1, -1, "│", "border")]
        ranges: list[tuple[int, int]] = []
        for column, x in enumerate(self._column_x[:-1]):
            if column < len(cells) and part < len(cells[column].wrapped.starts):
                cell = cells[column]
                piece = self._text_piece(cell, column, part)
                pieces.append(piece)
                ranges.append((piece.start, cell.offset + cell.wrapped.bounds(part)[1]))
            bar = x + self._columns[column] + 1
            if part == 0 and column + 1 < len(cells):
                tab = cells[column + 1].offset - 1
                pieces.append(LinePiece(bar, 1, tab, tab + 1, "│", "text"))
                ranges.append((tab, tab + 1))
            else:
                pieces.append(LinePiece(bar, 1, -1, -1, "│", "border"))
        start = min(start for start, _ in ranges)
        end = max(end for _, end in ranges)
        if row + 1 < len(self._rows) and end == cells[-1].offset + len(cells[-1].wrapped.text):
            end += 1
        return BodyLine(start, end, tuple(pieces), "text")

    def x_of(self, number: int, offset: int) -> int:
        """Return the cell of an offset that the line owns."""
        row, part = self._row_at(number)
        cells = self._cells_of(max(row, 0))
        column = self._column_at(cells, offset)
        if column + 1 < len(cells) and offset == cells[column + 1].offset - 1:
            return self._column_x[column] + self._columns[column] + 1
        part = min(part, len(cells[column].wrapped.starts) - 1)
        return self._ruler(cells, column, part).x_of(offset)

    def offset_at(self, number: int, x: int) -> int:
        """Return the offset on the line that is nearest to cell ``x``.

        It is in the column at the cell, or in the nearest column with text on the line.
        """
        row, part = self._row_at(number)
        cells = self._cells_of(max(row, 0))
        column = min(
            max(bisect_right(self._column_x, x + 1) - 1, 0),
            len(self._columns) - 1,
        )
        # A border below a row counts as the last line of the row.
        part = min(max(part, 0), max(len(cell.wrapped.starts) for cell in cells) - 1)
        bar = self._column_x[column] + self._columns[column] + 1
        if x == bar and part == 0 and column + 1 < len(cells):
            return cells[column + 1].offset - 1
        with_text = (at for at, cell in enumerate(cells) if part < len(cell.wrapped.starts))
        nearest = min(with_text, key=lambda at: abs(at - column))
        return self._ruler(cells, nearest, part).offset_at(x)

    def _row_height(self, row: str) -> int:
        height = 1
        for cell, width in zip(row.split("\t"), self._columns, strict=False):
            if len(cell) <= width and (cell.isascii() or cell_width(cell) <= width):
                continue
            wrapped = WrappedText(cell, width, spaces_hang=False)
            wrapped.finish()
            height = max(height, len(wrapped.starts))
        return height

    def _cells_of(self, row: int) -> list[_TableCell]:
        cells = self._cells.get(row)
        if cells is None:
            if len(self._cells) >= _CACHED_ROWS:
                self._cells.clear()
            offset = self._offset + self._row_starts[row]
            cells = []
            for text, width in zip(self._rows[row].split("\t"), self._columns, strict=False):
                wrapped = WrappedText(text, width, spaces_hang=False)
                wrapped.finish()
                cells.append(_TableCell(offset, wrapped))
                offset += len(text) + 1
            self._cells[row] = cells
        return cells

    @staticmethod
    def _column_at(cells: list[_TableCell], offset: int) -> int:
        return max(bisect_right(cells, offset, key=lambda cell: cell.offset) - 1, 0)

    def _row_at(self, number: int) -> tuple[int, int]:
        """Return the row of a line, -1 for the top border, and its number in the row."""
        row = min(bisect_right(self._tops, number), len(self._rows)) - 1
        return (row, number - self._tops[row]) if row >= 0 else (-1, 0)

    def _text_piece(self, cell: _TableCell, column: int, part: int) -> LinePiece:
        start, end = cell.wrapped.bounds(part)
        end = cell.wrapped.drawn_end(start, end)
        text = cell.wrapped.text[start:end]
        width = cell_width(text)
        x = self._column_x[column] + self._shift(column, width)
        return LinePiece(x, width, cell.offset + start, cell.offset + end, text, "text")

    def _shift(self, column: int, width: int) -> int:
        spare = max(self._columns[column] - width, 0)
        return {"r": spare, "c": spare // 2}.get(self._aligns[column], 0)

    def _ruler(self, cells: list[_TableCell], column: int, part: int) -> Ruler:
        cell = cells[column]
        start, end = cell.wrapped.bounds(part)
        is_last = part + 1 == len(cell.wrapped.starts)
        is_open = is_last and column + 1 == len(cells)
        x = self._text_piece(cell, column, part).x
        return Ruler(graphemes(cell.wrapped.text[start:end]), cell.offset + start, x, is_open)

    def _border(self, row: int) -> BodyLine:
        if row < 0:
            left, fill, cross, right = "┌─┬┐"
            at = self._offset
        elif row + 1 == len(self._rows):
            left, fill, cross, right = "└─┴┘"
            at = self._offset + len(self._text)
        else:
            is_heavy = row + 1 == self._header_rows and self._is_separated
            left, fill, cross, right = "╞═╪╡" if is_heavy else "├─┼┤"
            at = self._offset + self._row_starts[row + 1]
        text = left + cross.join(fill * (width + 2) for width in self._columns) + right
        return BodyLine(at, at, (LinePiece(self._x, len(text), -1, -1, text, "border"),), "border")
