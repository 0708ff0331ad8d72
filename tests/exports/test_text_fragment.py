"""The address of a passage is one that browsers follow; these were tried in Chromium."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.exports.text_fragment import passage_address

PAGE = "https://x.example/a"


@pytest.mark.parametrize(
    ("words", "before", "after", "fragment"),
    [
        ("It closed in March, for good.", "", "", "It%20closed%20in%20March%2C%20for%20good."),
        ("nine years", "was kept for ", ", until the fire", "was%20kept%20for-,nine%20years,-%2C%20until%20the"),
        ("nine", "a heading\nOver ", " years\nBelow", "Over-,nine,-years"),
        ("two-thirds & more, said Ana", "", "", "two%2Dthirds%20%26%20more%2C%20said%20Ana"),
        ("One.\nTwo three four five six.", "", "", "One.,three%20four%20five%20six."),
        ("a\tb", "", "", "a,b"),
        ("word " * 30, "", "", "word%20word%20word%20word,word%20word%20word%20word"),
    ],
)  # fmt: skip
def test_a_passage_is_named_by_its_words(
    words: str, before: str, after: str, fragment: str
) -> None:
    assert passage_address(PAGE, words, before, after) == f"{PAGE}#:~:text={fragment}"


def test_an_address_keeps_its_own_fragment_and_no_words_add_nothing() -> None:
    assert passage_address(f"{PAGE}#top", "It closed for good now.") == (
        f"{PAGE}#top:~:text=It%20closed%20for%20good%20now."
    )
    assert passage_address(PAGE, " \n") == PAGE


@given(st.text(min_size=1), st.text(), st.text())
def test_any_words_make_a_fragment_of_at_most_four_parts(
    words: str, before: str, after: str
) -> None:
    address = passage_address(PAGE, words, before, after)
    _, _, fragment = address.partition("#:~:text=")
    assert address.isascii()
    assert not set(address) & set(' <>()[]"\\|')
    parts = fragment.split(",")
    assert len(parts) <= 3
    assert all(len(unquote(part)) <= 100 for part in parts)
