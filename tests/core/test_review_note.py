"""Hidden words and the dated lines of a note."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.note_text import without_braces
from reader.core.review_note import (
    hidden_ranges,
    hidden_words,
    with_dated_line,
    with_hidden,
)

PASSAGE = "The board paid 26 per cent more, “in good faith”; 26 per cent is a lot."

texts = st.text(st.sampled_from("a b{}\n-2é“"), max_size=40)


def shown(note: str, passage: str = PASSAGE) -> str:
    """Return a passage with a dash for each hidden character."""
    text = list(passage)
    for hidden in hidden_ranges(note, passage):
        text[hidden.start : hidden.end] = "_" * (hidden.end - hidden.start)
    return "".join(text)


@pytest.mark.parametrize(
    ("note", "hidden"),
    [
        ("{{26 per cent}}", 2 * len("26 per cent")),
        ("{{26  PER cent}}", 0),  # upper case and all white space count, as in the search
        ("{{ in good faith }}", len("in good faith")),
        ('{{"in good faith"}}', len("“in good faith”")),
        ("{{board}} and {{board paid}}", len("board paid")),
        ("{{what is not there}}", 0),
        ("{{}} {{ }} { {board} } {{bo\nard}}", 0),
        ("no braces", 0),
        ("`{{board}}` is code", 0),
        ("`a` {{board}} `b`", len("board")),
    ],
)
def test_the_words_in_double_braces_are_hidden(note: str, hidden: int) -> None:
    assert shown(note).count("_") == hidden


@given(texts, texts)
def test_any_note_can_be_read(note: str, passage: str) -> None:
    ranges = hidden_ranges(note, passage)
    assert all(0 <= each.start < each.end <= len(passage) for each in ranges)
    assert all(a.end < b.start for a, b in pairwise(ranges))
    for words in hidden_words(note):
        assert words in without_braces(note)


@given(texts, st.text(st.sampled_from("ab 2é“"), min_size=1).map(str.strip).filter(bool))
def test_words_are_hidden_once_and_the_note_keeps_its_text(note: str, words: str) -> None:
    once = with_hidden(note, words)
    assert words in hidden_words(once)
    assert with_hidden(once, words) == once
    assert once.startswith(note.rstrip())


@given(texts)
def test_dated_lines_stand_together_below_the_note(note: str) -> None:
    first = with_dated_line(note, "2026-11-30", "asked the  press office:\nno answer")
    second = with_dated_line(first, "2026-12-02", "asked again")
    assert first.startswith(note.rstrip())
    assert second.endswith(
        "- 2026-11-30 asked the press office: no answer\n- 2026-12-02 asked again"
    )
    if note.strip() and not note.rstrip().endswith("2"):
        assert first.split("\n- 2026")[0].endswith("\n")
