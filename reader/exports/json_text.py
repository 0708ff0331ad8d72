"""What the formats of JSON have in common: their text, their times, and knowing their own files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from reader.safe_text import safe_json

_BETWEEN: Final = ",\n"
"""Stands between two items of a list."""


def json_document(value: Any) -> str:
    """Return a value as a file of indented JSON."""
    return safe_json(value, indent=2) + "\n"


def list_items(values: Iterable[Any]) -> str:
    """Return values as items of ``list_document``; empty for none."""
    items = ("    " + safe_json(each, indent=2).replace("\n", "\n    ") for each in values)
    return _BETWEEN.join(items)


def list_document(head: Mapping[str, Any], name: str, items: Iterable[str]) -> Iterator[str]:
    """Yield the file that ``json_document`` makes of an object whose last property is a list.

    Args:
        head: The other properties; at least one.
        name: The name of the list.
        items: What ``list_items`` returns of its items, in any parts.
    """
    start = safe_json(dict(head), indent=2).removesuffix("\n}")
    before = f"{start},\n  {safe_json(name)}: [\n"
    for item in filter(None, items):
        yield before
        yield item
        before = _BETWEEN
    yield "\n  ]\n}\n" if before == _BETWEEN else json_document({**head, name: []})


def moment_or_none(moment: str) -> str | None:
    """Return a time if it is one that JSON schemas accept (RFC 3339); None otherwise."""
    try:
        parsed = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return moment if parsed.tzinfo is not None and "T" in moment else None


def ids_at(text: str, items: Sequence[str], path: Sequence[str]) -> list[str]:
    """Return the ids of the articles in a file of JSON; none if any item of it has none.

    Args:
        text: The file.
        items: The names that lead to its list of items; none where the file is that list.
        path: The names that lead from an item to the id of its article.
    """
    try:
        found = _at(json.loads(text), items)
    except (ValueError, RecursionError):
        return []
    if not isinstance(found, list):
        return []
    ids = list(_ids(found, path))
    return list(dict.fromkeys(ids)) if all(ids) else []


def own_items(text: str, name: str) -> list[dict[str, Any]] | None:
    """Return the items of a file of Margin's; None where it is not as Margin writes it.

    Args:
        text: The file.
        name: The name of its list of items.
    """
    content = json.loads(text)
    return content[name] if text == json_document(content) else None


def _ids(items: Sequence[Any], path: Sequence[str]) -> Iterator[str]:
    for item in items:
        value = _at(item, path)
        yield value if isinstance(value, str) else ""


def _at(value: Any, path: Sequence[str]) -> Any:
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value
