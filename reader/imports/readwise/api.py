"""Reads the JSON of Readwise's API: books and articles, each with its highlights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from reader.core.addresses import is_web_address
from reader.imports.left_out import left_out
from reader.imports.model import BadRow, ImportedNote, ImportedSource, ImportItem
from reader.imports.readwise.table import authors_in, isbn_of, note_with_inline_tags, place_of
from reader.imports.records import Record, first_entries, is_any, records_in, text_in, value_in
from reader.imports.values import FAVOURITE, date_in

_LISTS: Final = ("results", "books")
_LONGEST_PLACE: Final = 20


def recognises_json(content: Any) -> bool:
    """Tell whether a value of JSON is an answer of Readwise's API, or a list of its books."""
    return is_any(first_entries(content, _LISTS), _is_book)


def read_json(content: Any) -> Iterator[ImportItem]:
    """Yield the books and articles; what was discarded or deleted there is left out."""
    reasons: Counter[str] = Counter()
    for number, record in enumerate(first_entries(content, _LISTS), 1):
        if not _is_book(record):
            yield BadRow(number, "it is not a book or an article of Readwise", is_entry=True)
            continue
        notes: list[ImportedNote] = []
        for each in records_in(record.get("highlights")):
            if reason := _reason_against(each):
                reasons[reason] += 1
            else:
                notes.append(_note(each, number))
        if words := text_in(record, "document_note"):
            key = f"{value_in(record, 'user_book_id')} note"
            notes.insert(0, ImportedNote(note=words, key=key, row=number))
        url = text_in(record, "source_url")
        yield ImportedSource(
            title=text_in(record, "title", "readable_title"),
            authors=authors_in(text_in(record, "author")),
            url=url if is_web_address(url) else "",
            isbn=isbn_of(text_in(record, "asin")),
            tags=_names(record.get("book_tags")),
            notes=tuple(notes),
        )
    yield from left_out(reasons)


def _reason_against(highlight: Record) -> str:
    """Return what a highlight is that is not wanted any more; empty for any other."""
    if highlight.get("is_deleted") is True:
        return "deleted highlight"
    return "discarded highlight" if highlight.get("is_discard") is True else ""


def _is_book(record: Record) -> bool:
    return "user_book_id" in record and isinstance(record.get("highlights"), list)


def _note(record: Record, row: int) -> ImportedNote:
    text, inline_tags = note_with_inline_tags(text_in(record, "note"))
    location = value_in(record, "location")[:_LONGEST_PLACE]
    page, position = place_of(text_in(record, "location_type"), location)
    tags = (*_names(record.get("tags")), *inline_tags)
    favourite = (FAVOURITE,) if record.get("is_favorite") is True else ()
    return ImportedNote(
        quote=text_in(record, "text"),
        note=text,
        tags=tuple(dict.fromkeys((*tags, *favourite))),
        colour=text_in(record, "color"),
        created=date_in(text_in(record, "highlighted_at", "created_at")),
        modified=date_in(text_in(record, "updated_at", "updated")),
        page=page,
        position=position,
        key=value_in(record, "id"),
        row=row,
    )


def _names(value: Any) -> tuple[str, ...]:
    """Return the names of tags."""
    return tuple(name for each in records_in(value) if (name := text_in(each, "name")))
