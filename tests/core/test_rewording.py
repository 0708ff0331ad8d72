"""What changed in a passage, and what it was before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.annotation import Selector
from reader.core.folding import fold
from reader.core.rewording import Rewording, reworded, selectors_of, succeeding


def words(rewording: Rewording) -> tuple[list[str], list[str]]:
    return (
        [rewording.old[start:end] for start, end in rewording.gone],
        [rewording.new[start:end] for start, end in rewording.come],
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
    assert words(reworded(old, new)) == (gone, come)


@given(st.text(max_size=200))
def test_nothing_changes_in_the_same_words(text: str) -> None:
    assert reworded(text, text)[2:] == ((), ())


@given(*[st.lists(st.sampled_from(["one", "two", "three", "four", "five", "six.", "seven"]))] * 2)
def test_what_is_kept_reads_the_same_on_both_sides(old: list[str], new: list[str]) -> None:
    rewording = reworded(" ".join(old), " ".join(new))
    assert _rest(rewording.old, rewording.gone) == _rest(rewording.new, rewording.come)


def _rest(text: str, ranges: tuple[tuple[int, int], ...]) -> list[str]:
    for start, end in reversed(ranges):
        text = f"{text[:start]} {text[end:]}"
    return fold(text).split()


FIRST = Selector("It closed in March.", start=3, end=22, snapshot="a" * 64)
SECOND = Selector("It closed in April.", start=9, end=28, snapshot="b" * 64)
THIRD = Selector("It never closed.", start=1, end=17, snapshot="c" * 64)


def test_what_a_passage_was_is_remembered_through_every_text() -> None:
    present = succeeding(succeeding(FIRST, SECOND, "b" * 64), THIRD, "c" * 64)
    assert selectors_of(present)[:-1] == [FIRST, SECOND]
    assert selectors_of(present)[-1] == present


def test_another_range_of_the_same_text_is_no_other_wording() -> None:
    second = succeeding(FIRST, SECOND, "b" * 64)
    wider = Selector("It closed in April. It opened.", start=9, end=39, snapshot="b" * 64)
    again = succeeding(second, wider, "b" * 64)
    assert selectors_of(again)[0] == FIRST
    assert len(selectors_of(again)) == 2


def test_a_damaged_record_is_passed_over() -> None:
    damaged = Selector("now", earlier=({"exact": 5}, {"exact": "then", "of a later version": 1}))
    assert [each.exact for each in selectors_of(damaged)] == ["then", "now"]
