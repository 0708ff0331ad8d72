"""The plain text of a note: no signs of markup, and every word that stood there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.note_text import MOST_LENGTH, plain_note
from tests.hostile_text import BRIEF, HOSTILE, UNSAFE

MARKDOWN = {
    "# A heading": "A heading",
    "### ": "",
    "#no heading": "#no heading",
    "**Strong**, *soft*, _low_, ***both*** and ~~gone~~": "Strong, soft, low, both and gone",
    "2 * 3 * 4, snake_case_name, a_b": "2 * 3 * 4, snake_case_name, a_b",
    "*Two* words *apart*": "Two words apart",
    "See [the page](https://example.org/a?b=c \"A title\").": "See the page.",
    "See [the page][1] and ![a chart](chart.png)": "See the page and a chart",
    "[1] stays, and [so] does this (really)": "[1] stays, and [so] does this (really)",
    "<https://example.org/x>": "https://example.org/x",
    "a < b and c > d": "a < b and c > d",
    "<b>Bold</b> and <a href=\"x\">a link</a><br/>": "Bold and a link",
    "`code *stays*` here": "code *stays* here",
    "``a ` b``": "a ` b",
    r"\*no emphasis\*": "*no emphasis*",
    "> a quotation\n> > and one inside": "a quotation\nand one inside",
    "- one\n* two\n+ three\n  - nested": "• one\n• two\n• three\n  • nested",
    "- [ ] to do\n- [x] done": "☐ to do\n☑ done",
    "1. first\n2. second": "1. first\n2. second",
    "```python\nx = 1\n```": "x = 1",
    "one\n\n\ntwo\n": "one\ntwo",
    "---\nabove\n***": "above",
    "- - -": "",
    "before <!-- not\nshown --> after": "before  after",
    "-5 degrees": "-5 degrees",
    "東京は**日本**の首都": "東京は日本の首都",
    "a\u202eb\x1b[31mc": "ab�[31mc",
}  # fmt: skip


@pytest.mark.parametrize("markdown", MARKDOWN)
def test_marks_are_left_out_and_words_stay(markdown: str) -> None:
    assert plain_note(markdown) == MARKDOWN[markdown]


words = st.lists(st.text("abcäß東京ش", min_size=1, max_size=6), min_size=1, max_size=8)


@given(words, st.sampled_from(["{}", "# {}", "- {}", "> {}", "**{}**", "_{}_", "[{}](x)", "`{}`"]))
def test_no_word_is_lost(words: list[str], form: str) -> None:
    text = " ".join(words)
    assert plain_note(form.format(text)).removeprefix("• ") == text


@given(st.lists(st.one_of(st.text(), st.sampled_from([HOSTILE, BRIEF, "\n", "*", "<!--", "`"]))))
def test_it_is_safe_and_has_no_empty_lines(parts: list[str]) -> None:
    plain = plain_note("".join(parts))
    assert UNSAFE.search(plain) is None
    assert not plain or all(line.strip() for line in plain.split("\n"))


@pytest.mark.parametrize("sign", ["*a", "_a ", "[", "[a](b ", "<!--", "<a =", "`a``b", "~~a", "> "])
def test_signs_without_their_ends_stay(sign: str) -> None:
    assert plain_note(sign * 50_000)  # within the test's time, which quadratic patterns would pass


def test_a_long_note_is_cut() -> None:
    plain = plain_note("word " * 100_000)
    assert len(plain) <= MOST_LENGTH + 1
    assert plain.endswith("…")
