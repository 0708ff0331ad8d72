"""Finds the end of a paragraph of a PDF, by the position and the words of two lines."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from itertools import pairwise

from reader.formats.pdf.lines import PdfLine

_ENDS_SENTENCE = re.compile(r"[.!?:;…。！？؟۔][\"'”’»)\]]*[\d⁰¹²³⁴⁵⁶⁷⁸⁹,–⁻]{0,8}$")
BULLET = re.compile(
    r"([•●▪■◦‣·○–—*\-❑❒➢➤✓✔]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]|\[\d{1,3}\])\s+(?=\S)"
)
"""The sign or the number at the start of a list's item, with the space after it."""


def ends_sentence(text: str) -> bool:
    """Return whether a text ends like a sentence, with or without the number of a footnote."""
    return _ENDS_SENTENCE.search(text[-24:]) is not None


def starts_indented(line: PdfLine) -> bool:
    """Return whether a line is indented in its column, as the first line of a paragraph may be."""
    return 0.7 * line.size < line.left - line.column[0] < 6 * line.size


def is_indented(line: PdfLine, before: PdfLine, *, may_hang: bool) -> bool:
    """Return whether the positions of two lines show that a paragraph ends between them.

    Args:
        line: A line.
        before: The line before it.
        may_hang: Whether ``before`` begins an item or a footnote, which may have a hanging indent.
    """
    width = max(line.column[1] - line.column[0], 1.0)
    hangs = may_hang and line.left - before.left > 0.7 * line.size
    if not hangs and 0.7 * line.size < line.left - before.left < 0.4 * width:
        # Lines with the same end and different starts are set flush right.
        is_flush = abs(line.right - before.right) < 0.1 * line.size
        return not line.text[:1].islower() or (ends_sentence(before.text) and not is_flush)
    if line.text[:1].islower() or not has_room(before, line):
        return False
    return ends_sentence(before.text) or is_short(before)


def is_short(line: PdfLine) -> bool:
    """Return whether a line is much shorter than its column, so that any word would have fitted."""
    left, right = line.column
    return line.right < left + 0.6 * (right - left) and not line.text.endswith((",", "-"))


def has_room(before: PdfLine, line: PdfLine) -> bool:
    """Return whether the first word of a line would have fitted on the line before."""
    word = line.text.split(" ", 1)[0]
    cell = (line.right - line.left) / max(len(line.text), 1)
    return before.right + (len(word) + 1.5) * cell < before.column[1]


def leading(lines: Sequence[PdfLine]) -> float:
    """Return the usual distance between two base lines of a page."""
    distances = [
        before.base - line.base
        for before, line in pairwise(lines)
        if 0 < before.base - line.base < 4 * line.size
    ]
    return statistics.median(distances) if distances else 0.0
