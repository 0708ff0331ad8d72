"""Graphemes and widths are those of the screen, and cover the text."""

from __future__ import annotations

import subprocess
import sys

import pytest
import wcwidth
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size

from reader.core import cells
from reader.safe_text import drawn
from tests.core import strategies

TEXTS = st.one_of(strategies.prose, strategies.odd_text)
property_test = settings(deadline=None, max_examples=150)


def pieces_of(text: str) -> list[str]:
    starts = cells.graphemes(text).starts
    return [text[a:b] for a, b in zip(starts, list(starts)[1:], strict=False)]


def test_every_character_is_as_wide_as_the_screen_draws_it() -> None:
    # All of planes 0, 1 and 14; of the others, which are ideographs or private, every 97th.
    numbers = (*range(0x20, 0xD800), *range(0xE000, 0x20000), *range(0xE0000, 0xE0200))
    differing = [
        hex(number)
        for number in (*numbers, *range(0x20000, 0x110000, 97))
        if cells.cell_width(chr(number)) != get_character_cell_size(chr(number))
    ]
    assert differing == []


def test_simple_characters_are_graphemes_by_themselves() -> None:
    simple = [chr(n) for n in range(0x20, 0x30000) if cells._simple().fullmatch(chr(n))]
    assert len(simple) > 50_000
    for character in simple:
        assert len(list(wcwidth.iter_graphemes(f"a{character}a"))) == 3
        assert cell_len(character) == (1 if cells.is_narrow(character) else 2)


@property_test
@given(TEXTS)
def test_widths_are_those_of_the_screen(text: str) -> None:
    assert cells.cell_width(text) == cell_len(drawn(text))
    assert cells.graphemes(text).width == cell_len(drawn(text))


@property_test
@given(TEXTS)
def test_graphemes_cover_the_text_and_each_has_a_cell(text: str) -> None:
    found = cells.graphemes(text)
    assert found.starts[0] == 0
    assert found.starts[-1] == len(text)
    widths = [b - a for a, b in zip(found.cells, list(found.cells)[1:], strict=False)]
    if found.width:
        assert min(widths) >= 1
    assert max(widths) <= cells.WIDEST
    for which, start in enumerate(found.starts[:-1]):
        assert found.at_index(start) == which
        if found.width:
            assert found.at_cell(found.cells[which]) == which


@pytest.mark.parametrize(
    ("text", "graphemes", "width"),
    [
        ("cafe\u0301s", ["c", "a", "f", "e\u0301", "s"], 5),
        ("👩\u200d👧!", ["👩\u200d", "👧", "!"], 5),
        ("👩\u200d👩\u200d👧!", ["👩\u200d", "👩\u200d", "👧", "!"], 7),
        ("ශ්\u200dරී", ["ශ්\u200d", "රී"], 2),
        ("می\u200cخ", ["م", "ی\u200c", "خ"], 3),
        ("葛\U000e0100城", ["葛\U000e0100", "城"], 4),
        ("👍🏽 ok", ["👍🏽", " ", "o", "k"], 5),
        ("🇫🇷🇯🇵", ["🇫🇷", "🇯🇵"], 4),
        ("❤\ufe0f❤", ["❤\ufe0f", "❤"], 2),
        ("1\ufe0f\u20e32", ["1\ufe0f\u20e3", "2"], 2),
        ("한국", ["한", "국"], 4),
        ("\u1112\u1161\u11ab\u1100", ["\u1112\u1161\u11ab", "\u1100"], 4),
        ("नमस्ते", ["न", "म", "स्ते"], 4),
        ("ที่นี่", ["ที่", "นี่"], 2),
        ("مَرْحَبًا", ["مَ", "رْ", "حَ", "بً", "ا"], 5),
        ("\u0301a\u0301b", ["\u0301a\u0301", "b"], 2),
        ("が、", ["が", "、"], 4),
        ("か\u3099、", ["か\u3099", "、"], 4),
    ],
)
def test_graphemes_of_many_scripts(text: str, graphemes: list[str], width: int) -> None:
    assert pieces_of(text) == graphemes
    assert cells.cell_width(text) == width == cell_len(drawn(text))


def test_a_thousand_marks_on_a_letter_are_one_grapheme() -> None:
    text = "a" + "\u0301" * 1000 + "b"
    assert pieces_of(text) == [text[:-1], "b"]


@pytest.mark.parametrize(
    ("text", "width", "clipped"),
    [
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("字字", 3, "字…"),
        ("ab", 0, ""),
        ("e\u0301xy", 2, "e\u0301…"),
        ("❤\ufe0f👩\u200d👧", 5, "❤👩👧"),
    ],
)
def test_clip_marks_what_it_cuts(text: str, width: int, clipped: str) -> None:
    assert cells.clip(text, width) == clipped


def test_western_text_needs_no_tables() -> None:
    code = (
        "import sys; from reader.core import cells;"
        "cells.graphemes('Straße – “naïve” Київ'); cells.cell_width('é…');"
        "sys.exit('wcwidth' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
