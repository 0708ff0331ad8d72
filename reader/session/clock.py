"""The present time, in one place so that a test or a picture can fix it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


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


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
