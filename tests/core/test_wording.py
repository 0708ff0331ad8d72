"""What a passage read and since when: one clause, from what its annotation remembers."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from reader.core.annotation import Annotation, Place, PlaceState, Selector
from reader.core.annotation_record import annotation_record
from reader.core.wording import (
    LONGEST_EXCERPT,
    Wording,
    are_alike,
    present_wording,
    wording_history,
    wordings,
    words_apart,
)

MARKED, CHANGED, LATER = (f"2026-{day}T10:00:00.000Z" for day in ("11-30", "12-02", "12-05"))
DAYS = {MARKED: "30 Nov", CHANGED: "2 Dec", LATER: "5 Dec"}


def made(
    exact: str, *, place: Place, earlier: tuple[Selector, ...] = (), since: str = ""
) -> Annotation:
    records = tuple(msgspec.to_builtins(each) for each in earlier)
    selector = Selector(exact, earlier=records, since=since)
    return Annotation("A", selector, place, ("claim",), created=MARKED, modified=MARKED)


def reads(words: str, since: str = CHANGED, state: PlaceState = PlaceState.EDITED) -> Place:
    return Place(0, 1, state, words=words, since=since)


def said(annotation: Annotation) -> str:
    return wording_history(annotation, DAYS.__getitem__)


def test_the_two_wordings_with_their_days() -> None:
    annotation = made("nearly two hours", place=reads("about 90 minutes"))
    assert said(annotation) == "read “nearly two hours” on 30 Nov, “about 90 minutes” since 2 Dec"
    assert present_wording(annotation, DAYS.__getitem__) == "“about 90 minutes” since 2 Dec"


@pytest.mark.parametrize("place", [Place(0, 1), reads(""), reads("NEARLY two  ‘hours’")])
def test_what_has_not_changed_says_nothing(place: Place) -> None:
    annotation = made("Nearly two 'hours'", place=place)
    assert said(annotation) == present_wording(annotation, DAYS.__getitem__) == ""


def test_three_wordings_after_one_was_accepted() -> None:
    first = Selector("nearly two hours")
    accepted = made("about 90 minutes", place=Place(0, 1), earlier=(first,), since=CHANGED)
    assert said(accepted) == "read “nearly two hours” on 30 Nov, “about 90 minutes” since 2 Dec"
    again = replace(accepted, place=reads("an hour", LATER))
    assert said(again) == (
        "read “nearly two hours” on 30 Nov, “about 90 minutes” from 2 Dec, “an hour” since 5 Dec"
    )


def test_a_lost_passage_is_not_there_since_a_day() -> None:
    lost = made("nearly two hours", place=Place(0, 0, PlaceState.ORPHANED, since=CHANGED))
    assert said(lost) == "read “nearly two hours” on 30 Nov, not there since 2 Dec"


def test_a_passage_that_a_past_version_lost_has_no_day() -> None:
    lost = made("two hours", place=Place(0, 0, PlaceState.ORPHANED))
    assert said(lost) == "read “two hours” on 30 Nov, not there"


def test_an_accepted_wording_of_a_past_version_has_no_day() -> None:
    accepted = made("an hour", place=Place(0, 1), earlier=(Selector("two hours"),))
    assert said(accepted) == "read “two hours” on 30 Nov, “an hour”"


LONG = (
    "The council heard on Monday that the crossing took {} in the winter, and that nobody minded."
)


@pytest.mark.parametrize(
    ("old", "new", "excerpts"),
    [
        ("nearly two hours", "about 90 minutes", ("nearly two hours", "about 90 minutes")),
        ("two hours", "two long hours", ("two hours", "two long hours")),
        ("two long hours", "two hours", ("two long hours", "two hours")),
        ("26 hours", "260 hours", ("26", "260")),
    ],
)
def test_of_a_long_passage_only_what_differs_is_quoted(
    old: str, new: str, excerpts: tuple[str, str]
) -> None:
    annotation = made(LONG.format(old), place=reads(LONG.format(new)))
    first, second = (f"“… {each} …”" for each in excerpts)
    assert said(annotation) == f"read {first} on 30 Nov, {second} since 2 Dec"


def test_scripts_without_spaces_are_excerpted_by_characters() -> None:
    old, new = (f"{'議' * 40}二時間{'会' * 40}。", f"{'議' * 40}九十分{'会' * 40}。")
    assert said(made(old, place=reads(new))) == (
        "read “… 二時間 …” on 30 Nov, “… 九十分 …” since 2 Dec"
    )


words = st.text(alphabet=" abc.'’é議", min_size=1, max_size=200).filter(str.strip)


@given(words, words)
def test_the_clause_is_one_line_of_a_bounded_length(old: str, new: str) -> None:
    clause = said(made(old, place=reads(words_apart(old, new))))
    assert bool(clause) is not are_alike(old, new)
    assert "\n" not in clause
    assert len(clause) <= 2 * (LONGEST_EXCERPT + 4) + 40


def test_json_has_every_wording() -> None:
    annotation = made("nearly two hours", place=reads("about 90 minutes"))
    record = annotation_record(annotation, "B", "Title")
    assert record["wordings"] == [
        {"words": "nearly two hours", "since": MARKED},
        {"words": "about 90 minutes", "since": CHANGED},
    ]
    assert wordings(annotation)[-1] == Wording("about 90 minutes", CHANGED)
