"""Line breaks in many scripts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.core.layout.wrapping import WrappedText
from reader.safe_text import drawn
from tests.core import strategies


def wrap(text: str, width: int, **options: bool) -> list[str]:
    wrapped = WrappedText(text, width, **options)
    wrapped.finish()
    return [text[slice(*_drawn(wrapped, line))] for line in range(len(wrapped.starts))]


def _drawn(wrapped: WrappedText, line: int) -> tuple[int, int]:
    start, end = wrapped.bounds(line)
    return start, wrapped.drawn_end(start, end)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("今日は世界です", 6, ["今日は", "世界で", "す"]),
        ("葛\U000e0100城葛\U000e0100城", 4, ["葛\U000e0100城", "葛\U000e0100城"]),
        ("می\u200cخواهم نامه\u200cای", 7, ["می\u200cخواهم", "نامه\u200cای"]),
        ("👩\u200d👧 👩\u200d👧", 4, ["👩\u200d👧", "👩\u200d👧"]),
        ("今日は、世界です", 6, ["今日", "は、世", "界です"]),
        ("今日「世界」です", 6, ["今日", "「世", "界」で", "す"]),
        ("日本（東京）です", 6, ["日本", "（東", "京）で", "す"]),
        ("あいちょっと", 6, ["あい", "ちょっ", "と"]),
        ("カタカナー", 8, ["カタカ", "ナー"]),
        ("中文，没有空格！", 8, ["中文，没", "有空格！"]),
        ("価格は￥100です", 8, ["価格は", "￥100で", "す"]),
        ("ﾊﾝｶｸｶﾅ", 4, ["ﾊﾝｶｸ", "ｶﾅ"]),
        ("ok ﾊﾝｶｸｶﾅ", 6, ["ok ﾊﾝｶ", "ｸｶﾅ"]),
        ("한국어 단어 각각", 12, ["한국어 단어", "각각"]),
        ("한국어단어각각", 8, ["한국어단", "어각각"]),
        ("word中文word", 6, ["word中", "文word"]),
        ("「「「「「", 4, ["「「", "「「", "「"]),
        ("ok 👍🏽👍🏽👍🏽", 5, ["ok 👍🏽", "👍🏽👍🏽"]),
        ("🇫🇷🇯🇵🇩🇪", 4, ["🇫🇷🇯🇵", "🇩🇪"]),
        ("नमस्ते दुनिया", 7, ["नमस्ते", "दुनिया"]),
        ("שלום עולם טוב", 9, ["שלום עולם", "טוב"]),
        ("a\u3000字字字", 5, ["a\u3000字", "字字"]),
        ("字字\u2060字字", 4, ["字", "字\u2060字", "字"]),
        ("aaa\u200bbbb", 4, ["aaa\u200b", "bbb"]),
    ],
)
def test_where_lines_of_many_scripts_break(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Est-ce bien vrai ! » dit-il", ["Est-ce bien", "vrai ! » dit-il"]),
        ("Il répond : « Oui » à tous", ["Il répond :", "« Oui » à tous"]),
        ("Er sagte leise: »Ja« dann", ["Er sagte leise:", "»Ja« dann"]),
        ("what a long word: :nothing", ["what a long", "word: :nothing"]),
        ("seventeenletters ! yes", ["seventeenletters", "! yes"]),
    ],
)
def test_punctuation_that_follows_a_space_stays_with_its_word(text: str, lines: list[str]) -> None:
    assert wrap(text, 16) == lines


@settings(deadline=None, max_examples=150)
@given(st.text("abcXY -/.,!?«»—1", max_size=200), st.integers(4, 40))
def test_punctuation_breaks_alike_in_narrow_and_mixed_text(text: str, width: int) -> None:
    narrow, mixed = WrappedText(text, width), WrappedText(text, width)
    mixed.is_narrow = False
    narrow.finish()
    mixed.finish()
    assert narrow.starts == mixed.starts


@settings(deadline=None, max_examples=150)
@given(strategies.ascii_prose, st.integers(8, 80), st.booleans())
def test_narrow_and_mixed_text_break_at_the_same_places(
    text: str, width: int, spaces_hang: bool
) -> None:
    narrow = WrappedText(text, width, spaces_hang=spaces_hang)
    mixed = WrappedText(text, width, spaces_hang=spaces_hang)
    mixed.is_narrow = False
    narrow.finish()
    mixed.finish()
    assert narrow.starts == mixed.starts


CODE = st.text(alphabet="ab_1 (),;.=+\"'[]{}:/", max_size=300)


@settings(deadline=None, max_examples=150)
@given(CODE, st.integers(8, 60))
def test_narrow_and_mixed_code_break_at_the_same_places(text: str, width: int) -> None:
    narrow, mixed = (WrappedText(text, width, at_words=False, hang=2) for _ in range(2))
    mixed.is_narrow = False
    narrow.finish()
    mixed.finish()
    assert narrow.starts == mixed.starts


@settings(deadline=None, max_examples=150)
@given(CODE, st.integers(8, 60))
def test_lines_of_code_fit_and_are_at_least_half_full(text: str, width: int) -> None:
    wrapped = WrappedText(text, width, at_words=False, hang=2)
    wrapped.finish()
    for line in range(len(wrapped.starts)):
        start, end = wrapped.bounds(line)
        room = width - 2 * wrapped.is_continued(line)
        is_broken = end < len(text) and text[end - 1] != "\n"
        assert (room // 2 if is_broken else 0) <= wrapped.drawn_end(start, end) - start <= room


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("call(first_argument, second_argument)", ["call(first_argument, ", "second_argument)"]),
        ("value = some_name(with_arguments)", ["value = some_name(", "with_arguments)"]),
        ("value_of_it == other_value_of_it", ["value_of_it == ", "other_value_of_it"]),
        ('print("some words in quotes here")', ['print("some words in ', 'quotes here")']),
        ("a" * 40, ["a" * 22, "a" * 18]),
        (" " * 18 + "indented_far", [" " * 18 + "inde", "nted_far"]),
        ("name_of_sixteen = ,other_name_of_it", ["name_of_sixteen = ,", "other_name_of_it"]),
    ],
)
def test_code_is_broken_where_it_reads_best(code: str, lines: list[str]) -> None:
    wrapped = WrappedText(code, 22, at_words=False)
    wrapped.finish()
    bounds = [wrapped.bounds(line) for line in range(len(wrapped.starts))]
    assert [code[start:end] for start, end in bounds] == lines


@settings(deadline=None, max_examples=100)
@given(strategies.code_text, st.integers(8, 60), st.booleans(), st.integers(1, 40))
def test_lines_are_the_same_however_they_are_asked_for(
    text: str, width: int, at_words: bool, step: int
) -> None:
    whole = WrappedText(text, width, at_words=at_words, hang=2)
    whole.finish()
    partly = WrappedText(text, width, at_words=at_words, hang=2)
    while not partly.is_done:
        partly.extend(step)
    assert partly.starts == whole.starts
    asked = WrappedText(text, width, at_words=at_words, hang=2)
    for index in range(0, len(text), 7):
        line = asked.line_of(index)
        assert whole.line_of(index) == line
        assert asked.has_line(line)
        assert asked.bounds(line) == whole.bounds(line)


@settings(deadline=None, max_examples=100)
@given(strategies.line_text, st.integers(4, 60))
def test_without_hanging_only_one_space_is_left_out(text: str, width: int) -> None:
    wrapped = WrappedText(text, width, spaces_hang=False)
    wrapped.finish()
    for line in range(len(wrapped.starts)):
        start, end = wrapped.bounds(line)
        drawn_end = wrapped.drawn_end(start, end)
        assert cell_len(drawn(text[start:drawn_end])) <= width
        assert end - drawn_end <= 1


def test_a_word_of_many_parts_longer_than_the_stride_is_broken() -> None:
    text = "e\u0301" * 10_000
    lines = wrap(text, 50)
    assert "".join(lines) == text
    assert {cell_len(line) for line in lines} == {50}
    marks = "字" + "\u0301" * 20_000 + " 字"
    assert wrap(marks, 4) == [marks[:-2], "字"]


def test_spaces_past_the_end_take_no_line() -> None:
    assert wrap("abc" + " " * 50, 10) == ["abc"]
    assert wrap("字" + " " * 50 + "字", 10) == ["字", "字"]
    assert wrap(" " * 50, 10) == [""]
    assert wrap("", 10) == [""]
    assert wrap("a\n\nb\n", 10) == ["a", "", "b", ""]
    assert wrap("    code", 20) == ["    code"]


@pytest.mark.parametrize("divider", list("-‐‒–—/"))
@pytest.mark.parametrize(
    ("before", "after", "breaks"),
    [
        ("ab", "cd", "-‐‒–—/"),
        ("ab", "12", "–—/"),
        ("12", "cd", "-‐‒–—/"),
        ("12", "34", "—"),  # a number is not broken
        ("ab", "(cd", "–—"),
        ("ab", ".cd", ""),
        ("a.", "cd", "–—/"),
        (" ", "cd", ""),
    ],
)
def test_a_line_ends_behind_a_dash_between_words(
    before: str, after: str, divider: str, breaks: str
) -> None:
    text = f"x {before}{divider}{after}"
    first = f"x {before}{divider}"
    assert (wrap(text, len(text) - 1)[0] == first) == (divider in breaks)


def test_two_slashes_and_a_dash_at_an_end_are_not_broken_off() -> None:
    assert wrap("see a://bc", 9) == ["see", "a://bc"]
    assert wrap("see -abc", 7) == ["see", "-abc"]
    assert wrap("see abc-", 7) == ["see", "abc-"]


@pytest.mark.parametrize("divider", list("-–—/"))
def test_words_of_one_letter_are_parted_at_a_sign_too(divider: str) -> None:
    """At the very start of a text and at its end: only a sign without a letter on a side stays."""
    assert wrap(f"a{divider}bcdefgh", 7) == [f"a{divider}", "bcdefgh"]
    assert wrap(f"x ab{divider}c", 5) == [f"x ab{divider}", "c"]
    assert wrap(f"abcdefgh{divider}", 8) == ["abcdefgh", divider]


@pytest.mark.parametrize("divider", list("-–—/"))
def test_a_sign_at_the_start_of_a_text_is_not_broken_off(divider: str) -> None:
    assert wrap(f"{divider}abcdefgh", 6)[0] == f"{divider}abcde"
