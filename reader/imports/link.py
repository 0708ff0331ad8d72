"""One article of a list, and the parsing of its values."""

from __future__ import annotations

import codecs
from datetime import UTC, datetime
from typing import NamedTuple

from reader.clock import iso
from reader.errors import SourceError

MAX_BYTES = 50_000_000
"""The largest list, in bytes, unpacked: a hundred thousand bookmarks take some 20 MB."""

MAX_TAG = 100
"""The longest tag, in code points; a longer one is dropped."""

ARCHIVED = frozenset({"archive", "archived"})
"""The names of states and folders of archived articles."""

NO_FOLDERS = frozenset({"", "unread", "archive", "read archive", "starred", "home"})
"""The names of folders that show the state of an article, and not its subject."""

_SECONDS_END = 10**11
"""Larger times are in milliseconds or microseconds: in seconds this is the year 5138."""


class Link(NamedTuple):
    """An article that a list names."""

    url: str
    """Its address."""
    added: str = ""
    """The time when it was added there: ISO 8601, UTC, with milliseconds; empty if unknown."""
    tags: tuple[str, ...] = ()
    """Its tags there, in lower case."""
    is_archived: bool = False
    """Whether it was archived there."""
    copy: str = ""
    """The file of the archive that holds the article; see ``ArchivedCopies``."""
    title: str = ""
    """Its title there; only for a copy, which may lack one."""
    author: str = ""
    """Its author there; only for a copy."""
    published: str = ""
    """Its date of publication there; only for a copy."""


def tags_in(text: str | None, separator: str) -> tuple[str, ...]:
    """Return the tags in a text, each once, in lower case, in their order."""
    names = (" ".join(each.split()).casefold() for each in (text or "").split(separator))
    return tuple(dict.fromkeys(each for each in names if 0 < len(each) <= MAX_TAG))


def moment_in(text: str) -> str:
    """Return a time in Margin's form; empty if the text is none.

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
    return SourceError(
        "List too large",
        f"{name} has over {MAX_BYTES // 1_000_000} MB; split it into smaller lists.",
    )


def decoded(data: bytes) -> str:
    """Return the text of a list: UTF-16 with its mark, UTF-8, else Windows-1252."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
