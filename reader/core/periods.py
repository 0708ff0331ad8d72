"""Periods as people name them: ``30 Nov``, ``yesterday``, ``2 weeks ago``, ``30 Nov, 09:05``."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from reader.core.dates import DateError, PartialDate, find_date, read_date

_TIME = re.compile(r"[ ,T]+(?:at )?(\d{1,2})[:.](\d{2})(?::\d{2}(?:\.\d+)?)?$")
_AGO = re.compile(r"(\d{1,4}|a|an|one) (minute|hour|day|week|month|year)s? ago")
_WEEKDAYS: Final = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip
_DAYS: Final = {"week": 7, "month": 30, "year": 365}
"""The days of longer periods; a month and a year have no fixed length."""

_MINUTE, _DAY = timedelta(minutes=1), timedelta(days=1)


class Period(NamedTuple):
    """A time from a start to an end; both have a time zone, or none and are times here."""

    start: datetime
    """When it begins."""
    end: datetime
    """When it ends."""


def period(words: str, now: datetime) -> Period:
    """Return the period that a person named.

    A day without a year is the last such day, and a weekday the last one, today included.

    Args:
        words: The name, such as ``30 Nov``, ``2026-11``, ``yesterday``, ``3 days ago``.
        now: The present time here, without a time zone.

    Returns:
        The period, with a time zone where the words name it.

    Raises:
        DateError: It is no time, or may be several.
    """
    line = " ".join(words.split())
    name = line.lower()
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if name == "now":
        return Period(now, now)
    if name in ("today", "yesterday"):
        return _of_day(today if name == "today" else today - _DAY)
    if name in _WEEKDAYS:
        return _of_day(today - (now.weekday() - _WEEKDAYS.index(name)) % 7 * _DAY)
    try:
        if match := _AGO.fullmatch(name):
            count = int(match[1]) if match[1].isdecimal() else 1
            if match[2] in ("minute", "hour"):
                moment = now - timedelta(**{f"{match[2]}s": count})
                return Period(moment, moment)
            return _of_day(today - count * _DAYS.get(match[2], 1) * _DAY)
        return _dated(line, now)
    except (ValueError, OverflowError) as error:
        if isinstance(error, DateError):
            raise
        raise DateError(f"“{line[:60]}” is no time of the calendar") from error


def _of_day(start: datetime) -> Period:
    return Period(start, start + _DAY)


def _dated(line: str, now: datetime) -> Period:
    """Return a date, or the minute of a date with a time."""
    if len(line) > len("2026-11-30"):
        try:
            moment = datetime.fromisoformat(line)
        except ValueError:
            pass
        else:
            return Period(moment, moment + _MINUTE)
    time = _TIME.search(line)
    year, month, day = _date(line[: time.start()] if time else line, now)
    start = datetime(year, month or 1, day or 1)
    if time is not None:
        if not day:
            raise DateError(f"“{line[:60]}” names a time, but no day")
        start = start.replace(hour=int(time[1]), minute=int(time[2]))
        return Period(start, start + _MINUTE)
    if day:
        return _of_day(start)
    if month:
        return Period(start, start.replace(year=year + month // 12, month=month % 12 + 1))
    return Period(start, start.replace(year=year + 1))


def _date(line: str, now: datetime) -> PartialDate:
    """Return a date, with the last year in which it was where it names none."""
    written = find_date(line)
    if written is not None and written.is_alone and not written.date.year:
        date = written.date
        is_ahead = (date.month, date.day) > (now.month, now.day)
        return date._replace(year=now.year - is_ahead)
    year, month, day = (*map(int, read_date(line).split("-")), 0, 0)[:3]
    return PartialDate(year, month, day)
