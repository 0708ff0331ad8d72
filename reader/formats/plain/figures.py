"""Finds tables and drawings that are made of signs, whose lines stay as they stand."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate
from typing import Final

from reader.formats.joining import cells
from reader.formats.plain.lines import ends_sentence

_LONGEST: Final = 400
"""The longest line of signs, in code points."""

_WIDEST: Final = 100
"""The widest line of a table without bars, in cells."""

_LEAST: Final = 2
"""The fewest lines of a figure."""

_SHORT: Final = 45
"""A line of words that is longer is prose, in cells."""

_WORDS: Final = 6
"""A sentence of so many words is prose."""

_BOX = "\u2500-\u259f"
_BORDER: Final = re.compile(rf"[-+=|_~:.'`,*#<>^vV/\\ \t{_BOX}]*")
_STROKE: Final = re.compile(rf"[-=_~]{{2,}}|[{_BOX}]")
_RULES_ONLY: Final = re.compile(r"[-=_~]{3,}")
_FRAME: Final = re.compile(
    rf"[+|][-=_+|:]{{2,}}|[-=_+|:]{{2,}}[+|]|[-=_~]{{2,}}[ \t]+[-=_~]{{2,}}|-[>+|]|[<+|]-|[{_BOX}]"
)
_COLUMNS: Final = re.compile(
    rf"\S {{3,}}\S|\S\t+\S|^\s*[|+]|[|+]\s*$| \| |--[>+|]|[<+|]--|[{_BOX}]"
)
_GAP: Final = re.compile(r"\S {2,}\S")
_AMOUNT: Final = re.compile(r"\d[\d.,'\u2019\u00a0]*\s*\S{0,3}$")


def is_figure_line(line: str) -> bool:
    """Return whether a line may belong to a table or a drawing: it has columns or only signs."""
    if len(line) > _LONGEST or line.lstrip().startswith(">"):
        return False
    return _is_border(line) or _COLUMNS.search(line) is not None


def may_be_in_figure(line: str) -> bool:
    """Return whether a line may stand in a table or a drawing whose lines are told apart."""
    return is_figure_line(line) or (cells(line) <= _WIDEST and _GAP.search(line) is not None)


def find_figures(lines: list[str]) -> dict[int, int]:
    """Return where tables and drawings begin and end in lines without a blank line between them.

    A figure has a line of signs and lines with columns or bars beside it. What stands above a
    single line of hyphens is a heading, and such a line between lines of text is a rule.

    Returns:
        The index of each figure's first line, with the index after its last one.
    """
    borders = [index for index, line in enumerate(lines) if _is_border(line)]
    figures: dict[int, int] = {}
    if not borders:
        return figures
    finder = _FigureFinder(lines, borders)
    done = 0
    for border in borders:
        if border >= done and (figure := finder.around(border, done)) is not None:
            figures[figure[0]] = done = figure[1]
    return figures


class _FigureFinder:
    """Finds the figure around a line of signs, in the same time for every line of a group."""

    def __init__(self, lines: list[str], borders: list[int]) -> None:
        self._lines = lines
        is_border = set(borders)
        columns = [
            at not in is_border and (_COLUMNS.search(line) is not None or "\t" in line.strip())
            for at, line in enumerate(lines)
        ]
        self._columns = [*accumulate(columns, initial=0)]
        self._inner = [at for at, line in enumerate(lines) if _is_inner(line)]
        self._prose = {
            is_framed: [
                at for at, line in enumerate(lines) if not _belongs(line, is_framed=is_framed)
            ]
            for is_framed in (False, True)
        }

    def around(self, border: int, first: int) -> tuple[int, int] | None:
        """Return where the figure around a border begins and ends; None where there is none.

        Args:
            border: The index of the border.
            first: The index of the first line that may belong to it.
        """
        is_framed = _FRAME.search(self._lines[border]) is not None
        prose = self._prose[is_framed]
        at = bisect_left(prose, border)
        start = max(first, prose[at - 1] + 1 if at else 0)
        end = prose[at] if at < len(prose) else len(self._lines)
        # What leads to a figure or follows it without columns is text, unless it is set in.
        start = self._inner[bisect_left(self._inner, start)]
        end = self._inner[bisect_left(self._inner, end) - 1] + 1
        if end - start < _LEAST:
            return None
        is_figure = is_framed or self._is_figure(border, start, end)
        return (start, end) if is_figure else None

    def _is_figure(self, border: int, start: int, end: int) -> bool:
        lines = self._lines
        if start == border and border > 0:
            is_set_in = lines[border][:1].isspace() and not lines[border - 1][:1].isspace()
            if not is_set_in and not ends_sentence(lines[border - 1]):
                return False  # it underlines a heading
        return self._columns[end] > self._columns[start] or _is_sum(lines, border)


def _is_border(line: str) -> bool:
    """Return whether a line consists of signs with a stroke, and may frame a table."""
    return (
        len(line) <= _LONGEST
        and _BORDER.fullmatch(line) is not None
        and _STROKE.search(line) is not None
        and not line.lstrip().startswith(">")
        and len(line.strip()) > 2
    )


def _belongs(line: str, *, is_framed: bool) -> bool:
    """Return whether a line may stand in a figure beside a border."""
    if is_figure_line(line):
        return True
    stripped = line.strip()
    if stripped.startswith(">"):
        return False
    if cells(stripped) > _SHORT and not (is_framed and _GAP.search(stripped)):
        return False
    return len(stripped.split()) < _WORDS or not ends_sentence(stripped)


def _is_inner(line: str) -> bool:
    """Return whether a line may be the first or the last one of a figure."""
    return line[:1].isspace() or is_figure_line(line) or _GAP.search(line) is not None


def _is_sum(lines: list[str], border: int) -> bool:
    """Return whether a line of signs stands between amounts and their sum."""
    return (
        0 < border < len(lines) - 1
        and _RULES_ONLY.fullmatch(lines[border].strip()) is not None
        and _AMOUNT.search(lines[border - 1].rstrip()) is not None
        and _AMOUNT.search(lines[border + 1].rstrip()) is not None
    )
