"""Dates of a query name periods in days as they are here, where before and after meet."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.dates import DateError
from reader.core.query.dates import bounds_of, day_after, starts_at

NOW = datetime(2026, 11, 30, 14, 0)  # a Monday


def on(words: str, field: str = "marked", now: datetime = NOW) -> tuple[str, str]:
    return bounds_of(field, words, now)


@pytest.mark.parametrize(
    ("words", "first", "end"),
    [
        ("2026", "2026-01-01", "2027-01-01"),
        ("2026-02", "2026-02-01", "2026-03-01"),
        ("2026-03-14", "2026-03-14", "2026-03-15"),
        ("today", "2026-11-30", "2026-12-01"),
        ("Yesterday", "2026-11-29", "2026-11-30"),
        ("7d", "2026-11-23", "2026-12-01"),
        ("0d", "2026-11-30", "2026-12-01"),
        ("2w", "2026-11-16", "2026-12-01"),
        ("9m", "2026-02-28", "2026-12-01"),
        ("1y", "2025-11-30", "2026-12-01"),
        ("march", "2026-03-01", "2026-04-01"),
        ("december", "2025-12-01", "2026-01-01"),
        ("sunday", "2026-11-29", "2026-11-30"),
        ("3 days ago", "2026-11-27", "2026-11-28"),
        ("30 Nov", "2026-11-30", "2026-12-01"),
        ("14 March 2026", "2026-03-14", "2026-03-15"),
        ("this-week", "2026-11-30", "2026-12-07"),
        ("last week", "2026-11-23", "2026-11-30"),
        ("this-month", "2026-11-01", "2026-12-01"),
        ("last-month", "2026-10-01", "2026-11-01"),
        ("this-year", "2026-01-01", "2027-01-01"),
        ("last-year", "2025-01-01", "2026-01-01"),
        ("2026-01..2026-03", "2026-01-01", "2026-04-01"),
        ("2026-01..", "2026-01-01", ""),
        ("*..2026-01", "", "2026-02-01"),
        ("yesterday..today", "2026-11-29", "2026-12-01"),
        (">=2026-03", "2026-03-01", ""),
        (">2026-03", "2026-04-01", ""),
        ("<=2026-03", "", "2026-04-01"),
        ("< 2026-03", "", "2026-03-01"),
        ("≥2026", "2026-01-01", ""),
        ("*..*", "", ""),
    ],
)
def test_a_date_names_a_period(words: str, first: str, end: str) -> None:
    assert on(words) == (first, end)


def test_before_excludes_and_after_includes_the_date_itself() -> None:
    assert on("2026-03", "before") == ("", "2026-03-01")
    assert on("2026-03", "after") == ("2026-03-01", "")
    assert on("2026-03", "until") == ("", "2026-04-01")
    assert on("7d", "before") == ("", "2026-11-23")


def test_a_time_of_a_day_bounds_by_its_moment() -> None:
    first, end = on("2026-03-14T10:30:00+02:00", "after")
    assert (first, end) == ("2026-03-14T08:30:00.000Z", "")
    assert on("2026-03-14T00:00", "after") == ("2026-03-14", "")


@pytest.mark.parametrize(
    "words",
    ["", "..", "smarch", "2026-13", "2026-02-30", "99999d", "9999y", "0000", "9999", "2026-03..2026-01",
     "1..2..3", ">", "03/04/2026", "9999-12-31", "٣d", "7 x", "1..2", "\u202e7d"],
)  # fmt: skip
def test_what_is_no_date_is_refused(words: str) -> None:
    if words == "..":  # no end and no beginning
        assert on(words) == ("", "")
        return
    for field in ("marked", "before", "after", "until"):
        with pytest.raises(DateError):
            on(words, field)


@given(st.text(), st.sampled_from(["before", "after", "until", "on", "published"]), st.datetimes())
def test_any_text_is_a_period_or_refused(words: str, field: str, now: datetime) -> None:
    try:
        first, end = bounds_of(field, words, now)
    except DateError:
        return
    assert not first or not end or first < end


@given(st.dates(date(1, 2, 1), date(9999, 11, 1)), st.integers(0, 1000), st.sampled_from("dwmy"))
def test_an_age_reaches_from_its_day_until_today(day: date, count: int, unit: str) -> None:
    now = datetime(day.year, day.month, day.day, 12)
    try:
        first, end = bounds_of("on", f"{count}{unit}", now)
    except DateError:
        return
    assert end == day_after(day.isoformat())
    assert first <= day.isoformat()
    shortest, longest = {"d": (1, 1), "w": (7, 7), "m": (28, 31), "y": (365, 366)}[unit]
    age = day - date.fromisoformat(first)
    assert timedelta(days=count * shortest) <= age <= timedelta(days=count * longest + 3)


def test_a_bound_begins_at_midnight_here() -> None:
    moment = datetime.fromisoformat(starts_at("2026-03-14"))
    assert moment.astimezone().replace(tzinfo=None) == datetime(2026, 3, 14)
    assert starts_at("2026-03-14T08:30:00.000Z") == "2026-03-14T08:30:00.000Z"
    assert starts_at("") == ""
