"""Times and identifiers, in one place so that a test or a picture can fix them."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta

RANDOM_BITS = 80
"""How many bits of a ULID are random; the 48 above them are milliseconds since 1970."""

_BASE32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's, as the ULID specification has it


def now() -> str:
    """Return the present time: ISO 8601, UTC, with milliseconds, ending in ``Z``."""
    return _iso(datetime.now(UTC))


def later(moment: str, than: str) -> str:
    """Return ``moment``, or a millisecond after ``than`` where that would not be later.

    A change must be later than what it changes even when the machine's clock jumped back or two
    changes fall into one millisecond, because merging two copies keeps the later one.
    """
    if moment > than:
        return moment
    return _iso(datetime.fromisoformat(than) + timedelta(milliseconds=1))


def new_id() -> str:
    """Return a new ULID: 26 characters that sort by the time they were made.

    Made here because it is needed before the first screen of a new article, and importing
    python-ulid for it takes 12 to 20 ms, as much as all the rest of the session.
    """
    milliseconds = time.time_ns() // 1_000_000
    number = milliseconds << RANDOM_BITS | int.from_bytes(os.urandom(RANDOM_BITS // 8))
    return "".join(_BASE32[number >> shift & 31] for shift in range(125, -1, -5))


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
