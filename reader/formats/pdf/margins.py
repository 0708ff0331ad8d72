"""What is printed on every page and is no part of the text: running heads, feet, page numbers."""

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
"""Pages before and behind one that are compared with it; left and right pages may differ."""

_ZONE: Final = 0.14
"""Of the page's height: what is nearer to its upper or lower edge may be a head or a foot."""

_DEEPEST: Final = 3
"""Rows that a head or a foot may have: a company, the title of its report and a remark."""

_APART: Final = 0.3
"""Of its height: a row stands apart by so much more than the rows of the text from each other."""

_SMALLER: Final = 0.85
"""Of the size of the text beside it: what is set so small stands apart by its look."""

_WIDEST_GAP: Final = 1.5
"""Of their height: what rows of text may have between them on a page of too few to tell."""

_FEW: Final = 5
"""Gaps between rows that do not tell how the text of a page is set."""

_MOST_BESIDE: Final = 30
"""Segments that a row of a head may have; with more of them it is none."""

_DIGITS = re.compile(r"\d{1,15}|\b[ivxlc]+\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:page|seite|p\.|s\.|página)?\s*[\[|(–—-]*\s*(?:\d{1,4}|[ivxlc]{1,7})\s*[\]|)–—-]*"
    r"(?:\s*(?:of|/|von|de|sur)\s*\d{1,4})?",
    re.IGNORECASE,
)


class _LineRow(NamedTuple):
    """Lines that stand beside each other."""

    lines: list[PdfLine]
    bottom: float
    top: float


class _Edge(NamedTuple):
    """A line near the upper or the lower edge of a page."""

    line: PdfLine
    row: int
    """Its row: from 1 downwards, from -1 upwards."""
    is_apart: bool
    """Whether it belongs to rows that stand apart from the text."""
    is_clear: bool
    """Whether it is of the outermost row, and that touches no other: else a number is no page's."""
    key: tuple[tuple[str, ...], bool, int]
    """What stands between its numbers, whether it is a head, and how far it is from the edge."""
    numbers: list[str]
    """Its numbers."""


@dataclass(frozen=True)
class PdfPage:
    """A page's lines in the order of its file."""

    lines: list[PdfLine]
    """All of them."""
    bottom: float
    """The lower edge of the page."""
    top: float
    """The upper edge of the page."""
    name: str
    """Its number, as the document gives it."""
    place: int = 0
    """Its index in the file."""
    words: Set[str] = frozenset()
    """The words on it, not those at a line's end."""
    sideways: Sequence[list[PdfLine]] = ()
    """Lines that run in another direction than most, turned upright."""
    remark: str = ""
    """What is to be said of it: that it is damaged, a picture, or not all there."""

    @cached_property
    def rows(self) -> list[_LineRow]:
        """Its lines by the rows that they stand in, from the top."""
        return _rows(self.lines)

    @cached_property
    def usual_gap(self) -> float:
        """What its rows usually have between them."""
        return _usual_gap(self.rows)

    @cached_property
    def edges(self) -> list[_Edge]:
        """The lines that may be its heads and feet, as they were when this was first asked for."""
        return [*_edges(self, is_head=True), *_edges(self, is_head=False)]


def without_margins(page: PdfPage, neighbours: Sequence[PdfPage]) -> list[PdfLine]:
    """Return the lines of a page without its running heads, its feet and its number.

    A row is dropped as a whole: some cells of a table's first row may be the same on every page.

    Args:
        page: The page.
        neighbours: Those before and behind it.
    """
    others: defaultdict[object, list[tuple[_Edge, int]]] = defaultdict(list)
    for other in neighbours:
        for edge in other.edges:
            others[edge.key].append((edge, page.place - other.place))
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
        # A page of which every line is repeated is a form or a slide, not margins alone.
        dropped = {id(line) for line in page.lines if _NUMBER.fullmatch(line.text)}
    return [line for line in page.lines if id(line) not in dropped]


def _is_repeated(edge: _Edge, other: _Edge, by: int) -> bool:
    """Return whether two lines with one key are a head or a foot that goes on.

    Args:
        edge: A line.
        other: A line of another page.
        by: How many pages lie between them.
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
    """Return how many of the outermost rows stand apart from the text: those up to the widest gap.

    Args:
        page: The page.
        rows: Its outermost rows, from the edge.
        gaps: What is behind each of those near the edge, as far as there is another row.
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
    """Return lines by the rows that they stand in, from the top."""
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
    """Return what rows of a page usually have between them; less than 0 where they overlap."""
    gaps = [above.bottom - below.top for above, below in pairwise(rows)]
    if not gaps:
        return 0.0
    usual = statistics.median(gaps)
    if len(gaps) >= _FEW:
        return usual
    return min(usual, _WIDEST_GAP * statistics.median(row.top - row.bottom for row in rows))
