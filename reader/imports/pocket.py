"""Reads Pocket's archive, with tables of articles and the highlights, and answers of its API."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, Final

from msgspec.structs import replace

from reader.core.addresses import canonical_address
from reader.imports.archive import Archive
from reader.imports.left_out import left_out
from reader.imports.links import link
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
    entries_in,
    is_any,
    json_in,
    records_in,
    text_in,
    value_in,
)
from reader.imports.rows import rows_with_addresses
from reader.imports.values import FAVOURITE, date_in

_TABLE: Final = "part_"
_COLUMNS: Final = frozenset(("url", "time_added", "tags", "status"))
_ITEM_FIELDS: Final = frozenset(("item_id", "given_url"))
_ANNOTATIONS: Final = "annotations"


def recognises(file: GivenFile) -> bool:
    """Tell whether a file is Pocket's archive, or a table or a file of highlights out of it."""
    if file.names:
        return any(_is_table(name) or _is_annotations(name) for name in file.names)
    if _COLUMNS.issubset(file.columns):
        return True
    return is_any(entries_in(file.json), _is_highlighted) or _is_answer(file.json)


def read(file: GivenFile) -> Iterator[ImportItem]:
    """Yield the articles with their highlights.

    Raises:
        SourceError: The archive is damaged or too large.
    """
    if file.json is not None:
        is_answer = _is_answer(file.json)
        yield from _items(file.json) if is_answer else _highlighted(file.json)
        return
    if _COLUMNS.issubset(file.columns):
        yield from _articles(file)
        return
    sources: dict[str, ImportedSource] = {}
    for name, part in _parts(file.archive, file.name):
        is_table = _is_table(name)
        held = GivenFile(part, name)
        for each in _articles(held) if is_table else _highlighted(json_in(held.text)):
            if isinstance(each, ImportedSource):
                key = canonical_address(each.url)
                known = sources.get(key)
                sources[key] = each if known is None else _joined(known, each)
            elif isinstance(each, BadRow):
                yield replace(each, message=f"{each.message} ({name})")
            else:
                yield each
    yield from sources.values()


def _parts(archive: Archive, name: str) -> Iterator[tuple[str, bytes]]:
    room = link.MAX_BYTES
    for file in archive.names:
        if _is_table(file) or _is_annotations(file):
            part = archive.read(file, room)
            if part is None:
                raise link.too_large(name)
            room -= len(part)
            yield file, part


def _is_table(name: str) -> bool:
    path = PurePosixPath(name.lower())
    return path.name.startswith(_TABLE) and path.suffix == ".csv"


def _is_annotations(name: str) -> bool:
    """Tell whether a file holds highlights; some archives give it no suffix."""
    path = PurePosixPath(name.lower())
    return path.parent.name == _ANNOTATIONS and path.suffix in ("", ".json")


def _articles(table: GivenFile) -> Iterator[ImportedSource | BadRow]:
    for row in rows_with_addresses(table, "time_added"):
        if isinstance(row, BadRow):
            yield row
            continue
        article = link_of_row(row.cells)
        title = row.get("title")
        yield ImportedSource(
            title=title if title != article.url else "",
            url=article.url,
            added=article.added,
            tags=article.tags,
            is_archived=article.is_archived,
        )


def _is_highlighted(record: Record) -> bool:
    """Tell whether an entry is Pocket's; Omnivore's has a ``slug``."""
    quotes = records_in(record.get("highlights"))
    has_address = bool(text_in(record, "url")) and "slug" not in record
    return has_address and bool(quotes) and "quote" in quotes[0]


def _highlighted(content: Any) -> Iterator[ImportItem]:
    """Yield the articles of a file of highlights, and how many of these have no words."""
    if not isinstance(content, list):
        yield BadRow(1, "the highlights are not JSON that can be read", is_entry=True)
        return
    empty = 0
    for number, each in enumerate(content, 1):
        if not isinstance(each, dict) or not text_in(each, "url"):
            yield BadRow(number, NO_ADDRESS, is_entry=True)
            continue
        title, url = text_in(each, "title"), text_in(each, "url")
        quotes = records_in(each.get("highlights"))
        notes = tuple(_note(quote, number) for quote in quotes if text_in(quote, "quote"))
        empty += len(quotes) - len(notes)
        yield ImportedSource(title=title if title != url else "", url=url, notes=notes)
    yield from left_out({"empty highlight": empty})


def _is_answer(content: Any) -> bool:
    """Tell whether a value of JSON is an answer of Pocket's API."""
    return is_any(_items_in(content), _ITEM_FIELDS.issubset)


def _items_in(content: Any) -> list[Record]:
    items = content.get("list") if isinstance(content, dict) else None
    return entries_in([*items.values()] if isinstance(items, dict) else items)


def _items(content: Any) -> Iterator[ImportedSource | BadRow]:
    """Yield the articles of an answer of Pocket's API."""
    for number, each in enumerate(_items_in(content), 1):
        url = text_in(each, "resolved_url", "given_url")
        if not url:
            yield BadRow(number, NO_ADDRESS, is_entry=True)
            continue
        tags = each.get("tags")
        names = [*tags] if isinstance(tags, dict) else []
        favourite = [FAVOURITE] if str(each.get("favorite"))[:2] == "1" else []
        annotations = records_in(each.get("annotations"))
        yield ImportedSource(
            title=text_in(each, "resolved_title", "given_title"),
            url=url,
            added=date_in(text_in(each, "time_added")),
            tags=(*names, *favourite),
            is_archived=str(each.get("status"))[:2] == "1",
            notes=tuple(_note(quote, number) for quote in annotations),
        )


def _note(record: Record, row: int) -> ImportedNote:
    moment = date_in(value_in(record, "created_at"))
    key = text_in(record, "annotation_id")
    return ImportedNote(quote=text_in(record, "quote"), created=moment, key=key, row=row)


def _joined(known: ImportedSource, other: ImportedSource) -> ImportedSource:
    """Return an article of the table with its highlights, whichever of them comes first."""
    return replace(
        known,
        title=known.title or other.title,
        added=known.added or other.added,
        tags=tuple(dict.fromkeys((*known.tags, *other.tags))),
        is_archived=known.is_archived or other.is_archived,
        notes=(*known.notes, *other.notes),
    )
