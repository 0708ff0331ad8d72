"""Which word an offset divides."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.words import LONGEST_WORD, word_around


@pytest.mark.parametrize(
    ("divided", "word"),
    [
        ("run the|se mills", "these"),
        ("run these| mills", None),
        ("run |these mills", None),
        ("paid 26|0 marks", "260"),
        ("paid 26|.5 marks", "26.5"),
        ("paid 1,|126 marks", "1,126"),
        ("the well|-known one", "well-known"),
        ("the well|- known one", None),
        ("John|’s hat", "John’s"),
        ("the dogs|’ home", None),
        ("in the U|.S. today", "U.S."),
        ("Grüß|e", "Grüße"),
        ("cafe|\u0301s", "cafe\u0301s"),
        ("नम|स्ते", "नमस्ते"),
        ("二時|間半", None),
        ("ภาษา|ไทย", None),
        ("第26|0回", "260"),
        ("第|26回", None),
        ("|word", None),
        ("word|", None),
        ("", None),
        (f"{'x' * LONGEST_WORD}|x", None),
    ],
)
def test_an_offset_divides_a_word_or_none(divided: str, word: str | None) -> None:
    before, _, after = divided.partition("|")
    text = f"{before}{after}"
    found = word_around(text, len(before))
    assert (text[found.start : found.end] if found else None) == word


@given(st.text(alphabet="ab1.,'’- \n二時é\u0301", max_size=40), st.integers(-1, 41))
def test_the_word_is_around_the_offset_and_its_ends_divide_none(text: str, offset: int) -> None:
    word = word_around(text, offset)
    if word is not None:
        assert word.start < offset < word.end
        assert word_around(text, word.start) is None
        assert word_around(text, word.end) is None
