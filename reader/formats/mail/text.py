"""Decodes the plain text of a message, and separates its signature."""

from __future__ import annotations

import re
from email.message import Message
from typing import Final, NamedTuple

from reader.errors import SourceError
from reader.formats.encoding import read_text
from reader.formats.mail.header import FAULTS
from reader.formats.plain.signed import without_armour

_SEVEN_BIT: Final = frozenset({"utf-7", "hz", "hz-gb-2312", "iso-2022-kr"})
"""Encodings whose bytes look like ASCII, so that only the label shows them."""

_LONGEST_FOOT: Final = 16
"""The most lines of a signature with the footer of a mailing list; a longer one is text."""
_SIGNATURE: Final = "-- "
_QUOTES = re.compile(r"(?:> ?)*>|")
_FOOT = re.compile(r"-- ?|_{30,}|-{30,}")


class PlainPart(NamedTuple):
    """The text of a part."""

    text: str
    """The text itself."""
    foot: str
    """The signature, the footer of a mailing list, and the armour of what was signed with PGP."""


def decoded(part: Message) -> str:
    """Return the text of a part, even if the label of its encoding is wrong; empty if none."""
    data = payload(part)
    try:
        charset = str(part.get_param("charset") or "").strip("\"' ")
    except FAULTS:
        charset = ""
    if not re.fullmatch(r"[\w.:-]{1,40}", charset):
        charset = ""
    try:
        if charset.lower() in _SEVEN_BIT:
            return read_text(data.decode(charset, "replace").encode("utf-8"))
        return read_text(data, charset=charset)
    except (SourceError, LookupError):
        return ""


def payload(part: Message) -> bytes:
    """Return the bytes of a part without its transfer encoding."""
    try:
        data = part.get_payload(decode=True)
    except FAULTS:
        return b""
    return data if isinstance(data, bytes) else b""


def plain_part(part: Message) -> PlainPart:
    """Return the text of a part, and its foot."""
    text = decoded(part)
    try:
        is_flowed = str(part.get_param("format") or "").lower() == "flowed"
        is_joined = str(part.get_param("delsp") or "").lower() == "yes"
    except FAULTS:
        is_flowed = is_joined = False
    unsigned = without_armour(text)
    text, foot = _without_foot(unsigned.text)
    foot = "\n\n".join(filter(None, (foot, unsigned.armour)))
    return PlainPart(unflowed(text, is_joined=is_joined) if is_flowed else text, foot)


def unflowed(text: str, *, is_joined: bool) -> str:
    """Undo the soft line ends of ``format=flowed`` (RFC 3676), in quotations too.

    Args:
        text: Lines; one that ends in a space continues in the next line of the same depth.
        is_joined: Whether the space was added by the sender (``delsp=yes``) and is removed.
    """
    lines: list[list[str]] = []
    is_open, before = False, 0
    for line in text.split("\n"):
        quotes = _QUOTES.match(line)
        mark = quotes[0] if quotes else ""
        depth = mark.count(">")
        rest = line[len(mark) :].removeprefix(" ")
        is_soft = rest.endswith(" ") and rest != _SIGNATURE
        content = rest[:-1] if is_soft and is_joined else rest
        if is_open and depth == before and rest != _SIGNATURE:
            lines[-1].append(content)
        else:
            lines.append([f"{'>' * depth} {content}" if depth else content])
        is_open, before = is_soft, depth
    return "\n".join(map("".join, lines))


def _without_foot(text: str) -> tuple[str, str]:
    """Separate a text from the signature and the footer of a mailing list at its end."""
    lines = text.rstrip().split("\n")
    start = max(len(lines) - _LONGEST_FOOT, 0)
    marks = [index for index in range(start, len(lines)) if _FOOT.fullmatch(lines[index])]
    for index in marks:
        below = "\n".join(lines[index + 1 :])
        is_signature = lines[index].rstrip() == "--"
        is_apart = is_signature or not lines[index - 1].strip() or not index
        if below.strip() and is_apart and (is_signature or "://" in below or "@" in below):
            kept = [line for line in lines[index:] if not _FOOT.fullmatch(line)]
            return "\n".join(lines[:index]), "\n".join(kept).strip("\n")
    return text, ""
