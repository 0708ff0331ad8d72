"""Reads the JSON of Margin's own: JSON Lines of an export, and the list of ``margin notes``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from msgspec.structs import replace

from reader.core.annotation_record import WAITING
from reader.core.evidence import Evidence, Relation, TargetKind
from reader.core.json_values import string_in
from reader.imports.model import BadRow, GivenFile, ImportedNote, ImportedSource, ImportItem
from reader.imports.records import (
    entries_in,
    first_lines,
    is_any,
    json_lines,
    list_in,
    listed_records,
)

SCHEMA: Final = "margin-annotation-"
"""What the mark of a line begins with; the number of its version follows."""

_COPY_OF: Final = "copy_of"
"""The name of that mark in a copy that an export kept of what was edited by hand."""

_FIELDS: Final = frozenset({"id", "article", "title", "quote", "tags", "created", "modified"})
"""Fields that every annotation in the list of ``margin notes --json`` has."""

Record = Mapping[str, Any]


def is_lines(file: GivenFile) -> bool:
    """Tell whether a file holds annotations as Margin exports them in JSON Lines."""
    return is_any(first_lines(file.text), _has_schema)


def _has_schema(record: Record) -> bool:
    return str(record.get("schema") or record.get(_COPY_OF)).startswith(SCHEMA)


def is_list(file: GivenFile) -> bool:
    """Tell whether a file holds the list of ``margin notes --json`` or ``margin export --json``."""
    return is_any(entries_in(file.json), _FIELDS.issubset)


def read_lines(file: GivenFile) -> Iterator[ImportItem]:
    """Yield a source for each line, with one note."""
    for number, record in json_lines(file.text):
        if isinstance(record, dict):
            yield _source(record, number)
        else:
            yield BadRow(number, "it is not a JSON object")


def read_list(file: GivenFile) -> Iterator[ImportItem]:
    """Yield a source for each annotation of a list, with one note."""
    records = file.json
    for number, record in enumerate(records if isinstance(records, list) else [], 1):
        found = _source(record, number) if isinstance(record, dict) else None
        if found is None:
            yield BadRow(number, "it is not an annotation", is_entry=True)
        else:
            yield replace(found, is_entry=True) if isinstance(found, BadRow) else found


def _source(record: Record, row: int) -> ImportedSource | BadRow:
    """Return the article of an annotation with that annotation; a bad row for what is none."""
    if not string_in(record, "id") or not string_in(record, "article"):
        return BadRow(row, "it has no id of an annotation and of an article")
    if record.get("deleted"):
        return BadRow(row, "it is a deleted annotation")
    source = string_in(record, "source")
    url = string_in(record, "url")
    is_address = source.startswith(("http://", "https://"))
    return ImportedSource(
        article=string_in(record, "article"),
        title=string_in(record, "title"),
        authors=_texts(record, "authors"),
        url=url or (source if is_address else ""),
        path="" if is_address else source,
        site=string_in(record, "site"),
        published=string_in(record, "published"),
        language=string_in(record, "language"),
        tags=_texts(record, "article_tags"),
        notes=(_note(record, row),),
    )


def _note(record: Record, row: int) -> ImportedNote:
    start = record.get("start")
    since = _since(record)
    is_placed = record.get("state") not in {"orphaned", WAITING} and type(start) is int
    return ImportedNote(
        key=string_in(record, "id"),
        quote=string_in(record, "quote"),
        note=string_in(record, "note"),
        tags=_texts(record, "tags"),
        speaker=string_in(record, "speaker"),
        status=string_in(record, "status"),
        created=string_in(record, "created"),
        modified=string_in(record, "modified"),
        prefix=string_in(record, "prefix"),
        suffix=string_in(record, "suffix"),
        start=start if is_placed else None,
        section=string_in(record, "section"),
        page=string_in(record, "page"),
        earlier=tuple((words, since.get(words, "")) for words in _texts(record, "earlier")),
        since=since.get(string_in(record, "quote"), ""),
        evidence=tuple(_evidence(record)),
        row=row,
    )


def _since(record: Record) -> dict[str, str]:
    """Return since when a passage had each of its wordings."""
    wordings = listed_records(record.get("wordings"))
    return {string_in(each, "words"): string_in(each, "since") for each in wordings}


def _evidence(record: Record) -> Iterator[Evidence]:
    """Yield the evidence of an annotation, without links of a kind that is not known."""
    for field, is_basis in (("evidence", True), ("evidence_for", False)):
        for link in listed_records(record.get(field)):
            if not string_in(link, "target"):
                continue
            try:
                relation, kind = (
                    Relation(string_in(link, "relation")),
                    TargetKind(string_in(link, "kind")),
                )
            except ValueError:
                continue
            facts = (string_in(link, name) for name in ("article", "title", "words", "seen"))
            yield Evidence(relation, kind, string_in(link, "target"), is_basis, *facts)


def _texts(record: Record, field: str) -> tuple[str, ...]:
    return tuple(each for each in list_in(record, field) if isinstance(each, str))
