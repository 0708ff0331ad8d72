"""What a list says of an article, and the values in it."""

from __future__ import annotations

import codecs
from datetime import UTC, datetime
from typing import NamedTuple

from reader.clock import iso
from reader.errors import SourceError

MAX_BYTES = 50_000_000
"""The largest list, in bytes, unpacked: a hundred thousand bookmarks take some 20 MB."""

MAX_TAG = 100
"""The longest tag that is taken over, in code points."""

ARCHIVED = frozenset({"archive", "archived"})
"""What a state or a folder is called that holds what one is done with."""

NO_FOLDERS = frozenset({"", "unread", "archive", "read archive", "starred", "home"})
"""Folders that say where an article stands, and not what it is about."""

_SECONDS_END = 10**11
"""Times from this on are milliseconds or microseconds: as seconds it is the year 5138."""


class Link(NamedTuple):
    """An article that a list names."""

    url: str
    """Its address."""
    added: str = ""
    """When it was added there: ISO 8601, UTC, with milliseconds; empty where that is not said."""
    tags: tuple[str, ...] = ()
    """Its tags there, in lower case."""
    is_archived: bool = False
    """Whether it was archived there."""
    copy: str = ""
    """The file of the archive that holds the article; see ``ArchivedCopies``."""
    title: str = ""
    """Its title there; only beside a copy, which may lack one."""
    author: str = ""
    """Its author there; only beside a copy."""
    published: str = ""
    """When it was published, as said there; only beside a copy."""


def tags_in(text: str | None, separator: str) -> tuple[str, ...]:
    """Return the tags in a text, each once, in lower case, in their order."""
    names = (" ".join(each.split()).casefold() for each in (text or "").split(separator))
    return tuple(dict.fromkeys(each for each in names if 0 < len(each) <= MAX_TAG))


def moment_in(text: str) -> str:
    """Return a time as Margin writes it; empty where it is none.

    Args:
        text: Seconds, milliseconds or microseconds since 1970, or ISO 8601.
    """
    text = text.strip()
    try:
        if text.isascii() and text.isdigit() and len(text) < 20:
            number = int(text)
            while number >= _SECONDS_END:
                number //= 1000
            moment = datetime.fromtimestamp(number, UTC) if number else None
        else:
            moment = datetime.fromisoformat(text)
    except (ValueError, OverflowError, OSError):
        return ""
    if moment is None:
        return ""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    try:
        return iso(moment)
    except OverflowError:
        return ""


def too_large(name: str) -> SourceError:
    """Return the error for a list of more than ``MAX_BYTES``."""
    return SourceError("List too large", f"{name} has over {MAX_BYTES // 1_000_000} MB; part it.")


def decoded(data: bytes) -> str:
    """Return the text of a list: UTF-16 with its mark, UTF-8, else Windows-1252."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
