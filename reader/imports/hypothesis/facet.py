"""Reads what the search page "facet" exports of Hypothesis: a table with ids, and JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from reader.core.json_values import string_in
from reader.imports.conversations import Contribution, joined
from reader.imports.hypothesis.api import addresses_of, group_tags
from reader.imports.model import BadRow, GivenFile, ImportedNote, ImportedSource, ImportItem
from reader.imports.records import Record, entries_in, is_any, text_in, texts_in
from reader.imports.rows import Row, date_fault, rows_of
from reader.imports.values import date_in, moment_in

_COLUMNS: Final = frozenset(("level", "url", "user", "id", "group", "tags", "quote", "text"))
_FIELDS: Final = frozenset(("url", "user", "refs", "exact", "tags", "text"))


def recognises_table(file: GivenFile) -> bool:
    """Tell whether a file is the table that facet exports."""
    return _COLUMNS.issubset(file.columns)


def recognises_json(content: Any) -> bool:
    """Tell whether a value of JSON is what facet exports."""
    return is_any(entries_in(content), _FIELDS.issubset)


def read_table(file: GivenFile) -> Iterator[ImportItem]:
    """Yield the sources of a table; a reply follows what it answers, one level deeper."""
    contributions: list[Contribution] = []
    thread: list[str] = []
    for row in rows_of(file):
        if isinstance(row, BadRow):
            yield row
            continue
        yield from date_fault(row, "created", "updated")
        level = row.get("level")
        depth = int(level) if level.isascii() and level.isdigit() and len(level) < 4 else 0
        del thread[depth:]
        contributions.append(_of_row(row, tuple(thread) if depth else (), is_reply=depth > 0))
        thread.append(row.get("id"))
    yield from joined(contributions)


def _of_row(row: Row, answers: tuple[str, ...], *, is_reply: bool) -> Contribution:
    tags = tuple(name for each in row.get("tags").split(",") if (name := each.strip()))
    note = ImportedNote(
        quote=row.get("quote"),
        note=row.get("text"),
        tags=(*tags, *group_tags(row.get("group"))),
        created=moment_in(row.get("created", "updated")),
        modified=moment_in(row.get("updated")),
        key=row.get("id"),
        row=row.line,
    )
    source = _source(row.get("url"), "")
    return Contribution(source, note, row.get("user"), answers, is_reply=is_reply)


def read_json(content: Any) -> Iterator[ImportItem]:
    """Yield the sources of JSON."""
    contributions: list[Contribution] = []
    for number, record in enumerate(content, 1):
        if isinstance(record, dict) and _FIELDS.issubset(record):
            contributions.append(_of_record(record, number))
        else:
            yield BadRow(number, "it is not an annotation of Hypothesis", is_entry=True)
    yield from joined(contributions)


def _of_record(record: Record, row: int) -> Contribution:
    note = ImportedNote(
        quote=text_in(record, "exact"),
        note=text_in(record, "text").replace("&lt;", "<").replace("&lt", "<"),
        tags=(*texts_in(record.get("tags")), *group_tags(text_in(record, "group"))),
        created=date_in(text_in(record, "created")),
        modified=date_in(text_in(record, "updated")),
        prefix=string_in(record, "prefix"),
        suffix=string_in(record, "suffix"),
        key=text_in(record, "id"),
        row=row,
    )
    title, url = text_in(record, "title"), text_in(record, "url")
    author = text_in(record, "displayName", "user")
    answers = tuple(texts_in(record.get("refs")))
    return Contribution(_source(url, title if title != url else ""), note, author, answers)


def _source(uri: str, title: str) -> ImportedSource:
    url, path = addresses_of(uri)
    return ImportedSource(title=title, url=url, path=path)
