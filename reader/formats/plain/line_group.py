"""Looks ahead in a group of plain lines, once for all of its lines.

A group can have tens of thousands of lines. Looking at all lines below each line would take time in
proportion to the square of their number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate

from reader.formats.joining import cells
from reader.formats.plain.figures import find_figures
from reader.formats.plain.layout import LONG_LINE, TextLayout, is_full
from reader.formats.plain.lines import MAX_HEADING, is_rule, read_item, underline_level
from reader.formats.plain.residue import is_residue

OPENING = frozenset("\"'“‘«„([$£€¿¡")
"""The characters other than letters that a sentence may begin with."""

MIN_LOCAL_WIDTH = 45
"""The narrowest wrapping in a text that was not wrapped as a whole, in cells."""


class LineGroup:
    """Lines without a blank line between them, with answers about the lines below each one.

    The questions are asked from the first line to the last, and an answer is kept for the next one.
    """

    def __init__(self, lines: list[str], layout: TextLayout) -> None:
        self.lines = lines
        """The lines."""
        self.layout = layout
        """The layout of the text that holds them."""
        self.figures = find_figures(lines)
        """Where tables and drawings begin and end; see ``find_figures``."""
        self._text_end = _Ahead(self._begins_other, len(lines))
        self._residue = _Ahead(lambda at: is_residue(lines[at].strip()), len(lines))
        self._beginnings: dict[str, int] | None = None
        self._widest: list[int] | None = None
        self._full: dict[int, list[int]] = {}
        self._last_long = _last(lines, lambda line: len(line) >= LONG_LINE)
        self._last_low: int | None = None

    def text_end(self, start: int) -> int:
        """Return the end of the lines of text that begin at ``start``.

        Returns:
            The index of the first line of a figure, a list, a quotation, a rule or an underlined
            heading, or the number of lines.
        """
        return self._text_end.find(start + 1)

    def next_residue(self, start: int) -> int:
        """Return the index of the first residue from ``start`` on, or the number of lines."""
        return self._residue.find(start)

    def is_short(self, start: int) -> bool:
        """Return whether no line from ``start`` on is long."""
        return self._last_long < start

    def width(self, start: int) -> int:
        """Return the column at which the lines from ``start`` on may have been wrapped, or 0."""
        if self.layout.width:
            return self.layout.width
        if self._widest is None:
            widths = [cells(line) for line in reversed(self.lines)]
            self._widest = list(accumulate(widths, max))[::-1]
        return wrap_width(self._widest[start], len(self.lines) - start, self.lines[-1])

    def is_wrapped(self, start: int, width: int) -> bool:
        """Return whether nearly every line from ``start`` on except the last is full."""
        lines, count = self.lines, len(self.lines) - start
        if count == 1:
            return True
        if width not in self._full:
            pairs = zip(lines[-2::-1], lines[:0:-1], strict=True)
            full = (is_full(line, after, width) for line, after in pairs)
            self._full[width] = [*accumulate(full, initial=0)][::-1]
        if self._last_low is None:
            self._last_low = _last(lines, lambda line: not begins_high(line))
        return is_nearly_all(self._full[width][start], count, self._last_low < start)

    def _begins_other(self, at: int) -> bool:
        """Return whether a list, a quotation, a rule or a heading begins at a lower line."""
        line, before = self.lines[at], self.lines[at - 1]
        if at in self.figures or is_rule(line) or line.lstrip().startswith("> "):
            return True
        has_below = at + 1 < len(self.lines)
        if has_below and len(line) <= MAX_HEADING and underline_level(self.lines[at + 1]):
            return True
        if read_item(line) is None:
            return False
        return before.rstrip().endswith(":") or self._goes_on(at)

    def _goes_on(self, at: int) -> bool:
        """Return whether a list begins at a line: its bullet occurs again below."""
        bullet = self.lines[at].lstrip()[:2]
        if bullet[0].isalnum() or bullet[0] in "(–":
            return False
        if self._beginnings is None:
            self._beginnings = {line.lstrip()[:2]: i for i, line in enumerate(self.lines)}
        return self._beginnings[bullet] > at


class _Ahead:
    """Finds the next index with a property, for ever higher starts."""

    def __init__(self, has_it: Callable[[int], bool], end: int) -> None:
        self._has_it = has_it
        self._end = end
        self._from = self._found = 0
        self._is_known = False

    def find(self, start: int) -> int:
        """Return the first index from ``start`` on, or the end."""
        if not (self._is_known and self._from <= start <= self._found):
            self._found = next((i for i in range(start, self._end) if self._has_it(i)), self._end)
            self._is_known = True
        self._from = start
        return self._found


def wrap_width(widest: int, count: int, last: str) -> int:
    """Return the column at which lines may have been wrapped; 0 if they were not.

    Args:
        widest: The width of the widest line, in cells.
        count: The number of lines.
        last: The last line.
    """
    if not MIN_LOCAL_WIDTH <= widest <= LONG_LINE:
        return 0
    is_prose = count > 2 or (count == 2 and last.lstrip()[:1].islower())
    return widest if is_prose else 0


def is_nearly_all(full: int, count: int, all_begin_high: bool) -> bool:
    """Return whether so many lines are full that the lines were wrapped.

    Args:
        full: The number of full lines, without the last one.
        count: The number of lines, at least two.
        all_begin_high: Whether every line begins like a sentence, as verse may do too.
    """
    if all_begin_high and count > 3:
        return full == count - 1
    return full * 5 >= (count - 1) * 4


def begins_high(line: str) -> bool:
    """Return whether a line begins like a sentence."""
    return line[:1].isupper() or line[:1] in OPENING


def _last(lines: Sequence[str], has_it: Callable[[str], bool]) -> int:
    """Return the index of the last line with a property, or -1."""
    return next((i for i in range(len(lines) - 1, -1, -1) if has_it(lines[i])), -1)
