"""Cells of a table that no spreadsheet runs as a formula."""

from __future__ import annotations

from typing import Final

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a cell must not begin with: spreadsheets run it as a formula (OWASP, "CSV Injection")."""


def protected(cell: str) -> str:
    """Return a cell with an apostrophe before it if a spreadsheet would run it.

    A cell that looks like a protected one gets another apostrophe, so that ``unprotected`` always
    returns what it was.
    """
    return f"'{cell}" if _is_run(cell.lstrip("'")) else cell


def unprotected(cell: str) -> str:
    """Return what a protected cell was; the inverse of ``protected``."""
    return cell[1:] if cell.startswith("'") and _is_run(cell.lstrip("'")) else cell


def _is_run(cell: str) -> bool:
    return cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA)
