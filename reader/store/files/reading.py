"""Reading an article file within bounds of length, of depth and of the number of values."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from pathlib import Path
from typing import Any, Final

import msgspec

from reader.errors import StoreError
from reader.files import Stamp, TooLargeError, read_plain
from reader.store.errors import DamagedFileError, cannot_read, newer_sentence
from reader.store.files.migrations import SCHEMA_TABLE, is_newer
from reader.store.files.tables import Tables

LARGEST_FILE: Final = 16_000_000
"""The most bytes of an article file: that of 10,000 annotations has 8 MB."""

MOST_VALUES: Final = 1_000_000
"""The most commas and brackets in an article file, which bound the memory that its values take;
that of 10,000 annotations has 210,000."""

DEEPEST: Final = 64
"""The most levels of tables, records and lists within each other in an article file."""

_TOO_DEEP: Final = "its values nest too deeply"


def read_tables(path: Path) -> tuple[Tables, Stamp]:
    """Return the tables in an article file, and the file's stamp.

    Raises:
        StoreError: The file cannot be read, or is damaged (``DamagedFileError``).
    """
    try:
        content, stamp = read_plain(path, LARGEST_FILE)
    except TooLargeError as error:
        raise DamagedFileError(path, error.reason) from error
    except OSError as error:
        raise cannot_read(error, path) from error
    return decode_tables(content, path), stamp


def decode_tables(data: bytes, path: Path) -> Tables:
    """Return the tables that the bytes of the file at ``path`` hold.

    Raises:
        DamagedFileError: The bytes are not JSON, not a TinyDB file, or pass a bound.
        StoreError: A later Margin wrote them, in a form that this version cannot read.
    """
    if fault := oversize(data):
        raise DamagedFileError(path, fault)
    try:
        tables: Tables = msgspec.json.decode(data, type=dict[str, dict[str, dict[str, Any]]])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        if isinstance(error, msgspec.ValidationError) and _is_of_later_form(data):
            raise StoreError("Read-only", newer_sentence(path)) from error
        raise DamagedFileError(path, str(error)) from error
    except RecursionError as error:
        raise DamagedFileError(path, _TOO_DEEP) from error
    keys = count_keys(tables)
    if keys is None:
        raise DamagedFileError(path, _TOO_DEEP)
    if data.count(b'":') != keys and (key := _repeated_key(data)):
        raise DamagedFileError(path, f"it holds the key {key[:64]!r} twice")
    return tables


def oversize(data: bytes) -> str:
    """Return in part of a sentence why a file is too large to be parsed; empty where it is not."""
    if len(data) > LARGEST_FILE:
        return f"it has over {LARGEST_FILE // 1_000_000} MB"
    if len(data) > MOST_VALUES and sum(map(data.count, (b",", b"[", b"{"))) > MOST_VALUES:
        return f"it has over {MOST_VALUES:,} values"
    return ""


def count_keys(value: dict[str, Any]) -> int | None:
    """Return how many keys a JSON object holds on all levels.

    None where it has more than ``DEEPEST`` levels: encoding those might pass Python's limit.
    """
    keys = 0
    level: list[Any] = [value]
    for _ in range(DEEPEST):
        objects = [each for each in level if type(each) is dict]
        keys += sum(map(len, objects))
        lists = (each for each in level if type(each) is list)
        children = chain.from_iterable(chain((each.values() for each in objects), lists))
        level = [child for child in children if type(child) is dict or type(child) is list]
        if not level:
            return keys
    return None


def _repeated_key(data: bytes) -> str:
    """Return a key that an object holds twice; empty without one.

    Such a file comes from a merge by hand; saving it would delete one of the two.
    """
    import json  # noqa: PLC0415 - for files that another program wrote

    repeated: list[str] = []

    def check(pairs: list[tuple[str, Any]]) -> None:
        counts = Counter(key for key, _ in pairs)
        if len(counts) < len(pairs):
            repeated.append(counts.most_common(1)[0][0])

    json.loads(data, object_pairs_hook=check, parse_int=float)
    return repeated[0] if repeated else ""


def _is_of_later_form(data: bytes) -> bool:
    """Tell whether a later Margin wrote JSON that is not made of tables and records."""
    try:
        value = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    schema = value.get(SCHEMA_TABLE) if isinstance(value, dict) else None
    return isinstance(schema, dict) and is_newer({SCHEMA_TABLE: schema})
