"""The lines of a PDF's pages, in the order in which they are read.

A PDF holds characters at places, nothing else. They become segments (runs on one base line without
a wide gap), the segments columns, and the columns lines in reading order. Distances are in points,
1/72 of an inch; ``y`` grows upwards, as PDF has it.
"""

from __future__ import annotations

import ctypes
import re
import statistics
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from reader.formats.cleaning import clean_line

MAX_CHARACTERS: Final = 200_000
"""Characters that are read of one page."""

_WIDE_GAP: Final = 1.5
"""Of the size of the font: a gap that parts columns and not words."""

_MAX_EDGES: Final = 40
"""Places at which a column may begin that are tried."""

_SAMPLES: Final = 6
"""Characters of a line whose font is looked at."""

_MIN_COLUMN_LINES: Final = 3
_HYPHEN: Final = "\x02"
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}


@dataclass(slots=True)
class Line:
    """A line of text, or what of it stands in one column."""

    text: str
    """Its characters, cleaned."""
    left: float
    """Where it begins."""
    right: float
    """Where it ends."""
    bottom: float
    """The lower edge of its lowest character's box."""
    top: float
    """The upper edge of its highest character's box."""
    size: float
    """The size that most of it has."""
    is_bold: bool = False
    """Whether all of it is in a heavy font."""
    column: tuple[float, float] = (0.0, 0.0)
    """The left and the right edge of the column that it stands in."""
    is_new_column: bool = False
    """Whether it is the first of a column."""

    @property
    def height(self) -> float:
        """From the lower to the upper edge."""
        return self.top - self.bottom


@dataclass(slots=True)
class _Character:
    text: str
    left: float
    right: float
    bottom: float
    top: float
    index: int


def read_lines(page_text: Any, raw: Any) -> list[Line]:
    """Return the lines of a page in the order of its file.

    Args:
        page_text: pypdfium2's ``PdfTextPage``.
        raw: pypdfium2's raw interface.
    """
    lines: list[Line] = []
    run: list[_Character] = []
    for character in _characters(page_text, raw):
        if character is None or (run and _parts(run[-1], character)):
            if run and (line := _line(run, page_text, raw)):
                lines.append(line)
            run = []
        if character is not None and (run or not character.text.isspace()):
            run.append(character)
    if run and (line := _line(run, page_text, raw)):
        lines.append(line)
    return _without_doubles(lines)


def _characters(page_text: Any, raw: Any) -> Iterator[_Character | None]:
    """Yield the characters of a page; None for the end of a line."""
    box = raw.FS_RECTF()
    handle = page_text.raw
    last = None
    high = 0
    for index in range(min(page_text.count_chars(), MAX_CHARACTERS)):
        code = raw.FPDFText_GetUnicode(handle, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        if code in (10, 13):
            yield None
            last = None
        elif raw.FPDFText_IsGenerated(handle, index) == 1 and code == 32:
            if last is not None:
                yield _Character(" ", last.right, last.right, last.bottom, last.top, index)
        elif code and raw.FPDFText_GetLooseCharBox(handle, index, ctypes.byref(box)):
            text = _LIGATURES.get(code) or (chr(code) if code < 0x110000 else "\ufffd")
            last = _Character(text, box.left, box.right, box.bottom, box.top, index)
            yield last


def _parts(before: _Character, after: _Character) -> bool:
    """Tell whether two characters that follow each other stand on different lines or columns."""
    height = max(before.top - before.bottom, after.top - after.bottom, 1.0)
    overlap = min(before.top, after.top) - max(before.bottom, after.bottom)
    is_apart = overlap < 0.3 * min(before.top - before.bottom, after.top - after.bottom)
    gap = after.left - before.right
    return is_apart or gap > _WIDE_GAP * height or gap < -2 * height


def _line(run: Sequence[_Character], page_text: Any, raw: Any) -> Line | None:
    visible = [one for one in run if not one.text.isspace()]
    if not visible:
        return None
    text = clean_line("".join(one.text for one in run).replace(_HYPHEN, "-"))
    if not text:
        return None
    samples = [one.index for one in visible[:: len(visible) // _SAMPLES + 1]]
    heights = [one.top - one.bottom for one in visible]
    size = max(0.0, statistics.median_high(_size(page_text, raw, index) for index in samples))
    height = statistics.median(heights)
    return Line(
        text,
        min(one.left for one in visible),
        max(one.right for one in visible),
        statistics.median(one.bottom for one in visible),
        statistics.median(one.top for one in visible),
        # A font of size 1 that a matrix enlarges says nothing; the height of its box does.
        round(size if 0.5 * height <= size <= 2 * height else height / 1.2, 1),
        all(_is_bold(page_text, raw, index) for index in samples),
    )


def _size(page_text: Any, raw: Any, index: int) -> float:
    return float(raw.FPDFText_GetFontSize(page_text.raw, index))


def _is_bold(page_text: Any, raw: Any, index: int) -> bool:
    """Tell whether a character's font is heavy, by its weight or by its name."""
    if raw.FPDFText_GetFontWeight(page_text.raw, index) >= 600:
        return True
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    raw.FPDFText_GetFontInfo(page_text.raw, index, buffer, 128, ctypes.byref(flags))
    return re.search(rb"(?i)bold|black|heavy|-bd|demi", buffer.value) is not None


def _without_doubles(lines: list[Line]) -> list[Line]:
    """Drop text that is printed twice at one place, to look bold or to cast a shadow."""
    seen: set[tuple[str, int, int]] = set()
    kept: list[Line] = []
    for line in lines:
        key = (line.text, round(line.left / 3), round(line.bottom / 3))
        if key not in seen:
            seen.add(key)
            kept.append(line)
    return kept


# Reading order


def in_reading_order(lines: Sequence[Line], gutter: float | None = None) -> list[Line]:
    """Return the lines of a page as they are read: column by column, from the top.

    A line that crosses the gap between two columns ends what stands above it in both.

    Args:
        lines: The lines of a page, in any order.
        gutter: Where the gap between its columns is; None for a single column.
    """
    if gutter is None:
        return _single_column(lines)
    ordered: list[Line] = []
    sides: tuple[list[Line], list[Line]] = ([], [])
    across: list[Line] = []

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


def find_gutter(lines: Sequence[Line], before: float | None = None) -> float | None:
    """Return where the gap between two columns is that most lines respect; None without one.

    Args:
        lines: The lines of a page or of a column.
        before: Where it was on the page before: that holds for a page with a few lines, too.
    """
    gutter = _widest_agreement(lines) if len(lines) >= 2 * _MIN_COLUMN_LINES else None
    if gutter is not None or before is None:
        return gutter
    crossing = sum(one.left < before - 1 and one.right > before + 1 for one in lines)
    sides = {one.left >= before - 1 for one in lines}
    return before if crossing * 4 <= len(lines) and len(sides) == 2 else None


def _widest_agreement(lines: Sequence[Line]) -> float | None:
    """Return the place that most lines stand to the left or to the right of, as columns do."""
    left, right = min(one.left for one in lines), max(one.right for one in lines)
    size = statistics.median(one.height for one in lines)
    best, best_count = None, 0
    # A column's lines begin at one place; the commonest few bound the work on a page of thousands.
    edges = Counter(round(one.left) for one in lines).most_common(_MAX_EDGES)
    for x in sorted(float(edge - 1) for edge, _ in edges):
        if not left + 0.2 * (right - left) < x < right - 0.2 * (right - left):
            continue
        on_left = [one for one in lines if one.right <= x]
        on_right = [one for one in lines if one.left >= x]
        count = len(on_left) + len(on_right)
        if (
            count > best_count
            and count >= 0.5 * len(lines)
            and _are_columns(on_left, on_right, x, size)
        ):
            best, best_count = x, count
    return best


def _are_columns(on_left: Sequence[Line], on_right: Sequence[Line], x: float, size: float) -> bool:
    """Tell whether two groups of lines are columns of text side by side, and no table."""
    if min(len(on_left), len(on_right)) < _MIN_COLUMN_LINES:
        return False
    edge = statistics.quantiles([one.right for one in on_left], n=10)[-1]
    if x - edge < 0.4 * size:
        return False
    shared = min(on_left[0].top, max(one.top for one in on_right)) > min(
        one.bottom for one in on_right
    )
    for side in (on_left, on_right):
        begin, end = min(one.left for one in side), max(one.right for one in side)
        filled = statistics.median(one.right - one.left for one in side)
        if filled < 0.5 * (end - begin) or end - begin < 6 * size:
            return False
    return shared


def _single_column(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of one column from the top; segments on one base line become one line."""
    if not lines:
        return []
    edges = (min(one.left for one in lines), max(one.right for one in lines))
    rows: list[list[Line]] = []
    for line in sorted(lines, key=partial(_from_top)):
        if rows and _is_beside(rows[-1][0], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    joined = [_joined(sorted(row, key=lambda one: one.left)) for row in rows]
    for line in joined:
        line.column, line.is_new_column = edges, False
    joined[0].is_new_column = True
    return joined


def _from_top(line: Line) -> tuple[float, float]:
    return -line.bottom, line.left


def _is_beside(first: Line, second: Line) -> bool:
    overlap = min(first.top, second.top) - max(first.bottom, second.bottom)
    return overlap > 0.6 * min(first.height, second.height)


def _joined(row: Sequence[Line]) -> Line:
    """Return segments that stand beside each other as one line."""
    if len(row) == 1:
        return row[0]
    widest = max(row, key=lambda one: one.right - one.left)
    return Line(
        " ".join(one.text for one in row),
        row[0].left,
        max(one.right for one in row),
        widest.bottom,
        widest.top,
        widest.size,
        all(one.is_bold for one in row),
    )
