"""The YAML front matter of an exported file, in which any text survives."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from reader.exports.model import Update
from reader.safe_text import sanitise_for_file

_KEY = re.compile(r"([^\s:#'\"-][^:]*?)\s*:(?:\s|$)")
_FENCE = "---"
_ID, _DIGEST, _EXPORTED, _QUERY = "margin-id", "margin-digest", "exported", "margin-query"
_OWN = frozenset(
    {
        "title", "authors", "site", "url", "source", "published", "accessed", "archive", _EXPORTED,
        "tags", _ID, _DIGEST, _QUERY,
    }
)  # fmt: skip
"""The fields that Margin writes; a person added the others."""

Fields = Mapping[str, str | Sequence[str]]
"""Names and values; a field that may have several values has a list."""


class _Parts(NamedTuple):
    """The parts of a file with front matter."""

    fields: dict[str, list[str]]
    """The lines of each field, by name."""
    body: str
    """The text below the front matter."""

    def values(self, name: str) -> list[str]:
        """Return the values of a field that Margin writes, without quotation marks."""
        first, *others = self.fields.get(name, [""])
        items = [first.partition(":")[2], *(line.strip().removeprefix("-") for line in others)]
        return [item.strip().strip("\"'") for item in items if item.strip()]


def export_head(
    fields: Fields, ids: Sequence[str], exported: str, body: Iterable[str], query: str = ""
) -> str:
    """Return the front matter of an export, up to the empty line before its body.

    Every value is a double-quoted string, so that no version of YAML reads a title as a number, a
    date or a boolean. Empty fields are left out. ``margin-digest`` tells a later export whether
    the article or the file has changed.

    Args:
        fields: The facts about the article.
        ids: The ids of the articles.
        exported: The time of the export: ISO 8601.
        body: The Markdown below, in pieces with white space between them.
        query: What chose the annotations; empty for all of them.
    """
    own = _yaml({**fields, _ID: ids[0] if len(ids) == 1 else ids, _QUERY: query})
    digests = f"{_digest(chain(own, body))}-{_digest(body)}"
    rest = _yaml({_EXPORTED: exported, _DIGEST: digests})
    return "\n".join([_FENCE, *own, *rest, _FENCE, "", ""])


def article_ids(text: str) -> list[str]:
    """Return the ids in ``margin-id``; none if Margin did not write the file."""
    parts = _split(text)
    return parts.values(_ID) if parts else []


def query_of(text: str) -> str:
    """Return ``margin-query``; empty where the file has none."""
    parts = _split(text)
    lines = parts.fields.get(_QUERY, []) if parts else []
    try:
        value = json.loads("".join(lines).partition(":")[2])
    except ValueError:
        return ""
    return value if isinstance(value, str) else ""


def update(previous: str, new: str) -> Update:
    """Return the update of a file that holds ``previous``, when ``new`` is exported to it."""
    text = updated(previous, new)
    is_overwritten = text != previous and is_edited(previous)
    return Update(text, as_copy(previous) if is_overwritten else "")


def is_edited(text: str) -> bool:
    """Return whether the text below the front matter has changed since Margin wrote it."""
    parts = _split(text)
    if parts is None:
        return True
    return "".join(parts.values(_DIGEST)).partition("-")[2] != _digest([parts.body])


def updated(previous: str, new: str) -> str:
    """Return the new content of a file that holds ``previous``, when ``new`` is exported to it.

    That is ``previous`` if nothing but the time of export has changed; otherwise it is ``new`` with
    the fields that a person added to the front matter.
    """
    before, after = _split(previous), _split(new)
    if before is None or after is None or not before.values(_ID):
        return new
    if _written_digest(before) == _written_digest(after):
        return previous
    added = [line for name, lines in before.fields.items() if name not in _OWN for line in lines]
    if not added:
        return new
    head, fence, body = new.partition(f"\n{_FENCE}\n")
    return "\n".join([head, *added]) + fence + body


def is_own(text: str) -> bool:
    """Tell whether all of a file is as Margin wrote it, the front matter too; white space apart."""
    parts = _split(text)
    if parts is None or not parts.values(_ID) or not parts.fields.keys() <= _OWN:
        return False
    own = [
        line
        for name, lines in parts.fields.items()
        if name not in (_EXPORTED, _DIGEST)
        for line in lines
    ]
    everything, _, body = "".join(parts.values(_DIGEST)).partition("-")
    return (everything, body) == (
        _digest([*own, parts.body]),
        _digest([parts.body]),
    )


def body_of(text: str) -> str:
    """Return the text below the front matter; all of it where there is none."""
    parts = _split(text)
    return parts.body if parts else text


def emptied(text: str, body: str) -> str:
    """Return a file from which the annotations were taken out, with its front matter.

    The digest says so: the next export with annotations writes the file, and keeps a copy of it if
    a person had changed it.

    Args:
        text: The file.
        body: What is left below its front matter.
    """
    parts = _split(text)
    if parts is None:
        return body
    was_edited = is_edited(text)
    written = "".join(parts.values(_DIGEST)).partition("-")[2] if was_edited else _digest([body])
    head = [
        line
        for name, lines in parts.fields.items()
        if name not in ("tags", _DIGEST)
        for line in lines
    ]
    digest = _yaml({_DIGEST: f"{_digest([])}-{written}"})
    return "\n".join([_FENCE, *head, *digest, _FENCE, body])


def as_copy(text: str) -> str:
    """Return an export so that Margin no longer recognises it as its own."""
    return re.sub(rf"^{_ID}:", "margin-copy-of:", text, count=1, flags=re.MULTILINE)


def _written_digest(parts: _Parts) -> str:
    """Return the digest of everything but the time, as Margin wrote it."""
    return "".join(parts.values(_DIGEST)).partition("-")[0]


def _split(text: str) -> _Parts | None:
    """Return the parts of a file; None if it has no front matter."""
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
    """Return ``value`` as a double-quoted YAML scalar; every string of JSON is one."""
    return json.dumps(sanitise_for_file(value), ensure_ascii=False)


def _digest(pieces: Iterable[str]) -> str:
    """Return twelve hexadecimal digits that depend on the words, not on the white space.

    Args:
        pieces: The text, in pieces with white space between them.
    """
    digest, space = hashlib.sha256(), ""
    for piece in pieces:
        for line in piece.split("\n"):
            if words := " ".join(line.split()):
                digest.update(f"{space}{words}".encode("utf-8", "surrogatepass"))
                space = " "
    return digest.hexdigest()[:12]
