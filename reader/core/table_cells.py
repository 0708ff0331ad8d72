"""Cells of a table, which may be long, and which no spreadsheet runs as a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from _csv import Reader

_LONGEST: Final = 2**31 - 1
"""The longest cell, in code points. Python's own limit of 131,072 refuses or cuts a long note."""

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a cell must not begin with: spreadsheets run it as a formula (OWASP, "CSV Injection")."""


def table_rows(lines: Iterable[str], separator: str = ",", *, is_strict: bool = False) -> Reader:
    """Return the rows of a table, one after another.

    Args:
        lines: The lines of the table, with their ends.
        separator: What stands between its cells.
        is_strict: Whether a quotation mark at the wrong place is an error.

    Raises:
        csv.Error: While a row is read: it is none.
    """
    csv.field_size_limit(_LONGEST)  # of all readers in the process
    return csv.reader(lines, delimiter=separator, strict=is_strict)


def protected(cell: str) -> str:
    """Return a cell with an apostrophe before it if a spreadsheet would run it.

    A cell that looks like a protected one gets another apostrophe, so that ``unprotected`` always
    returns what it was.
    """
    return f"'{cell}" if _is_run(cell.lstrip("'")) else cell


def unprotected(cell: str) -> str:
    """Return what a protected cell was; the inverse of ``protected``."""
    return cell[1:] if cell.startswith("'") and _is_run(cell.lstrip("'")) else cell


def listed(cell: str) -> list[str]:
    """Return what a cell lists between commas, each without the space around it."""
    return [each.strip() for each in unprotected(cell).split(",") if each.strip()]


def _is_run(cell: str) -> bool:
    return cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA)
