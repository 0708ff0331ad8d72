"""Reads Raindrop's CSV, with all highlights of a bookmark in one cell, and answers of its API."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from reader.imports.links.tables import link_of_row
from reader.imports.model import (
    NO_ADDRESS,
    BadRow,
    GivenFile,
    ImportedNote,
    ImportedSource,
    ImportItem,
)
from reader.imports.records import (
    Record,
    first_entries,
    is_any,
    json_in,
    records_in,
    text_in,
    texts_in,
)
from reader.imports.rows import Row, rows_with_addresses
from reader.imports.values import FAVOURITE, date_in, moment_in, with_unix_ends

_COLUMNS: Final = frozenset(("title", "url", "created", "highlights"))
_ITEMS: Final = ("items", "item")
_FIELDS: Final = frozenset(("_id", "link", "excerpt", "collection"))
_OF_HIGHLIGHTS: Final = frozenset(("_id", "text", "link", "raindropRef"))
"""The fields of an answer that lists highlights, and not bookmarks."""
_LABEL: Final = re.compile(r"^(Highlight|Text|Note|Color|Colour|Created|Tags): ?", re.IGNORECASE)
_IN_LINE: Final = re.compile(r"[ \t]+(?=(?:Highlight|Note|Colou?r|Created|Tags):\S)")
"""What stands before a label within a line; none in a text has a word right behind its colon."""


def recognises(file: GivenFile) -> bool:
    """Tell whether a file is a table of Raindrop, or an answer of its API."""
    return _COLUMNS.issubset(file.columns) or _is_answer(file.json)


def read(file: GivenFile) -> Iterator[ImportItem]:
    """Yield the bookmarks of a table with their highlights and notes."""
    if file.json is not None:
        for number, record in enumerate(first_entries(file.json, _ITEMS), 1):
            is_highlight = _OF_HIGHLIGHTS.issubset(record)
            yield _highlight(record, number) if is_highlight else _bookmark(record, number)
        return
    for row in rows_with_addresses(file, "created"):
        yield row if isinstance(row, BadRow) else _source(row)


def _is_answer(content: Any) -> bool:
    entries = first_entries(content, _ITEMS)
    return is_any(entries, _FIELDS.issubset) or is_any(entries, _OF_HIGHLIGHTS.issubset)


def _bookmark(record: Record, number: int) -> ImportedSource | BadRow:
    """Return a bookmark of an answer of the API."""
    url = text_in(record, "link")
    if not url:
        return BadRow(number, NO_ADDRESS, is_entry=True)
    created = date_in(text_in(record, "created"))
    tags = [
        *texts_in(record.get("tags")),
        *([FAVOURITE] if record.get("important") is True else []),
    ]
    notes = _of_json(record.get("highlights"), number)
    if note := text_in(record, "note"):
        identifier = record.get("_id")
        key = f"{identifier} note" if isinstance(identifier, int) else ""
        notes.insert(0, ImportedNote(note=note, created=created, key=key, row=number))
    return ImportedSource(
        title=text_in(record, "title"),
        url=url,
        added=created,
        tags=tuple(dict.fromkeys(tags)),
        notes=tuple(notes),
    )


def _highlight(record: Record, number: int) -> ImportedSource | BadRow:
    """Return the page of a highlight in an answer of the API, with the highlight alone."""
    url = text_in(record, "link")
    if not url:
        return BadRow(number, NO_ADDRESS, is_entry=True)
    title = text_in(record, "title")
    return ImportedSource(title=title, url=url, notes=tuple(_of_json(record, number)))


def _source(row: Row) -> ImportedSource:
    link = link_of_row(row.cells)
    notes = _highlights(row)
    if note := row.get("note"):
        notes.insert(0, ImportedNote(note=note, created=link.added, key=_key(row), row=row.line))
    return ImportedSource(
        title=row.get("title"),
        url=link.url,
        added=link.added,
        tags=link.tags,
        notes=tuple(notes),
    )


def _key(row: Row) -> str:
    identifier = row.get("id")
    return f"{identifier} note" if identifier else ""


def _highlights(row: Row) -> list[ImportedNote]:
    """Return the highlights of a cell: a list of JSON, fields with labels, else a line for each."""
    text = with_unix_ends(row.get("highlights"))
    if text.startswith("["):
        values = json_in(text)
        if values is not None:  # else a highlight begins with a bracket
            return _of_json(values, row.line)
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if not lines or not _LABEL.match(lines[0]):
        return [ImportedNote(quote=line, row=row.line) for line in lines]
    return _of_labels([part for each in lines for part in _IN_LINE.split(each)], row.line)


def _of_json(values: Any, line: int) -> list[ImportedNote]:
    notes = [ImportedNote(quote=each, row=line) for each in texts_in(values)]
    return notes + [
        ImportedNote(
            quote=text_in(each, "text"),
            note=text_in(each, "note"),
            colour=text_in(each, "color"),
            tags=tuple(texts_in(each.get("tags"))),
            created=date_in(text_in(each, "created")),
            modified=date_in(text_in(each, "lastUpdate")),
            key=text_in(each, "_id"),
            row=line,
        )
        for each in records_in(values)
    ]


def _of_labels(lines: Sequence[str], row: int) -> list[ImportedNote]:
    """Return highlights whose parts stand behind labels; a line without one continues a part."""
    found: list[dict[str, str]] = []
    part = ""
    for line in lines:
        label = _LABEL.match(line)
        if label is None:
            found[-1][part] += f"\n{line}"
            continue
        part = label.group(1).lower()
        part = {"text": "highlight", "colour": "color"}.get(part, part)
        if not found or part in found[-1]:
            found.append({})
        found[-1][part] = line[label.end() :].strip()
    return [
        ImportedNote(
            quote=each.get("highlight", "").strip(),
            note=each.get("note", "").strip(),
            colour=each.get("color", "").strip(),
            tags=tuple(name for tag in each.get("tags", "").split(",") if (name := tag.strip())),
            created=moment_in(each.get("created", "")),
            row=row,
        )
        for each in found
    ]
