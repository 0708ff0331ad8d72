"""Reads Wallabag's JSON: articles with their text, and the annotations on them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, Final

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
    records_in,
    text_in,
    texts_in,
    value_in,
)
from reader.imports.values import FAVOURITE, date_in

_ITEMS: Final = ("_embedded", "items")
_FIELDS: Final = frozenset(("url", "is_archived", "is_starred"))
_YES: Final = (1, True, "1")


def recognises(file: GivenFile) -> bool:
    """Tell whether a file is an export of Wallabag, or an answer of its API."""
    return is_any(_entries(file.json), _FIELDS.issubset)


def read(file: GivenFile) -> Iterator[ImportItem]:
    """Yield the articles with their annotations."""
    for number, each in enumerate(_entries(file.json), 1):
        if text_in(each, "url", "given_url"):
            yield _article(each, number)
        else:
            yield BadRow(number, NO_ADDRESS, is_entry=True)


def _entries(content: Any) -> list[Record]:
    if isinstance(content, dict) and isinstance(content.get(_ITEMS[0]), dict):
        content = content[_ITEMS[0]]
    return first_entries(content, _ITEMS[1:])


def _article(record: Record, number: int) -> ImportedSource:
    content = text_in(record, "content")
    tags = [*texts_in(record.get("tags"))]
    tags += [label for each in records_in(record.get("tags")) if (label := text_in(each, "label"))]
    favourite = [FAVOURITE] if record.get("is_starred") in _YES else []
    notes = (_note(each, number) for each in records_in(record.get("annotations")))
    return ImportedSource(
        title=text_in(record, "title"),
        authors=tuple(texts_in(record.get("published_by"))),
        url=text_in(record, "url", "given_url"),
        site=text_in(record, "domain_name"),
        published=text_in(record, "published_at"),
        language=text_in(record, "language").replace("_", "-"),
        added=date_in(text_in(record, "created_at")),
        tags=tuple(dict.fromkeys((*tags, *favourite))),
        is_archived=record.get("is_archived") in _YES,
        read_text=partial(content.encode, "utf-8", "replace") if content else None,
        text_name="article.html" if content else "",
        notes=tuple(notes),
    )


def _note(record: Record, row: int) -> ImportedNote:
    return ImportedNote(
        quote=text_in(record, "quote"),
        note=text_in(record, "text"),
        created=date_in(text_in(record, "created_at")),
        modified=date_in(text_in(record, "updated_at")),
        key=value_in(record, "id"),
        row=row,
    )
