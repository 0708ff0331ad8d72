"""The names of JSON-LD as any program writes them: with and without a prefix, old and new.

The Web Annotation Data Model (W3C Recommendation, 23 February 2017) and its forerunner, Open
Annotation (2013), which some archives still have.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from reader.imports.records import Record, text_in, texts_in

_PREFIXES: Final = (
    "oa:", "as:", "sc:", "http://www.w3.org/ns/oa#", "https://www.w3.org/ns/oa#",
)  # fmt: skip

_SETS: Final = frozenset(("Choice", "Composite", "List", "Independents"))
"""What holds several bodies or targets in ``items``; of a choice the first is the default."""


def name_of(text: str) -> str:
    """Return a name without its prefix: ``TextQuoteSelector`` for ``oa:TextQuoteSelector``."""
    for prefix in _PREFIXES:
        text = text.removeprefix(prefix)
    return text


def types_of(record: Record) -> set[str]:
    """Return the types of an object, without prefixes."""
    return {name_of(each) for name in ("type", "@type") for each in texts_in(record.get(name))}


def id_of(value: Any) -> str:
    """Return the IRI of a value that is one, or an object with one; empty if there is none."""
    if isinstance(value, str):
        return value.strip()
    return text_in(value, "id", "@id") if isinstance(value, dict) else ""


def value_of(record: Record, *names: str) -> Any:
    """Return the first of some fields that is there, with and without prefixes."""
    for name in names:
        for key in (name, f"oa:{name}", f"schema:{name}", f"dc:{name}", f"dcterms:{name}"):
            if record.get(key) is not None:
                return record[key]
    return None


def text_of(record: Record, *names: str) -> str:
    """Return the first text of some fields; a text may be an object with a ``@value``."""
    for name in names:
        value = value_of(record, name)
        for each in value if isinstance(value, list) else [value]:
            text = text_in(each, "@value", "value") if isinstance(each, dict) else each
            if isinstance(text, str) and text.strip():
                return text.strip()
    return ""


def names_of(value: Any) -> list[str]:
    """Return the names of people or organisations, which may be texts or objects."""
    values = value if isinstance(value, list) else [value]
    names = (text_of(each, "name", "nick") if isinstance(each, dict) else each for each in values)
    return [name.strip() for name in names if isinstance(name, str) and name.strip()]


def each_of(value: Any) -> Iterator[Any]:
    """Yield the bodies or the targets of a field: one, a list, a choice, or sets of these."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, list):
            waiting += reversed(each)
        elif isinstance(each, dict) and (kinds := types_of(each) & _SETS):
            items = each.get("items", each.get("item", each.get("members")))
            if "Choice" in kinds and isinstance(items, list):
                items = items[:1]
            waiting.append(items)
        elif each is not None:
            yield each
