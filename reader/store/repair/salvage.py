"""Reading a damaged article file: the whole JSON at its start, or else single records."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

import msgspec

from reader.core.annotation import Annotation, Article
from reader.store.files.records import Value, from_record
from reader.store.files.tables import ANNOTATION_TABLE, ARTICLE_TABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.store.files.tables import Tables

_RECORD: Final = re.compile(r'"([0-9A-Za-z]{1,64})"\s*:\s*(?=\{)')
"""The id of a record, up to its object."""

_TABLE: Final = re.compile(r'^  "([^"\n]{1,64})": \{', re.MULTILINE)
"""The first line of a table, as Margin indents it."""


def salvage(content: bytes) -> Tables:
    """Return tables with every record of a damaged file that can be read; may be empty.

    Args:
        content: The file's bytes.
    """
    text = content.decode("utf-8", "replace").lstrip("\ufeff\x00 \t\r\n")
    if whole := _whole_at_start(text):
        return whole
    tables: Tables = {}
    for table, key, record in _records(text):
        tables.setdefault(table, {}).setdefault(key, record)
    return tables


def _whole_at_start(text: str) -> Tables:
    """Return the tables at the start of a text with something after them; empty where none are.

    A shorter content that was written over a longer one leaves such a text.
    """
    try:
        value, _ = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return {}
    is_tables = isinstance(value, dict) and all(
        isinstance(table, dict) and all(isinstance(record, dict) for record in table.values())
        for table in value.values()
    )
    return value if is_tables and value.get(ARTICLE_TABLE) else {}


def _records(text: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield each whole record: its table, its id and its fields."""
    table_starts = [(match.start(), match[1]) for match in _TABLE.finditer(text)]
    decoder = json.JSONDecoder()
    position = 0
    while match := _RECORD.search(text, position):
        position = match.end()
        try:
            value, end = decoder.raw_decode(text, match.end())
        except (ValueError, RecursionError):
            continue
        if kind := _kind_of(match[1], value):
            yield kind, match[1], value
            position = end
            continue
        table = next((name for start, name in reversed(table_starts) if start < match.start()), "")
        if table not in {"", match[1], ARTICLE_TABLE, ANNOTATION_TABLE} and isinstance(value, dict):
            yield table, match[1], value
            position = end


def _kind_of(key: str, value: Any) -> str:
    """Return the table that a record belongs to by its fields; empty where it is no record."""
    if not isinstance(value, dict):
        return ""
    if _is_a(Annotation, key, value):
        return ANNOTATION_TABLE
    return ARTICLE_TABLE if _is_a(Article, key, value) else ""


def _is_a(kind: type[Value], key: str, value: dict[str, Any]) -> bool:
    try:
        from_record(kind, key, value)
    except (msgspec.ValidationError, TypeError):
        return False
    return True
