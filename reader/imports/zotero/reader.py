"""Reads what Zotero's items, annotations and notes are in JSON, and Markdown with links to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from reader.imports.conversations import NOBODY, Contribution, joined
from reader.imports.highlight_notes.reader import read_note
from reader.imports.highlight_notes.recognising import is_of_zotero
from reader.imports.left_out import left_out
from reader.imports.model import BadRow, GivenFile, ImportedNote, ImportedSource, ImportItem, Remark
from reader.imports.records import Record, list_in
from reader.imports.zotero.annotations import note_of
from reader.imports.zotero.items import Item, items_in, kind_of, records_of, source_of
from reader.imports.zotero.written_notes import notes_in

_FIELDS: Final = ("annotationType", "attachments", "creators", "key", "itemKey", "notes")
"""What one of Zotero's items has besides its type, whichever way it was exported."""


def recognises(file: GivenFile) -> bool:
    """Return whether a file holds items of Zotero, or Markdown with highlights that link to it."""
    if is_of_zotero(file):
        return True
    return any(
        (isinstance(each.get("itemType"), str) and any(name in each for name in _FIELDS))
        or _has_annotations(each)
        for each in records_of(file.json)[:20]
    )


def _has_annotations(record: Record) -> bool:
    """Tell whether a record is an attachment, as Better BibTeX answers other programs."""
    first = next(iter(list_in(record, "annotations")), None)
    return isinstance(first, dict) and "annotationType" in first


def read(file: GivenFile) -> Iterator[ImportItem]:
    """Yield the items that have annotations or notes."""
    if file.json is None:
        yield from read_note(file)
        return
    records = records_of(file.json)
    for number, record in enumerate(records, 1):
        if not kind_of(record):
            yield BadRow(number, "it is not an item of Zotero", is_entry=True)
    pictures = alone = 0
    is_empty = True
    for item in items_in([each for each in records if kind_of(each)]):
        if kind_of(item.record) == "note":
            alone += 1
            continue
        read = [each for record in item.annotations if (each := note_of(record))]
        pictures += len(item.annotations) - len(read)
        for source in _source(item, read):
            is_empty = False
            yield source
    if is_empty and not pictures and not alone:
        yield Remark("Its items have neither annotations nor notes.")
    if pictures:
        what = "picture or drawing" if pictures == 1 else "pictures and drawings"
        yield Remark(f"{pictures:,} {what} without a comment left out.")
    yield from left_out({"standalone note": alone})


def _source(item: Item, read: Iterable[tuple[ImportedNote, str]]) -> Iterator[ImportedSource]:
    """Yield an item with its notes, if it has any.

    Args:
        item: The item.
        read: The notes of its annotations, each with who of a group wrote its comment.
    """
    source = source_of(item)
    contributions = {_identity(each[0]): Contribution(source, *each) for each in read}
    for note in (note for record in item.notes for note in notes_in(record)):
        contributions.setdefault(_identity(note), Contribution(source, note))
    if contributions:
        yield from joined([*contributions.values()], NOBODY)


def _identity(note: ImportedNote) -> tuple[str, ...]:
    """Return what is the same of an annotation wherever the file has it."""
    return (note.key,) if note.key else (note.quote, note.note)
