"""Dates as people write them are read, or the reason why not is a sentence."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.dates import DateError, find_date, in_words, read_date


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026", "2026"),
        ("2026-03", "2026-03"),
        ("2026/3", "2026-03"),
        ("2026-03-14", "2026-03-14"),
        ("2026/03/14", "2026-03-14"),
        ("2026-03-14T06:02:00Z", "2026-03-14T06:02:00Z"),
        ("14 March 2026", "2026-03-14"),
        ("14th of March, 2026", "2026-03-14"),
        ("March 14, 2026", "2026-03-14"),
        ("Mar. 14 2026", "2026-03-14"),
        ("March 2026", "2026-03"),
        ("  Saturday,  14 MARCH 2026 ", "2026-03-14"),
        ("Published 14 March 2026, 6.02 a.m.", "2026-03-14"),
        ("14. März 2026", "2026-03-14"),
        ("1er mars 2026", "2026-03-01"),
        ("14 de marzo de 2026", "2026-03-14"),
        ("14.3.2026", "2026-03-14"),
        ("14.03.2026", "2026-03-14"),
        ("03.04.2026", "2026-04-03"),
        ("14/03/2026", "2026-03-14"),
        ("03/14/2026", "2026-03-14"),
        ("4/4/2026", "2026-04-04"),
        ("29 February 2028", "2028-02-29"),
        ("1665", "1665"),
    ],
)
def test_dates_that_people_write(text: str, iso: str) -> None:
    assert read_date(text) == iso


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("14 March", "no year"),
        ("Published 14 March, 6.02 a.m.", "no year"),
        ("March 14", "no year"),
        ("03/04/2026", "may be 4 March 2026 or 3 April 2026"),
        ("31/02/2026", "no day of the calendar"),
        ("32.01.2026", "no day of the calendar"),
        ("31 February 2026", "no date"),
        ("29 February 2026", "no date"),
        ("2026-13", "no date"),
        ("2026-02-30", "no date"),
        ("0000", "no date"),
        ("spring 2026", "no date"),
        ("soon", "no date"),
        ("", "no date"),
        ("The ship sailed on 14 March 2026", "no date"),
        ("14 March 2026 [b]", "no date"),
        ("T", "no date"),
    ],
)
def test_what_is_no_date_has_a_reason(text: str, reason: str) -> None:
    with pytest.raises(DateError, match=reason):
        read_date(text)


@given(st.dates(date(1000, 1, 1)))
def test_every_day_is_read_back_as_it_is_shown(day: date) -> None:
    iso = day.isoformat()
    assert read_date(iso) == read_date(in_words(iso)) == iso
    assert read_date(in_words(iso[:7])) == iso[:7]


@given(st.text(max_size=60))
def test_any_text_is_a_date_or_has_a_reason(text: str) -> None:
    with suppress(DateError):
        assert read_date(read_date(text))


def test_a_date_in_a_line_is_found_with_what_it_names() -> None:
    found = find_date("Published 14 March, 6.02 a.m.")
    assert found is not None
    assert (found.date, found.words, found.is_alone) == ((0, 3, 14), "14 March", True)
    assert find_date("The 5 ships and 14 mules") is None
    assert find_date("May 2026 was cold") is not None
