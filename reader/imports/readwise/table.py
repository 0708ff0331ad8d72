"""Reads the CSV of Readwise, what its bulk import takes, and the list of its Reader.

The CSV of O'Reilly's online library has the same columns by other names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from msgspec.structs import replace

from reader.core.addresses import is_web_address
from reader.core.source_keys import isbn_in
from reader.imports.authors import names_between_commas, names_in
from reader.imports.model import BadRow, GivenFile, ImportedNote, ImportedSource, ImportItem
from reader.imports.rows import Row, date_fault, rows_of
from reader.imports.values import moment_in

_OF_HIGHLIGHTS: Final = "highlight"
_TITLES: Final = ("book title", "title")
_NOTES: Final = ("note", "personal note")
_DATES = ("highlighted at", "date", "date of highlight")
_OF_READER: Final = frozenset(("title", "url", "document tags", "saved date", "reading progress"))

_INLINE_TAGS: Final = re.compile(r"(?:\.[^\W\d][\w-]{0,59}(?:\s+|$))+")
_HEADING: Final = re.compile(r"h[1-6]")


class _Heading(NamedTuple):
    """A highlight that is the heading of a chapter (``.h1`` in its note)."""

    location: int | None
    text: str


def recognises_table(file: GivenFile) -> bool:
    """Tell whether a file is a table of highlights of Readwise, or a list of its Reader."""
    columns = file.columns
    has_highlights = _OF_HIGHLIGHTS in columns and any(each in columns for each in _TITLES)
    is_own = "annotation" in columns and "article" in columns
    return (has_highlights and not is_own) or _OF_READER.issubset(columns)


def read_table(file: GivenFile) -> Iterator[ImportItem]:
    """Yield the books and articles of a table with their highlights."""
    books: dict[tuple[str, ...], list[Row]] = {}
    for row in rows_of(file):
        if isinstance(row, BadRow):
            yield row
        elif _OF_HIGHLIGHTS not in file.columns:
            yield from date_fault(row, "saved date")
            yield _document(row)
        elif not row.get("highlight") and not row.get(*_NOTES):
            yield BadRow(row.line, "it has neither a highlight nor a note")
        else:
            yield from date_fault(row, *_DATES)
            key = (row.get(*_TITLES), row.get("book author", "author"), row.get("url", "book url"))
            books.setdefault(key, []).append(row)
    for rows in books.values():
        yield _book(rows)


def _document(row: Row) -> ImportedSource:
    """Return a document of Reader, whose list has no highlights."""
    tags = row.get("document tags").strip("[]").split(",")
    return ImportedSource(
        title=row.get("title"),
        url=_address(row.get("url")),
        added=moment_in(row.get("saved date")),
        tags=_tags(tags),
        is_archived=row.get("location").casefold() == "archive",
    )


def _book(rows: list[Row]) -> ImportedSource:
    first = rows[0]
    author = first.get("book author", "author")
    notes: list[ImportedNote] = []
    heading: _Heading | None = None
    for row in rows:
        note = _note(row)
        location = _number(row.get("location"))
        if any(map(_HEADING.fullmatch, note.tags)) and note.quote:
            heading = _Heading(location, note.quote)
        elif heading and _is_below(location, heading):
            note = replace(note, section=heading.text)
        notes.append(note)
    return ImportedSource(
        title=first.get(*_TITLES),
        authors=authors_in(author),
        url=_address(first.get("url", "book url")),
        isbn=isbn_of(first.get("amazon book id")),
        tags=_tags(first.get("document tags").split(",")),
        notes=tuple(notes),
    )


def _is_below(location: int | None, heading: _Heading) -> bool:
    """Tell whether a highlight stands below a heading that is before it in the file."""
    return location is None or heading.location is None or location >= heading.location


def _note(row: Row) -> ImportedNote:
    text, inline_tags = note_with_inline_tags(row.get(*_NOTES))
    page, position = place_of(row.get("location type"), row.get("location"))
    return ImportedNote(
        quote=row.get("highlight"),
        note=text,
        tags=_tags([*row.get("tags").split(","), *inline_tags]),
        colour=row.get("color", "colour"),
        created=moment_in(row.get(*_DATES)),
        section=row.get("chapter title"),
        page=page,
        position=position,
        row=row.line,
    )


def note_with_inline_tags(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a note without the tags at its start (``.favorite``), and these."""
    inline = _INLINE_TAGS.match(text)
    if inline is None:
        return text, ()
    return text[inline.end() :].strip(), tuple(inline.group().replace(".", " ").split())


def place_of(kind: str, location: str) -> tuple[str, str]:
    """Return the page of a highlight, or else its position in words: ``Location 1204``."""
    kind = kind.casefold().replace("_", " ")
    if not location or kind == "none":
        return "", ""
    return (
        (location, "") if kind == "page" else ("", f"{kind or 'location'} {location}".capitalize())
    )


def authors_in(text: str) -> tuple[str, ...]:
    """Return the authors: three of ``Ana Lind, Jan Berg, and Imre Dask``."""
    parts = re.split(r",? and ", text)
    if len(parts) == 1 and text.count(",") <= 1:
        return names_in(text)
    return tuple(dict.fromkeys(name for each in parts for name in names_between_commas(each)))


def _tags(texts: list[str]) -> tuple[str, ...]:
    """Return tags without the signs that Readwise puts before them, or lists around them."""
    names = (each.strip().strip("'\"").lstrip(".#").strip() for each in texts)
    return tuple(dict.fromkeys(name for name in names if name))


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _address(text: str) -> str:
    return text if is_web_address(text) else ""


def isbn_of(asin: str) -> str:
    """Return Amazon's id of a book if it is its ISBN, as it is for older printed books."""
    isbn = isbn_in(asin)
    if len(isbn) != 10:
        return ""
    digits = [10 if each == "X" else int(each) for each in isbn]
    weighted = (weight * digit for weight, digit in zip(range(10, 0, -1), digits, strict=True))
    return isbn if sum(weighted) % 11 == 0 else ""
