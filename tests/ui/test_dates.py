"""How long ago something was, in words."""

from __future__ import annotations

from collections.abc import Iterator
from time import tzset

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ui.dates import when

NOW = "2026-11-22T13:00:00.000Z"


@pytest.fixture(autouse=True)
def _in_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC")
    tzset()
    yield
    monkeypatch.undo()
    tzset()


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("", ""),
        ("2026-11-22T12:59:30.000Z", "just now"),
        ("2026-11-22T13:00:20.000Z", "just now"),  # two clocks that differ a little
        ("2026-11-22T12:58:59.000Z", "1 minute ago"),
        ("2026-11-22T12:01:00.000Z", "59 minutes ago"),
        ("2026-11-22T12:00:00.000Z", "1 hour ago"),
        ("2026-11-22T00:10:00.000Z", "12 hours ago"),
        ("2026-11-21T23:00:00.000Z", "yesterday"),
        ("2026-11-21T00:00:00.000Z", "yesterday"),
        ("2026-11-20T23:59:59.000Z", "2 days ago"),
        ("2026-10-23T10:00:00.000Z", "30 days ago"),
        ("2026-10-22T10:00:00.000Z", "2026-10-22"),
        ("2027-01-01T00:00:00.000Z", "2027-01-01"),
        ("2026-11-19T10:00:00+02:00", "3 days ago"),
        ("2026-11-19", "3 days ago"),
        ("last week", "last week"),
    ],
)
def test_a_time_in_words(moment: str, words: str) -> None:
    assert when(moment, NOW) == words


def test_midnight_does_not_make_an_hour_a_day() -> None:
    assert when("2026-11-21T23:30:00Z", "2026-11-22T00:15:00Z") == "45 minutes ago"


@given(st.text())
def test_a_text_that_is_no_time_is_returned(moment: str) -> None:
    assert isinstance(when(moment, NOW), str)
