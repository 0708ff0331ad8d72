"""The YAML front matter of an exported file, in which any text survives."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Final

from reader.exported_markdown.file import DIGEST, EXPORTED, ID, QUERY
from reader.safe_text import sanitise_for_file

OWN: Final = frozenset(
    {
        "title", "authors", "site", "url", "source", "published", "accessed", "archive", EXPORTED,
        "tags", ID, DIGEST, QUERY,
    }
)  # fmt: skip
"""The fields that Margin writes, or wrote; a person added the others."""

Fields = Mapping[str, str | Sequence[str]]
"""Names and values; a field that may have several values has a list."""


def yaml_lines(fields: Fields) -> list[str]:
    """Return fields as lines of YAML.

    Every value is a double-quoted string, so that no version of YAML reads a title as a number, a
    date or a boolean. Empty fields are left out.
    """
    lines: list[str] = []
    for name, value in fields.items():
        if isinstance(value, str):
            lines += [f"{name}: {_quoted(value)}"] if value else []
        elif value:
            lines += [f"{name}:", *(f"  - {_quoted(item)}" for item in value)]
    return lines


def _quoted(value: str) -> str:
    """Return ``value`` as a double-quoted YAML scalar; every string of JSON is one."""
    return json.dumps(sanitise_for_file(value), ensure_ascii=False)
