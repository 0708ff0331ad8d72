"""Reads the tables of a DOCX."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from lxml import etree

from reader.formats.docx.styles import is_on, value_of
from reader.formats.tree.elements import attribute, local_name
from reader.formats.word.writer import HtmlWriter, TableRow

MAX_SPAN: Final = 100
"""The most columns that a cell spans."""


class _DocxTable:
    """A table that is open."""

    def __init__(self) -> None:
        self.rows: list[TableRow] = []
        self.cells: list[Any] = []
        self.column = 0
        self.owners: dict[int, Any] = {}  # by column, the cells that cells below are merged into


class DocxTables:
    """The tables that are open."""

    def __init__(self, writer: HtmlWriter) -> None:
        """Start outside all tables."""
        self._writer = writer
        self._open: list[_DocxTable] = []

    def begin(self) -> None:
        """Begin a table."""
        self._open.append(_DocxTable())

    def end(self) -> None:
        """End the table."""
        self._writer.add_table(self._open.pop().rows)

    def begin_row(self, element: Any) -> Callable[[], None] | None:
        """Begin a row; return the function that ends it, or None outside a table."""
        if not self._open:
            return None
        table = self._open[-1]
        properties = _properties(element, "trpr")
        before = _count(value_of(properties, "gridbefore")) if properties is not None else 0
        table.cells = [etree.Element("td", colspan=str(before))] if before else []
        table.column = before
        is_header = properties is not None and any(
            local_name(one) == "tblheader" and is_on(one) for one in properties
        )

        def end() -> None:
            table.rows.append(TableRow(table.cells, is_header))
            table.cells = []

        return end

    def begin_cell(self, element: Any) -> Callable[[], None] | None:
        """Begin a cell; return the function that ends it, or None outside a table."""
        if not self._open:
            return None
        table = self._open[-1]
        properties = _properties(element, "tcpr")
        width, joined = 1, ""
        if properties is not None:
            width = max(_count(value_of(properties, "gridspan")), 1)
            merge = next((one for one in properties if local_name(one) == "vmerge"), None)
            if merge is not None:
                joined = attribute(merge, "val") or "continue"
        self._writer.open_cell()

        def end() -> None:
            cell = self._writer.close_cell()
            column, table.column = table.column, table.column + width
            owner = table.owners.get(column) if joined == "continue" else None
            if joined != "continue":
                table.owners.pop(column, None)
            if owner is not None and not len(cell):
                owner.set("rowspan", str(int(owner.get("rowspan", "1")) + 1))
                return
            cell.set("colspan", str(width))
            if joined == "restart":
                table.owners[column] = cell
            table.cells.append(cell)

        return end


def row_is_deleted(element: Any) -> bool:
    """Return whether a tracked change has deleted a row."""
    properties = _properties(element, "trpr")
    return properties is not None and any(local_name(one) == "del" for one in properties)


def _properties(element: Any, name: str) -> Any | None:
    return next((one for one in element if local_name(one) == name), None)


def _count(value: str) -> int:
    return min(int(value), MAX_SPAN) if value.isdecimal() and len(value) < 6 else 0
