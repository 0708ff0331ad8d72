"""Finds the footnotes of a PDF's page: small lines at the foot with a number or a sign."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from reader.formats.pdf.lines import PdfLine

_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RAISED_START = re.compile(r"(\d{1,3}|[*†‡§¶∗]{1,2})[\s.)\]]*(?=\S)")
_LEVEL_START = re.compile(r"(\d{1,3}(?=[\s.)\]]+\S)|[*†‡§¶∗]{1,2})[\s.)\]]*(?=\S)")
_SMALL: Final = 0.96
"""The largest size of a footnote, as a share of the size of running text."""


def number_of(text: str) -> str:
    """Return the number or sign of a raised text in plain digits; otherwise the text."""
    return text.translate(_DIGITS).strip()


def notes_of(lines: Sequence[PdfLine], body_size: float) -> dict[int, str]:
    """Return the numbers of footnotes by the identity of their first lines.

    A footnote stands at the foot of its column, below the last line of running text, with a number
    that is raised or smaller than the text.

    Args:
        lines: The lines of a page in reading order.
        body_size: The size of running text.
    """
    numbers: dict[int, str] = {}
    column: list[PdfLine] = []
    for line in lines:
        if line.is_new_column:
            _keep(column, body_size, numbers)
            column = []
        column.append(line)
    _keep(column, body_size, numbers)
    return numbers


def _keep(column: Sequence[PdfLine], body_size: float, numbers: dict[int, str]) -> None:
    """Add the footnotes of a column; a column of small text has none."""
    foot: list[PdfLine] = []
    for line in reversed(column):
        if line.size >= _SMALL * body_size:
            break
        foot.append(line)
    if len(foot) == len(column):
        return
    for line in foot:
        is_raised = bool(line.raised) and line.raised[0][0] == 0
        start = _RAISED_START if is_raised else _LEVEL_START
        match = start.match(line.text.translate(_DIGITS))
        if match and len(line.text) > 8:
            numbers[id(line)] = match[1]
