"""Reading a damaged article file: the whole JSON at its start, or else single records."""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Any, Final

import msgspec

from reader.core.annotation import Annotation, Article
from reader.store.files.reading import count_keys, oversize
from reader.store.files.records import Value, from_record, replace_surrogates
from reader.store.files.tables import ANNOTATION_TABLE, ARTICLE_TABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.store.files.tables import Tables

_RECORD: Final = re.compile(r'"([0-9A-Za-z]{1,64})"\s*:\s*(?=\{)')
"""The id of a record, up to its object."""

_TABLE: Final = re.compile(r'^  "([^"\n]{1,64})": \{', re.MULTILINE)
"""The first line of a table, as Margin indents it."""


_ATTEMPTS: Final = 2_000
"""How often a value may turn out to be no record, before the rest of the file is given up."""

_REREAD: Final = 4
"""How many times over the characters of a file may be read again in such attempts."""

_LONGEST_NUMBER: Final = 40
"""The most characters of a number; Python's numbers have at most 20 digits and an exponent."""


def _number(digits: str) -> float:
    """Return a number of JSON; 0 for what Margin never writes: ``NaN``, or 5,000 digits."""
    if len(digits) > _LONGEST_NUMBER:
        return 0
    try:
        return int(digits)
    except ValueError:
        return number if math.isfinite(number := float(digits)) else 0


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        raise ValueError("a key stands twice")
    return value


_DECODER: Final = json.JSONDecoder(parse_int=_number, parse_float=_number, parse_constant=_number)
_STRICT_DECODER: Final = json.JSONDecoder(
    parse_int=_number,
    parse_float=_number,
    parse_constant=_number,
    object_pairs_hook=_without_repeats,
)


def salvage(content: bytes) -> Tables:
    """Return tables with every record of a damaged file that can be read; may be empty.

    Lone surrogates, which JSON cannot hold, are replaced by U+FFFD.

    Args:
        content: The file's bytes.
    """
    if oversize(content):
        return {}
    text = content.decode("utf-8", "replace").lstrip("\ufeff\x00 \t\r\n")
    whole = _whole_at_start(text)
    records = (
        ((table, key, record) for table in whole for key, record in whole[table].items())
        if whole
        else _records(text)
    )
    tables: Tables = {}
    for table, key, record in records:
        if count_keys(record) is not None:
            _add(tables, replace_surrogates(table), replace_surrogates(key), record)
    return tables


def _add(tables: Tables, table: str, key: str, record: dict[str, Any]) -> None:
    """Add a record; of two with one id, the one that was changed later stays."""
    records = tables.setdefault(table, {})
    record = replace_surrogates(record)
    if key not in records or _modified(record) > _modified(records[key]):
        records[key] = record


def _modified(record: dict[str, Any]) -> str:
    return str(record.get("modified", ""))


def _whole_at_start(text: str) -> Tables:
    """Return the tables at the start of a text with something after them; empty where none are.

    A shorter content that was written over a longer one leaves such a text. A text in which a key
    stands twice is not whole.
    """
    try:
        value, _ = _STRICT_DECODER.raw_decode(text)
    except (ValueError, RecursionError):
        return {}
    is_tables = isinstance(value, dict) and all(
        isinstance(table, dict) and all(isinstance(record, dict) for record in table.values())
        for table in value.values()
    )
    return value if is_tables and value.get(ARTICLE_TABLE) else {}


def _records(text: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield each whole record: its table, its id and its fields."""
    tables = [(match.start(), match[1]) for match in _TABLE.finditer(text)]
    position, attempts, reread = 0, 0, 0
    while match := _RECORD.search(text, position):
        position = match.end()
        if attempts > _ATTEMPTS or reread > _REREAD * len(text):
            return
        try:
            value, end = _DECODER.raw_decode(text, match.end())
        except (ValueError, RecursionError) as error:
            attempts += 1
            reread += getattr(error, "pos", position) - position
            continue
        if kind := _kind_of(match[1], value):
            yield kind, match[1], value
            position = end
            continue
        table = tables[place - 1][1] if (place := bisect_left(tables, (match.start(),))) else ""
        if table not in {"", match[1], ARTICLE_TABLE, ANNOTATION_TABLE}:
            yield table, match[1], value
            position = end
            continue
        attempts += 1
        reread += end - position


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
