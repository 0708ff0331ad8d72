"""Reads lines of plain text without a blank line between them: prose, verse, a list, a quote."""

from __future__ import annotations

import re
from itertools import pairwise

from reader.formats.joining import cells, join_lines
from reader.formats.plain.layout import LONG_LINE, TextLayout, is_full
from reader.formats.plain.line_group import (
    MIN_LOCAL_WIDTH,
    OPENING,
    LineGroup,
    begins_high,
    is_nearly_all,
    wrap_width,
)
from reader.formats.plain.lines import (
    MAX_HEADING,
    chapter_level,
    ends_sentence,
    is_all_caps,
    is_rule,
    may_be_heading,
    read_item,
    underline_level,
)
from reader.formats.plain.residue import is_residue
from reader.formats.plain.writer import PlainWriter

_NOT_PROSE = re.compile(r"\n(?:[^\w\"'“”‘’«»„(\[$£€¿¡—–]|_|\d{1,4}[.)] |[a-zA-Z]\) |[—–] )")
_COLUMNS = re.compile(r"\S {3,}\S|\S\t+\S|^\s*[|+][-=|+ \w]|[{};]\s*$")


def prose(unit: str, layout: TextLayout) -> str:
    """Return a unit as one paragraph if it is clearly wrapped prose, else an empty string."""
    first = unit[0]
    if not layout.width or layout.indent or not (first.isalpha() or first in OPENING):
        return ""
    if _NOT_PROSE.search(unit) is not None or unit[1] in ").":
        return ""
    lines = unit.split("\n")
    if " \n" in unit:
        lines = [line.rstrip() for line in lines]
    least = layout.width * 0.85
    if len(max(lines, key=len)) > LONG_LINE:
        return ""
    for index in range(len(lines) - 1):
        line = lines[index]
        if len(line) < least and not is_full(line, lines[index + 1], layout.width):
            return ""
    return join_lines(lines)


def write_group(writer: PlainWriter, lines: list[str], layout: TextLayout) -> None:
    """Write the blocks of lines without a blank line between them."""
    group = LineGroup(lines, layout)
    start = 0
    while start < len(lines):
        start = _write_next(writer, group, start)


def _write_next(writer: PlainWriter, group: LineGroup, start: int) -> int:
    """Write the first block of the lines from ``start`` on; return where the next one begins."""
    lines, count = group.lines, len(group.lines)
    first = lines[start]
    if (figure_end := group.figures.get(start)) is not None:
        writer.figure(lines[start:figure_end])
        return figure_end
    if start + 1 == count:
        _write_line(writer, first)
        return count
    heading = None if start + 1 in group.figures else _underlined(lines[start : start + 3])
    if heading is not None:
        text, level, taken = heading
        writer.heading(text, level)
        return start + taken
    if is_rule(first):
        writer.rule()
        return start + 1
    if first.lstrip().startswith(">"):
        below = range(start, count)
        end = next((i for i in below if not lines[i].lstrip().startswith(">")), count)
        writer.quote(lines[start:end])
        return end
    if read_item(first) is not None:
        below = range(start + 1, count)
        end = next((i for i in below if is_rule(lines[i]) or i in group.figures), count)
        writer.items(lines[start:end])
        return end
    end = group.text_end(start)
    if end == count and group.is_short(start) and group.next_residue(start) < count:
        end = group.next_residue(start)
        if end == start:
            writer.residue(first)
            return start + 1
    elif end == count and _has_heading(group, start):
        writer.heading(first)
        return start + 1
    _write_text(writer, lines[start:end], group.layout)
    return end


def _write_line(writer: PlainWriter, line: str) -> None:
    stripped = line.strip()
    if is_rule(line):
        writer.rule()
    elif stripped.startswith(">"):
        writer.quote([line])
    elif is_residue(stripped):
        writer.residue(stripped)
    elif read_item(line) is not None:
        writer.items([line])
    else:
        writer.paragraph(stripped)


def _underlined(lines: list[str]) -> tuple[str, int, int] | None:
    """Return an underlined heading, its level and its number of lines; None if there is none."""
    first, second = lines[0], lines[1]
    if (
        len(lines) > 2
        and underline_level(first)
        and underline_level(first) == underline_level(lines[2])
    ):
        if second.strip() and not underline_level(second):
            return second, underline_level(first), 3
        return None
    level = underline_level(second)
    if not level or underline_level(first) or len(first.strip()) > MAX_HEADING * 2:
        return None
    # A line of signs that is much shorter than the line above separates, and does not underline.
    if first.strip() and len(second.strip()) * 2 >= min(len(first.strip()), MAX_HEADING):
        return first, level, 2
    return None


def _has_heading(group: LineGroup, start: int) -> bool:
    """Return whether a line, which is not the last one, is a heading of the lines below."""
    first, after = group.lines[start], group.lines[start + 1]
    below = len(group.lines) - start - 1
    if chapter_level(first) and not first[0].islower():
        return below == 1 or not ends_sentence(first)
    is_capital = is_all_caps(first)
    if not is_capital and not may_be_heading(first):
        return False
    width = group.width(start + 1)
    is_followed = len(after) > LONG_LINE or (
        below > 1 and width > 0 and group.is_wrapped(start + 1, width)
    )
    if not is_followed:
        return False
    return is_capital or not is_full(first, after, max(width, MIN_LOCAL_WIDTH))


def _write_text(writer: PlainWriter, lines: list[str], layout: TextLayout) -> None:
    """Write lines without markers as prose or as verse."""
    if len(lines) == 1:
        _write_line(writer, lines[0])
        return
    expanded = [line.expandtabs(4).rstrip() for line in lines]
    indents = [len(line) - len(line.lstrip(" \u00a0\u3000")) for line in expanded]
    if any(len(line) > LONG_LINE for line in lines):
        for line in lines:
            _write_line(writer, line)
        return
    columns = sum(_COLUMNS.search(line.strip()) is not None for line in expanded)
    if (min(indents) >= 2 and not layout.indents_paragraphs) or columns * 2 > len(lines):
        writer.verse(lines)
        return
    width = layout.width or wrap_width(max(map(cells, expanded)), len(expanded), expanded[-1])
    starts = [0, *(index for index in range(1, len(lines)) if _begins(expanded, index, width))]
    parts = [
        [line.strip() for line in expanded[start:end]]
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)
    ]
    if width and len(lines) > len(parts) and all(_is_wrapped(part, width) for part in parts):
        for part in parts:
            writer.paragraph(join_lines(part))
        return
    writer.verse(lines)


def _begins(lines: list[str], index: int, width: int) -> bool:
    """Return whether a paragraph begins at a line: it is indented, or the last one ended early."""
    line, before = lines[index], lines[index - 1]
    if line[:1].isspace():
        return True
    return bool(width) and ends_sentence(before) and cells(before) < width * 0.75 and index > 1


def _is_wrapped(lines: list[str], width: int) -> bool:
    """Return whether nearly every line except the last is full."""
    if len(lines) == 1:
        return True
    full = sum(is_full(line, after, width) for line, after in pairwise(lines))
    return is_nearly_all(full, len(lines), all(map(begins_high, lines)))
