"""Makes segments of the words of a PDF's page: words on one base line without a wide gap.

Raised digits become superscript characters, links get their words, and numbers that count the lines
of a page are removed.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from reader.formats.cleaning import clean_line
from reader.formats.pdf.lines import PdfLine, PdfLink
from reader.formats.pdf.process import PdfWord, RawPage, WordGroup
from reader.formats.pdf.spaced import with_joined_letters
from reader.formats.pdf.worker.words import BOLD, CUT, SYMBOL

_WIDE_GAP: Final = 0.8
"""The widest gap inside a segment, as a share of the font's size."""

MAX_LINKS: Final = 1000
"""The most links of one page."""

_FEWEST_NUMBERS: Final = 15
"""The fewest numbers in a margin that count the lines, and are not a column of a table."""

_BUCKET: Final = 8.0
"""The height of the stripes of a page in which links are looked up, in points."""

_MOST_BUCKETS: Final = 400
"""The most stripes of one link: no page is higher on paper."""

_MOST_BESIDE: Final = 100
"""The most links in one stripe; more would overlap."""

_MOST_COUNTS: Final = 20
"""The most columns of numbers on one page that are checked; a transcript has up to four."""

_RAISED = re.compile(r"[-+–−]?[0-9][0-9,+–−-]*")
_LEFTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufefc]")
_DOTS = re.compile(r"[.…]+")
_LEADERS = re.compile(r"\.{5,}|…\.+|…{2,}")
_SUPERSCRIPTS = str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
_SAFE_SCHEMES = ("http://", "https://", "mailto:")


def read_lines(page: RawPage, group: WordGroup) -> list[PdfLine]:
    """Return the segments of a page's words, in the order of its file.

    Args:
        page: The page, whose links belong to its first group.
        group: Words of one direction.
    """
    links = page.links[:MAX_LINKS] if group is page.groups[0] else []
    if _is_leftward(group.words):
        # A mirrored page is laid out like any other, and its columns are read from the right.
        for word in group.words:
            word.left, word.right = -word.right, -word.left
        links = [(-right, -left, bottom, top, target) for left, right, bottom, top, target in links]
    areas = _Areas(links)
    lines: list[PdfLine] = []
    run: list[PdfWord] = []
    left = right = 0.0
    words = list(with_joined_letters(_without_doubles(_cleaned(group.words))))
    for word in _without_line_numbers(words):
        if run and _parts(run, (left, right), word):
            lines.append(_line(run, areas))
            run = []
        left = min(left, word.left) if run else word.left
        right = max(right, word.right) if run else word.right
        run.append(word)
    if run:
        lines.append(_line(run, areas))
    return lines


def _cleaned(words: Sequence[PdfWord]) -> Iterator[PdfWord]:
    """Yield the cleaned words, with rows of dots replaced by one sign."""
    leader: PdfWord | None = None
    for word in words:
        text = word.text
        if not (text.isascii() and text.isprintable()):
            text = clean_line(text)
        if leader is not None and _DOTS.fullmatch(text) and abs(word.base - leader.base) < 2:
            leader.right = max(leader.right, word.right)
            if leader.text != "…":
                leader.text += text
                leader.text = "…" if len(leader.text) > 3 else leader.text
            continue
        if leader is not None:
            yield leader
            leader = None
        word.text = _LEADERS.sub("…", text)
        if _DOTS.fullmatch(text):
            leader = word
        elif word.text:
            yield word
    if leader is not None:
        yield leader


def _is_leftward(words: Sequence[PdfWord]) -> bool:
    """Return whether most of a page is in scripts that are written from right to left."""
    letters = sum(len(word.text) for word in words)
    leftward = sum(len(_LEFTWARD.findall(word.text)) for word in words)
    return leftward * 2 > letters


def _parts(run: Sequence[PdfWord], edges: tuple[float, float], after: PdfWord) -> bool:
    """Return whether a word is on another line or in another column than those before it."""
    first, before = run[0], run[-1]
    size = max(before.size, after.size, 1.0)
    smaller = min(before.top - before.bottom, after.top - after.bottom)
    is_apart = min(before.top, after.top) - max(before.bottom, after.bottom) < 0.3 * smaller
    gap = after.left - before.right
    if before.left < 0 and gap < -1.2 * size:  # On a mirrored page, Latin words run the other way.
        gap = max(after.left - edges[1], edges[0] - after.right)
    if max(before.size, after.size) > 1.9 * min(before.size, after.size):
        return True  # a drop cap over several lines
    if after.style & CUT and gap < 0.5 * size:
        return abs(after.base - first.base) > 0.9 * size
    return is_apart or gap > _WIDE_GAP * size or gap < -1.2 * size


def _without_doubles(words: Iterator[PdfWord]) -> list[PdfWord]:
    """Drop words that are printed twice at one position, to look bold or to cast a shadow."""
    seen: set[tuple[str, int, int]] = set()
    single_words: list[PdfWord] = []
    for word in words:
        column, row = round(word.left / 3), round(word.base / 3)
        if len(word.text) > 1 or word.text.isalnum():
            around = ((word.text, column + x, row + y) for x in (-1, 0, 1) for y in (-1, 0, 1))
            if not seen.isdisjoint(around):
                continue
            seen.add((word.text, column, row))
        single_words.append(word)
    return single_words


# Lines


def _line(run: Sequence[PdfWord], areas: _Areas) -> PdfLine:
    """Return the line of words."""
    sizes: Counter[float] = Counter()
    for word in run:
        sizes[word.size] += len(word.text)
    size = sizes.most_common(1)[0][0]
    plain = [word for word in run if word.size > 0.85 * size] or list(run)
    line = PdfLine(
        "",
        min(word.left for word in run),
        max(word.right for word in run),
        statistics.median(word.bottom for word in plain),
        statistics.median(word.top for word in plain),
        _size_of(size, plain),
        statistics.median(word.base for word in plain),
        all(word.style & BOLD for word in plain),
    )
    _fill(line, run, size, areas)
    return line


def _fill(line: PdfLine, run: Sequence[PdfWord], size: float, areas: _Areas) -> None:
    """Set a line's text, its raised ranges and its links."""
    texts: list[str] = []
    length = 0
    for number, word in enumerate(run):
        text = word.text
        if number and not word.style & CUT and text[0] != "⁄":
            texts.append(" ")
            length += 1
        elif number == 0 and word.style & SYMBOL and len(text) == 1 and len(run) > 1:
            text = "•"  # A font of pictures uses the codes of letters for its bullets.
        if word.size < 0.85 * size and word.base > line.base + 0.12 * size:
            if _RAISED.fullmatch(text):
                text = text.translate(_SUPERSCRIPTS)
            line.raised.append((length, length + len(text)))
        if target := areas.target_at(word):
            last = line.links[-1] if line.links else None
            if last is not None and last.target == target and last.end >= length - 1:
                line.links[-1] = PdfLink(last.start, length + len(text), target)
            else:
                line.links.append(PdfLink(length, length + len(text), target))
        texts.append(text)
        length += len(text)
    line.text = "".join(texts)


def _size_of(size: float, words: Sequence[PdfWord]) -> float:
    """Return the size of a font, or its height if the size is implausible."""
    height = statistics.median(word.top - word.bottom for word in words)
    return round(size if 0.4 * height <= size <= 2.5 * height else height / 1.2, 1)


class _Areas:
    """The areas of a page's links, by their height."""

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

    def target_at(self, word: PdfWord) -> str:
        """Return the target of a word's link, or an empty string."""
        if not self._rows:
            return ""
        x, y = (word.left + word.right) / 2, word.base + 0.25 * word.size
        for left, right, bottom, top, target in self._rows.get(int(y // _BUCKET), ()):
            if left <= x <= right and bottom <= y <= top:
                return target
        return ""


# Line numbers


def _without_line_numbers(words: list[PdfWord]) -> list[PdfWord]:
    """Drop the numbers of the lines of a page, as in transcripts and drafts."""
    columns: defaultdict[int, list[PdfWord]] = defaultdict(list)
    for word in words:
        if word.text.isdecimal() and len(word.text) <= 4 and not word.style & CUT:
            for column in {round(word.right / 6), round(word.right / 6 + 0.5)}:
                columns[column].append(word)
    for numbers in sorted(columns.values(), key=len, reverse=True)[:_MOST_COUNTS]:
        if len(numbers) < _FEWEST_NUMBERS:
            break
        if _count_lines(numbers, words):
            dropped = {id(word) for word in numbers}
            return [word for word in words if id(word) not in dropped]
    return words


def _count_lines(numbers: list[PdfWord], words: Sequence[PdfWord]) -> bool:
    """Return whether numbers below each other increase evenly in a margin without other text."""
    numbers.sort(key=lambda word: -word.base)
    values = [int(word.text) for word in numbers]
    steps = Counter(after - before for before, after in pairwise(values))
    step, often = steps.most_common(1)[0]
    if step not in (1, 5) or often < 0.9 * (len(values) - 1):
        return False
    gaps = [before.base - after.base for before, after in pairwise(numbers)]
    usual = statistics.median(gaps)
    if sum(abs(gap - usual) < 0.15 * usual for gap in gaps) < 0.8 * len(gaps):
        return False
    left, right = min(word.left for word in numbers), max(word.right for word in numbers)
    among = {id(word) for word in numbers}
    bottom, top = numbers[-1].base - usual, numbers[0].base + usual
    beside = [word for word in words if id(word) not in among and bottom < word.base < top]
    on_left = sum(word.left < right for word in beside)
    on_right = sum(word.right > left for word in beside)
    if min(on_left, on_right) > 0.02 * len(beside):
        return False
    # The rows of a table have cells with wide gaps between them; running text has words.
    widths = sum(word.right - word.left for word in beside)
    rows = {round(word.base) for word in beside}
    extent = max((word.right for word in beside), default=0) - min(
        (word.left for word in beside), default=0
    )
    return widths > 0.35 * len(rows) * extent
