"""The tables of an RTF file, whose rows are cells and the positions of their right edges."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from reader.formats.word.paragraph import ParagraphText
from reader.formats.word.writer import HtmlWriter, TableRow

MAX_DEPTH: Final = 12
"""The most tables around a text; a deeper table joins the innermost of them."""

_SAME_EDGE: Final = 60
"""The largest distance between two edges that count as one, in twips: a millimetre."""


@dataclass(slots=True)
class RowProperties:
    """The definition of a row."""

    edges: list[int] = field(default_factory=list)
    """The right edges of its cells, in twips."""
    joined: list[str] = field(default_factory=list)
    """For each cell, what it is merged into: ``left`` or ``above``; ``first`` for a cell that cells
    below are merged into."""
    is_header: bool = False
    """Whether the row is repeated on each page."""
    join: str = ""
    """The merging of the cell whose edge comes next."""

    def add_edge(self, position: int) -> None:
        """End the definition of a cell."""
        self.edges.append(position)
        self.joined.append(self.join)
        self.join = ""


@dataclass(slots=True)
class _RtfTable:
    """A table that is being read."""

    rows: list[tuple[list[Any], RowProperties]] = field(default_factory=list)
    cells: list[Any] = field(default_factory=list)
    is_in_cell: bool = False


class RtfTables:
    """The tables around the current paragraph, in one container of a writer."""

    def __init__(self, writer: HtmlWriter) -> None:
        """Start outside all tables."""
        self._writer = writer
        self._open: list[_RtfTable] = []

    def enter(self, depth: int) -> None:
        """Put the current paragraph into a table, or outside all tables.

        Args:
            depth: The number of tables around it.
        """
        depth = min(depth, MAX_DEPTH)
        if depth == len(self._open) and (not depth or self._open[-1].is_in_cell):
            return
        paragraph, self._writer.paragraph = self._writer.paragraph, ParagraphText()
        while len(self._open) > depth:
            self._end_table()
        for number in range(depth):
            if number == len(self._open):
                self._open.append(_RtfTable())
            if not self._open[number].is_in_cell:
                self._writer.open_cell()
                self._open[number].is_in_cell = True
        self._writer.paragraph = paragraph

    def end_cell(self) -> None:
        """End the cell that was entered last."""
        table = self._open[-1]
        table.cells.append(self._writer.close_cell())
        table.is_in_cell = False

    def end_row(self, depth: int, shape: RowProperties) -> None:
        """End a row of the table at a depth, if a cell of it was read."""
        while len(self._open) > max(depth, 1):
            self._end_table()
        if not self._open:
            return
        table = self._open[-1]
        if table.is_in_cell:
            self.end_cell()
            if not len(table.cells[-1]):
                table.cells.pop()
        if table.cells:
            table.rows.append((table.cells, shape))
            table.cells = []

    def _end_table(self) -> None:
        self.end_row(len(self._open), RowProperties())
        self._writer.add_table(_joined(self._open.pop().rows))


def _joined(rows: list[tuple[list[Any], RowProperties]]) -> list[TableRow]:
    """Return the rows with the spans of their cells."""
    shapes = {id(shape): shape for _, shape in rows}  # rows may share a definition
    columns = _columns({edge for shape in shapes.values() for edge in shape.edges})
    owners: dict[int, Any] = {}
    table: list[TableRow] = []
    for cells, shape in rows:
        if len(shape.edges) < len(cells):
            owners.clear()
            table.append(TableRow(cells, shape.is_header))
            continue
        row_cells: list[Any] = []
        start = 0
        for cell, edge, joined in zip(cells, shape.edges, shape.joined, strict=False):
            width = max(columns[edge] + 1 - start, 1)
            owner = owners.get(start) if joined == "above" else None
            if joined != "above":
                owners.pop(start, None)
            if joined == "left" and row_cells and not len(cell):
                _widen(row_cells[-1], "colspan", width)
            elif owner is not None and not len(cell):
                _widen(owner, "rowspan", 1)
            else:
                row_cells.append(cell)
                cell.set("colspan", str(width))
                if joined == "first":
                    owners[start] = cell
            start += width
        table.append(TableRow(row_cells, shape.is_header))
    return table


def _columns(edges: set[int]) -> dict[int, int]:
    """Return the number of the column that ends at each edge."""
    columns: dict[int, int] = {}
    column, before = -1, None
    for edge in sorted(edges):
        if before is None or edge - before > _SAME_EDGE:
            column += 1
        columns[edge] = column
        before = edge
    return columns


def _widen(cell: Any, name: str, count: int) -> None:
    cell.set(name, str(int(cell.get(name, "1")) + count))
