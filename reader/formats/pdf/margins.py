"""Removes what is printed on every page around the text: headers, footers, page numbers."""

from __future__ import annotations

import re
import statistics
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final, NamedTuple

from reader.formats.pdf.lines import PdfLine

NEIGHBOURS: Final = 2
"""The pages before and after a page that are compared with it; left and right pages may differ."""

_ZONE: Final = 0.14
"""The share of a page's height at its upper and lower edge that may hold headers and footers."""

_DEEPEST: Final = 3
"""The most rows of a header or a footer: a company, the title of its report and a remark."""

_APART: Final = 0.3
"""How much further a row is from the text than rows of the text from each other, as a share of its
height."""

_SMALLER: Final = 0.85
"""The largest size of a row that is set apart by it, as a share of the size of the text beside it.
"""

_WIDEST_GAP: Final = 1.5
"""The widest gap between rows of text on a page with few rows, as a share of their height."""

_FEW: Final = 5
"""The number of gaps between rows that shows how the text of a page is set."""

_MOST_BESIDE: Final = 30
"""The most segments in a row of a header."""

_DIGITS = re.compile(r"\d{1,15}|\b[ivxlc]+\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:page|seite|p\.|s\.|página)?\s*[\[|(–—-]*\s*(?:\d{1,4}|[ivxlc]{1,7})\s*[\]|)–—-]*"
    r"(?:\s*(?:of|/|von|de|sur)\s*\d{1,4})?",
    re.IGNORECASE,
)


class _LineRow(NamedTuple):
    """Lines beside each other."""

    lines: list[PdfLine]
    bottom: float
    top: float


class _Edge(NamedTuple):
    """A line near the upper or the lower edge of a page."""

    line: PdfLine
    row: int
    """The number of its row: from 1 downwards, from -1 upwards."""
    is_apart: bool
    """Whether its row is apart from the text."""
    is_clear: bool
    """Whether its row is the outermost one and touches no other; otherwise a number is no page's.
    """
    key: tuple[tuple[str, ...], bool, int]
    """The text between its numbers, whether it is in a header, and its distance from the edge."""
    numbers: list[str]
    """Its numbers."""


@dataclass(frozen=True)
class PdfPage:
    """The lines of a page in the order of its file."""

    lines: list[PdfLine]
    """All of them."""
    bottom: float
    """The lower edge of the page."""
    top: float
    """The upper edge of the page."""
    name: str
    """Its number in the document."""
    index: int = 0
    """Its index in the file."""
    words: Set[str] = frozenset()
    """The words on it, without those at the ends of lines."""
    sideways: Sequence[list[PdfLine]] = ()
    """Lines that run in another direction than most, turned upright."""
    remark: str = ""
    """A remark on the page: it is damaged, a picture, or incomplete."""

    @cached_property
    def rows(self) -> list[_LineRow]:
        """Its lines by their rows, from the top."""
        return _rows(self.lines)

    @cached_property
    def usual_gap(self) -> float:
        """The usual gap between its rows."""
        return _usual_gap(self.rows)

    @cached_property
    def edges(self) -> list[_Edge]:
        """The lines that may be headers and footers, as they were when this was first read."""
        return [*_edges(self, is_head=True), *_edges(self, is_head=False)]


def without_margins(page: PdfPage, neighbours: Sequence[PdfPage]) -> list[PdfLine]:
    """Return the lines of a page without its headers, its footers and its number.

    Only a whole row is dropped: some cells of a table's first row may be the same on every page.

    Args:
        page: The page.
        neighbours: The pages before and after it.
    """
    others: defaultdict[object, list[tuple[_Edge, int]]] = defaultdict(list)
    for other in neighbours:
        for edge in other.edges:
            others[edge.key].append((edge, page.index - other.index))
    rows: defaultdict[int, list[tuple[PdfLine, bool]]] = defaultdict(list)
    for edge in page.edges:
        is_marginal = (
            (edge.is_clear and _NUMBER.fullmatch(edge.line.text) is not None)
            or any(_is_repeated(edge, *other) for other in others[edge.key])
            or (abs(edge.row) == 1 and _is_numbered_head(edge.line, page))
        )
        rows[edge.row].append((edge.line, is_marginal))
    whole = [row for row in rows.values() if all(is_marginal for _, is_marginal in row)]
    dropped = {id(line) for row in whole for line, _ in row}
    if len(dropped) == len(page.lines) and neighbours:
        # A page whose lines are all repeated is a form or a slide.
        dropped = {id(line) for line in page.lines if _NUMBER.fullmatch(line.text)}
    return [line for line in page.lines if id(line) not in dropped]


def _is_repeated(edge: _Edge, other: _Edge, by: int) -> bool:
    """Return whether two lines with one key are a repeated header or footer.

    Args:
        edge: A line.
        other: A line of another page.
        by: The number of pages between them.
    """
    return (edge.is_apart or other.is_apart) and all(
        one == two or not (one.isdecimal() and two.isdecimal()) or int(one) - int(two) == by
        for one, two in zip(edge.numbers, other.numbers, strict=True)
    )


def _is_numbered_head(line: PdfLine, page: PdfPage) -> bool:
    """Return whether a line apart from the text begins or ends with the number of the page."""
    words = line.text.split()
    if len(words) < 2 or page.name not in (words[0], words[-1]):
        return False
    room = 1.2 * line.height
    return not any(
        other is not line
        and other.bottom < line.top + room
        and other.top > line.bottom - room
        and not (other.bottom < line.top and other.top > line.bottom)
        for other in page.lines
    )


def _edges(page: PdfPage, *, is_head: bool) -> Iterator[_Edge]:
    """Yield the lines near the upper or the lower edge of a page, the outermost first."""
    rows = page.rows[: _DEEPEST + 1] if is_head else page.rows[: -_DEEPEST - 2 : -1]
    zone = _ZONE * (page.top - page.bottom)
    near: list[_LineRow] = []
    for row in rows[:_DEEPEST]:
        distance = page.top - row.bottom if is_head else row.top - page.bottom
        if distance > zone or len(row.lines) > _MOST_BESIDE:
            break
        near.append(row)
    gaps = [max(one.bottom - two.top, two.bottom - one.top) for one, two in pairwise(rows)]
    depth = _depth(page, rows, gaps[: len(near)])
    for number, row in enumerate(near, 1):
        for line in row.lines:
            text = line.text.casefold()
            distance = page.top - line.top if is_head else line.bottom - page.bottom
            words = tuple(" ".join(part.split()) for part in _DIGITS.split(text))
            yield _Edge(
                line,
                number if is_head else -number,
                number <= depth,
                number == 1 and (not gaps or gaps[0] >= 0),
                (words, is_head, round(distance / 8)),
                _DIGITS.findall(text),
            )


def _depth(page: PdfPage, rows: Sequence[_LineRow], gaps: Sequence[float]) -> int:
    """Return the number of outermost rows that are apart from the text, up to the widest gap.

    Args:
        page: The page.
        rows: Its outermost rows, from the edge.
        gaps: The gap after each of the rows near the edge, if there is another row.
    """
    if not gaps:
        return 0
    depth = max(range(len(gaps)), key=gaps.__getitem__) + 1
    outer = rows[depth - 1]
    more = gaps[depth - 1] - page.usual_gap
    if more > _APART * (outer.top - outer.bottom):
        return depth
    size = max(line.size for line in rows[0].lines)
    is_small = size < _SMALLER * max(line.size for line in rows[1].lines)
    return int(is_small and gaps[0] > page.usual_gap)


def _rows(lines: Sequence[PdfLine]) -> list[_LineRow]:
    """Return the rows of lines, from the top."""
    rows: list[_LineRow] = []
    for line in sorted(lines, key=lambda one: -one.top):
        if rows:
            row = rows[-1]
            first = row.lines[0]
            overlap = min(first.top, line.top) - max(first.bottom, line.bottom)
            if overlap > 0.5 * min(first.height, line.height):
                row.lines.append(line)
                rows[-1] = row._replace(bottom=min(row.bottom, line.bottom))
                continue
        rows.append(_LineRow([line], line.bottom, line.top))
    return rows


def _usual_gap(rows: Sequence[_LineRow]) -> float:
    """Return the usual gap between rows of a page; negative if they overlap."""
    gaps = [above.bottom - below.top for above, below in pairwise(rows)]
    if not gaps:
        return 0.0
    usual = statistics.median(gaps)
    if len(gaps) >= _FEW:
        return usual
    return min(usual, _WIDEST_GAP * statistics.median(row.top - row.bottom for row in rows))
