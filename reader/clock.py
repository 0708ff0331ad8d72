"""The present time, how Margin writes a time, and the day on which a time is here.

One place, so that a test can fix the time and the zone.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_DAY_LENGTH = len("2026-01-31")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


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
    try:
        there = moment.astimezone(UTC)
    except ValueError as error:  # the first day of the calendar, for which local time has no rule
        raise OverflowError(str(error)) from error
    return there.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def local(moment: str) -> datetime:
    """Return a time in the time zone of this machine.

    Args:
        moment: The time in ISO 8601. Without a time zone it is taken as UTC; a day alone begins at
            midnight here.

    Raises:
        ValueError: It is no time, or lies outside the years 1 to 9999 here.
    """
    parsed = datetime.fromisoformat(moment)
    if parsed.tzinfo is None and len(moment) > _DAY_LENGTH:
        parsed = parsed.replace(tzinfo=UTC)
    try:
        return parsed.astimezone()
    except OverflowError as error:
        raise ValueError(f"{moment} is not a time here") from error


def local_day(moment: str) -> str:
    """Return the day of a time here, such as ``2026-01-31``; every day that is shown is such a day.

    Args:
        moment: The time as ``local`` takes it; what is no time is returned as it is.
    """
    try:
        return local(moment).date().isoformat()
    except ValueError:
        return moment


def day_in_words(moment: str, *, names_year: bool = False) -> str:
    """Return the day of a time here as people write it: ``30 Nov``, ``2 Dec 2025``.

    Args:
        moment: The time as ``local`` takes it; what is no time is returned as it is.
        names_year: Whether to name the year also where it is the present one, as in a file that is
            read later.
    """
    try:
        day = local(moment)
    except ValueError:
        return moment
    year = f" {day.year}" if names_year or day.year != local(now()).year else ""
    return f"{day.day} {_MONTHS[day.month - 1]}{year}"


def local_minute(moment: str) -> str:
    """Return the day and the minute of a time here, such as ``2026-01-31 09:05``.

    Args:
        moment: The time as ``local`` takes it; what is no time is returned as it is.
    """
    try:
        return f"{local(moment):%Y-%m-%d %H:%M}"
    except ValueError:
        return moment


def later(moment: str, than: str) -> str:
    """Return ``moment``, or a millisecond after ``than`` where that would not be later.

    A change must be later than what it changes even when the machine's clock jumped back or two
    changes fall into one millisecond, because merging two copies keeps the later one. A text that
    is no time, as a file of another program may have it, changes nothing.
    """
    if moment > than:
        return moment
    try:
        return iso(datetime.fromisoformat(than) + timedelta(milliseconds=1))
    except (ValueError, OverflowError):
        return moment


def now_for_names() -> str:
    """Return the present second in UTC as a part of a file name: ``20261122T100000``."""
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
