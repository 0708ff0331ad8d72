"""Conversion of annotations and articles to the records of a TinyDB file, and back.

A record holds no id, because TinyDB keeps it as the document id. Fields that this version does not
know are read into ``extra`` and written back to their old place, nested fields too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar, get_args, get_origin

import msgspec

from reader.core.annotation import Annotation, Article
from reader.core.claims import STANDARD_NAMES

Value = TypeVar("Value", Annotation, Article)

_OWN_NAMES = frozenset({"id", "extra"})
"""The fields of a value that its record does not have."""

_OWN_STATUS = "own_status"
"""The field of a status that is none of the four. Earlier versions do not understand an annotation
with another ``status``, and keep a field that they do not know."""

_SURROGATE = "[\ud800-\udfff]"


def to_record(value: Annotation | Article) -> dict[str, Any]:
    """Return the record of ``value``; the inverse of ``from_record``."""
    record: dict[str, Any] = msgspec.to_builtins(value)
    del record["id"]
    extra = record.pop("extra", {})
    if isinstance(value, Annotation) and value.status and value.status not in STANDARD_NAMES:
        record[_OWN_STATUS] = record.pop("status")
    _put_back(record, extra, type(value))
    return record


def from_record(kind: type[Value], record_id: str, record: Mapping[str, Any]) -> Value:
    """Return the value of a record.

    Raises:
        msgspec.ValidationError: A field is missing or has a wrong type.
    """
    record = _with_status(record) if "status" in _fields(kind) else record
    fields = {name: field for name, field in record.items() if name not in _OWN_NAMES}
    return msgspec.convert(
        {**fields, "id": record_id, "extra": _unknown_fields(record, kind)}, kind
    )


def _with_status(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the record of an annotation with a status of one's own as its status.

    One of the four counts where both are there: an earlier version has set it since.
    """
    if not isinstance(own := record.get(_OWN_STATUS), str):
        return record
    fields = {name: field for name, field in record.items() if name != _OWN_STATUS}
    return fields if fields.get("status") else {**fields, "status": own}


def without_surrogates(value: Value) -> Value:
    """Return ``value`` with U+FFFD for each lone surrogate, which JSON cannot hold."""
    try:
        msgspec.json.encode(value)
    except UnicodeEncodeError:
        return msgspec.convert(replace_surrogates(msgspec.to_builtins(value)), type(value))
    return value


def encode_clean(value: msgspec.Struct) -> bytes:
    """Return ``value`` as JSON, with U+FFFD for each lone surrogate."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return msgspec.json.encode(replace_surrogates(msgspec.to_builtins(value)))


def clean_text(text: str) -> str:
    """Return ``text`` with U+FFFD for each lone surrogate; offsets stay the same."""
    return text if text.isascii() else re.sub(_SURROGATE, "\N{REPLACEMENT CHARACTER}", text)


def replace_surrogates(value: Any) -> Any:
    """Return a value of JSON with U+FFFD for each lone surrogate in its keys and texts."""
    match value:
        case str():
            return clean_text(value)
        case dict():
            return {clean_text(name): replace_surrogates(field) for name, field in value.items()}
        case list() | tuple():
            return [replace_surrogates(item) for item in value]
        case _:
            return value


@cache
def _fields(kind: type[msgspec.Struct]) -> dict[str, type[msgspec.Struct] | None]:
    """Return the field names of a struct, each with its type where that is a struct."""
    return {
        field.encode_name: _struct(field.type)
        for field in msgspec.structs.fields(kind)
        if field.name not in _OWN_NAMES
    }


@cache
def _items(kind: type[msgspec.Struct]) -> dict[str, type[msgspec.Struct]]:
    """Return the names of the fields that hold structs by keys, with the type of these."""
    return {
        field.encode_name: item
        for field in msgspec.structs.fields(kind)
        if get_origin(field.type) is dict and (item := _struct(get_args(field.type)[1]))
    }


def _struct(kind: Any) -> type[msgspec.Struct] | None:
    return kind if isinstance(kind, type) and issubclass(kind, msgspec.Struct) else None


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
        elif (item := _items(kind).get(name)) is not None and isinstance(value, dict):
            found = {
                key: inner
                for key, each in value.items()
                if isinstance(each, dict) and (inner := _unknown_fields(each, item))
            }
            if found:
                unknown[name] = found
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
        elif (item := _items(kind).get(name)) is not None and isinstance(value, dict):
            present = record.get(name, {})
            for key in value.keys() & present.keys():
                _put_back(present[key], value[key], item)
