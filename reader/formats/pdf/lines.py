"""Puts the lines of a PDF's pages into reading order.

A PDF only holds characters at positions. They become segments (words on one base line without a
wide gap), segments become columns, and columns become lines in reading order. Distances are in
points, 1/72 of an inch; ``y`` grows upwards, as in PDF.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, NamedTuple

_MAX_EDGES: Final = 40
"""The number of positions that are tried as the start of a column."""

_MAX_CAPS: Final = 40
"""The most drop caps of one column."""

_MIN_COLUMN_LINES: Final = 3
_MARKER = re.compile(r"[•●▪■◦‣·○–—*-]|\(?\w{1,4}[.)]|\d+(?:\.\d+)+|\[\d{1,3}\]")
_WORD = re.compile(r"[^\W\d_]+")


class PdfLink(NamedTuple):
    """Words of a line that are a link."""

    start: int
    """The offset of the first code point, from the start of the line's text."""
    end: int
    """The offset after the last one."""
    target: str
    """An address, or ``#page-`` and the number of a page from 1."""


class PdfCell(NamedTuple):
    """The text of a line between two wide gaps."""

    left: float
    """The left edge."""
    right: float
    """The right edge."""
    text: str
    """Its text."""


@dataclass(slots=True)
class PdfLine:
    """A line of text, or its part in one column."""

    text: str
    """The cleaned words, with one space between them."""
    left: float
    """The left edge."""
    right: float
    """The right edge."""
    bottom: float
    """The lower edge of the lowest character's box."""
    top: float
    """The upper edge of the highest character's box."""
    size: float
    """The size of most of its characters."""
    base: float = 0.0
    """The position of its base line."""
    is_bold: bool = False
    """Whether all of it is in a heavy font."""
    links: list[PdfLink] = field(default_factory=list)
    """The links of its words, in order."""
    raised: list[tuple[int, int]] = field(default_factory=list)
    """The ranges of its text that are small and raised."""
    cells: tuple[PdfCell, ...] = ()
    """Its cells, if it was joined from more than one segment."""
    column: tuple[float, float] = (0.0, 0.0)
    """The left and the right edge of its column."""
    is_new_column: bool = False
    """Whether it is the first of a column."""

    @property
    def height(self) -> float:
        """The distance between its lower and its upper edge."""
        return self.top - self.bottom


def front_bands(lines: Sequence[PdfLine], gutter: float) -> list[list[PdfLine]]:
    """Return the parts of a first page that stand above each other over its whole width.

    The authors, and an abstract in columns, stand above the columns of the text. A gap over the
    whole width separates them, with a different layout on both sides of it.

    Args:
        lines: The lines of a page, in any order.
        gutter: The position of the gap between its columns.
    """
    bands: list[list[PdfLine]] = []
    floor = 0.0
    for line in sorted(lines, key=lambda one: -one.top):
        if not bands or line.top < floor - 0.4 * line.size:
            bands.append([])
            floor = line.bottom
        bands[-1].append(line)
        floor = min(floor, line.bottom)
    parts = bands[:1]
    for band in bands[1:]:
        if _are_unlike(parts[-1], band, gutter):
            parts.append(band)
        else:
            parts[-1] += band
    return parts


def _are_unlike(above: Sequence[PdfLine], below: Sequence[PdfLine], gutter: float) -> bool:
    """Return whether text differs above and below a gap, on both sides of a gutter."""
    has_title = any(one.left < gutter < one.right for one in above)
    for is_left in (True, False):
        sides = [
            [one for one in band if (one.right <= gutter if is_left else one.left >= gutter)]
            for band in (above, below)
        ]
        if not all(sides):
            return False
        sizes = [_usual_size(side) for side in sides]
        if abs(sizes[0] - sizes[1]) > 0.03 * max(sizes) and (has_title or len(sides[0]) >= 5):
            continue
        widths = [statistics.median(one.right - one.left for one in side) for side in sides]
        if not has_title or len(sides[0]) > 10 or widths[0] > 0.75 * widths[1]:
            return False
    return True


def _usual_size(lines: Sequence[PdfLine]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0]


def in_reading_order(lines: Sequence[PdfLine], gutter: float | None = None) -> list[PdfLine]:
    """Return the lines of a page in reading order: column by column, from the top.

    A line that crosses the gap between two columns ends the text above it in both.

    Args:
        lines: The lines of a page, in any order.
        gutter: The position of the gap between its columns; None for a single column.
    """
    if gutter is None:
        return _single_column(lines)
    ordered: list[PdfLine] = []
    sides: tuple[list[PdfLine], list[PdfLine]] = ([], [])
    across: list[PdfLine] = []

    def end_columns() -> None:
        for side in sides:
            ordered.extend(in_reading_order(side, find_gutter(side)))
            side.clear()

    for line in sorted(lines, key=lambda one: -one.top):
        if line.left < gutter - 1 and line.right > gutter + 1:
            if any(sides):
                end_columns()
            across.append(line)
        else:
            if across:
                ordered.extend(_single_column(across))
                across.clear()
            sides[line.left >= gutter - 1].append(line)
    end_columns()
    ordered.extend(_single_column(across))
    return ordered


def find_gutter(lines: Sequence[PdfLine], before: float | None = None) -> float | None:
    """Return the position of the gap between two columns that most lines respect; None without one.

    Args:
        lines: The lines of a page or of a column.
        before: The position on the page before, which also applies to a page with a few lines.
    """
    gutter = _widest_agreement(lines) if len(lines) >= 2 * _MIN_COLUMN_LINES else None
    if gutter is not None or before is None:
        return gutter
    crossing = sum(one.left < before - 1 and one.right > before + 1 for one in lines)
    sides = {one.left >= before - 1 for one in lines}
    return before if crossing * 4 <= len(lines) and len(sides) == 2 else None


def _widest_agreement(lines: Sequence[PdfLine]) -> float | None:
    """Return the position that most lines are to the left or to the right of, as columns are."""
    left, right = min(one.left for one in lines), max(one.right for one in lines)
    size = statistics.median(one.height for one in lines)
    total = sum(one.right - one.left for one in lines)
    best, best_width = None, 0.0
    # The lines of a column begin at one position; only the most common ones are tried.
    edges = Counter(round(one.left) for one in lines).most_common(_MAX_EDGES)
    for x in sorted(float(edge - 1) for edge, _ in edges):
        if not left + 0.2 * (right - left) < x < right - 0.2 * (right - left):
            continue
        on_left = [one for one in lines if one.right <= x]
        on_right = [one for one in lines if one.left >= x]
        width = sum(one.right - one.left for side in (on_left, on_right) for one in side)
        if width > max(best_width, 0.5 * total) and _are_columns(on_left, on_right, x, size):
            best, best_width = x, width
    return best


def _are_columns(
    on_left: Sequence[PdfLine], on_right: Sequence[PdfLine], x: float, size: float
) -> bool:
    """Return whether two groups of lines are columns of text side by side, and not a table."""
    if min(len(on_left), len(on_right)) < _MIN_COLUMN_LINES:
        return False
    edge = statistics.quantiles([one.right for one in on_left], n=10)[-1]
    if x - edge < 0.4 * size:
        return False
    if min(max(one.top for one in side) for side in (on_left, on_right)) <= max(
        min(one.bottom for one in side) for side in (on_left, on_right)
    ):
        return False
    return _is_running(on_left, size) and _is_running(on_right, size)


def _is_running(side: Sequence[PdfLine], size: float) -> bool:
    """Return whether a side holds running text: its lines are full and have similar widths.

    A side may hold columns itself; the rows of a table leave more room between their cells.
    """
    rows: dict[int, tuple[float, float, float]] = {}
    for line in side:
        left, right, filled = rows.get(round(line.base), (line.left, line.right, 0.0))
        rows[round(line.base)] = (
            min(left, line.left), max(right, line.right), filled + line.right - line.left
        )  # fmt: skip
    bases = sorted(rows)
    close = sum(after - before < 2.2 * size for before, after in pairwise(bases))
    if close * 2 < len(bases) - 1:
        return False
    widths = sorted(right - left for left, right, _ in rows.values())
    wide = widths[len(widths) * 4 // 5]
    if widths[len(widths) // 2] < 0.5 * wide or wide < 6 * size:
        return False
    shares = (filled / max(right - left, 1) for left, right, filled in rows.values())
    return statistics.median(shares) > 0.8


def _single_column(lines: Sequence[PdfLine]) -> list[PdfLine]:
    """Return the lines of one column from the top; segments on one base line become one line."""
    if not lines:
        return []
    edges = (min(one.left for one in lines), max(one.right for one in lines))
    rows: list[list[PdfLine]] = []
    for line in sorted(_with_drop_caps(lines), key=_from_top):
        if rows and any(_is_beside(one, line) for one in rows[-1][-4:]):
            rows[-1].append(line)
        else:
            rows.append([line])
    joined = [_joined(sorted(row, key=_from_left)) for row in rows]
    for line in joined:
        line.column, line.is_new_column = edges, False
    joined[0].is_new_column = True
    return joined


def _from_top(line: PdfLine) -> tuple[float, float]:
    return -line.base, line.left


def _from_left(line: PdfLine) -> float:
    return line.left


def _is_beside(first: PdfLine, second: PdfLine) -> bool:
    overlap = min(first.top, second.top) - max(first.bottom, second.bottom)
    return overlap > 0.6 * min(first.height, second.height)


def _with_drop_caps(lines: Sequence[PdfLine]) -> list[PdfLine]:
    """Join drop caps with the lines that they begin."""
    usual = statistics.median(one.size for one in lines)
    lines_left = list(lines)
    large = [one for one in lines if one.size >= 1.8 * usual and len(one.text) <= 2]
    for cap in large[:_MAX_CAPS]:
        if not cap.text[-1].isalpha():
            continue
        beside = [
            one
            for one in lines_left
            if one.size < 0.7 * cap.size
            and 0 <= one.left - cap.right + 0.3 * usual < 3 * usual
            and one.bottom < cap.top
            and one.top > cap.bottom
        ]
        if len(beside) < 2:
            continue
        first = max(beside, key=lambda one: one.top)
        words = {word.casefold() for one in lines for word in _WORD.findall(one.text)[1:]}
        match = _WORD.match(first.text)
        whole = f"{cap.text}{match[0]}".casefold() if match else ""
        is_word = len(cap.text) == 1 and cap.text in "AIOÀÉYEЯИВА" and match is not None
        gap = " " if is_word and match and match[0].casefold() in words - {whole} else ""
        _prefix(first, cap.text + gap)
        for one in beside:
            one.left = min(one.left, cap.left)
        lines_left = [one for one in lines_left if one is not cap]
    return lines_left


def _prefix(line: PdfLine, text: str) -> None:
    by = len(text)
    line.text = text + line.text
    line.links = [PdfLink(one.start + by, one.end + by, one.target) for one in line.links]
    line.raised = [(start + by, end + by) for start, end in line.raised]


def _joined(row: Sequence[PdfLine]) -> PdfLine:
    """Join segments beside each other to one line."""
    if len(row) == 1:
        return row[0]
    main = max(row, key=lambda segment: len(segment.text))
    text = ""
    links: list[PdfLink] = []
    raised: list[tuple[int, int]] = []
    cells: list[PdfCell] = []
    right = row[0].left
    for segment in row:
        if text:
            text += (
                " " if segment.left - right > 0.1 * main.size or segment.left < right - 1 else ""
            )
        at = len(text)
        text += segment.text
        links += (PdfLink(link.start + at, link.end + at, link.target) for link in segment.links)
        if segment.size < 0.85 * main.size and segment.base > main.base + 0.12 * main.size:
            raised.append((at, len(text)))
        else:
            raised += ((start + at, end + at) for start, end in segment.raised)
        if cells and (segment.left - right < 0.8 * main.size or _MARKER.fullmatch(cells[-1].text)):
            cells[-1] = PdfCell(cells[-1].left, segment.right, f"{cells[-1].text} {segment.text}")
        else:
            cells.append(PdfCell(segment.left, segment.right, segment.text))
        right = max(right, segment.right)
    return PdfLine(
        text,
        row[0].left,
        right,
        main.bottom,
        main.top,
        main.size,
        main.base,
        all(segment.is_bold for segment in row if len(segment.text) > 1),
        links,
        raised,
        tuple(cells) if len(cells) > 1 else (),
    )
