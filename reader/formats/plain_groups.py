"""Several lines of plain text without a blank line between them: prose, verse, a list, a quote."""

from __future__ import annotations

import re
from itertools import pairwise

from reader.formats.joining import cells, join_lines
from reader.formats.plain_lines import (
    MAX_HEADING,
    chapter_level,
    ends_sentence,
    is_all_caps,
    is_rule,
    may_be_heading,
    read_item,
    underline_level,
)
from reader.formats.plain_shape import LONG_LINE, Shape, is_full
from reader.formats.plain_writer import PlainWriter
from reader.formats.residue import is_residue

_NOT_PROSE = re.compile(r"\n(?:[^\w\"'“”‘’«»„(\[$£€¿¡—–]|_|\d{1,4}[.)] |[a-zA-Z]\) |[—–] )")
_OPENING = frozenset("\"'“‘«„([$£€¿¡")
_COLUMNS = re.compile(r"\S {3,}\S|\S\t+\S|^\s*[|+][-=|+ \w]|[{};]\s*$")
_MIN_LOCAL_WIDTH = 45


def prose(unit: str, shape: Shape) -> str:
    """Return the unit as one paragraph where it plainly is wrapped prose, else an empty string."""
    first = unit[0]
    if not shape.width or shape.indent or not (first.isalpha() or first in _OPENING):
        return ""
    if _NOT_PROSE.search(unit) is not None or unit[1] in ").":
        return ""
    lines = unit.split("\n")
    if " \n" in unit:
        lines = [line.rstrip() for line in lines]
    least = shape.width * 0.85
    if len(max(lines, key=len)) > LONG_LINE:
        return ""
    for index in range(len(lines) - 1):
        line = lines[index]
        if len(line) < least and not is_full(line, lines[index + 1], shape.width):
            return ""
    return join_lines(lines)


def write_group(writer: PlainWriter, lines: list[str], shape: Shape) -> None:
    """Add the blocks of lines that have no blank line between them."""
    while lines:
        lines = _write_first(writer, lines, shape)


def _write_first(writer: PlainWriter, lines: list[str], shape: Shape) -> list[str]:
    """Add what the lines begin with; return the lines that are left."""
    first = lines[0]
    if len(lines) == 1:
        _write_line(writer, first)
        return []
    if (heading := _underlined(lines)) is not None:
        text, level, taken = heading
        writer.heading(text, level)
        return lines[taken:]
    if is_rule(first):
        writer.rule()
        return lines[1:]
    if first.lstrip().startswith(">"):
        end = next(
            (i for i, line in enumerate(lines) if not line.lstrip().startswith(">")), len(lines)
        )
        writer.quote(lines[:end])
        return lines[end:]
    if read_item(first) is not None:
        end = next((i for i, line in enumerate(lines) if is_rule(line) and i), len(lines))
        writer.items(lines[:end])
        return lines[end:]
    end = _prose_end(lines)
    if end < len(lines):
        _write_text(writer, lines[:end], shape)
        return lines[end:]
    if max(map(len, lines)) < LONG_LINE and (end := _residue_end(lines)):
        if is_residue(first.strip()):
            writer.residue(first)
            return lines[1:]
        _write_text(writer, lines[:end], shape)
        return lines[end:]
    if _has_heading(lines, shape):
        writer.heading(first)
        return lines[1:]
    _write_text(writer, lines, shape)
    return []


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
    """Return an underlined heading, its level and how many lines it takes."""
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
    # A line of signs that is much shorter than the line above parts, it does not underline.
    if first.strip() and len(second.strip()) * 2 >= min(len(first.strip()), MAX_HEADING):
        return first, level, 2
    return None


def _prose_end(lines: list[str]) -> int:
    """Return where lines of text end and a list, a quote or a rule begins."""
    for index in range(1, len(lines)):
        line, before = lines[index], lines[index - 1]
        if is_rule(line) or line.lstrip().startswith("> "):
            return index
        if (
            index + 1 < len(lines)
            and len(line) <= MAX_HEADING
            and underline_level(lines[index + 1])
        ):
            return index
        item = read_item(line)
        if item is not None and (before.rstrip().endswith(":") or _goes_on(lines, index)):
            return index
    return len(lines)


def _residue_end(lines: list[str]) -> int:
    """Return where a run of lines that are residue ends, or one of lines that are not.

    Returns:
        0 where no line is residue.
    """
    # No line is looked at beyond the end: this is asked again for each run of a long group.
    is_first = is_residue(lines[0].strip())
    others = (i for i, line in enumerate(lines) if is_residue(line.strip()) is not is_first)
    return next(others, len(lines) if is_first else 0)


def _goes_on(lines: list[str], index: int) -> bool:
    """Tell whether a list begins at ``index``: a bullet, and the same one again below."""
    bullet = lines[index].lstrip()[:2]
    if bullet[0].isalnum() or bullet[0] in "(–":
        return False
    return any(line.lstrip().startswith(bullet) for line in lines[index + 1 :])


def _has_heading(lines: list[str], shape: Shape) -> bool:
    """Tell whether the first line is a heading above the others."""
    first, rest = lines[0], lines[1:]
    if chapter_level(first) and not first[0].islower():
        return len(rest) == 1 or not ends_sentence(first)
    width = _width(rest, shape)
    is_followed = len(rest[0]) > LONG_LINE or (
        len(rest) > 1 and width > 0 and _is_wrapped(rest, width)
    )
    if not is_followed:
        return False
    if is_all_caps(first):
        return True
    return may_be_heading(first) and not is_full(first, rest[0], max(width, _MIN_LOCAL_WIDTH))


def _write_text(writer: PlainWriter, lines: list[str], shape: Shape) -> None:
    """Add lines without marks as prose or as verse."""
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
    if (min(indents) >= 2 and not shape.indents_paragraphs) or columns * 2 > len(lines):
        writer.verse(lines)
        return
    width = _width(expanded, shape)
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
    """Tell whether a paragraph begins at a line: it is indented, or the last one ended early."""
    line, before = lines[index], lines[index - 1]
    if line[:1].isspace():
        return True
    return bool(width) and ends_sentence(before) and cells(before) < width * 0.75 and index > 1


def _width(lines: list[str], shape: Shape) -> int:
    """Return the column that the lines may have been wrapped at; 0 where they were not."""
    if shape.width:
        return shape.width
    longest = max(cells(line) for line in lines)
    if not _MIN_LOCAL_WIDTH <= longest <= LONG_LINE:
        return 0
    is_prose = len(lines) > 2 or (len(lines) == 2 and lines[1].lstrip()[:1].islower())
    return longest if is_prose else 0


def _is_wrapped(lines: list[str], width: int) -> bool:
    """Tell whether nearly every line but the last is full."""
    if len(lines) == 1:
        return True
    full = sum(is_full(line, after, width) for line, after in pairwise(lines))
    begins_high = sum(line[:1].isupper() or line[:1] in _OPENING for line in lines)
    if begins_high == len(lines) and len(lines) > 3:
        return full == len(lines) - 1
    return full * 5 >= (len(lines) - 1) * 4
