"""Quotation marks of all styles: pairs, nesting, apostrophes, what is left open."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.speech.marks import find_marked, uses_single_marks

PAIRS = (
    "“”", "„“", "„”", "«»", "»«", "‹›", "””", '""', "‘’", "''", "「」", "『』",
)  # fmt: skip


def inside(text: str) -> list[str]:
    marked = find_marked(text, 0, len(text), singles=uses_single_marks(text))
    return [text[each.start : each.end] for each in marked]


@pytest.mark.parametrize("pair", PAIRS)
def test_every_style_is_a_pair(pair: str) -> None:
    opening, closing = pair[0], pair[1]
    text = f"Then {opening}it never worked,{closing} said Ann, {opening}not once.{closing}"
    assert inside(text) == ["it never worked,", "not once."]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("« Tout est perdu », dit-elle.", ["Tout est perdu"]),
        ("``It broke,'' she said.", ["It broke,"]),
        ("‘She said “no” to me,’ he said.", ["She said “no” to me,"]),
        ("“She said ‘no’ to me,” he said.", ["She said ‘no’ to me,"]),
        ("‘The dogs’ bowls aren’t mine,’ she said.", ["The dogs’ bowls aren’t mine,"]),
        ("‘Rock ’n’ roll isn’t dead,’ she said.", ["Rock ’n’ roll isn’t dead,"]),
        ("“It broke and nobody came", ["It broke and nobody came"]),
        ('A 6" plank, and "no more," he said.', ["no more,"]),
        ('“It broke," she said, “and fell.”', ["It broke,", "and fell."]),
        ("It’s the council’s wall.", []),
        ("“” and “ ” are empty.", []),
    ],
)
def test_cases(text: str, words: list[str]) -> None:
    assert inside(text) == words


@given(st.text(alphabet="ab ,.’‘'“”\"„«»「」`\n", max_size=60), st.booleans())
def test_passages_are_in_order_inside_their_marks_and_do_not_overlap(
    text: str, singles: bool
) -> None:
    end = 0
    for passage in find_marked(text, 0, len(text), singles=singles):
        assert end <= passage.outer.start < passage.start < passage.end <= passage.outer.end
        assert not text[passage.start].isspace()
        assert not text[passage.end - 1].isspace()
        end = passage.outer.end
