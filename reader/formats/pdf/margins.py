"""What is printed on every page and is no part of the text: running heads, feet, page numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence, Set
from typing import Final, NamedTuple

from reader.formats.pdf.lines import Line

NEIGHBOURS: Final = 2
"""Pages before and behind one that are compared with it; left and right pages may differ."""

_ZONE: Final = 0.14
"""Of the page's height: what is nearer to its upper or lower edge may be a head or a foot."""

_LINES_LOOKED_AT: Final = 3
_DIGITS = re.compile(r"\d{1,15}|\b[ivxlc]+\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:page|seite|p\.|s\.|página)?\s*[\[|(–—-]*\s*(?:\d{1,4}|[ivxlc]{1,7})\s*[\]|)–—-]*"
    r"(?:\s*(?:of|/|von|de|sur)\s*\d{1,4})?",
    re.IGNORECASE,
)


_Key = tuple[tuple[str, ...], bool, int]
"""What stands between a line's numbers, whether it is in the upper half, how far from the edge."""


class Page(NamedTuple):
    """A page's lines in the order of its file."""

    lines: list[Line]
    """All of them."""
    bottom: float
    """The lower edge of the page."""
    top: float
    """The upper edge of the page."""
    name: str
    """Its number, as the document gives it."""
    place: int = 0
    """Its index in the file."""
    words: Set[str] = frozenset()
    """The words on it, not those at a line's end."""
    sideways: Sequence[list[Line]] = ()
    """Lines that run in another direction than most, turned upright."""
    remark: str = ""
    """What is to be said of it: that it is damaged, a picture, or not all there."""


def without_margins(page: Page, neighbours: Sequence[Page]) -> list[Line]:
    """Return the lines of a page without its running heads, its feet and its number.

    A row is dropped as a whole: some cells of a table's first row may be the same on every page.

    Args:
        page: The page.
        neighbours: Those before and behind it.
    """
    others: defaultdict[_Key, list[tuple[Line, Page]]] = defaultdict(list)
    for other in neighbours:
        for line, _ in _marginal(other):
            others[_key(line, other)].append((line, other))
    rows: defaultdict[int, list[tuple[Line, bool]]] = defaultdict(list)
    for line, row in _marginal(page):
        is_outermost = abs(row) == 1
        is_marginal = (
            (is_outermost and _NUMBER.fullmatch(line.text) is not None)
            or any(_is_same(line, page, *other) for other in others[_key(line, page)])
            or (is_outermost and _is_numbered_head(line, page))
        )
        rows[row].append((line, is_marginal))
    whole = [row for row in rows.values() if all(is_marginal for _, is_marginal in row)]
    dropped = {id(line) for row in whole for line, _ in row}
    if len(dropped) == len(page.lines) and neighbours:
        # A page of which every line is repeated is a form or a slide, not margins alone.
        dropped = {id(line) for line in page.lines if _NUMBER.fullmatch(line.text)}
    return [line for line in page.lines if id(line) not in dropped]


def _is_same(line: Line, page: Page, other: Line, other_page: Page) -> bool:
    """Tell whether the numbers of two lines with one key are the same, or go up with the pages."""
    by = page.place - other_page.place
    ours, theirs = (_DIGITS.findall(one.text.casefold()) for one in (line, other))
    return all(
        one == two or not (one.isdecimal() and two.isdecimal()) or int(one) - int(two) == by
        for one, two in zip(ours, theirs, strict=True)
    )


def _is_numbered_head(line: Line, page: Page) -> bool:
    """Tell whether a line apart from the text begins or ends with the number of the page."""
    words = line.text.split()
    if len(words) < 2 or page.name not in (words[0], words[-1]):
        return False
    room = 1.2 * line.height
    return not any(
        other is not line
        and other.bottom < line.top + room
        and other.top > line.bottom - room
        and not (other.bottom < line.top and other.top > line.bottom)
        for other in page.lines
    )


def _marginal(page: Page) -> list[tuple[Line, int]]:
    """Return the lines near the edges, and their rows: from 1 downwards, from -1 upwards."""
    height = page.top - page.bottom
    found: list[tuple[Line, int]] = []
    for is_head in (True, False):
        lines = sorted(page.lines, key=lambda one: -one.top if is_head else one.bottom)
        rows = 0
        before: Line | None = None
        for line in lines:
            if before is None or min(line.top, before.top) <= max(line.bottom, before.bottom):
                rows += 1
            before = line
            distance = page.top - line.bottom if is_head else line.top - page.bottom
            if rows > _LINES_LOOKED_AT or distance > _ZONE * height:
                break
            found.append((line, rows if is_head else -rows))
    return found


def _key(line: Line, page: Page) -> _Key:
    """Return what running lines have in common: their words, and how far from the edge they are."""
    is_head = line.bottom > (page.top + page.bottom) / 2
    distance = page.top - line.top if is_head else line.bottom - page.bottom
    words = tuple(" ".join(part.split()) for part in _DIGITS.split(line.text.casefold()))
    return words, is_head, round(distance / 8)
