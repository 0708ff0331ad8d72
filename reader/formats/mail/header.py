"""The header of a message: names, addresses and texts in whatever way they are encoded."""

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
"""Addresses that are shown of a line of the header."""

FAULTS: Final = (
    MessageError, ValueError, KeyError, IndexError, TypeError, AttributeError, LookupError,
    OverflowError, RecursionError,
)  # fmt: skip
"""What the library raises where a message is not as it should be."""

_SHOWN_LINES: Final = ("From", "To", "Cc")
_LONGEST: Final = 1000


def values(message: Message, name: str) -> list[str]:
    """Return the lines of a header that have a name, still encoded, with every byte readable."""
    return [readable(str(value)) for key, value in message.raw_items() if key.lower() == name]


def text(value: str) -> str:
    """Return a line of a header on one line, its encoded words (RFC 2047) decoded."""
    pieces: list[str] = []
    try:
        for piece, charset in decode_header(value):
            pieces.append(piece if isinstance(piece, str) else _decoded(piece, charset))
    except FAULTS:
        return clean_line(value)[:_LONGEST]
    return clean_line("".join(pieces))[:_LONGEST]


def first(message: Message, name: str) -> str:
    """Return the first line of a name, decoded; nothing where there is none."""
    return next((text(value) for value in values(message, name)), "")


def addresses(message: Message, name: str) -> list[tuple[str, str]]:
    """Return the names and addresses of a line, the names decoded and maybe empty."""
    try:
        pairs = email.utils.getaddresses(values(message, name))
    except FAULTS:
        return []
    # A name is decoded only here: one that holds a comma would part it in two.
    return [(text(shown), text(address)) for shown, address in pairs if shown or address]


def metadata(message: Message, title: str) -> Metadata:
    """Return what a header says of a message; ``title`` is for one without a subject."""
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
    """Return who wrote to whom and when, a line each."""
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
    """Return a line that may hold bytes beyond ASCII, which RFC 6532 allows, as text."""
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
