"""Reads the file that KOReader keeps beside a book: ``metadata.epub.lua`` and its like.

Since 2024 it has a table ``annotations``. Before, the passages stood in ``highlight``, by pages,
and the notes in ``bookmarks``, where ``notes`` is the passage and ``text`` the note.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any

from reader.core.source_keys import isbn_in
from reader.errors import SourceError
from reader.imports.authors import names_in
from reader.imports.dates import written_date
from reader.imports.koreader.entries import (
    PLAIN,
    colour_of,
    is_mark,
    with_unique_keys,
)
from reader.imports.koreader.lua_data import LuaDataError, LuaTable, parse
from reader.imports.left_out import left_out
from reader.imports.model import GivenFile, ImportedNote, ImportedSource, ImportItem
from reader.imports.records import value_in

_START = re.compile(r"(?:\s|--[^\n]*\n)*(?:return\b\s*)?\{")
_TABLES = ('["annotations"]', '["highlight"]', '["bookmarks"]')
_AUTOMATIC = re.compile(r"@ \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\s*\Z")
"""What the text of a bookmark ends with if the reader wrote none: ``Page 12 … @ 2020-…``."""


def recognises(file: GivenFile) -> bool:
    """Tell whether a file is a table in Lua's syntax with KOReader's notes."""
    return bool(_START.match(file.text)) and any(each in file.text for each in _TABLES)


def read(file: GivenFile) -> Iterator[ImportItem]:
    """Yield the book with its notes.

    Raises:
        SourceError: The file is not in Lua's syntax.
    """
    try:
        root = parse(file.text)
    except LuaDataError as error:
        raise SourceError(
            "Notes are damaged", f"{file.name} is not a file of KOReader: {error}."
        ) from error
    reasons: Counter[str] = Counter()
    notes: list[ImportedNote] = []
    for number, entry in enumerate(_entries(root), 1):
        if value_in(entry, "note") or (is_mark(entry) and value_in(entry, "text")):
            notes.append(_note(entry, number))
        else:
            reasons["marked picture" if is_mark(entry) else "bookmark"] += 1
    yield _source(root, notes)
    yield from left_out(reasons)


def _table(value: Any) -> LuaTable:
    return value if isinstance(value, dict) else {}


def _rows(value: Any) -> Iterator[LuaTable]:
    """Yield the tables in a list, in the order of their numbers."""
    rows = _table(value)
    numbers = sorted(each for each in rows if isinstance(each, int | float))
    yield from (rows[each] for each in numbers if isinstance(rows[each], dict))


def _entries(root: LuaTable) -> Iterator[LuaTable]:
    """Yield the entries, those of older versions in the form of the present one."""
    if _table(root.get("annotations")):
        yield from _rows(root["annotations"])
        return
    bookmarks = [*_rows(root.get("bookmarks"))]
    by_time: defaultdict[str, list[LuaTable]] = defaultdict(list)
    for each in bookmarks:
        by_time[value_in(each, "datetime")].append(each)
    marked: set[int] = set()
    highlights = _table(root.get("highlight"))
    for page in sorted(each for each in highlights if isinstance(each, int | float)):
        for entry in _rows(highlights[page]):
            quote = value_in(entry, "text")
            bookmark = _bookmark_of(quote, by_time.get(value_in(entry, "datetime"), ()))
            marked.add(id(bookmark))
            note = _old_note(bookmark or {}, quote)
            yield {"drawer": PLAIN, **entry, "note": note, "pageno": page}
    yield from (_from_bookmark(each) for each in bookmarks if id(each) not in marked)


def _bookmark_of(quote: str, bookmarks: Sequence[LuaTable]) -> LuaTable | None:
    """Return the bookmark of a passage among those of its second; None where none is its own."""
    own = (each for each in bookmarks if value_in(each, "notes") == quote)
    return next(own, bookmarks[0] if len(bookmarks) == 1 else None)


def _from_bookmark(entry: LuaTable) -> LuaTable:
    quote = value_in(entry, "notes")
    mark = {"drawer": PLAIN} if entry.get("highlighted") else {"pos0": None}
    return {**entry, **mark, "text": quote, "note": _old_note(entry, quote)}


def _old_note(bookmark: LuaTable, quote: str) -> str:
    """Return what the reader wrote: KOReader itself fills the field with the passage."""
    text = value_in(bookmark, "text")
    return "" if text == quote or _AUTOMATIC.search(text) else text


def _note(entry: LuaTable, number: int) -> ImportedNote:
    created, start, page = value_in(entry, "datetime"), entry.get("pos0"), entry.get("page")
    # A book whose pages depend on the size of the letters has paths as places.
    is_paged = isinstance(page, int) or isinstance(start, dict)
    place = str(page) if isinstance(page, int) else value_in(entry, "pageno")
    label = value_in(entry, "pageref") or (place if is_paged else "")
    return ImportedNote(
        quote=value_in(entry, "text") if is_mark(entry) else "",
        note=value_in(entry, "note"),
        colour=colour_of(entry) if is_mark(entry) else "",
        created=written_date(created),
        modified=written_date(value_in(entry, "datetime_updated")),
        section=value_in(entry, "chapter"),
        page=label,
        position=f"Page {place}" if place and not label else "",
        key=created or (start if isinstance(start, str) else ""),
        row=number,
    )


def _source(root: LuaTable, notes: list[ImportedNote]) -> ImportedSource:
    properties, statistics = _table(root.get("doc_props")), _table(root.get("stats"))
    title = value_in(properties, "title") or value_in(statistics, "title")
    authors = value_in(properties, "authors") or value_in(statistics, "authors")
    identifiers = re.split(r"[\s:]+", value_in(properties, "identifiers"))
    title = title or PurePosixPath(value_in(root, "doc_path")).stem
    return ImportedSource(
        title=title,
        authors=names_in(authors),
        language=value_in(properties, "language"),
        isbn=next(filter(None, map(isbn_in, identifiers)), ""),
        notes=with_unique_keys(title, notes),
    )
