"""Parses the values that files of other programs hold: texts, times and tags."""

from __future__ import annotations

import codecs
import re
import uuid
from datetime import UTC, datetime, tzinfo
from urllib.parse import unquote, urlsplit

from reader.clock import iso
from reader.digests import digest_of_texts
from reader.identifiers import to_ulid

MAX_TAG = 100
"""The longest tag, in code points; a longer one is dropped."""

FAVOURITE = "favorite"
"""The tag of what has a star or a heart in another program."""

_UUID_URN = "urn:uuid:"

_DRIVE = re.compile(r"[A-Za-z]:[\\/]")

_KEY_LENGTH = 20
"""Hexadecimal digits of a key that is made."""

_SECONDS_END = 10**11
"""Larger times are in milliseconds or microseconds: in seconds this is the year 5138."""


def tags_in(text: str | None, separator: str) -> tuple[str, ...]:
    """Return the tags in a text, each once, in lower case, in their order."""
    names = (" ".join(each.split()).casefold() for each in (text or "").split(separator))
    return tuple(dict.fromkeys(each for each in names if 0 < len(each) <= MAX_TAG))


def moment_in(text: str, zone: tzinfo | None = UTC) -> str:
    """Return a time in Margin's form; empty if the text is none.

    Args:
        text: Seconds, milliseconds or microseconds since 1970, or ISO 8601.
        zone: The zone of a time that names none; None for the zone of this machine.
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
        moment = moment.replace(tzinfo=zone)
    try:
        return iso(moment)
    except (OverflowError, OSError):
        return ""


def date_in(text: str, zone: tzinfo | None = UTC) -> str:
    """Return a time as ``moment_in`` does; one that cannot be read as it is, for it to be told."""
    return moment_in(text, zone) or (text.strip() if text.strip("0 ") else "")


def ulid_in(urn: str) -> str:
    """Return the ULID that a URN holds as a UUID, as Margin writes its ids; empty if it is none."""
    prefix, number = urn[: len(_UUID_URN)], urn[len(_UUID_URN) :]
    try:
        return to_ulid(uuid.UUID(number).int) if prefix.lower() == _UUID_URN else ""
    except ValueError:
        return ""


def path_of(uri: str) -> str:
    """Return the path of a file that an address names (``file:///...``); empty for any other."""
    if uri[:7].lower() != "file://":
        return ""
    try:
        return unquote(urlsplit(uri).path)
    except ValueError:
        return ""


def is_absolute(path: str) -> bool:
    """Return whether a path of any system is absolute."""
    return path.startswith("/") or _DRIVE.match(path) is not None


def decoded(data: bytes) -> str:
    """Return the text of a file: UTF-16 with its mark, UTF-8, else Windows-1252."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def with_unix_ends(text: str) -> str:
    """Return a text without the mark at its beginning, and with a line feed at the end of lines."""
    return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def made_key(*parts: str) -> str:
    """Return a key for a note that has none in its file, made of what does not change of it."""
    return digest_of_texts(*parts)[:_KEY_LENGTH]
