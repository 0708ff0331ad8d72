"""Identifiers: ULIDs, which sort by the time of their creation."""

from __future__ import annotations

import os
import time

_BASE32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's alphabet, without I, L, O and U."""

_RANDOM_BITS = 80
"""How many bits of a ULID are random, behind 48 bits of time."""


def new_id() -> str:
    """Return a new ULID: 26 characters, 48 bits of milliseconds and 80 random bits.

    The format is that of the ULID specification. Margin makes ULIDs itself because a new article
    needs one before the first screen, and importing a library takes 12 to 20 ms.
    """
    milliseconds = time.time_ns() // 1_000_000
    return to_ulid(milliseconds << _RANDOM_BITS | int.from_bytes(os.urandom(_RANDOM_BITS // 8)))


def is_ulid(text: str) -> bool:
    """Return whether a text has the length and the characters of a ULID, in either case."""
    return len(text) == 26 and text.isascii() and text.isalnum()


def ulid_of_digest(digest: str) -> str:
    """Return the ULID that a digest of 32 hexadecimal digits or more has on every device."""
    return to_ulid(int(digest[:32], 16))


def from_ulid(text: str) -> int | None:
    """Return the number of 128 bits that is a ULID, in either case; None for any other text."""
    letters = text.upper()
    if len(letters) != 26 or letters[0] not in "01234567":
        return None
    number = 0
    for each in letters:
        if each not in _BASE32:
            return None
        number = number << 5 | _BASE32.index(each)
    return number


def to_ulid(number: int) -> str:
    """Return a number of 128 bits as the 26 characters of a ULID."""
    return "".join(_BASE32[number >> shift & 31] for shift in range(125, -1, -5))
