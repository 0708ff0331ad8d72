"""The periods that the dates of a query name, in days as they are here."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from reader import clock
from reader.core.dates import MONTHS, DateError
from reader.core.periods import Period, period

_AGE: Final = re.compile(r"(\d{1,4}) ?(d|w|m|y)", re.ASCII)
_THIS: Final = re.compile(r"(this|last)[- ](week|month|year)")
_COMPARISON: Final = re.compile(r"(>=|<=|>|<|≥|≤)\s*")
_DAY: Final = timedelta(days=1)

EXAMPLES: Final = "2026, 2026-03, 2026-03-14, today, yesterday, 7d, 3m, 1y, march or last-week"
"""The forms of a date that messages name."""

SUGGESTED: Final = (
    ("today", "today"),
    ("yesterday", "yesterday"),
    ("this-week", "since Monday"),
    ("last-week", "from Monday to Sunday"),
    ("7d", "the last seven days"),
    ("30d", "the last thirty days"),
    ("this-month", "this month"),
    ("3m", "the last three months"),
    ("this-year", "this year"),
)
"""Periods to choose from, each with what it means."""


class Bounds(NamedTuple):
    """A period as ``tree.Within`` has it; empty where it has no beginning or no end."""

    first: str
    """Its first day, or the time at which it begins."""
    end: str
    """The day or the time at which it is over."""


def bounds_of(field: str, words: str, now: datetime) -> Bounds:
    """Return the period that a value of a field of dates asks for.

    ``before`` ends where the date begins; ``after`` begins where it begins, and so holds it;
    ``until`` ends where it ends. The other fields take the date itself, or one after ``>=``,
    ``>``, ``<=`` or ``<``, or two with ``..`` between, of which one may be missing or ``*``.

    Args:
        field: The name of the field.
        words: The value: a date as ``period`` takes it, ``7d``, ``2w``, ``3m`` or ``1y`` for the
            time from so long ago until today, ``last-week``, or the name of a month.
        now: The present time here, without a time zone.

    Raises:
        DateError: It is no date; the message is a clause without a full stop.
    """
    words = " ".join(words.split())
    try:
        return _bounds(field, words, now)
    except DateError:
        raise
    except (ValueError, OverflowError) as error:
        raise DateError(f"“{words[:60]}” is no time of the calendar") from error


def _bounds(field: str, words: str, now: datetime) -> Bounds:
    match field:
        case "before":
            return Bounds("", _bound(_period(words, now).start))
        case "after":
            return Bounds(_bound(_period(words, now).start), "")
        case "until":
            return Bounds("", _bound(_period(words, now).end))
    if comparison := _COMPARISON.match(words):
        found = _period(words[comparison.end() :], now)
        return {
            ">": Bounds(_bound(found.end), ""),
            "<": Bounds("", _bound(found.start)),
            ">=": Bounds(_bound(found.start), ""),
            "<=": Bounds("", _bound(found.end)),
        }[comparison[1].replace("≥", ">=").replace("≤", "<=")]
    first, dots, last = words.partition("..")
    begin = "" if dots and first in {"", "*"} else _first_day(_period(first, now).start)
    until = first if not dots else last
    end = "" if dots and last in {"", "*"} else _last_day(_period(until, now).end)
    if begin and end and begin >= end:
        raise DateError(f"“{words[:60]}” ends before it begins")
    return Bounds(begin, end)


def _period(words: str, now: datetime) -> Period:
    """Return the period of one date."""
    name = words.lower()
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    try:
        if age := _AGE.fullmatch(name):
            return Period(_ago(today, int(age[1]), age[2]), today + _DAY)
        if this := _THIS.fullmatch(name):
            return _calendar_period(this[2], today, is_last=this[1] == "last")
        if number := MONTHS.get(name):
            year = today.year - (number > today.month)
            return period(f"{year:04}-{number:02}", now)
        return period(words, now)
    except DateError:
        refusal = f"“{words[:60]}” is no date that Margin understands; write {EXAMPLES}"
        raise DateError(refusal) from None


def _ago(today: datetime, count: int, unit: str) -> datetime:
    """Return the day that lies some days, weeks, months or years before today."""
    if unit in "dw":
        return today - count * (7 if unit == "w" else 1) * _DAY
    months = today.year * 12 + today.month - 1 - count * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    for day in range(today.day, 27, -1):  # 31 March, a month ago: the last of February
        try:
            return today.replace(year=year, month=month + 1, day=day)
        except ValueError:
            if year < 1:
                raise
    return today.replace(year=year, month=month + 1)


def _calendar_period(unit: str, today: datetime, *, is_last: bool) -> Period:
    """Return this or the last week, month or year; a week begins on Monday."""
    if unit == "week":
        start = today - today.weekday() * _DAY
        return Period(start - 7 * _DAY, start) if is_last else Period(start, start + 7 * _DAY)
    start = today.replace(day=1, month=1 if unit == "year" else today.month)
    if is_last:
        before = start - _DAY
        return Period(before.replace(day=1, month=1 if unit == "year" else before.month), start)
    after = (start + timedelta(days=366 if unit == "year" else 31)).replace(day=1)
    return Period(start, after.replace(month=1) if unit == "year" else after)


def _bound(moment: datetime) -> str:
    """Return a day where the moment is its midnight here, else the moment in UTC."""
    here = _here(moment)
    if (here.hour, here.minute, here.second, here.microsecond) == (0, 0, 0, 0):
        return here.date().isoformat()
    return clock.iso(moment)


def _first_day(moment: datetime) -> str:
    return _here(moment).date().isoformat()


def _last_day(moment: datetime) -> str:
    """Return the day at whose beginning a period is over that ends at a moment."""
    here = _here(moment)
    is_midnight = (here.hour, here.minute, here.second, here.microsecond) == (0, 0, 0, 0)
    return (here.date() if is_midnight else here.date() + _DAY).isoformat()


def _here(moment: datetime) -> datetime:
    """Return a time without a zone, as clocks here show it."""
    return moment if moment.tzinfo is None else moment.astimezone().replace(tzinfo=None)


def day_after(day: str) -> str:
    """Return the next day; both in ISO 8601."""
    return (date.fromisoformat(day) + _DAY).isoformat()


def day_before(day: str) -> str:
    """Return the day before; both in ISO 8601."""
    return (date.fromisoformat(day) - _DAY).isoformat()


def starts_at(bound: str) -> str:
    """Return the time at which a bound of ``tree.Within`` begins, in UTC with milliseconds.

    A bound that this calendar has no time for is returned as it is, which keeps its order.
    """
    if len(bound) != len("2026-03-14"):
        return bound
    try:
        return clock.iso(clock.local(bound))
    except (ValueError, OverflowError):
        return bound
