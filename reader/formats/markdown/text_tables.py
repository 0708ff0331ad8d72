"""Tables that are drawn with hyphens, plus signs and bars, as pandoc writes them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise, takewhile
from typing import Final, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from reader.formats.joining import is_unspaced
from reader.formats.patterns import pattern

MAX_LINES: Final = 2000
"""The most lines of a table whose end is looked for."""

_MAX_HEAD: Final = 12
"""The most lines of a table's header."""

_LEAST: Final = 3
"""The fewest lines of a table."""

_SECOND: Final = 2

_BORDER: Final = pattern(r"\+(?:[-=:]{2,}\+)+[ \t]*$")
_GROUPS: Final = pattern(r" *-+(?: +-+)+ *$")
_FULL: Final = pattern(r" *-{3,} *$")
_DASHES: Final = pattern(r"-+")
_FILLER: Final = "\0"


class _Table(NamedTuple):
    """A table that was read."""

    head: list[list[str]]
    rows: list[list[str]]
    aligns: Sequence[str]
    """The alignment of each column: ``left``, ``right`` or ``center``."""
    lines: int
    """The lines of the source that it takes."""


def use_text_tables(parser: MarkdownIt) -> None:
    """Let a parser read grid tables, simple tables and tables of several lines."""
    parser.block.ruler.before("table", "grid_table", _grid_table)
    parser.block.ruler.before("table", "dashed_table", _dashed_table)


def _lines(state: StateBlock, start: int, end: int) -> Iterator[str]:
    """Yield the lines of the container from ``start`` on."""
    for line in range(start, min(end, start + MAX_LINES)):
        if state.sCount[line] < state.blkIndent and not state.isEmpty(line):
            return
        yield _line(state, line).expandtabs(4).rstrip()


def _line(state: StateBlock, line: int) -> str:
    """Return a line from the margin of its container on."""
    text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
    return " " * (state.sCount[line] - state.blkIndent) + text if text else ""


# Grid tables


def _grid_table(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    if silent or state.is_code_block(start_line):
        return False
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith("+", start):
        return False
    lines: list[str] = []
    for line in _lines(state, start_line, end_line):
        if not line.lstrip().startswith(("+", "|")):
            break
        lines.append(_spread(line.strip()))
    if len(lines) < _LEAST or not _BORDER.match(lines[0]) or not lines[-1].startswith("+"):
        return False
    _push(state, start_line, _read_grid(lines))
    return True


def _spread(line: str) -> str:
    """Give characters of two cells a second place, so that places are columns of the screen."""
    if line.isascii():
        return line
    return "".join(f"{one}{_FILLER}" if is_unspaced(one) else one for one in line)


def _read_grid(lines: list[str]) -> _Table:
    edges = sorted(
        {at for line in lines if line[0] == "+" for at, one in enumerate(line) if one == "+"}
    )
    columns = list(pairwise(edges))
    rows: list[list[str]] = []
    head_rows = 0
    aligns = ["left"] * len(columns)
    row = [""] * len(columns)
    for line in lines[1:]:
        if _BORDER.match(line):
            if any(row):
                rows.append(row)
            row = [""] * len(columns)
            if "=" in line and not head_rows and line is not lines[-1]:
                head_rows = len(rows)
                aligns = [_grid_align(line[first + 1 : last]) for first, last in columns]
        else:
            _add_grid_line(line, columns, row)
    if any(row):
        rows.append(row)
    if not head_rows:
        aligns = [_grid_align(lines[0][first + 1 : last]) for first, last in columns]
    return _Table(rows[:head_rows], rows[head_rows:], aligns, len(lines))


def _add_grid_line(line: str, columns: list[tuple[int, int]], row: list[str]) -> None:
    """Add a line's text to the cells in which it stands; a cell may take several columns."""
    first = 0
    for index, (_, last) in enumerate(columns):
        is_end = last >= len(line) or line[last] in "|+"
        if not is_end and index + 1 < len(columns):
            continue
        text = line[columns[first][0] + 1 : last].strip().replace(_FILLER, "")
        if text.strip("-=: "):
            row[first] = f"{row[first]} {text}".strip()
        first = index + 1


def _grid_align(border: str) -> str:
    if border.endswith(":"):
        return "center" if border.startswith(":") else "right"
    return "left"


# Tables with hyphens below the header


def _dashed_table(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    if silent or state.is_code_block(start_line):
        return False
    first = _line(state, start_line)
    if not _GROUPS.match(first) and not _FULL.match(first):
        return _headed_table(state, start_line, end_line)
    head = list(islice(_lines(state, start_line, end_line), _MAX_HEAD + 2))
    if not _may_begin(head):
        return False
    if _has_end(state, start_line):
        table = _read_dashed([*map(_spread, _lines(state, start_line, end_line))])
        if table is not None:
            _push(state, start_line, table)
            return True
    return _wait(state, start_line, end_line)


def _headed_table(state: StateBlock, start_line: int, end_line: int) -> bool:
    """Read a table that begins with its header and ends with a blank line."""
    if start_line + 1 >= end_line or not _is_columns(_line(state, start_line + 1)):
        return False
    lines = [*map(_spread, takewhile(bool, _lines(state, start_line, end_line)))]
    if len(lines) < _LEAST:
        return start_line + len(lines) >= end_line and _wait(state, start_line, end_line)
    _push(state, start_line, _read_headed(lines))
    return True


def _is_columns(line: str) -> bool:
    return _GROUPS.match(line) is not None and "--" in line


def _may_begin(head: list[str]) -> bool:
    """Return whether the first lines may be those of a table between two lines of hyphens."""
    if _is_columns(head[0]):
        return len(head) < _SECOND or bool(head[1].strip("- "))
    blank = next((at for at, line in enumerate(head[1:], 1) if not line), len(head))
    return blank > 1 and (
        any(map(_is_columns, head[1:blank])) or blank == len(head) < _MAX_HEAD + 2
    )


def _has_end(state: StateBlock, start_line: int) -> bool:
    """Return whether a line of hyphens follows that may end the table."""
    ends: dict[str, list[int]] = state.env.get("dashes") or {}
    if not ends:
        for number, (start, end) in enumerate(zip(state.bMarks, state.eMarks, strict=True)):
            text = state.src[start:end].strip("> \t")
            if text.startswith("--") and not text.strip("- "):
                ends.setdefault(text if " " in text else "", []).append(number)
        state.env["dashes"] = ends
    first = _line(state, start_line).strip()
    lines = ends.get(first if " " in first else "", [])
    at = bisect_right(lines, start_line + 1)
    return at < len(lines) and lines[at] < start_line + MAX_LINES


def _wait(state: StateBlock, start_line: int, end_line: int) -> bool:
    """Take the rest of a slice as one block, which is read again with the next slice.

    Returns:
        Whether there is a next slice, in which the end of the table may stand.
    """
    rest = sum(1 for _ in _lines(state, start_line, end_line))
    if state.env.get("is_end", True) or start_line + rest < end_line:
        return False
    state.push("paragraph_open", "p", 1).map = [start_line, end_line]
    inline = state.push("inline", "", 0)
    inline.content = state.getLines(start_line, end_line, state.blkIndent, False)
    inline.children = []
    state.push("paragraph_close", "p", -1)
    state.line = end_line
    return True


def _read_headed(lines: list[str]) -> _Table:
    """Read a header, the hyphens of its columns, and a row on each line."""
    columns = _columns(lines[1])
    body = lines[2:]
    if _is_columns(body[-1]) or _FULL.match(body[-1]):
        body = body[:-1]
    aligns = _aligns(lines[1], lines[:1])
    return _Table(
        [_cells(lines[0], columns)], [_cells(line, columns) for line in body], aligns, len(lines)
    )


def _read_dashed(lines: list[str]) -> _Table | None:
    """Read a table between two lines of hyphens."""
    return _read_headless(lines) if _is_columns(lines[0]) else _read_multiline(lines)


def _read_headless(lines: list[str]) -> _Table | None:
    """Read a table that begins and ends with the hyphens of its columns."""
    last = next((at for at, line in enumerate(lines[1:], 1) if line == lines[0]), 0)
    if last < 2:
        return None
    body = lines[1:last]
    aligns = _aligns(lines[0], body[:1])
    return _Table([], _parted(body, _columns(lines[0])), aligns, last + 1)


def _read_multiline(lines: list[str]) -> _Table | None:
    """Read a table between two lines of hyphens, whose rows are parted by blank lines."""
    at = next((at for at, line in enumerate(lines[1 : _MAX_HEAD + 1], 1) if _is_columns(line)), 0)
    if at < 2 or not all(lines[1:at]):
        return None
    last = next((number for number, line in enumerate(lines[at:], at) if _FULL.match(line)), 0)
    if last < at + 2:
        return None
    columns = _columns(lines[at])
    head = _joined(lines[1:at], columns)
    body = _parted(lines[at + 1 : last], columns)
    return _Table([head], body, _aligns(lines[at], lines[1:at]), last + 1)


def _columns(dashes: str) -> list[tuple[int, int]]:
    """Return where each column begins and ends; the last one has no end."""
    starts = [0, *(match.start() for match in _DASHES.finditer(dashes))][1:]
    starts[0] = 0
    return list(pairwise([*starts, 1 << 31]))


def _cells(line: str, columns: list[tuple[int, int]]) -> list[str]:
    return [line[first:last].strip().replace(_FILLER, "") for first, last in columns]


def _joined(lines: list[str], columns: list[tuple[int, int]]) -> list[str]:
    rows = [_cells(line, columns) for line in lines]
    return [" ".join(filter(None, cells)) for cells in zip(*rows, strict=True)]


def _parted(lines: list[str], columns: list[tuple[int, int]]) -> list[list[str]]:
    """Return the rows of lines: parted by blank lines if there are any, else one for each line."""
    if all(lines):
        return [_cells(line, columns) for line in lines]
    rows: list[list[str]] = []
    row: list[str] = []
    for line in [*lines, ""]:
        if line:
            row.append(line)
        elif row:
            rows.append(_joined(row, columns))
            row = []
    return rows


def _aligns(dashes: str, head: list[str]) -> list[str]:
    """Return the alignment of columns: by which ends of the hyphens the header touches."""
    aligns: list[str] = []
    for match in _DASHES.finditer(dashes):
        first, last = match.span()
        texts = [line[first:last] for line in head if line[first:last].strip()]
        is_left = any(text[0] != " " for text in texts)
        is_right = any(len(text) == last - first and text[-1] != " " for text in texts)
        middle = "center" if texts and not is_right else "left"
        aligns.append("left" if is_left else ("right" if is_right else middle))
    return aligns


# Tokens


def _push(state: StateBlock, start_line: int, table: _Table) -> None:
    """Add the tokens that markdown-it has for tables."""
    opening = state.push("table_open", "table", 1)
    opening.map = [start_line, start_line + table.lines]
    for name, rows, cell in (("thead", table.head, "th"), ("tbody", table.rows, "td")):
        if not rows:
            continue
        state.push(f"{name}_open", name, 1)
        for row in rows:
            state.push("tr_open", "tr", 1)
            for text, align in zip(row, table.aligns, strict=True):
                state.push(f"{cell}_open", cell, 1).attrs = {"style": f"text-align:{align}"}
                inline = state.push("inline", "", 0)
                inline.content, inline.children = text, []
                state.push(f"{cell}_close", cell, -1)
            state.push("tr_close", "tr", -1)
        state.push(f"{name}_close", name, -1)
    state.push("table_close", "table", -1)
    state.line = start_line + table.lines
