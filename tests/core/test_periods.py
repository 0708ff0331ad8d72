"""Periods are read as people name them, and what may mean several is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.dates import DateError
from reader.core.periods import period

NOW = datetime(2026, 12, 5, 11, 30)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("words", "start", "length"),
    [
        ("30 Nov", (2026, 11, 30), DAY),
        ("Nov 30", (2026, 11, 30), DAY),
        ("30 November 2026", (2026, 11, 30), DAY),
        ("30. November 2026", (2026, 11, 30), DAY),
        ("2026-11-30", (2026, 11, 30), DAY),
        ("30.11.2026", (2026, 11, 30), DAY),
        ("  30   nov ", (2026, 11, 30), DAY),
        ("6 Dec", (2025, 12, 6), DAY),
        ("5 Dec", (2026, 12, 5), DAY),
        ("2026-11", (2026, 11, 1), 30 * DAY),
        ("November 2026", (2026, 11, 1), 30 * DAY),
        ("2026-12", (2026, 12, 1), 31 * DAY),
        ("2026", (2026, 1, 1), 365 * DAY),
        ("today", (2026, 12, 5), DAY),
        ("Yesterday", (2026, 12, 4), DAY),
        ("saturday", (2026, 12, 5), DAY),
        ("Monday", (2026, 11, 30), DAY),
        ("3 days ago", (2026, 12, 2), DAY),
        ("a day ago", (2026, 12, 4), DAY),
        ("2 weeks ago", (2026, 11, 21), DAY),
        ("1 month ago", (2026, 11, 5), DAY),
        ("2 hours ago", (2026, 12, 5, 9, 30), timedelta()),
        ("now", (2026, 12, 5, 11, 30), timedelta()),
        ("30 Nov, 09:05", (2026, 11, 30, 9, 5), timedelta(minutes=1)),
        ("30 Nov at 9.05", (2026, 11, 30, 9, 5), timedelta(minutes=1)),
        ("2026-11-30 09:05", (2026, 11, 30, 9, 5), timedelta(minutes=1)),
    ],
)
def test_a_period_is_what_people_mean(
    words: str, start: tuple[int, ...], length: timedelta
) -> None:
    found = period(words, NOW)
    assert found.start == datetime(*start)  # type: ignore[arg-type]
    assert found.end - found.start == length


def test_a_time_with_a_zone_keeps_it() -> None:
    found = period("2026-11-30T09:05:00.000Z", NOW)
    assert found.start == datetime(2026, 11, 30, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "words",
    ["", "soon", "31/02/2026", "12/11/2026", "30 Nov, 25:00", "2026, 09:05", "9999", "30 Feb",
     "November", "9999 years ago", "thirty days ago", "0000-01-01", "-1 days ago"],
)  # fmt: skip
def test_what_is_no_time_or_several_is_refused_in_a_sentence(words: str) -> None:
    with pytest.raises(DateError) as refused:
        period(words, NOW)
    assert str(refused.value)


@given(st.text(max_size=30))
def test_no_text_is_an_error_of_the_program(words: str) -> None:
    try:
        found = period(words, NOW)
    except DateError:
        return
    assert found.start <= found.end


@given(st.datetimes(datetime(1970, 1, 2), datetime(9998, 1, 1)))
def test_a_day_as_it_is_written_is_that_day(moment: datetime) -> None:
    found = period(f"{moment:%Y-%m-%d}", NOW)
    assert found.start <= moment < found.end
