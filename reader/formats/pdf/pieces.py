"""The words of a PDF's page become segments: what stands on one base line without a wide gap.

Here raised digits become superscript characters, links find their words, and numbers that count the
lines of a page are taken out.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from reader.formats.cleaning import clean_line
from reader.formats.pdf.lines import Line, Link
from reader.formats.pdf.process import Group, Piece, RawPage
from reader.formats.pdf.worker.words import BOLD, CUT, SYMBOL

_WIDE_GAP: Final = 0.8
"""Of the size of the font: a gap that may part columns; what is in one is joined again."""

MAX_LINKS: Final = 1000
"""Links of one page that find their words."""

_FEWEST_NUMBERS: Final = 15
"""Numbers in a margin that are the count of its lines and no column of a table."""

_BUCKET: Final = 8.0
"""Points: links are looked up by the stripes of a page, this high, that they lie in."""

_MOST_BUCKETS: Final = 400
"""Stripes that one link may lie in: no page is higher on paper."""

_MOST_BESIDE: Final = 100
"""Links in one stripe that find their words; more would lie over each other."""

_MOST_COUNTS: Final = 20
"""Columns of numbers on one page that are looked at; a transcript has four at most."""

_RAISED = re.compile(r"[-+–−]?[0-9][0-9,+–−-]*")
_LEFTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufefc]")
_DOTS = re.compile(r"[.…]+")
_LEADERS = re.compile(r"\.{5,}|…\.+|…{2,}")
_SUPERSCRIPTS = str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
_SAFE_SCHEMES = ("http://", "https://", "mailto:")


def read_lines(page: RawPage, group: Group) -> list[Line]:
    """Return the segments of a page's words, in the order of its file.

    Args:
        page: The page: its links belong to its first group.
        group: Words of one direction.
    """
    links = page.links[:MAX_LINKS] if group is page.groups[0] else []
    if _is_leftward(group.pieces):
        # Mirrored, a page is laid out as any other: its columns, too, are read from the right.
        for piece in group.pieces:
            piece.left, piece.right = -piece.right, -piece.left
        links = [(-right, -left, bottom, top, target) for left, right, bottom, top, target in links]
    areas = _Areas(links)
    lines: list[Line] = []
    run: list[Piece] = []
    left = right = 0.0
    pieces = _without_doubles(_cleaned(group.pieces))
    for piece in _without_line_numbers(pieces):
        if run and _parts(run, (left, right), piece):
            lines.append(_line(run, areas))
            run = []
        left = min(left, piece.left) if run else piece.left
        right = max(right, piece.right) if run else piece.right
        run.append(piece)
    if run:
        lines.append(_line(run, areas))
    return lines


def _cleaned(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the words as they can be shown; dots that lead the eye to a number become one sign."""
    leader: Piece | None = None
    for piece in pieces:
        text = piece.text
        if not (text.isascii() and text.isprintable()):
            text = clean_line(text)
        if leader is not None and _DOTS.fullmatch(text) and abs(piece.base - leader.base) < 2:
            leader.right = max(leader.right, piece.right)
            if leader.text != "…":
                leader.text += text
                leader.text = "…" if len(leader.text) > 3 else leader.text
            continue
        if leader is not None:
            yield leader
            leader = None
        piece.text = _LEADERS.sub("…", text)
        if _DOTS.fullmatch(text):
            leader = piece
        elif piece.text:
            yield piece
    if leader is not None:
        yield leader


def _is_leftward(pieces: Sequence[Piece]) -> bool:
    """Tell whether most of a page is in scripts that are written from right to left."""
    letters = sum(len(piece.text) for piece in pieces)
    leftward = sum(len(_LEFTWARD.findall(piece.text)) for piece in pieces)
    return leftward * 2 > letters


def _parts(run: Sequence[Piece], edges: tuple[float, float], after: Piece) -> bool:
    """Tell whether a word stands on another line or in another column than those before it."""
    first, before = run[0], run[-1]
    size = max(before.size, after.size, 1.0)
    smaller = min(before.top - before.bottom, after.top - after.bottom)
    is_apart = min(before.top, after.top) - max(before.bottom, after.bottom) < 0.3 * smaller
    gap = after.left - before.right
    if before.left < 0 and gap < -1.2 * size:  # Mirrored: Latin words run the other way.
        gap = max(after.left - edges[1], edges[0] - after.right)
    if max(before.size, after.size) > 1.9 * min(before.size, after.size):
        return True  # An initial over several lines.
    if after.style & CUT and gap < 0.5 * size:
        return abs(after.base - first.base) > 0.9 * size
    return is_apart or gap > _WIDE_GAP * size or gap < -1.2 * size


def _without_doubles(pieces: Iterator[Piece]) -> list[Piece]:
    """Drop words that are printed twice at one place, to look bold or to cast a shadow."""
    seen: set[tuple[str, int, int]] = set()
    kept: list[Piece] = []
    for piece in pieces:
        column, row = round(piece.left / 3), round(piece.base / 3)
        if len(piece.text) > 1 or piece.text.isalnum():
            around = ((piece.text, column + x, row + y) for x in (-1, 0, 1) for y in (-1, 0, 1))
            if not seen.isdisjoint(around):
                continue
            seen.add((piece.text, column, row))
        kept.append(piece)
    return kept


# Lines


def _line(run: Sequence[Piece], areas: _Areas) -> Line:
    """Return the line that words make."""
    sizes: Counter[float] = Counter()
    for piece in run:
        sizes[piece.size] += len(piece.text)
    size = sizes.most_common(1)[0][0]
    plain = [piece for piece in run if piece.size > 0.85 * size] or list(run)
    line = Line(
        "",
        min(piece.left for piece in run),
        max(piece.right for piece in run),
        statistics.median(piece.bottom for piece in plain),
        statistics.median(piece.top for piece in plain),
        _size_of(size, plain),
        statistics.median(piece.base for piece in plain),
        all(piece.style & BOLD for piece in plain),
    )
    _fill(line, run, size, areas)
    return line


def _fill(line: Line, run: Sequence[Piece], size: float, areas: _Areas) -> None:
    """Give a line its text, with what is raised in it and where its words lead."""
    texts: list[str] = []
    length = 0
    for number, piece in enumerate(run):
        text = piece.text
        if number and not piece.style & CUT and text[0] != "⁄":
            texts.append(" ")
            length += 1
        elif number == 0 and piece.style & SYMBOL and len(text) == 1 and len(run) > 1:
            text = "•"  # A font of pictures gives its bullets the codes of letters.
        if piece.size < 0.85 * size and piece.base > line.base + 0.12 * size:
            if _RAISED.fullmatch(text):
                text = text.translate(_SUPERSCRIPTS)
            line.raised.append((length, length + len(text)))
        if target := areas.target_at(piece):
            last = line.links[-1] if line.links else None
            if last is not None and last.target == target and last.end >= length - 1:
                line.links[-1] = Link(last.start, length + len(text), target)
            else:
                line.links.append(Link(length, length + len(text), target))
        texts.append(text)
        length += len(text)
    line.text = "".join(texts)


def _size_of(size: float, pieces: Sequence[Piece]) -> float:
    """Return the size of a font; its height where it says something else."""
    height = statistics.median(piece.top - piece.bottom for piece in pieces)
    return round(size if 0.4 * height <= size <= 2.5 * height else height / 1.2, 1)


class _Areas:
    """The places of a page's links, found by their height."""

    def __init__(self, links: Sequence[tuple[float, float, float, float, str | int]]) -> None:
        self._rows: defaultdict[int, list[tuple[float, float, float, float, str]]]
        self._rows = defaultdict(list)
        for left, right, bottom, top, goal in links:
            if isinstance(goal, int):
                target = f"#page-{goal + 1}"
            elif goal.lower().startswith(_SAFE_SCHEMES):
                target = clean_line(goal)
            else:
                continue
            area = (left - 1, right + 1, bottom - 1, top + 1, target)
            first, last = int((bottom - 1) // _BUCKET), int((top + 1) // _BUCKET)
            for row in range(first, min(last, first + _MOST_BUCKETS) + 1):
                if len(self._rows[row]) < _MOST_BESIDE:
                    self._rows[row].append(area)

    def target_at(self, piece: Piece) -> str:
        """Return where a word leads, or an empty string."""
        if not self._rows:
            return ""
        x, y = (piece.left + piece.right) / 2, piece.base + 0.25 * piece.size
        for left, right, bottom, top, target in self._rows.get(int(y // _BUCKET), ()):
            if left <= x <= right and bottom <= y <= top:
                return target
        return ""


# Numbers of lines


def _without_line_numbers(pieces: list[Piece]) -> list[Piece]:
    """Drop the numbers that count the lines of a page, as transcripts and drafts have them."""
    columns: defaultdict[int, list[Piece]] = defaultdict(list)
    for piece in pieces:
        if piece.text.isdecimal() and len(piece.text) <= 4 and not piece.style & CUT:
            for column in {round(piece.right / 6), round(piece.right / 6 + 0.5)}:
                columns[column].append(piece)
    for numbers in sorted(columns.values(), key=len, reverse=True)[:_MOST_COUNTS]:
        if len(numbers) < _FEWEST_NUMBERS:
            break
        if _count_lines(numbers, pieces):
            dropped = {id(piece) for piece in numbers}
            return [piece for piece in pieces if id(piece) not in dropped]
    return pieces


def _count_lines(numbers: list[Piece], pieces: Sequence[Piece]) -> bool:
    """Tell whether numbers below each other go up evenly in a margin without other text."""
    numbers.sort(key=lambda one: -one.base)
    values = [int(one.text) for one in numbers]
    steps = Counter(after - before for before, after in pairwise(values))
    step, often = steps.most_common(1)[0]
    if step not in (1, 5) or often < 0.9 * (len(values) - 1):
        return False
    gaps = [before.base - after.base for before, after in pairwise(numbers)]
    usual = statistics.median(gaps)
    if sum(abs(gap - usual) < 0.15 * usual for gap in gaps) < 0.8 * len(gaps):
        return False
    left, right = min(one.left for one in numbers), max(one.right for one in numbers)
    among = {id(one) for one in numbers}
    bottom, top = numbers[-1].base - usual, numbers[0].base + usual
    beside = [one for one in pieces if id(one) not in among and bottom < one.base < top]
    on_left = sum(one.left < right for one in beside)
    on_right = sum(one.right > left for one in beside)
    if min(on_left, on_right) > 0.02 * len(beside):
        return False
    # The rows of a table have cells with wide gaps between them; running text has words.
    widths = sum(one.right - one.left for one in beside)
    rows = {round(one.base) for one in beside}
    extent = max((one.right for one in beside), default=0) - min(
        (one.left for one in beside), default=0
    )
    return widths > 0.35 * len(rows) * extent
