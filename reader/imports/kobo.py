"""Reads ``KoboReader.sqlite``, the database of a Kobo, or an archive with it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, Final
from urllib.parse import unquote

from reader.core.source_keys import isbn_in
from reader.imports.authors import names_between_commas
from reader.imports.databases import Database, databases_in, holds_database, rows_of
from reader.imports.left_out import left_out
from reader.imports.model import GivenFile, ImportedNote, ImportedSource, ImportItem, Remark
from reader.imports.records import value_in
from reader.imports.surroundings import around
from reader.imports.values import date_in

_BOOKMARK: Final = (
    *("BookmarkID", "VolumeID", "ContentID", "Text", "Annotation", "Type", "Color", "Hidden"),
    *("DateCreated", "DateModified", "ChapterProgress", "ContextString"),
)
_CONTENT: Final = (
    *("ContentID", "ContentType", "BookID", "BookTitle", "Title", "Attribution", "ISBN"),
    *("Language", "Publisher"),
)
_COLOURS: Final = ("yellow", "pink", "blue", "green", "grey")
"""The colours by their numbers; a device without colours writes the last one."""

_PARTS_OF_CONTENTS = "899"
"""The type of a row of the table of contents; its id is that of its file, with a number."""

_NUMBER = re.compile(r"(?:#[^#]*)?-\d+\Z")
_FILE_NAME = re.compile(r"[/\\]|\.(?:x?html?|xml)\Z", re.IGNORECASE)


def recognises(file: GivenFile) -> bool:
    """Tell whether a file is the database of a Kobo, or an archive with it."""
    return holds_database(file, ["BookmarkID"], ["KoboReader"])


def read(file: GivenFile) -> Iterator[ImportItem]:
    """Yield the books with notes.

    Raises:
        SourceError: The database is damaged.
    """
    for database in databases_in(file):
        reasons: Counter[str] = Counter()
        volumes: dict[str, list[ImportedNote]] = defaultdict(list)
        bookmarks = [*rows_of(database, "Bookmark", _BOOKMARK)]
        books = _Books(database) if bookmarks else None
        for number, row in enumerate(bookmarks, 1):
            reason = _reason_against(row)
            if reason or books is None:
                reasons[reason] += 1
            else:
                volumes[value_in(row, "VolumeID")].append(_note(row, number, books))
        for volume, notes in volumes.items():
            if books is not None:
                yield books.source(volume, notes)
        yield from left_out(reasons)
        if database.misses_log and not bookmarks:
            yield Remark(
                f"{database.name}-wal may hold notes: pack both files and import the pack."
            )


class _Books:
    """What a Kobo knows of its books and their chapters."""

    def __init__(self, database: Database) -> None:
        self._volumes: dict[str, Mapping[str, Any]] = {}
        self._titles: dict[str, str] = {}
        self._chapters: dict[str, str] = {}
        for row in rows_of(database, "content", _CONTENT):
            content, title = value_in(row, "ContentID"), value_in(row, "Title")
            if value_in(row, "ContentType") == _PARTS_OF_CONTENTS:
                self._chapters.setdefault(_NUMBER.sub("", content), title)
            elif book := value_in(row, "BookID"):
                self._titles.setdefault(book, value_in(row, "BookTitle"))
                if not _FILE_NAME.search(title):
                    self._chapters.setdefault(content, title)
            else:
                self._volumes[content] = row

    def chapter(self, content: str) -> str:
        """Return the title of the chapter in a file of a book; empty if it has none."""
        return self._chapters.get(content.partition("#")[0], "") or self._chapters.get(content, "")

    def source(self, volume: str, notes: list[ImportedNote]) -> ImportedSource:
        """Return a book with its notes; a book that was deleted is known by its file."""
        row = self._volumes.get(volume, dict.fromkeys(_CONTENT))
        title = value_in(row, "Title") or self._titles.get(volume, "")
        return ImportedSource(
            title=title or PurePosixPath(unquote(volume)).stem,
            authors=names_between_commas(value_in(row, "Attribution")),
            site=value_in(row, "Publisher"),
            language=value_in(row, "Language"),
            isbn=isbn_in(value_in(row, "ISBN")),
            notes=tuple(notes),
        )


def _reason_against(row: Mapping[str, Any]) -> str:
    """Return what a row is that is no note; empty if it is one."""
    if value_in(row, "Hidden").lower() in {"true", "1"}:
        return "deleted note"
    if value_in(row, "Text") or value_in(row, "Annotation"):
        return ""
    return "pen drawing" if value_in(row, "Type") == "markup" else "bookmark"


def _note(row: Mapping[str, Any], number: int, books: _Books) -> ImportedNote:
    quote = "" if value_in(row, "Type") == "dogear" else value_in(row, "Text")
    before, after = around(quote, value_in(row, "ContextString"))
    progress, colour = row["ChapterProgress"], row["Color"]
    is_known = isinstance(colour, int) and 0 <= colour < len(_COLOURS)
    return ImportedNote(
        quote=quote,
        note=value_in(row, "Annotation"),
        colour=_COLOURS[colour] if is_known and quote else "",
        created=date_in(value_in(row, "DateCreated")),
        modified=date_in(value_in(row, "DateModified")),
        prefix=before,
        suffix=after,
        section=books.chapter(value_in(row, "ContentID")),
        position=f"{progress:.0%} of the chapter" if _is_share(progress) else "",
        key=value_in(row, "BookmarkID"),
        row=number,
    )


def _is_share(value: Any) -> bool:
    return isinstance(value, int | float) and 0 < value <= 1
