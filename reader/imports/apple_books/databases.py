"""Reads the databases of Apple Books: one has the notes, and another one the titles.

An archive of both folders, ``AEAnnotation`` and ``BKLibrary``, has everything. The database of the
notes alone knows its books by numbers only.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from reader.core.text_formatting import counted
from reader.imports.authors import names_in
from reader.imports.databases import Database, databases_in, holds_database, rows_of
from reader.imports.dates import moment_text
from reader.imports.left_out import left_out
from reader.imports.model import GivenFile, ImportedNote, ImportedSource, ImportItem, Remark
from reader.imports.records import text_in
from reader.imports.surroundings import around

_NOTES: Final = "ZAEANNOTATION"
_BOOKS: Final = "ZBKLIBRARYASSET"
_NOTE: Final = (
    *("ZANNOTATIONUUID", "ZANNOTATIONASSETID", "ZANNOTATIONSELECTEDTEXT", "ZANNOTATIONNOTE"),
    *("ZANNOTATIONREPRESENTATIVETEXT", "ZANNOTATIONSTYLE", "ZANNOTATIONISUNDERLINE"),
    *("ZANNOTATIONDELETED", "ZANNOTATIONTYPE", "ZANNOTATIONCREATIONDATE"),
    *("ZANNOTATIONMODIFICATIONDATE", "ZFUTUREPROOFING5"),
)
_BOOK: Final = ("ZASSETID", "ZTITLE", "ZAUTHOR", "ZLANGUAGE", "ZPATH")
_STYLES: Final = ("underline", "green", "blue", "yellow", "pink", "purple")
"""The styles by their numbers."""

_READING_POSITION = 3
"""The type of the row that keeps how far the book was read."""

_EPOCH = datetime(2001, 1, 1, tzinfo=UTC)
"""From when Apple counts seconds."""

_ARCHIVE_HINT = (
    "in ~/Library/Containers/com.apple.iBooksX/Data/Documents pack the folders AEAnnotation and"
    " BKLibrary into one archive (ZIP), and import that."
)


def recognises(file: GivenFile) -> bool:
    """Tell whether a file is a database of Apple Books, or an archive with them."""
    return holds_database(file, [_NOTES, _BOOKS], ["AEAnnotation", "BKLibrary"])


def read(file: GivenFile) -> Iterator[ImportItem]:
    """Yield the books with notes.

    Raises:
        SourceError: A database is damaged.
    """
    databases = [*databases_in(file)]
    books = {
        text_in(row, "ZASSETID"): row
        for database in databases
        for row in rows_of(database, _BOOKS, _BOOK)
    }
    assets: dict[str, dict[str, ImportedNote]] = defaultdict(dict)
    reasons: Counter[str] = Counter()
    for database in databases:
        for number, row in enumerate(rows_of(database, _NOTES, _NOTE), 1):
            if reason := _reason_against(row):
                reasons[reason] += 1
            else:
                note = _note(row, number)
                assets[text_in(row, "ZANNOTATIONASSETID")][note.key] = note
    for asset, notes in assets.items():
        yield _source(asset, books.get(asset, dict.fromkeys(_BOOK)), tuple(notes.values()))
    yield from _remarks(databases, reasons, assets.keys() - books.keys(), has_notes=bool(assets))


def _remarks(
    databases: list[Database], reasons: Counter[str], unnamed: set[str], *, has_notes: bool
) -> Iterator[Remark]:
    yield from left_out({name: reasons[name] for name in ("bookmark", "deleted note")})
    if not has_notes:
        yield Remark(f"There are no notes here; {_ARCHIVE_HINT}")
    elif unnamed:
        yield Remark(
            f"{counted(len(unnamed), 'book')} without a title here, named by Apple's number;"
            f" for titles, {_ARCHIVE_HINT}"
        )
    if any(each.misses_log for each in databases):
        yield Remark(
            "The latest notes may be missing: Books keeps them in a second file (-wal), which an"
            " archive of the folders holds, too."
        )


def _reason_against(row: Mapping[str, Any]) -> str:
    """Return what a row is that is no note; empty if it is one."""
    if row["ZANNOTATIONDELETED"]:
        return "deleted note"
    if row["ZANNOTATIONTYPE"] == _READING_POSITION:
        return "reading position"
    has_words = text_in(row, "ZANNOTATIONSELECTEDTEXT") or text_in(row, "ZANNOTATIONNOTE")
    return "" if has_words else "bookmark"


def _note(row: Mapping[str, Any], number: int) -> ImportedNote:
    quote, style = text_in(row, "ZANNOTATIONSELECTEDTEXT"), row["ZANNOTATIONSTYLE"]
    before, after = around(quote, text_in(row, "ZANNOTATIONREPRESENTATIVETEXT"))
    is_known = isinstance(style, int) and 0 <= style < len(_STYLES)
    colour = _STYLES[style] if is_known else ""
    created = _moment(row["ZANNOTATIONCREATIONDATE"])
    return ImportedNote(
        quote=quote,
        note=text_in(row, "ZANNOTATIONNOTE"),
        colour="underline" if row["ZANNOTATIONISUNDERLINE"] else colour if quote else "",
        created=created,
        modified=_moment(row["ZANNOTATIONMODIFICATIONDATE"]),
        prefix=before,
        suffix=after,
        section=text_in(row, "ZFUTUREPROOFING5"),
        key=text_in(row, "ZANNOTATIONUUID") or f"{text_in(row, 'ZANNOTATIONASSETID')} {created}",
        row=number,
    )


def _source(asset: str, book: Mapping[str, Any], notes: tuple[ImportedNote, ...]) -> ImportedSource:
    return ImportedSource(
        title=text_in(book, "ZTITLE") or f"Apple Books {asset}",
        authors=names_in(text_in(book, "ZAUTHOR")),
        language=text_in(book, "ZLANGUAGE"),
        notes=notes,
    )


def _moment(seconds: Any) -> str:
    if not isinstance(seconds, int | float):
        return ""
    try:
        return moment_text(_EPOCH + timedelta(seconds=seconds))
    except (OverflowError, ValueError):
        return ""
