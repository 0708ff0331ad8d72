"""Decodes the header of a message: names, addresses and texts."""

from __future__ import annotations

import email.utils
from collections.abc import Sequence
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from typing import Final

from reader.core.document import Metadata
from reader.formats.cleaning import clean_line

MAX_SHOWN: Final = 50
"""The most addresses of a header line that are shown."""

FAULTS: Final = (
    MessageError, ValueError, KeyError, IndexError, TypeError, AttributeError, LookupError,
    OverflowError, RecursionError,
)  # fmt: skip
"""The errors of the library on malformed messages."""

_SHOWN_LINES: Final = ("From", "To", "Cc")
_LONGEST: Final = 1000


def values(message: Message, name: str) -> list[str]:
    """Return the encoded values of a header, as readable text."""
    return [readable(str(value)) for key, value in message.raw_items() if key.lower() == name]


def text(value: str) -> str:
    """Return a header value on one line, with its encoded words (RFC 2047) decoded."""
    pieces: list[str] = []
    try:
        for piece, charset in decode_header(value):
            pieces.append(piece if isinstance(piece, str) else _decoded(piece, charset))
    except FAULTS:
        return clean_line(value)[:_LONGEST]
    return clean_line("".join(pieces))[:_LONGEST]


def first(message: Message, name: str) -> str:
    """Return the first value of a header, decoded; empty if there is none."""
    return next((text(value) for value in values(message, name)), "")


def addresses(message: Message, name: str) -> list[tuple[str, str]]:
    """Return the decoded names and the addresses of a header; a name may be empty."""
    try:
        pairs = email.utils.getaddresses(values(message, name))
    except FAULTS:
        return []
    # Names are decoded after parsing, since a comma in a name would split it.
    return [(text(shown), text(address)) for shown, address in pairs if shown or address]


def metadata(message: Message, title: str) -> Metadata:
    """Return the metadata of a message; ``title`` replaces a missing subject."""
    people = [shown or address for shown, address in addresses(message, "from")]
    return Metadata(
        title=first(message, "subject") or title,
        authors=tuple(dict.fromkeys(people)),
        site=first(message, "list-id").partition("<")[0].strip(' "'),
        published=_moment(first(message, "date")),
        language=first(message, "content-language")[:40],
        identifier=first(message, "message-id").strip("<> "),
    )


def shown_lines(message: Message) -> list[str]:
    """Return the lines with the sender, the recipients and the date."""
    lines = [
        f"{name}: {_people(people)}"
        for name in _SHOWN_LINES
        if (people := addresses(message, name.lower()))
    ]
    if date := first(message, "date"):
        lines.append(f"Date: {date}")
    return lines


def _people(pairs: Sequence[tuple[str, str]]) -> str:
    shown = [
        f"{name} <{address}>" if name and address and name != address else name or address
        for name, address in pairs[:MAX_SHOWN]
    ]
    more = len(pairs) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _moment(value: str) -> str:
    try:
        return email.utils.parsedate_to_datetime(value).isoformat()
    except FAULTS:
        return ""


def readable(value: str) -> str:
    """Return a value that may hold bytes outside ASCII, which RFC 6532 allows, as text."""
    if value.isascii():
        return value
    return _decoded(value.encode("utf-8", "surrogateescape"), None)


def _decoded(data: bytes, charset: str | None) -> str:
    for one in (charset or "utf-8", "utf-8"):
        try:
            return data.decode(one)
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("cp1252", "replace")
