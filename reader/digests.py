"""Digests: SHA-256 in hexadecimal digits, which identifies texts and files by their content."""

from __future__ import annotations


def digest_of(data: bytes) -> str:
    """Return the digest of some bytes.

    Importing Python's library for digests takes 2 ms, and opening an unchanged article needs none.
    """
    from hashlib import sha256  # noqa: PLC0415  (see above)

    return sha256(data).hexdigest()


def digest_of_text(text: str) -> str:
    """Return the digest of a text in UTF-8."""
    return digest_of(text.encode("utf-8", "surrogatepass"))
