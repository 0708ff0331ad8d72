"""Refuses files of word processors that Margin cannot read, and says what to do with them."""

from __future__ import annotations

from typing import Final

from reader.errors import SourceError

_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
_WORD: Final = "WordDocument".encode("utf-16-le")


def refuse_old_office(data: bytes, name: str) -> None:
    """Refuse a binary document of Word and a DOCX with a password.

    Raises:
        SourceError: The data is one of them; the message says what to do.
    """
    if not data.startswith(_MAGIC):
        return
    named = name or "The source"
    if _LOCKED in data:
        raise SourceError(
            "Locked with a password",
            f"{named} is locked with a password: open it in a word processor and save it "
            "without one.",
        )
    if _WORD in data:
        raise SourceError(
            "An old Word document",
            f"{named} is in Word's old format: open it in a word processor and save it as DOCX "
            "or ODT.",
        )
