"""Looks up what the JSON of other programs holds: lists, objects, lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final, TypeGuard

import msgspec

_TRIED: Final = 20
"""How many entries of a file are looked at to recognise it."""

Record = dict[str, Any]
"""An object of JSON."""


def json_in(text: str) -> Any:
    """Return the value that a text is in JSON; None where it is no JSON, or only ``null``."""
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError):
        return None


def text_in(record: Mapping[str, Any], *names: str) -> str:
    """Return the first of some fields that is a text and not blank, without the space around it."""
    for name in names:
        value = record.get(name)
        if isinstance(value, str) and (text := value.strip()):
            return text
    return ""


def value_in(record: Mapping[Any, Any], name: str) -> str:
    """Return a field that is a text or a whole number, as text without the space around it."""
    value = record.get(name)
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def list_in(record: Mapping[str, Any], name: str) -> list[Any]:
    """Return a field that is a list; an empty one for any other."""
    value = record.get(name)
    return value if isinstance(value, list) else []


def texts_in(value: Any) -> list[str]:
    """Return the texts of a value that is a text or a list; blank ones are left out."""
    values = value if isinstance(value, list) else [value]
    return [text for each in values if isinstance(each, str) and (text := each.strip())]


def records_in(value: Any) -> list[Record]:
    """Return the objects of a value that is an object or a list."""
    return listed_records(value if isinstance(value, list) else [value])


def listed_records(value: Any) -> list[Record]:
    """Return the objects of a list; none for any other value."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def record_at(record: Record, *names: str) -> Record:
    """Return the object that some names lead to; an empty one if there is none."""
    for name in names:
        value = record.get(name)
        record = value if isinstance(value, dict) else {}
    return record


def entries_in(value: Any) -> list[Record]:
    """Return the entries of a list; one that is no object is an empty one, so that it counts."""
    return [each if isinstance(each, dict) else {} for each in value] if _is_list(value) else []


def first_entries(value: Any, names: Sequence[str]) -> list[Record]:
    """Return the entries under the first of some names that has an object, or of a list itself."""
    if not isinstance(value, dict):
        return entries_in(value)
    named = (value.get(name) for name in names)
    found: Any = next((each for each in named if records_in(each)), [])
    return entries_in(found if _is_list(found) else [found])


def _is_list(value: Any) -> TypeGuard[list[Any]]:
    return isinstance(value, list)


def is_any(entries: Sequence[Record], test: Callable[[Record], bool]) -> bool:
    """Tell whether an entry passes a test among the first ones, where damaged ones may stand."""
    return any(map(test, entries[:_TRIED]))


def first_lines(text: str) -> list[Record]:
    """Return the first lines of JSON Lines as entries; one that is no object is an empty one."""
    return entries_in([value for _, value in islice(json_lines(text), _TRIED)])


def json_lines(text: str) -> Iterator[tuple[int, Any]]:
    """Yield the number of each line of JSON Lines and its value; None for a line that is no JSON.

    Blank lines are left out.
    """
    start = 0
    number = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        number += 1
        if line := text[start:end].strip("\ufeff \t\r"):
            yield number, json_in(line)
        start = end + 1
