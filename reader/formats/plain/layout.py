"""Finds the layout of a plain text from its start, and splits the text into units by it."""

from __future__ import annotations

import re
from typing import NamedTuple

from reader.formats.joining import cells
from reader.formats.plain.figures import find_figures, may_be_in_figure

LOOKED_AT = 65536
"""The code points that decide the layout, so that it does not depend on the slices."""

MAX_UNIT = 65536
"""The longest run of lines without a blank line, in code points; a longer one is split."""

LONG_LINE = 100
"""The longest line that was wrapped by hand, in cells."""

_BLANK_LINES = re.compile(r"\n[ \t\u00a0\u3000]+(?=\n)")
_FIRST_BLANK = re.compile(r"\A[ \t\u00a0\u3000]+\n")
_MIN_WIDTH = 45


class TextLayout(NamedTuple):
    """The layout of a plain text."""

    by_line: bool
    """Whether every line is a paragraph, with or without blank lines."""
    width: int
    """The column at which lines were wrapped; 0 if they were not."""
    indent: int
    """The number of spaces before every line."""
    indents_paragraphs: bool
    """Whether spaces before a line mark the start of a paragraph, and not verse."""


def find_layout(head: str) -> TextLayout:
    """Return the layout of the text that begins with ``head``."""
    lines = [line.expandtabs(4).rstrip() for line in head[:LOOKED_AT].split("\n")]
    if len(head) >= LOOKED_AT:
        lines = lines[:-1] or lines
    filled = [line for line in lines if line]
    indent = _common_indent(filled)
    indented = sum(line[indent : indent + 1] == " " or line.startswith("\u3000") for line in filled)
    is_indented = not indent and indented * 2 > len(filled)
    long_then_filled = long_then_blank = 0
    inner: list[tuple[str, str]] = []
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        if not line:
            continue
        is_long = len(line) > LONG_LINE or cells(line) > LONG_LINE
        if is_long and after:
            long_then_filled += 1
        elif is_long:
            long_then_blank += 1
        elif after:
            inner.append((line[indent:], after[indent:]))
    if long_then_filled and long_then_filled * 3 >= long_then_blank:
        return TextLayout(True, 0, indent, is_indented)
    is_mostly_long = (long_then_blank + long_then_filled) * 4 > len(filled)
    return TextLayout(False, 0 if is_mostly_long else _wrap_width(inner), indent, is_indented)


def is_full(line: str, after: str, width: int) -> bool:
    """Return whether a line is as long as lines that were wrapped at ``width``.

    Args:
        line: A line.
        after: The next line, whose first word did not fit.
        width: The column of the wrapping, in cells.
    """
    length = cells(line)
    if length >= width * 0.85:
        return True
    word = after.lstrip().split(" ", 1)[0]
    return length + 1 + cells(word) >= width * 0.9


def split_units(text: str, layout: TextLayout, *, is_end: bool) -> tuple[list[str], str]:
    """Split whole lines into units: a line each, or lines up to a blank line.

    Args:
        text: Cleaned lines, after the rest that the last call returned.
        layout: The layout of the text.
        is_end: Whether no more lines come.

    Returns:
        The units, without blank lines, and the rest that more lines may continue.
    """
    if layout.by_line:
        return _split_lines(text, is_end=is_end)
    if "\n " in text or "\n\t" in text or "\n\u00a0" in text or "\n\u3000" in text:
        text = _BLANK_LINES.sub("\n", text)
    text = _FIRST_BLANK.sub("\n", text)
    units = text.split("\n\n")
    rest = "" if is_end else units.pop()
    whole: list[str] = []
    for unit in units:
        stripped = unit.strip("\n")
        if len(stripped) > MAX_UNIT:
            parts, last = _part(stripped)
            whole += [*parts, last]
        elif stripped and not stripped.isspace():
            whole.append(stripped)
    if len(rest) > MAX_UNIT:
        parts, rest = _part(rest.lstrip("\n"))
        whole += parts
    return whole, rest


def _split_lines(text: str, *, is_end: bool) -> tuple[list[str], str]:
    """Split text into a unit for each line, or for the lines of a table or a drawing."""
    units: list[str] = []
    figure: list[str] = []
    length = 0
    for line in text.removesuffix("\n").split("\n"):
        if may_be_in_figure(line) and length < MAX_UNIT:
            figure.append(line.rstrip())
            length += len(line)
            continue
        units += _figure_units(figure)
        figure, length = [], 0
        if line and not line.isspace():
            units.append(line.rstrip())
    if is_end or not figure:
        return [*units, *_figure_units(figure)], ""
    return units, "\n".join(figure) + "\n"


def _figure_units(lines: list[str]) -> list[str]:
    """Return the units of lines with columns or signs: one for each figure, or for each line."""
    units: list[str] = []
    figures = find_figures(lines) if len(lines) > 1 else {}
    start = 0
    while start < len(lines):
        end = figures.get(start, start + 1)
        units.append("\n".join(lines[start:end]))
        start = end
    return units


def _part(unit: str) -> tuple[list[str], str]:
    """Split a long unit at line ends; return the parts and the rest."""
    parts: list[str] = []
    start = 0
    while (newline := unit.find("\n", start + MAX_UNIT)) >= 0:
        parts.append(unit[start:newline])
        start = newline + 1
    return parts, unit[start:]


def _common_indent(lines: list[str]) -> int:
    """Return the number of spaces before every line."""
    if len(lines) < 4:
        return 0
    common = min(len(line) - len(line.lstrip(" ")) for line in lines)
    return common if common < 20 else 0


def _wrap_width(inner: list[tuple[str, str]]) -> int:
    """Return the column at which most lines were wrapped, or 0."""
    if len(inner) < 2:
        return 0
    lengths = sorted(cells(line) for line, _ in inner)
    width = lengths[min(len(lengths) * 97 // 100, len(lengths) - 1)]
    if not _MIN_WIDTH <= width <= LONG_LINE:
        return 0
    full = sum(is_full(line, after, width) for line, after in inner)
    return width if full * 2 >= len(inner) else 0
