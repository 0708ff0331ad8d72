"""The YAML block at the head of an exported file: written so that any text survives it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_FENCE = "---"


def front_matter(fields: Mapping[str, str | Sequence[str]]) -> str:
    """Return the fields as YAML between two ``---`` lines; empty ones are left out.

    Every value is a double-quoted string, so that no reader of YAML, of whichever version, takes
    a title for a number, a date or a boolean.
    """
    lines = [_FENCE]
    for name, value in fields.items():
        if isinstance(value, str):
            if value:
                lines.append(f"{name}: {_quoted(value)}")
        elif value:
            lines.append(f"{name}:")
            lines.extend(f"  - {_quoted(item)}" for item in value)
    return "\n".join([*lines, _FENCE, ""])


def article_ids(text: str) -> tuple[str, ...]:
    """Return the ids in the front matter's ``margin-id``; empty where Margin did not write it."""
    lines = iter(text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n"))
    if next(lines, "").rstrip() != _FENCE:
        return ()
    ids: list[str] = []
    inside = False
    for line in lines:
        if line.rstrip() == _FENCE:
            return tuple(ids)
        if line.startswith("margin-id:"):
            inside = True
            value = line.removeprefix("margin-id:")
        elif inside and line.lstrip().startswith("- "):
            value = line.lstrip().removeprefix("- ")
        else:
            inside = False
            continue
        if value.strip():
            ids.append(value.strip().strip("\"'"))
    return ()


def without_field(text: str, name: str) -> str:
    """Return ``text`` without the one-line field ``name`` of its front matter."""
    head, fence, body = text.partition(f"\n{_FENCE}\n")
    head = re.sub(rf"\n{re.escape(name)}:.*", "", head, count=1)
    return head + fence + body


def _quoted(value: str) -> str:
    """Return ``value`` as a double-quoted YAML scalar, of which JSON's string is a subset."""
    return _ESCAPED.sub(
        lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False)
    )
