"""The record of a review: what is due, which answers it has, and what two devices make of it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from reader.core.annotation import Annotation
from reader.core.review import (
    ASKED_AGAIN,
    MOST_ANSWERS,
    Answer,
    Card,
    CardState,
    Grade,
    ReviewMode,
    answers_of,
    card_of,
    due_of,
    is_due,
    merged_review,
    mode_of,
    stamped_review,
    with_card,
    with_mode,
)
from tests.store.examples import annotation
from tests.store.strategies import any_review, moments

NOW, LATER, DUE = (f"2026-11-30T1{hour}:00:00.000Z" for hour in (0, 1, 5))
KNOWN = Card(DUE, CardState.REVIEW, 0, 3.5, 5.25, NOW, 3, 1)
GOOD = Answer(NOW, Grade.GOOD, CardState.NEW)


def reviewed(**fields: Any) -> Annotation:
    """Return an annotation with some fields; a quote where these do not say otherwise."""
    return replace(annotation(1, tag="quote"), **fields)


def test_a_card_is_read_as_it_was_written() -> None:
    record = with_card({}, KNOWN, GOOD)
    assert card_of(record) == KNOWN
    assert answers_of(record) == [GOOD]
    assert mode_of(record) is ReviewMode.ACTIVE
    assert card_of({}) == Card()


@given(any_review)
def test_whatever_a_file_holds_can_be_read(record: dict[str, Any]) -> None:
    card, answers = card_of(record), answers_of(record)
    assert isinstance(card.due, str)
    assert card.stability >= 0
    assert answers == sorted(answers)
    assert is_due(reviewed(review=record), "2027") in (True, False)
    mode_of(record)


@example({}, {"log": [GOOD._asdict()] * 2}, NOW)
@example({}, {"log": [GOOD._asdict(), {**GOOD._asdict(), "undone": NOW}]}, NOW)
@given(any_review, any_review, moments)
def test_a_change_wins_over_what_it_changes(
    before: dict[str, Any], wanted: dict[str, Any], moment: str
) -> None:
    changed = with_mode(with_card({**before, **wanted}, KNOWN), ReviewMode.SUSPENDED)
    stamped = stamped_review(before, changed, moment)
    merged = merged_review(before, stamped)
    assert (card_of(merged), mode_of(merged)) == (KNOWN, ReviewMode.SUSPENDED)
    assert answers_of(merged) == answers_of(stamped)
    assert stamped.get("x-later") == {**before, **wanted}.get("x-later")
    card = {**before, **wanted}.get("card")
    if isinstance(card, dict):
        assert stamped["card"].get("x-deck") == card.get("x-deck")
    back = merged_review(stamped, stamped_review(stamped, before, "2027-01-01T00:00:00.000Z"))
    assert card_of(back) == card_of(before)
    assert mode_of(back) == mode_of(before)


@given(any_review, any_review, any_review)
def test_merging_depends_on_no_order(
    one: dict[str, Any], other: dict[str, Any], third: dict[str, Any]
) -> None:
    both = merged_review(one, other)
    assert both == merged_review(other, one)
    assert merged_review(both, both) == both == merged_review(both, one)
    assert merged_review(both, third) == merged_review(one, merged_review(other, third))


def test_two_devices_that_graded_the_same_card_end_with_the_later_grade_and_both_answers() -> None:
    start = stamped_review({}, with_card({}, KNOWN, GOOD), NOW)
    again = Answer("2026-11-30T10:10:00.000Z", Grade.AGAIN, CardState.REVIEW)
    easy = Answer("2026-11-30T10:20:00.000Z", Grade.EASY, CardState.REVIEW)
    here = stamped_review(
        start, with_card(start, KNOWN._replace(due=NOW, lapses=2), again), again.time
    )
    there = stamped_review(start, with_card(start, KNOWN._replace(due=LATER), easy), easy.time)
    merged = merged_review(here, there)
    assert card_of(merged) == card_of(there)
    assert answers_of(merged) == [GOOD, again, easy]


def test_suspending_on_one_device_and_grading_on_the_other_are_both_kept() -> None:
    start = stamped_review({}, with_card({}, KNOWN), NOW)
    merged = merged_review(
        stamped_review(start, with_mode(start, ReviewMode.SUSPENDED), NOW),
        stamped_review(start, with_card(start, KNOWN._replace(reviews=4)), LATER),
    )
    assert mode_of(merged) is ReviewMode.SUSPENDED
    assert card_of(merged).reviews == 4


def test_an_answer_that_was_undone_stays_undone_when_an_old_copy_is_merged() -> None:
    graded = stamped_review({}, with_card({}, KNOWN, GOOD), NOW)
    undone = stamped_review(graded, {}, LATER)
    assert answers_of(undone) == []
    merged = merged_review(graded, undone)
    assert (answers_of(merged), card_of(merged)) == ([], Card())


@given(st.integers(1, 40), st.integers(1, 40))
def test_the_log_keeps_the_last_answers_of_both_copies(here: int, there: int) -> None:
    def log(first: int, count: int) -> dict[str, Any]:
        entries = [
            Answer(f"2026-01-{index:05}", Grade.GOOD, CardState.REVIEW)._asdict()
            for index in range(first, first + count)
        ]
        return {"log": entries}

    count = MOST_ANSWERS - 20
    merged = merged_review(log(0, count + here), log(count, there))
    times = [each.time for each in answers_of(merged)]
    last = count + max(here, there)
    assert times == [f"2026-01-{index:05}" for index in range(max(0, last - MOST_ANSWERS), last)]


@pytest.mark.parametrize(
    ("fields", "is_asked"),
    [
        ({}, True),
        ({"deleted": NOW}, False),
        ({"tags": ("claim",), "status": "unchecked"}, True),
        ({"tags": ("claim",), "status": None}, True),
        ({"tags": ("claim",), "status": "refuted"}, False),
    ],
)
def test_what_is_due(fields: dict[str, Any], is_asked: bool) -> None:
    note = reviewed(review=with_card({}, KNOWN), **fields)
    assert bool(due_of(note)) is is_asked
    assert not is_due(note, LATER)
    assert is_due(note, DUE) is is_asked
    for mode in (ReviewMode.SUSPENDED, ReviewMode.EXCLUDED):
        assert not is_due(replace(note, review=with_mode(note.review, mode)), DUE)


def test_a_claim_is_asked_again_while_it_has_the_status_of_that_time() -> None:
    answer = Answer(NOW, ASKED_AGAIN, "claim")
    asked = with_card({}, Card(due=DUE, status="disputed"), answer)
    claim = reviewed(tags=("claim",), status="disputed", review=asked)
    assert is_due(claim, DUE)
    assert not is_due(replace(claim, status="refuted"), DUE)


def test_what_was_never_reviewed_is_not_due() -> None:
    assert not is_due(reviewed(), "9999")
    assert not is_due(reviewed(tags=("claim",), status="unchecked"), "9999")
