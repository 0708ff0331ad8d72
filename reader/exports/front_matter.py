"""The YAML block at the head of an exported file: written so that any text survives it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from reader.exports.model import Update
from reader.safe_text import sanitise

_KEY = re.compile(r"([^\s:#'\"-][^:]*?)\s*:(?:\s|$)")
_FENCE = "---"
_ID, _DIGEST, _EXPORTED = "margin-id", "margin-digest", "exported"
_OWN = frozenset(
    {"title", "authors", "site", "url", "source", "published", _EXPORTED, "tags", _ID, _DIGEST}
)
"""The fields that Margin writes; others are a person's."""

Fields = Mapping[str, str | Sequence[str]]
"""Names and values; a list where there may be several."""


class _Parts(NamedTuple):
    """A file with front matter, taken apart."""

    fields: dict[str, list[str]]
    """The lines of each field by its name."""
    body: str
    """What follows the front matter."""

    def values(self, name: str) -> list[str]:
        """Return what a field holds, without quotation marks; Margin's own fields only."""
        first, *others = self.fields.get(name, [""])
        items = [first.partition(":")[2], *(line.strip().removeprefix("-") for line in others)]
        return [item.strip().strip("\"'") for item in items if item.strip()]


def with_front_matter(fields: Fields, ids: Sequence[str], exported: str, body: str) -> str:
    """Return an export: front matter, an empty line, ``body``.

    Every value is a double-quoted string, so that no reader of YAML, of whichever version, takes
    a title for a number, a date or a boolean. Empty fields are left out. ``margin-digest`` tells
    a later export whether anything has changed: here, and in the file.

    Args:
        fields: What is known of the article.
        ids: The articles.
        exported: When: ISO 8601.
        body: The Markdown below.
    """
    own = _yaml({**fields, _ID: ids[0] if len(ids) == 1 else ids})
    everything = "\n".join([*own, body])
    rest = _yaml({_EXPORTED: exported, _DIGEST: f"{_digest(everything)}-{_digest(body)}"})
    return "\n".join([_FENCE, *own, *rest, _FENCE, "", body])


def article_ids(text: str) -> list[str]:
    """Return the ids in the front matter's ``margin-id``; none where Margin did not write it."""
    parts = _take_apart(text)
    return parts.values(_ID) if parts else []


def update(previous: str, new: str) -> Update:
    """Return what becomes of a file that holds ``previous`` once ``new`` is exported to it."""
    text = updated(previous, new)
    is_lost = text != previous and is_edited(previous)
    return Update(text, as_copy(previous) if is_lost else "")


def is_edited(text: str) -> bool:
    """Tell whether the text below the front matter is other than Margin wrote it."""
    parts = _take_apart(text)
    if parts is None:
        return True
    return "".join(parts.values(_DIGEST)).partition("-")[2] != _digest(parts.body)


def updated(previous: str, new: str) -> str:
    """Return what a file that holds ``previous`` should hold once ``new`` is exported to it.

    That is ``previous`` where Margin has nothing new to say, so that the time of export alone
    changes no file; else it is ``new``, with the fields that a person added to the front matter.
    """
    before, after = _take_apart(previous), _take_apart(new)
    if before is None or after is None or not before.values(_ID):
        return new
    told = [_told(parts) for parts in (before, after)]
    if told[0] == told[1]:
        return previous
    added = [line for name, lines in before.fields.items() if name not in _OWN for line in lines]
    if not added:
        return new
    head, fence, body = new.partition(f"\n{_FENCE}\n")
    return "\n".join([head, *added]) + fence + body


def as_copy(text: str) -> str:
    """Return an export as a file that Margin takes for a person's own from now on."""
    return re.sub(rf"^{_ID}:", "margin-copy-of:", text, count=1, flags=re.MULTILINE)


def _told(parts: _Parts) -> str:
    """Return the digest of everything but the time, as it was when Margin wrote it."""
    return "".join(parts.values(_DIGEST)).partition("-")[0]


def _take_apart(text: str) -> _Parts | None:
    """Split a file with front matter; None where it has none."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    ends = [index for index, line in enumerate(lines) if line.rstrip() == _FENCE]
    if len(ends) < 2 or ends[0] != 0:
        return None
    fields: dict[str, list[str]] = {}
    current: list[str] = []
    for line in lines[1 : ends[1]]:
        key = _KEY.match(line)
        if key:
            current = fields.setdefault(key[1], [])
        current.append(line)
    return _Parts(fields, "\n".join(lines[ends[1] + 1 :]))


def _yaml(fields: Fields) -> list[str]:
    """Return the fields as lines of YAML."""
    lines: list[str] = []
    for name, value in fields.items():
        if isinstance(value, str):
            lines += [f"{name}: {_quoted(value)}"] if value else []
        elif value:
            lines += [f"{name}:", *(f"  - {_quoted(item)}" for item in value)]
    return lines


def _quoted(value: str) -> str:
    """Return ``value`` as a double-quoted YAML scalar, of which JSON's string is a subset."""
    return json.dumps(sanitise(value), ensure_ascii=False)


def _digest(text: str) -> str:
    """Return twelve hexadecimal digits that change with the words, not with the white space."""
    return hashlib.sha256(" ".join(text.split()).encode("utf-8", "surrogatepass")).hexdigest()[:12]
