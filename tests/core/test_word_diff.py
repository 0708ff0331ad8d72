"""The words that changed in a passage, and the selectors that it had before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.annotation import Selector
from reader.core.folding import fold
from reader.core.selectors import selector_history, supersede
from reader.core.word_diff import WordDiff, diff_words


def words(diff: WordDiff) -> tuple[list[str], list[str]]:
    return (
        [diff.old[start:end] for start, end in diff.removed],
        [diff.new[start:end] for start, end in diff.added],
    )


@pytest.mark.parametrize(
    ("old", "new", "gone", "come"),
    [
        ("It closed in March.", "It closed in early April.", ["March"], ["early April"]),
        ("The fund paid twice.", "The fund paid.", ["twice"], []),
        ("It rained.", "It rained hard, and then it stopped.", [], ["hard, and then it stopped"]),
        ("She said “no”.", 'She  said "No".', [], []),
        ("Old words.", "Nothing alike", ["Old words."], ["Nothing alike"]),
        ("", "New.", [], ["New."]),
    ],
)
def test_changed_words_are_named(old: str, new: str, gone: list[str], come: list[str]) -> None:
    assert words(diff_words(old, new)) == (gone, come)


@given(st.text(max_size=200))
def test_nothing_changes_in_the_same_words(text: str) -> None:
    assert diff_words(text, text)[2:] == ((), ())


@given(*[st.lists(st.sampled_from(["one", "two", "three", "four", "five", "six.", "seven"]))] * 2)
def test_the_words_that_are_kept_are_the_same_on_both_sides(old: list[str], new: list[str]) -> None:
    diff = diff_words(" ".join(old), " ".join(new))
    assert _rest(diff.old, diff.removed) == _rest(diff.new, diff.added)


def _rest(text: str, ranges: tuple[tuple[int, int], ...]) -> list[str]:
    for start, end in reversed(ranges):
        text = f"{text[:start]} {text[end:]}"
    return fold(text).split()


FIRST = Selector("It closed in March.", start=3, end=22, snapshot="a" * 64)
SECOND = Selector("It closed in April.", start=9, end=28, snapshot="b" * 64)
THIRD = Selector("It never closed.", start=1, end=17, snapshot="c" * 64)


def test_earlier_selectors_are_remembered_through_every_text() -> None:
    present = supersede(supersede(FIRST, SECOND, "b" * 64), THIRD, "c" * 64)
    assert selector_history(present)[:-1] == [FIRST, SECOND]
    assert selector_history(present)[-1] == present


def test_another_range_of_the_same_text_is_not_remembered() -> None:
    second = supersede(FIRST, SECOND, "b" * 64)
    wider = Selector("It closed in April. It opened.", start=9, end=39, snapshot="b" * 64)
    again = supersede(second, wider, "b" * 64)
    assert selector_history(again)[0] == FIRST
    assert len(selector_history(again)) == 2


def test_a_damaged_record_is_skipped() -> None:
    damaged = Selector("now", earlier=({"exact": 5}, {"exact": "then", "of a later version": 1}))
    assert [each.exact for each in selector_history(damaged)] == ["then", "now"]
