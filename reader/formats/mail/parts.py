"""Finds the parts of a message to read, in order: texts, pages, other messages."""

from __future__ import annotations

from email.message import Message
from typing import Any, Final, NamedTuple, TypeAlias

from reader.formats.cleaning import clean_line
from reader.formats.mail import header as mail_header
from reader.formats.mail.header import FAULTS
from reader.formats.mail.text import PlainPart, decoded, plain_part
from reader.formats.tree.xml import parse_page

MAX_PARTS: Final = 2000
"""The most parts of a message that are read."""

MAX_DEPTH: Final = 60
"""The deepest part of a message that is read."""

_MUCH: Final = 4
"""The message's plain text is only a hint if its HTML is more than this many times longer."""
_SEALS: Final = {
    "multipart/encrypted": "encrypted",
    "application/pkcs7-mime": "encrypted",
    "application/x-pkcs7-mime": "encrypted",
    "application/ms-tnef": "tnef",
    "application/vnd.ms-tnef": "tnef",
}


class HtmlPart(NamedTuple):
    """A part in HTML."""

    root: Any
    """Its tree."""

    @property
    def length(self) -> int:
        """The approximate number of characters that it shows."""
        shown = "".join(self.root.itertext("p", "td", "li", "div", "span"))
        return len(" ".join(shown.split()))


class Letter(NamedTuple):
    """The content of a message."""

    message: Message
    """Its header."""
    pieces: list[LetterPiece]
    """The parts to read, in order."""
    attached: list[str]
    """The names of the attachments."""
    seals: set[str]
    """The kinds of hidden text: ``encrypted``, ``tnef`` (Outlook's ``winmail.dat``)."""


LetterPiece: TypeAlias = PlainPart | HtmlPart | Letter


def open_letter(message: Message) -> Letter:
    """Return the content of a message.

    Raises:
        RecursionError: Its parts are nested too deeply.
    """
    return _PartWalker().letter(message, 0)


class _PartWalker:
    """Walks through the parts of a message and of the messages inside it."""

    def __init__(self) -> None:
        self._left = MAX_PARTS

    def letter(self, message: Message, depth: int) -> Letter:
        letter = Letter(message, [], [], set())
        letter.pieces.extend(self._pieces(message, letter, depth))
        return letter

    def _pieces(self, part: Message, letter: Letter, depth: int) -> list[LetterPiece]:
        """Return the parts to read; attachments and hidden texts are noted in the message."""
        self._left -= 1
        if self._left < 0:
            return []
        if depth > MAX_DEPTH:
            raise RecursionError
        kind = part.get_content_type()
        if seal := _SEALS.get(kind):
            letter.seals.add(seal)
        payload = part.get_payload()
        if part.is_multipart() and isinstance(payload, list):
            children = [child for child in payload if isinstance(child, Message)]
            if kind == "message/rfc822":
                return [self.letter(child, depth + 1) for child in children]
            if kind.startswith("message/"):
                return []
            alternatives = [self._pieces(child, letter, depth + 1) for child in children]
            if kind == "multipart/alternative":
                return _best(alternatives)
            return [piece for pieces in alternatives for piece in pieces]
        return self._leaf(part, kind, letter)

    def _leaf(self, part: Message, kind: str, letter: Letter) -> list[LetterPiece]:
        name = _file_name(part)
        is_attached = part.get_content_disposition() == "attachment"
        if is_attached or (name and kind not in ("text/plain", "text/html")):
            letter.attached.append(name or clean_line(kind)[:200])
        elif kind.startswith("multipart/"):
            text = plain_part(part)  # its parts cannot be separated: all of it is shown
            return [text] if text.text.strip() else []
        elif not kind.startswith(("text/", "image/")) or kind == "text/calendar":
            letter.attached.append(clean_line(kind)[:200])
        elif kind == "text/html":
            root = parse_page(decoded(part).encode("utf-8"))
            return [HtmlPart(root)] if root is not None else []
        elif kind == "text/plain":
            text = plain_part(part)
            return [text] if text.text.strip() or text.foot else []
        return []


def _best(alternatives: list[list[LetterPiece]]) -> list[LetterPiece]:
    """Return one of the alternatives: the plain text, or HTML if the plain text is only a hint."""
    full = [pieces for pieces in alternatives if pieces]
    plain = next((one for one in full if all(isinstance(piece, PlainPart) for piece in one)), None)
    rich = next((one for one in reversed(full) if one is not plain), None)
    if plain is None or rich is None:
        return rich or plain or []
    written = sum(len(piece.text) for piece in plain if isinstance(piece, PlainPart))
    shown = sum(piece.length for piece in rich if isinstance(piece, HtmlPart))
    return rich if not written or shown > _MUCH * written else plain


def _file_name(part: Message) -> str:
    try:
        name = part.get_filename() or ""
    except FAULTS:
        return ""
    return mail_header.text(mail_header.readable(str(name)))[:200]
