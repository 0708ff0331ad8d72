"""Intervals: what FSRS answers is kept, days begin at four, and what is shown is what happens."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.clock import iso, local
from reader.core.dates import DateError
from reader.core.review import Card, CardState, Grade
from reader.core.review_schedule import (
    asked_again,
    day_after,
    decided,
    due_on,
    graded,
    interval_in_words,
    outlook,
)

NOW = "2026-11-30T13:00:00.000Z"

grades = st.sampled_from(list(Grade))
waits = st.timedeltas(timedelta(0), timedelta(days=400))
any_card = st.builds(
    Card,
    due=st.text(max_size=5) | st.just(NOW),
    state=st.sampled_from(CardState),
    step=st.integers(0, 5),
    stability=st.floats(0, 1e9),
    difficulty=st.floats(0, 1e9),
    last=st.text(max_size=5) | st.just(NOW) | st.just("2026-11-01T00:00:00.000Z"),
    reviews=st.integers(0, 9),
)
"""Cards, also such as a text editor leaves them."""


@given(st.lists(st.tuples(grades, waits), max_size=12))
def test_a_card_goes_the_way_that_fsrs_says(answers: list[tuple[Grade, timedelta]]) -> None:
    scheduler = fsrs.Scheduler(
        learning_steps=[timedelta(minutes=10)],
        relearning_steps=[timedelta(minutes=10)],
        enable_fuzzing=False,
    )
    moment = datetime(2026, 11, 30, 12, tzinfo=UTC)
    card, theirs = Card(), fsrs.Card(card_id=0)
    for grade, wait in answers:
        moment += timedelta(days=wait.days, minutes=1)  # whole days, so that both count the same
        card = graded(card, grade, iso(moment))
        theirs, _ = scheduler.review_card(theirs, fsrs.Rating[grade.name.title()], moment)
        assert card.state.name == theirs.state.name.upper()
        assert card.stability == pytest.approx(theirs.stability, rel=1e-2, abs=1e-3)
        assert card.difficulty == pytest.approx(theirs.difficulty, rel=1e-2)
        if card.state is not CardState.REVIEW:
            assert local(card.due) == theirs.due
    assert card.reviews == len(answers)


@given(any_card, grades)
def test_every_card_can_be_graded_and_is_asked_later(card: Card, grade: Grade) -> None:
    after = graded(card, grade, NOW)
    assert after.due > NOW
    assert after.last == NOW
    assert after.stability > 0
    assert 1 <= after.difficulty <= 10
    assert after.reviews == card.reviews + 1
    assert after.lapses == card.lapses + (card.state is CardState.REVIEW and grade is Grade.AGAIN)


@given(any_card)
def test_a_better_grade_is_never_asked_sooner(card: Card) -> None:
    dues = [card.due for card in outlook(card, NOW).values()]
    assert dues == sorted(dues)


def test_a_day_begins_at_four() -> None:
    for evening, morning in (
        ("2026-11-30T22:00:00.000Z", "2026-12-01T04:00:00.000Z"),
        ("2026-12-01T02:00:00.000Z", "2026-12-01T04:00:00.000Z"),
        ("2026-12-01T05:00:00.000Z", "2026-12-02T04:00:00.000Z"),
    ):
        due = local(day_after(here(evening), 1))
        assert due.isoformat()[:16] == morning[:16]


def here(moment: str) -> str:
    """Return the time at which clocks here show what a time in UTC has."""
    return iso(datetime.fromisoformat(moment[:-1]))


def test_what_is_forgotten_comes_back_in_minutes_and_counts_as_a_lapse() -> None:
    known = graded(Card(), Grade.EASY, "2026-10-01T12:00:00.000Z")
    assert known.state is CardState.REVIEW
    forgotten = graded(known, Grade.AGAIN, NOW)
    assert (forgotten.state, forgotten.lapses) == (CardState.RELEARNING, 1)
    assert interval_in_words(forgotten.due, NOW) == "10 min"
    assert graded(forgotten, Grade.GOOD, NOW).state is CardState.REVIEW


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "1 day"), (2, "2 days"), (59, "59 days"), (60, "2 months"), (75, "2.5 months"),
     (365, "12 months"), (730, "2 years"), (1000, "2.7 years"), (36_500, "100 years")],
)  # fmt: skip
def test_intervals_are_words(days: int, words: str) -> None:
    assert interval_in_words(day_after(NOW, days), NOW) == words


def test_short_and_odd_intervals_are_words_too() -> None:
    assert interval_in_words(NOW, NOW) == "now"
    assert interval_in_words("2020-01-01T00:00:00.000Z", NOW) == "now"
    assert interval_in_words("2026-11-30T15:00:00.000Z", NOW) == "2 h"
    assert interval_in_words("soon", NOW) == "soon"


def test_a_claim_is_asked_again_on_a_day_or_not_at_all() -> None:
    due = day_after(NOW, 7)
    kept = asked_again(Card(), "disputed", due, NOW)
    assert (kept.due, kept.status, kept.last, kept.reviews) == (due, "disputed", NOW, 1)
    after = decided(kept, NOW)
    assert (after.due, after.status, after.reviews) == ("", "", 2)


@pytest.mark.parametrize(
    ("words", "day"),
    [("1d", "2026-12-01"), ("14 days", "2026-12-14"), ("in 2 weeks", "2026-12-14"),
     ("3m", "2027-02-28"), ("tomorrow", "2026-12-01"), ("24 Dec", "2026-12-24"),
     ("30 November", "2027-11-30"), ("2 March", "2027-03-02"), ("2027-01-31", "2027-01-31"),
     ("5 January 2027", "2027-01-05")],
)  # fmt: skip
def test_a_day_to_come_is_named_as_people_name_it(words: str, day: str) -> None:
    assert local(due_on(words, here("2026-11-30T13:00:00.000Z"))).isoformat()[:16] == f"{day}T04:00"


@pytest.mark.parametrize(
    "words",
    ["", "soon", "0d", "yesterday", "30 Nov 2026", "2026-11-30", "2020-01-01", "December", "2027",
     "31 June", "9999y", "29 Feb 2027", "-3d"],
)  # fmt: skip
def test_what_is_no_day_to_come_is_refused(words: str) -> None:
    with pytest.raises(DateError):
        due_on(words, NOW)
