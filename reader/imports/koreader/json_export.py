"""Reads the JSON that KOReader exports: one book, or all of them as ``documents``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from reader.imports.authors import names_in
from reader.imports.koreader.entries import (
    colour_of,
    is_mark,
    with_unique_keys,
)
from reader.imports.left_out import left_out
from reader.imports.model import (
    BadRow,
    GivenFile,
    ImportedNote,
    ImportedSource,
    ImportItem,
)
from reader.imports.records import Record, entries_in, value_in
from reader.imports.values import date_in

_PAGED = frozenset({".pdf", ".djvu", ".cbz", ".cbr"})
"""The files whose pages do not depend on the size of the letters."""


def recognises(file: GivenFile) -> bool:
    """Tell whether a file is KOReader's export: books with entries that have a style or a kind."""
    return any(
        isinstance(entry, dict) and "text" in entry and ("sort" in entry or "drawer" in entry)
        for book in filter(_is_book, _documents(file.json))
        for entry in book["entries"][:20]
    )


def read(file: GivenFile) -> Iterator[ImportItem]:
    """Yield the books with their notes."""
    bookmarks = row = 0
    for number, book in enumerate(_documents(file.json), 1):
        if not _is_book(book):
            yield BadRow(number, "it is not a book with notes", is_entry=True)
            continue
        notes: list[ImportedNote] = []
        is_paged = PurePosixPath(value_in(book, "file")).suffix.lower() in _PAGED
        for entry in book["entries"]:
            row += 1
            if not isinstance(entry, dict):
                yield BadRow(row, "it is no note", is_entry=True)
            elif value_in(entry, "note") or (_is_passage(entry) and value_in(entry, "text")):
                notes.append(_note(entry, row, is_paged=is_paged))
            else:
                bookmarks += 1
        title = value_in(book, "title") or PurePosixPath(value_in(book, "file")).stem
        authors = names_in(value_in(book, "author"))
        yield ImportedSource(title=title, authors=authors, notes=with_unique_keys(title, notes))
    yield from left_out({"bookmark": bookmarks})


def _documents(value: Any) -> list[Record]:
    """Return the books of an export of one or of all, and what stands in their places."""
    if not isinstance(value, dict):
        return []
    documents = value.get("documents")
    return entries_in(documents) if isinstance(documents, list) else [value]


def _is_book(value: Record) -> bool:
    return isinstance(value.get("entries"), list)


def _is_passage(entry: Mapping[str, Any]) -> bool:
    return is_mark(entry) or value_in(entry, "sort") != "bookmark"


def _note(entry: Mapping[str, Any], row: int, *, is_paged: bool) -> ImportedNote:
    page, time = value_in(entry, "page"), value_in(entry, "time")
    return ImportedNote(
        quote=value_in(entry, "text") if _is_passage(entry) else "",
        note=value_in(entry, "note"),
        colour=colour_of(entry),
        created=date_in(time),
        section=value_in(entry, "chapter"),
        page=page if is_paged else "",
        position=f"Page {page}" if page and not is_paged else "",
        key=time,
        row=row,
    )
