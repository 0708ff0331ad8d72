"""Digests: SHA-256 in hexadecimal digits, which identifies texts and files by their content."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_PART_LENGTH: Final = 12
"""Hexadecimal digits of the digest of a part of a note."""


def digest_of(data: bytes) -> str:
    """Return the digest of some bytes.

    Importing Python's library for digests takes 2 ms, and opening an unchanged article needs none.
    """
    from hashlib import sha256  # noqa: PLC0415  (see above)

    return sha256(data).hexdigest()


def digest_of_text(text: str) -> str:
    """Return the digest of a text in UTF-8."""
    return digest_of(text.encode("utf-8", "surrogatepass"))


def digest_of_texts(*texts: str) -> str:
    """Return the digest of several texts, which is another one where they are parted elsewhere."""
    return digest_of_text("\0".join(texts))


def digest_of_pieces(pieces: Iterable[str]) -> str:
    """Return the digest of a text in UTF-8 that comes in pieces, and need not be in memory."""
    from hashlib import sha256  # noqa: PLC0415  (see above)

    digest = sha256()
    for each in pieces:
        digest.update(each.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def text_digest(pieces: Iterable[str]) -> str:
    """Return the short digest of a text, which depends on its words, not on the white space.

    It is the same as that of ``part_digest`` for the whole text.

    Args:
        pieces: The text, in pieces with white space between them.
    """
    from hashlib import sha256  # noqa: PLC0415  (see above)

    digest, space = sha256(), ""
    for piece in pieces:
        if words := " ".join(piece.split()):
            digest.update(f"{space}{words}".encode("utf-8", "surrogatepass"))
            space = " "
    return digest.hexdigest()[:_PART_LENGTH]


def part_digest(value: str | Iterable[str]) -> str:
    """Return the short digest of a part of a note; white space and the order of tags do not count.

    Args:
        value: The part as it is shown in the file; tags as several texts.
    """
    texts = [value] if isinstance(value, str) else sorted(value)
    return digest_of_texts(*(" ".join(each.split()) for each in texts))[:_PART_LENGTH]
