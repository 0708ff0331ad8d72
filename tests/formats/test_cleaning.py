"""Characters that a terminal must not get, one kind at a time."""

from __future__ import annotations

import unicodedata

import pytest

from reader.formats import clean, clean_line
from reader.formats.cleaning import MAX_MARKS, clean_lines


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("plain", "plain"),
        ("a\x1b[31mred\x1b[0m b", "ared b"),
        ("a\x1b[38;2;1;2;3mb", "ab"),
        ("a\x9b31mb", "ab"),
        ("\x1b]0;a title\x07text", "text"),
        ("\x1b]8;;https://x.y\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x9d0;title\x9ctext", "text"),
        ("\x1bP1$r0m\x1b\\text", "text"),
        ("\x90q#0\x9ctext", "text"),
        ("\x1b]0;spans\nlines\x07text", "text"),
        ("\x1b]52;c;never ends\nthe next line", "\nthe next line"),
        ("\x1b(Btext\x1bc", "text"),
        ("x\x1b", "x"),
        ("bo\x08ol\x08ld", "bold"),
        ("b\x08bo\x08ol\x08ld\x08d", "bold"),
        ("_\x08u_\x08n", "un"),
        ("u\x08_n\x08_", "un"),
        ("\x08x", "␈x"),
        ("bell\x07 nul\x00 del\x7f", "bell␇ nul␀ del␡"),
        ("c1 \x81", "c1 \ufffd"),
        ("abc\u202edef\u202c\u2066x\u2069\u200e\u200f\u061c", "abcdefx"),
        ("ze\u200bro\ufeff\u2060so\u00adft", "zerosoft"),
        ("❤\ufe0f \U000e0041", "❤\ufe0f "),
        ("می\u200cخواهم شر\u200dی", "می\u200cخواهم شر\u200dی"),
        ("葛\U000e0100 \u1820\u180b 👩\u200d👧", "葛\U000e0100 \u1820\u180b 👩\u200d👧"),
        (
            "\u034f\u200c\u00a0\u2007\u034f \ufe0f\nText\n\u200c\nmore",
            "\u00a0\u2007 \nText\n\nmore",
        ),
        ("a" + "\u200d" * 40 + "b", "a" + "\u200d" * 8 + "b"),
        ("\u3164\uffa0\u115f\u1160x", "x"),
        ("\ue000 \U0010fffd \ufdd0 \uffff \ud800", "\ufffd \ufffd \ufffd \ufffd \ufffd"),
        ("\ufff9a\ufffab\ufffb", "ab"),
        ("a\u00a0b", "a\u00a0b"),
        ("a\tb", "a   b"),
        ("a\r\nb\rc\x85d\u2028e\x0bf", "a\nb\nc\nd\ne\nf"),
        ("page\x0cpage", "page\n\npage"),
        ("日本語 العربية हिन्दी 👍", "日本語 العربية हिन्दी 👍"),
    ],
)
def test_clean(raw: str, shown: str) -> None:
    assert clean(raw) == shown


def test_clean_line_is_one_line() -> None:
    assert clean_line("  a\n\tb\x1b[1m  c ") == "a b c"


def test_stacked_marks_are_cut() -> None:
    marks = "\u0301\u0323\u0489" * 40
    assert clean("a" + marks + "b") == "a" + marks[:MAX_MARKS] + "b"
    assert clean("e\u0301\u0323") == "e\u0301\u0323"


def test_every_combining_mark_is_counted() -> None:
    marks = [
        chr(code)
        for code in range(0x110000)
        if unicodedata.category(chr(code)) in ("Mn", "Me") and clean_lines(chr(code))
    ]
    assert len(marks) > 1500
    for mark in marks:
        assert len(clean_lines("a" + mark * 50)) == 1 + MAX_MARKS


def test_an_unterminated_string_does_not_swallow_the_text() -> None:
    text = "\x1b]" + "word " * 1000
    assert len(clean(text)) >= len(text) - 300
