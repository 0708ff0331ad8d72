"""Reads the rows of a table (CSV), each with its line; a damaged row does not stop the rest."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, NamedTuple

from reader.core.addresses import is_web_address
from reader.core.table_cells import table_rows
from reader.imports.model import BAD_ADDRESS, NO_ADDRESS, BadRow, GivenFile
from reader.imports.values import moment_in

_FEWEST: Final = 3
"""A table of so many columns has no rows of one cell."""


class Row(NamedTuple):
    """A row of a table."""

    line: int
    """The line of the file on which it begins, from 1."""
    cells: Mapping[str, str]
    """The cells by the names of their columns in lower case; a missing cell is empty."""

    def get(self, *columns: str) -> str:
        """Return the first of some cells that is not blank, without the space around it."""
        for column in columns:
            if text := self.cells.get(column, "").strip():
                return text
        return ""


def rows_of(file: GivenFile) -> Iterator[Row | BadRow]:
    """Yield the rows below the heading of a table; blank rows are left out.

    A quotation mark that is never closed would swallow the rows below it. Such a row is a bad one,
    and the rows below are read as if it was not there.
    """
    lines_before = file.text[: len(file.text) - len(file.table)].count("\n")
    table = _Table([*io.StringIO(file.table, newline="")], file.separator)
    heading: list[str] = []
    while (start := table.start) < len(table.lines):
        line = lines_before + start + 1
        try:
            cells = table.read()
        except csv.Error as error:
            table.go_to(start + 1)
            yield BadRow(line, f"the row cannot be read: {error}")
            continue
        if not heading:
            heading = [each.strip().lower() for each in cells]
        elif table.start > start + 1 and table.is_swallowed(start, cells, len(heading)):
            table.go_to(start + 1)
            yield BadRow(line, "a quotation mark is not closed")
        elif len(cells) == 1 and len(heading) >= _FEWEST and cells[0].strip():
            yield BadRow(line, f"it has 1 cell, and not {len(heading)}")
        elif any(each.strip() for each in cells):
            row = dict.fromkeys(heading, "")
            row |= zip(heading, cells, strict=False)
            yield Row(line, row)


class _Table:
    """Reads the rows of a table one after another, from any line."""

    def __init__(self, lines: Sequence[str], separator: str) -> None:
        self.lines = lines
        self.start = 0
        """The index of the line on which the next row begins."""
        self._separator = separator
        self.go_to(0)

    def go_to(self, line: int) -> None:
        """Read on from a line."""
        self.start = self._offset = line
        self._rows = table_rows(islice(self.lines, line, None), self._separator)

    def read(self) -> list[str]:
        """Return the next row.

        Raises:
            csv.Error: It cannot be read.
        """
        try:
            return next(self._rows)
        finally:
            self.start = self._offset + self._rows.line_num

    def is_swallowed(self, start: int, cells: Sequence[str], columns: int) -> bool:
        """Tell whether a row holds rows below it, as after a quotation mark that is not closed.

        Args:
            start: The index of its first line.
            cells: Its cells.
            columns: How many cells a row has.
        """
        held = self.lines[start : self.start]
        if len(cells) == columns and _is_strict(held, self._separator):
            return False
        try:
            return len(next(table_rows(held[1:], self._separator))) == columns
        except (csv.Error, StopIteration):
            return False


def _is_strict(lines: Sequence[str], separator: str) -> bool:
    """Tell whether each quotation mark of a row stands where the standard has it (RFC 4180)."""
    try:
        return len([*table_rows(lines, separator, is_strict=True)]) == 1
    except csv.Error:
        return False


def date_fault(row: Row, *columns: str) -> Iterator[BadRow]:
    """Yield that the date of a row cannot be read, where it has one; the row is read without."""
    text = row.get(*columns)
    if text.strip("0") and not moment_in(text):
        yield BadRow(row.line, f"its date cannot be read, and is left out: {text[:40]}")


def rows_with_addresses(
    file: GivenFile, date: str, *, other_scheme: str = ""
) -> Iterator[Row | BadRow]:
    """Yield the rows that have a web address, and what cannot be read of the others.

    Args:
        file: A table with a column ``url``.
        date: The column with a date; where it cannot be read, the row is yielded after a bad row.
        other_scheme: How addresses may begin that are not of the web; empty for none.
    """
    for row in rows_of(file):
        url = row.get("url") if isinstance(row, Row) else ""
        if isinstance(row, BadRow):
            yield row
        elif not url:
            yield BadRow(row.line, NO_ADDRESS)
        elif not is_web_address(url) and not (other_scheme and url.startswith(other_scheme)):
            yield BadRow(row.line, BAD_ADDRESS)
        else:
            yield from date_fault(row, date)
            yield row
