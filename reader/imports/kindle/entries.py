"""Parses the entries of ``My Clippings.txt``: a title, a label, and the words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from reader.imports.authors import names_in
from reader.imports.dates import written_moment
from reader.imports.kindle.words import (
    ADDED,
    ANY_NUMBERS,
    LOCATION,
    PAGE,
    STYLES,
    Kind,
    folded,
    kind_in,
)
from reader.imports.model import BadRow

_LONGEST_LABEL = 400
"""A longer second line is no label, in code points."""

_SEPARATOR = re.compile(r"={8,}\s*\Z")
_DASHES = "-‐‑–—−"
_BAR = re.compile(r"[|｜]")
_CLOCK = re.compile(r"\d[:：]\d\d")
_ROMAN = frozenset("ivxlcdm")


class Entry(NamedTuple):
    """An entry of the file."""

    row: int
    """The line of its title, from 1."""
    title: str
    authors: tuple[str, ...]
    kind: Kind
    is_named: bool
    """Whether its label names the kind in a language that is known."""
    style: str
    """The style of a mark that is no highlight; else empty."""
    page: str
    """The page or the pages as they are printed, such as ``xii``; may be empty."""
    first: int
    """The first of its locations; -1 where the file has none."""
    last: int
    """The last of its locations."""
    moment: datetime | None
    """When it was made, mostly without a zone."""
    words: str
    """The passage, or the note."""
    unread_time: str = ""
    """The time as it is written, where it cannot be read; empty where it can, or there is none."""


class Place(NamedTuple):
    """Where a clipping stands; see ``Entry``."""

    page: str
    first: int
    last: int

    @property
    def position(self) -> str:
        """Its location in words; empty where it has none."""
        if self.first < 0:
            return ""
        span = f"{self.first}-{self.last}" if self.last > self.first else str(self.first)
        return f"Location {span}"


def entries_in(text: str) -> Iterator[Entry | BadRow]:
    """Yield the entries of a file in their order.

    An entry that was cut off at the end of the file is one of the bad rows, and so is one whose
    second line is no label.
    """
    lines: list[str] = []
    start = 1
    number = 0
    for number, line in enumerate(_lines(text), 1):
        if not _SEPARATOR.match(line):
            lines.append(line)
            continue
        yield from _entry(lines, start)
        lines, start = [], number + 1
    if any(each.strip() for each in lines):
        cut = [*_entry(lines, start)]
        is_whole = any(isinstance(each, Entry) and each.words for each in cut)
        yield from cut if is_whole else [BadRow(start, "the file ends within this entry")]


def _lines(text: str) -> list[str]:
    # A device that starts a new file writes a byte order mark before each entry of that day.
    return text.replace("\ufeff", "").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _entry(lines: list[str], start: int) -> Iterator[Entry | BadRow]:
    blank = next((count for count, line in enumerate(lines) if line.strip()), len(lines))
    lines, start = lines[blank:], start + blank
    if not lines:
        return
    label = lines[1].strip() if len(lines) > 1 else ""
    if not label.startswith(tuple(_DASHES)) or len(label) > _LONGEST_LABEL:
        yield BadRow(start, "the line after the title does not say what it is and where it stands")
        return
    where, time, moment = _split(label.lstrip(_DASHES + " "))
    place = place_in(where)
    words = "\n".join(each.rstrip() for each in lines[2:]).strip()
    named = kind_in(where)
    kind = named or _kind_by_shape(place, words)
    style = next((each for each in STYLES if each in where), "")
    title, authors = title_and_authors(lines[0])
    unread = "" if moment else time
    yield Entry(start, title, authors, kind, bool(named), style, *place, moment, words, unread)


def _split(label: str) -> tuple[str, str, datetime | None]:
    """Return the folded part of a label that tells the place, the rest, and the time in that."""
    *parts, last = _BAR.split(label)
    moment = written_moment(last)
    if moment or _CLOCK.search(last) or any(each in folded(last) for each in ADDED):
        return folded("|".join(parts)), last.strip(), moment
    return folded("|".join((*parts, last))), "", None


def place_in(where: str) -> Place:
    """Return the place that a label names.

    Args:
        where: The label, folded.
    """
    location = LOCATION.search(where)
    page = _page(where if location is None else where.replace(location[0], ""))
    if location is None:
        *before, last = _BAR.split(PAGE.sub("", where))
        location = _last_number(last)
        if not page and location and (number := _last_number("|".join(before))):
            page = number[0].rstrip(".,")
    if location is None:
        return Place(page, -1, -1)
    start = re.sub(r"\D", "", location[1])[:12]
    end = re.sub(r"\D", "", location[2] or "")[:12] or start
    if len(end) < len(start):  # `Loc. 1004-5`
        end = start[: -len(end)] + end
    return Place(page, int(start), max(int(start), int(end)))


def _last_number(text: str) -> re.Match[str] | None:
    """Return the last number or range of a text; None if it has none."""
    return next(iter([*ANY_NUMBERS.finditer(text)][-1:]), None)


def _page(where: str) -> str:
    """Return the last page that a label names: ``marcador de página na página 222``."""
    page = ""
    for found in PAGE.finditer(where):
        one, other = found[1] or found[3], found[2] or found[4]
        if _is_page(one):
            page = f"{one}-{other}" if other and other != one and _is_page(other) else one
    return page


def _is_page(label: str) -> bool:
    return any(each.isdigit() for each in label) or set(label) <= _ROMAN


def _kind_by_shape(place: Place, words: str) -> Kind:
    """Return what an entry must be in a language that is not known."""
    if not words:
        return Kind.BOOKMARK
    return Kind.HIGHLIGHT if place.last > place.first or "-" in place.page else Kind.NOTE


def title_and_authors(line: str) -> tuple[str, tuple[str, ...]]:
    """Return the title and the authors in the first line of an entry.

    The authors stand in the last brackets, which may hold brackets. A line that ends in two spaces
    has no author, whatever its title ends with.
    """
    title = line.strip()
    start = -1 if line.endswith("  ") else _last_bracket(title)
    if start <= 0:
        return title, ()
    return title[:start].rstrip(), names_in(title[start + 1 : -1])


def _last_bracket(title: str) -> int:
    """Return the offset of the bracket that the last character closes; -1 if there is none."""
    if not title.endswith(")"):
        return -1
    depth = 0
    for offset in range(len(title) - 1, -1, -1):
        depth += (title[offset] == ")") - (title[offset] == "(")
        if depth == 0:
            return offset
    return -1


def same_words(text: str) -> str:
    """Return words in the form in which they are compared: white space does not count."""
    return " ".join(unicodedata.normalize("NFC", text).split())
