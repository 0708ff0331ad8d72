"""Graphemes and their widths in terminal cells, as the screen draws them.

A grapheme is the unit that a line break never divides: an extended grapheme cluster of Unicode
Standard Annex 29, joined with a neighbour where it has no cells of its own, and divided after
joiners, since the screen draws the members of a family side by side. So every grapheme has at least
one cell, and the widths of a line's graphemes add up to the width of the line.

Widths are those of Rich, the library that draws the screen, for the text that is drawn: without the
joiners and styles of emoji, see ``safe_text.drawn``. They come from the tables of ``wcwidth``,
corrected for the few code points on which the two differ.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from reader.safe_text import drawn

_JOINER = "\u200d"
_AFTER_JOINER = re.compile(f"(?<={_JOINER})(?!$)")

# Characters of one cell that are graphemes by themselves: printable ASCII, Latin, Greek, Cyrillic,
# Hebrew and Arabic letters, dashes, quotes, currency, fractions, arrows, mathematics, box drawing,
# and the shapes and dingbats used for items and notes, including those of Margin's own screens.
# A test compares them with wcwidth.
_NARROW = (
    " -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u058f\u05d0-\u05ea\u0620-\u064a"
    "\u0671-\u06d3\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u209c\u20a0-\u20c0\u2500-\u25fc"
    "\u2100-\u218b\u2190-\u2319\u2600-\u2613\u2690-\u2692\u270c-\u2727\u2729-\u274b\u2756"
    "\u2758-\u2794\ufffd"
)
# Such characters of two cells: kana, CJK punctuation and ideographs, Hangul, full-width forms.
_WIDE = (
    "\u3000-\u3029\u3041-\u3096\u309b-\u30ff\u3105-\u312f\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uff01-\uff60\uffe0-\uffe6\U00020000-\U0002fffd"
)
_SIMPLE = _NARROW + _WIDE

TAB_WIDTH = 3
"""The cells of a tab, which only table rows contain: a bar with a space on each side."""
WIDEST = 4
"""The most cells of a grapheme; wider clusters, such as long conjuncts, are divided."""

_is_narrow = re.compile(f"[\n{_NARROW}]*").fullmatch


@cache
def _simple() -> re.Pattern[str]:
    """Return the pattern of text in which every character is a grapheme by itself."""
    return re.compile(f"[{_SIMPLE}]*")


@cache
def _not_simple() -> re.Pattern[str]:
    """Return the pattern of characters that may belong to a grapheme of several code points."""
    return re.compile(f"[^{_SIMPLE}]+")


# Where Rich 15 differs from wcwidth 0.9: emoji modifiers and single regional indicators, which are
# drawn with the character before them, and code points that only one of their Unicode versions has.
_DRAWN_OTHERWISE = (
    (0x05C8, 0x05C9, 1),
    (0x0B53, 0x0B54, 1),
    (0x1ADE, 0x1ADF, 1),
    (0x1AEC, 0x1AF0, 1),
    (0x10ECB, 0x10ECF, 1),
    (0x10EF0, 0x10EF9, 1),
    (0x11DF0, 0x11DF0, 1),
    (0x18CD6, 0x18CDA, 1),
    (0x18D1F, 0x18D20, 1),
    (0x18E00, 0x19191, 1),
    (0x191A0, 0x191D2, 1),
    (0x1B123, 0x1B128, 1),
    (0x1B168, 0x1B168, 1),
    (0x1D127, 0x1D128, 1),
    (0x1D250, 0x1D252, 1),
    (0x1D25B, 0x1D25C, 1),
    (0x1D25F, 0x1D25F, 1),
    (0x1D280, 0x1D281, 1),
    (0x1F1AE, 0x1F1AE, 1),
    (0x1F1E6, 0x1F1FF, 1),
    (0x1F3FB, 0x1F3FF, 0),
    (0x1F6D9, 0x1F6D9, 1),
    (0x1F7DA, 0x1F7DA, 1),
    (0x1FA8B, 0x1FA8D, 1),
    (0x1FACC, 0x1FACC, 1),
    (0x1FADD, 0x1FADD, 1),
    (0x1FAEB, 0x1FAEB, 1),
    (0x1FAF9, 0x1FAFA, 1),
)


class Graphemes(NamedTuple):
    """The graphemes of a piece of text, made by ``graphemes``."""

    starts: Sequence[int]
    """The index of each grapheme's first code point, then the length of the text."""
    cells: Sequence[int]
    """The cells before each grapheme, then the width of the text."""

    @property
    def width(self) -> int:
        """The width of the text in cells."""
        return self.cells[-1]

    def at_index(self, index: int) -> int:
        """Return the number, from 0, of the grapheme at code point ``index``; else of the last."""
        return max(min(bisect_right(self.starts, index), len(self.starts) - 1) - 1, 0)

    def at_cell(self, cell: int) -> int:
        """Return the number, from 0, of the grapheme at ``cell``; else of the nearest."""
        return max(min(bisect_right(self.cells, cell), len(self.cells) - 1) - 1, 0)


class _Widths(dict[str, int]):
    """The width of each code point in cells, computed on first use."""

    def __missing__(self, character: str) -> int:
        width = _width_of(character)
        self[character] = width
        return width


def _width_of(character: str) -> int:
    if _is_narrow(character):
        return int(character != "\n")
    if character == "\t":
        return TAB_WIDTH
    if _simple().fullmatch(character):
        return 2
    # Imported here because it takes 21 ms, and most articles do not need it.
    from wcwidth import wcwidth  # noqa: PLC0415

    number = ord(character)
    for first, last, width in _DRAWN_OTHERWISE:
        if first <= number <= last:
            return width
    return max(wcwidth(character), 0)


_widths = _Widths()


def is_narrow(text: str) -> bool:
    """Return whether every character but newlines is a grapheme of one cell."""
    return _is_narrow(text) is not None


def cell_width(text: str) -> int:
    """Return the cells that ``text`` takes when it is drawn on one line."""
    if _is_narrow(text):
        return len(text) - text.count("\n")
    return sum(map(_widths.__getitem__, text))


def graphemes(text: str) -> Graphemes:
    """Divide ``text``, which contains no newline, into graphemes.

    It takes 5 to 80 ns a character, and no memory for narrow text.
    """
    if _is_narrow(text):
        indices = range(len(text) + 1)
        return Graphemes(indices, indices)
    if _simple().fullmatch(text):
        cells = list(accumulate(map(_widths.__getitem__, text), initial=0))
        return Graphemes(range(len(text) + 1), cells)
    return _tabbed_graphemes(text) if "\t" in text else _joined_graphemes(text)


def _tabbed_graphemes(text: str) -> Graphemes:
    """Divide a row of a table; each tab is a grapheme by itself."""
    starts: list[int] = []
    cells: list[int] = []
    start = cell = 0
    for part in text.split("\t"):
        divided = graphemes(part)
        starts.extend(start + index for index in divided.starts)
        cells.extend(cell + before for before in divided.cells)
        # Text without width gets one cell, so that it and the tab have different cells.
        cells[-1] += part != "" and not divided.width
        cell = cells[-1] + TAB_WIDTH
        start = starts[-1] + 1
    return Graphemes(starts, cells)


def _joined_runs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges of ``text`` in which graphemes may have several code points.

    A range includes one character on each side, which may belong to its graphemes; for the same
    reason, ranges separated by one or two simple characters become one.
    """
    first, last = -1, -1
    for match in _not_simple().finditer(text):
        start, end = match.span()
        if first >= 0 and start - last > 2:
            yield max(first - 1, 0), last + 1
            first = start
        elif first < 0:
            first = start
        last = end
    if first >= 0:
        yield max(first - 1, 0), min(last + 1, len(text))


def _joined_graphemes(text: str) -> Graphemes:
    from wcwidth import iter_graphemes  # noqa: PLC0415

    starts: list[int] = []
    widths: list[int] = []
    done = 0
    for first, last in _joined_runs(text):
        starts.extend(range(done, first))
        widths.extend(map(_widths.__getitem__, text[done:first]))
        start = first
        for cluster in _drawn_apart(iter_graphemes(text[first:last])):
            end = start + len(cluster)
            width = _widths[cluster] if len(cluster) == 1 else cell_width(cluster)
            joined = 0
            if starts and width == 0:
                joined = cell_width(text[starts[-1] : end])
            if joined and joined <= WIDEST:
                widths[-1] = joined
            elif width > WIDEST:
                _add_characters(cluster, start, starts, widths)
            else:
                starts.append(start)
                widths.append(width)
            start = end
        done = last
    starts.extend(range(done, len(text)))
    widths.extend(map(_widths.__getitem__, text[done:]))
    _give_first_a_cell(text, starts, widths)
    starts.append(len(text))
    return Graphemes(starts, list(accumulate(widths, initial=0)))


def _drawn_apart(clusters: Iterator[str]) -> Iterator[str]:
    """Divide clusters after their joiners, since what a joiner joins is drawn side by side."""
    for cluster in clusters:
        if _JOINER in cluster:
            yield from _AFTER_JOINER.split(cluster)
        else:
            yield cluster


def _add_characters(cluster: str, start: int, starts: list[int], widths: list[int]) -> None:
    """Divide a cluster that is too wide into characters, each with its combining marks."""
    for index, character in enumerate(cluster, start):
        width = _widths[character]
        if width or index == start:
            starts.append(index)
            widths.append(width)


def _give_first_a_cell(text: str, starts: list[int], widths: list[int]) -> None:
    """Join graphemes without cells at the start of ``text`` with the next one."""
    while len(starts) > 1 and widths[0] == 0:
        del starts[1], widths[0]
        widths[0] = cell_width(text[: starts[1]] if len(starts) > 1 else text)


def clip(text: str, width: int) -> str:
    """Return ``text`` as it is drawn in ``width`` cells; the last cell of cut text is ``…``."""
    text = drawn(text)
    if cell_width(text) <= width:
        return text
    if width < 1:
        return ""
    divided = graphemes(text)
    return text[: divided.starts[bisect_right(divided.cells, width - 1) - 1]] + "…"
