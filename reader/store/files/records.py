"""Annotations and articles as the plain records of a TinyDB file, and back.

A record holds no id: TinyDB's document id is it. Fields that this version does not know go to
``extra`` on the way in and to their old place on the way out, nested ones too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

import msgspec

from reader.core.annotation import Annotation, Article

Kept = TypeVar("Kept", Annotation, Article)

_OWN_NAMES = frozenset({"id", "extra"})
"""Fields of the values that are no fields of a record."""

_SURROGATE = re.compile("[\ud800-\udfff]")


def to_record(value: Annotation | Article) -> dict[str, Any]:
    """Return the record of ``value``; the inverse of ``from_record``."""
    record: dict[str, Any] = msgspec.to_builtins(value)
    del record["id"]
    extra = record.pop("extra", {})
    _put_back(record, extra, type(value))
    return record


def from_record(kind: type[Kept], record_id: str, record: Mapping[str, Any]) -> Kept:
    """Return the value that a record holds.

    Raises:
        msgspec.ValidationError: A field is missing or is not what it should be.
    """
    known = {name: field for name, field in record.items() if name not in _OWN_NAMES}
    return msgspec.convert({**known, "id": record_id, "extra": _unknown_fields(record, kind)}, kind)


def without_surrogates(value: Kept) -> Kept:
    """Return ``value`` with each lone surrogate replaced by U+FFFD: JSON cannot hold them."""
    try:
        msgspec.json.encode(value)
    except UnicodeEncodeError:
        return msgspec.convert(_replaced(msgspec.to_builtins(value)), type(value))
    return value


def encode_clean(value: msgspec.Struct) -> bytes:
    """Return ``value`` as JSON, each lone surrogate replaced by U+FFFD."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return msgspec.json.encode(_replaced(msgspec.to_builtins(value)))


def clean_text(text: str) -> str:
    """Return ``text`` with each lone surrogate replaced by U+FFFD; offsets stay the same."""
    return text if text.isascii() else _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)


def _replaced(value: Any) -> Any:
    match value:
        case str():
            return clean_text(value)
        case dict():
            return {_replaced(name): _replaced(field) for name, field in value.items()}
        case list() | tuple():
            return [_replaced(item) for item in value]
        case _:
            return value


@cache
def _fields(kind: type[msgspec.Struct]) -> dict[str, type[msgspec.Struct] | None]:
    """Return the names of a struct's fields, each with its type where that is a struct too."""
    return {
        field.encode_name: field.type
        if isinstance(field.type, type) and issubclass(field.type, msgspec.Struct)
        else None
        for field in msgspec.structs.fields(kind)
        if field.name not in _OWN_NAMES
    }


def _unknown_fields(record: Mapping[str, Any], kind: type[msgspec.Struct]) -> dict[str, Any]:
    fields = _fields(kind)
    unknown: dict[str, Any] = {}
    for name, value in record.items():
        if name == "id":
            continue
        if name not in fields:
            unknown[name] = value
        elif (
            (nested := fields[name]) is not None
            and isinstance(value, dict)
            and (inner := _unknown_fields(value, nested))
        ):
            unknown[name] = inner
    return unknown


def _put_back(record: dict[str, Any], extra: Mapping[str, Any], kind: type[msgspec.Struct]) -> None:
    fields = _fields(kind)
    for name, value in extra.items():
        if name == "id":
            continue
        if name not in fields:
            record[name] = value
        elif (nested := fields[name]) is not None and isinstance(value, dict):
            _put_back(record[name], value, nested)
