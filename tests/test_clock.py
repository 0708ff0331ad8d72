"""Times are written as everything that reads them expects, and the later one is later."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader import clock

moments = st.datetimes(
    datetime(1970, 1, 2), datetime(9999, 12, 30), timezones=st.timezones(), allow_imaginary=False
)
"""Times of any zone."""


@given(moments)
def test_a_time_is_written_in_utc_with_milliseconds(moment: datetime) -> None:
    written = clock.iso(moment)
    assert len(written) == len("2026-11-22T10:00:00.000Z")
    read = datetime.fromisoformat(written)
    assert read.tzinfo == UTC
    assert timedelta(0) <= moment - read < timedelta(milliseconds=1)


@given(moments, moments)
def test_times_are_in_order_as_text(one: datetime, other: datetime) -> None:
    assert (clock.iso(one) <= clock.iso(other)) or one > other


@given(moments, moments)
def test_the_later_of_two_is_later_than_what_it_changes(one: datetime, other: datetime) -> None:
    moment, than = clock.iso(one), clock.iso(other)
    later = clock.later(moment, than=than)
    assert later > than
    if moment > than:
        assert later == moment
    else:
        assert datetime.fromisoformat(later) - datetime.fromisoformat(than) == timedelta(
            milliseconds=1
        )


@pytest.mark.parametrize(
    ("than", "later"),
    [
        ("2026-03-05T12:00:00.000Z", "2026-03-05T12:00:00.001Z"),
        ("2026-12-31T23:59:59.999Z", "2027-01-01T00:00:00.000Z"),
    ],
)
def test_two_changes_in_one_millisecond_are_one_apart(than: str, later: str) -> None:
    assert clock.later(than, than=than) == later
    assert clock.later("", than=than) == later


@pytest.mark.parametrize("than", ["yesterday", "~", "9999-12-31T23:59:59.999Z", "9999"])
def test_what_is_no_time_or_the_last_one_stops_nothing(than: str) -> None:
    moment = "2026-03-05T12:00:00.000Z"
    assert clock.later(moment, than=than) == moment


def test_the_present_time_is_the_machine_s() -> None:
    before = datetime.now(UTC) - timedelta(milliseconds=1)
    now, name = clock.now(), clock.now_for_names()
    after = datetime.now(UTC)
    assert before <= datetime.fromisoformat(now) <= after
    assert (
        before.replace(microsecond=0) <= datetime.strptime(f"{name}Z", "%Y%m%dT%H%M%S%z") <= after
    )


def test_a_time_without_a_zone_is_local() -> None:
    naive = datetime(2026, 7, 1, 12)
    assert clock.iso(naive) == clock.iso(naive.astimezone())
    assert clock.iso(datetime(2026, 7, 1, 12, tzinfo=timezone(timedelta(hours=2)))) == (
        "2026-07-01T10:00:00.000Z"
    )


def test_a_day_in_words_has_its_year_where_that_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.clock.now", lambda: "2026-12-05T12:00:00.000Z")
    assert clock.day_in_words("2026-11-30T12:00:00.000Z") == "30 Nov"
    assert clock.day_in_words("2025-12-02T12:00:00.000Z") == "2 Dec 2025"
    assert clock.day_in_words("2026-12-02T12:00:00.000Z", names_year=True) == "2 Dec 2026"
    assert clock.day_in_words("long ago") == "long ago"


def test_a_time_outside_the_calendar_is_refused() -> None:
    for zone in (None, timezone(timedelta(hours=14))):
        with pytest.raises(OverflowError):
            clock.iso(datetime(1, 1, 1, tzinfo=zone))
