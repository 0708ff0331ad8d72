"""Finds the tables of a PDF: rows whose cells stand below each other."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from reader.formats.pdf.lines import PdfCell, PdfLine

_FEWEST_ROWS: Final = 3
_MOST_COLUMNS: Final = 24
_NUMERIC = re.compile(r"[-+–−(]?[$€£¥]?\s?\d[\d.,\s]*[%)*⁰¹²³⁴⁵⁶⁷⁸⁹]*|[-–—.]|n/?a", re.IGNORECASE)
_FORMULA_NUMBER = re.compile(r"\W?\(\w{1,5}\)\W?")
_PROSE: Final = 40
"""The longest cell that is no running text, in characters; if most are longer, they are columns."""


@dataclass(slots=True)
class PdfTable:
    """A table."""

    rows: list[list[str]]
    """The texts of the cells; all rows have the same number."""
    aligns: str
    """A letter for each column: ``l`` or ``r``."""
    header_rows: int
    """The number of header rows."""
    lines: list[PdfLine]
    """The lines of the table."""


def with_tables(lines: Sequence[PdfLine]) -> Iterator[PdfLine | PdfTable]:
    """Yield the lines of a page in reading order, with tables in place of their lines."""
    run: list[PdfLine] = []
    for line in lines:
        if line.cells and not (line.is_new_column and run) and _goes_on(run, line):
            run.append(line)
            continue
        if run and _is_between(run[-1], line):
            run.append(line)
            continue
        yield from _settled(run)
        run = [line] if line.cells else []
        if not run:
            yield line
    yield from _settled(run)


def _goes_on(run: Sequence[PdfLine], line: PdfLine) -> bool:
    if not run:
        return True
    distance = run[-1].base - line.base
    return 0 < distance < 3.5 * max(run[-1].size, line.size)


def _is_between(before: PdfLine, line: PdfLine) -> bool:
    """Return whether a line with one cell may be a row: it is short and close to the one above."""
    if not before.cells or line.is_new_column or line.size > 1.1 * before.size:
        return False
    width = line.column[1] - line.column[0]
    return 0 < before.base - line.base < 1.8 * line.size and line.right - line.left < 0.45 * width


def _settled(run: list[PdfLine]) -> Iterator[PdfLine | PdfTable]:
    """Yield the table that lines make, or else the lines."""
    trailing: list[PdfLine] = []
    while run and not run[-1].cells:
        trailing.insert(0, run.pop())
    table = _table(run) if sum(bool(one.cells) for one in run) >= _FEWEST_ROWS else None
    if table is None:
        yield from run
    else:
        yield table
    yield from trailing


def _table(lines: list[PdfLine]) -> PdfTable | None:
    size = statistics.median(one.size for one in lines)
    columns = _columns([cell for one in lines for cell in one.cells], 0.5 * size)
    if not 2 <= len(columns) <= _MOST_COLUMNS:
        return None
    rows: list[list[str]] = []
    for line in lines:
        row = [""] * len(columns)
        cells = line.cells or (PdfCell(line.left, line.right, line.text),)
        for cell in cells:
            place = _place(cell, columns)
            row[place] = f"{row[place]} {cell.text}".lstrip()
        rows.append(row)
    filled = [sum(map(bool, row)) for row in rows]
    texts = [text for row in rows for text in row if text]
    prose = sum(len(text) > _PROSE for text in texts)
    if statistics.median(filled) < 2 or prose * 2 > len(texts):
        return None
    if len(columns) == 2 and all(_FORMULA_NUMBER.fullmatch(row[1] or "(1)") for row in rows):
        return None
    aligns = "".join("r" if _is_numeric(column) else "l" for column in zip(*rows, strict=True))
    heads = [text for text, align in zip(rows[0], aligns, strict=True) if align == "r"]
    is_headed = bool(heads) and not any(_NUMERIC.fullmatch(text) for text in heads)
    is_headed = is_headed or (lines[0].is_bold and not lines[-1].is_bold)
    return PdfTable(rows, aligns, int(is_headed), lines)


def _columns(cells: Sequence[PdfCell], gap: float) -> list[tuple[float, float]]:
    """Return the ranges of columns, made of cells that overlap or nearly touch.

    Cells that are much wider than most are left out, since they would join the columns they span.
    """
    usual = statistics.quantiles([one.right - one.left for one in cells], n=10)[-1]
    columns: list[tuple[float, float]] = []
    for cell in sorted(cells):
        if cell.right - cell.left > 1.5 * usual:
            continue
        if columns and cell.left < columns[-1][1] + gap:
            columns[-1] = columns[-1][0], max(columns[-1][1], cell.right)
        else:
            columns.append((cell.left, cell.right))
    return columns


def _place(cell: PdfCell, columns: Sequence[tuple[float, float]]) -> int:
    """Return the column that a cell begins in."""
    overlaps = [min(cell.right, right) - max(cell.left, left) for left, right in columns]
    inside = [place for place, overlap in enumerate(overlaps) if overlap > 0]
    return inside[0] if inside else overlaps.index(max(overlaps))


def _is_numeric(column: Sequence[str]) -> bool:
    filled = [text for text in column if text]
    return sum(_NUMERIC.fullmatch(text) is not None for text in filled) * 3 > 2 * len(filled)
