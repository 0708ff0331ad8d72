"""The present time, and how Margin writes a time; one place, so that a test can fix it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


def now() -> str:
    """Return the present time as ``iso`` writes it."""
    return iso(datetime.now(UTC))


def iso(moment: datetime) -> str:
    """Return a time in ISO 8601, UTC, with milliseconds, ending in ``Z``.

    Args:
        moment: The time; without a time zone it is local time.

    Raises:
        OverflowError: The time lies outside the years 1 to 9999 in UTC.
    """
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def later(moment: str, than: str) -> str:
    """Return ``moment``, or a millisecond after ``than`` where that would not be later.

    A change must be later than what it changes even when the machine's clock jumped back or two
    changes fall into one millisecond, because merging two copies keeps the later one.
    """
    if moment > than:
        return moment
    return iso(datetime.fromisoformat(than) + timedelta(milliseconds=1))


def now_for_names() -> str:
    """Return the present second in UTC as a part of a file name: ``20261122T100000``."""
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
