"""Statistics: everything is counted once, by days here, and weeks begin on Monday."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from reader.core.review import ASKED_AGAIN, Grade
from reader.core.statistics import (
    DUE_DAYS,
    MOST_NAMES,
    CountedAnswer,
    CountedNote,
    NameCount,
    Retention,
    Statistics,
    Week,
    count_library,
    monday_of,
)

TODAY = date(2026, 11, 30)
"""A Monday."""

DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
NOTES = st.lists(
    st.builds(
        CountedNote,
        st.none() | DAYS,
        st.sampled_from(["", " ", "Prewitt", "prewitt", "Dr. Solvay", "Solváy"]),
        st.sampled_from(["", "The Courier", "THE COURIER"]),
        st.booleans(),
    )
)
ANSWERS = st.lists(
    st.builds(
        CountedAnswer, DAYS, st.sampled_from([*map(str, Grade), "supported", ASKED_AGAIN, ""])
    )
)


def counted(
    notes: list[CountedNote] | None = None,
    answers: list[CountedAnswer] | None = None,
    due: list[date] | None = None,
    articles: list[date | None] | None = None,
    *,
    today: date = TODAY,
    weeks: int = 13,
) -> Statistics:
    return count_library(
        notes or [], answers or [], due or [], articles or [], today=today, weeks=weeks
    )


def test_an_empty_library_has_weeks_and_days_without_anything() -> None:
    empty = counted()
    assert empty.weeks[0] == Week(date(2026, 9, 7), 0, 0, 0)
    assert empty.weeks[-1] == Week(TODAY, 0, 0, 0)
    assert [each.day for each in empty.due.days] == [
        TODAY + timedelta(days=number) for number in range(DUE_DAYS)
    ]
    assert (empty.speakers, empty.sources, empty.retention.share) == ((), (), None)
    assert [age.claims for age in empty.open_claims] == [0] * 5


def test_what_was_done_is_counted_in_its_week() -> None:
    sunday = TODAY - timedelta(days=1)
    weeks = counted(
        [CountedNote(TODAY), CountedNote(sunday), CountedNote(sunday), CountedNote(None)],
        [CountedAnswer(sunday, "good"), CountedAnswer(TODAY, "supported")],
        articles=[sunday, TODAY, None],
        weeks=2,
    ).weeks
    assert weeks == (Week(date(2026, 11, 23), 2, 1, 1), Week(TODAY, 1, 1, 1))


def test_what_is_due_is_overdue_on_a_day_or_later() -> None:
    days = [-400, -1, 0, 0, 1, DUE_DAYS - 1, DUE_DAYS, 300]
    due = counted(due=[TODAY + timedelta(days=number) for number in days]).due
    assert (due.overdue, due.later) == (2, 2)
    assert [each.notes for each in due.days] == [2, 1, *[0] * (DUE_DAYS - 3), 1]


def test_open_claims_are_counted_by_age() -> None:
    ages = [0, 6, 7, 29, 30, 89, 90, 364, 365, 4000]
    notes = [CountedNote(TODAY - timedelta(days=age), is_open_claim=True) for age in ages]
    notes += [CountedNote(None, is_open_claim=True), CountedNote(TODAY)]
    notes += [CountedNote(TODAY + timedelta(days=1), is_open_claim=True)]  # another clock's day
    assert [tuple(age) for age in counted(notes).open_claims] == [
        ("under a week", 3), ("1 to 4 weeks", 2), ("1 to 3 months", 2), ("3 to 12 months", 2),
        ("over a year", 3),
    ]  # fmt: skip


def test_a_name_is_counted_in_all_its_spellings() -> None:
    names = ["Lucan Prewitt", "lucan  prewitt", "Lucan Prewitt", "Solvay", "", "É. Zola", "e. zola"]
    speakers = counted([CountedNote(TODAY, name) for name in names]).speakers
    assert speakers == (
        NameCount("Lucan Prewitt", 3), NameCount("e. zola", 2), NameCount("Solvay", 1)
    )  # fmt: skip


def test_retention_is_the_share_that_was_not_graded_again() -> None:
    answers = [
        CountedAnswer(TODAY - timedelta(days=age), grade)
        for age, grade in [
            (0, "again"), (0, "hard"), (29, "good"), (30, "again"), (31, "easy"),
            (0, "supported"), (0, ASKED_AGAIN),
        ]
    ]  # fmt: skip
    statistics = counted(answers=answers)
    assert statistics.recent_retention == Retention(3, 2)
    assert statistics.retention == Retention(5, 3)
    assert statistics.retention.share == 0.6


@given(NOTES, ANSWERS, st.lists(DAYS), st.lists(st.none() | DAYS), DAYS)
def test_everything_is_counted_once(
    notes: list[CountedNote],
    answers: list[CountedAnswer],
    due: list[date],
    articles: list[date | None],
    today: date,
) -> None:
    statistics = counted(notes, answers, due, articles, today=today, weeks=520)
    assert statistics.notes == len(notes)
    assert statistics.articles == len(articles)
    past = [each.day for each in notes if each.day and monday_of(each.day) <= monday_of(today)]
    assert sum(week.marks for week in statistics.weeks) == len(past)
    assert all(week.first.weekday() == 0 for week in statistics.weeks)
    assert all(
        later.first - earlier.first == timedelta(days=7)
        for earlier, later in zip(statistics.weeks, statistics.weeks[1:], strict=False)
    )
    days = statistics.due
    assert days.overdue + days.later + sum(each.notes for each in days.days) == len(due)
    assert sum(age.claims for age in statistics.open_claims) == sum(
        each.is_open_claim for each in notes
    )
    assert sum(each.notes for each in statistics.speakers) == sum(
        bool(each.speaker.strip()) for each in notes
    )
    assert len(statistics.sources) <= MOST_NAMES
    assert 0 <= statistics.recent_retention.graded <= statistics.retention.graded
    assert statistics.retention.remembered <= statistics.retention.graded


@given(st.dates())
def test_a_week_begins_on_the_monday_before(day: date) -> None:
    monday = monday_of(day)
    assert monday <= day
    assert (day - monday).days < 7
