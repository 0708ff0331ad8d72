"""Finds the item to which each annotation and note of Zotero belongs, and what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from reader.core.json_values import string_in
from reader.core.source_keys import isbn_in
from reader.imports.model import ImportedSource
from reader.imports.records import Record, entries_in, list_in, listed_records
from reader.imports.values import date_in, is_absolute
from reader.imports.zotero.annotations import key_of, tags_of

_AUTHORS: Final = (
    "author",
    "artist",
    "director",
    "podcaster",
    "presenter",
    "programmer",
    "inventor",
)
_SITES: Final = (
    "publicationTitle", "websiteTitle", "blogTitle", "forumTitle", "encyclopediaTitle",
    "proceedingsTitle", "bookTitle", "institution", "university", "network", "publisher",
)  # fmt: skip
_DAY: Final = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_NOTE: Final = {"itemType": "note"}
_LEVELS: Final = 3
"""An annotation stands below an attachment, and that below an item."""


class _Placed(NamedTuple):
    record: Record
    holder: _Placed | None
    """The record that it stands in; None on the first level."""


@dataclass
class Item:
    """An item with all that belongs to it; what has no item in the file is one of its own."""

    record: Record
    """Its fields."""
    attachments: list[Record] = field(default_factory=list)
    """Its files."""
    annotations: list[Record] = field(default_factory=list)
    """The annotations in its files, in the order of the pages."""
    notes: list[Record] = field(default_factory=list)
    """The notes that were written on it."""


def records_of(value: Any) -> list[Record]:
    """Return the records of an export, or of an answer to another program.

    Those of Zotero's API have their fields in ``data``.
    """
    if isinstance(value, dict):
        value = value.get("items", value.get("result"))
    records = entries_in(value)
    return [each["data"] if isinstance(each.get("data"), dict) else each for each in records]


def items_in(records: list[Record]) -> Iterator[Item]:
    """Yield the items in their order, each with its files, annotations and notes."""
    placed = [*_placed(records, None)]
    by_key = {key: each for each in placed if (key := key_of(each.record))}
    items: dict[str, Item] = {}
    for each in placed:
        top = _top(each, by_key)
        lost = _lost_parent(top.record)
        record = {"title": f"Zotero {lost}"} if lost else top.record
        item = items.setdefault(lost or str(id(record)), Item(record))
        kind = kind_of(each.record)
        if kind == "annotation":
            item.annotations.append(each.record)
        elif kind == "attachment":
            item.attachments.append(each.record)
        elif kind == "note" and (lost or each is not top):
            item.notes.append(each.record)
    for item in items.values():
        item.annotations.sort(key=lambda each: string_in(each, "annotationSortIndex"))
        yield item


def kind_of(record: Record) -> str:
    """Return what a record is: ``attachment``, ``annotation``, ``note`` or a type of item."""
    if "annotationType" in record:
        return "annotation"
    is_answer = "annotations" in record or "open" in record  # of Better BibTeX
    return string_in(record, "itemType") or ("attachment" if is_answer else "")


def _placed(records: list[Record], holder: _Placed | None) -> Iterator[_Placed]:
    """Yield records and those inside them, down to ``_LEVELS`` of them."""
    for each in records:
        placed = _Placed(each, holder)
        yield placed
        if holder is not None and holder.holder is not None:
            continue
        yield from _placed(listed_records(each.get("attachments")), placed)
        yield from _placed(listed_records(each.get("annotations")), placed)
        notes = (
            {"note": note} if isinstance(note, str) else note for note in list_in(each, "notes")
        )
        yield from _placed([_NOTE | note for note in notes if isinstance(note, dict)], placed)


def _top(placed: _Placed, by_key: Mapping[str, _Placed]) -> _Placed:
    """Return the item of a record; the record itself where the file has none."""
    for _ in range(_LEVELS):
        above = placed.holder or by_key.get(string_in(placed.record, "parentItem"))
        if above is None:
            break
        placed = above
    return placed


def _lost_parent(top: Record) -> str:
    """Return the key of what an annotation or a note is about, where the file has only that."""
    kind = kind_of(top)
    if kind == "annotation":
        return string_in(top, "parentItem") or "annotations"
    return string_in(top, "parentItem") if kind == "note" else ""


def source_of(item: Item) -> ImportedSource:
    """Return an item as a source without notes."""
    record = item.record
    paths = [string_in(each, "path") or string_in(each, "localPath") for each in item.attachments]
    path = next((path for path in paths if is_absolute(path)), "")
    site = next((name for each in _SITES if (name := string_in(record, each))), "")
    date = _DAY.match(string_in(record, "date"))
    doi = string_in(record, "DOI").removeprefix("https://doi.org/")
    return ImportedSource(
        title=string_in(record, "title") or string_in(record, "filename") or _file_name(path),
        authors=tuple(_authors(record)),
        url=string_in(record, "url") or (f"https://doi.org/{doi}" if doi else ""),
        path=path,
        site=site,
        published=date[0] if date else string_in(record, "date")[:40],
        language=string_in(record, "language"),
        isbn=isbn_in(string_in(record, "ISBN").partition(" ")[0]),
        added=date_in(string_in(record, "dateAdded")),
        tags=tuple(tags_of(record)),
    )


def _file_name(path: str) -> str:
    """Return the name of a file without its folder and its suffix."""
    name = re.split(r"[\\/]", path)[-1]
    return name.rpartition(".")[0] or name


def _authors(item: Record) -> Iterator[str]:
    creators = listed_records(item.get("creators"))
    first = [each for each in creators if string_in(each, "creatorType") in _AUTHORS]
    for each in first or creators:
        given = f"{string_in(each, 'firstName')} {string_in(each, 'lastName')}".strip()
        if name := string_in(each, "name") or given:
            yield name
