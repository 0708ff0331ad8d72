"""Texts, numbers and sizes are formatted for one line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.text_formatting import duration, minutes, one_line, page_label
from tests.core import strategies


@pytest.mark.parametrize(
    ("text", "limit", "line"),
    [
        ("  two\nlines  here ", None, "two lines here"),
        ("a\tb\nc\t\td", None, "a | b c | | d"),
        ("one two three", 13, "one two three"),
        ("one two three", 12, "one two…"),
        ("one two, three", 10, "one two…"),
        ("supercalifragilistic word", 10, "supercali…"),
        ("cafe\u0301cafe\u0301", 5, "caf…"),
        ("日本語の文章です", 5, "日本語の…"),
        ("word", 1, "…"),
        ("word", 0, ""),
        ("", 5, ""),
    ],
)
def test_one_line(text: str, limit: int | None, line: str) -> None:
    assert one_line(text, limit) == line


@given(st.one_of(strategies.prose, strategies.odd_text, st.text("ab ,\n\té")), st.integers(0, 40))
def test_a_line_is_one_and_within_its_limit(text: str, limit: int) -> None:
    line = one_line(text, limit)
    assert len(line) <= limit
    assert line == " ".join(line.split())
    whole = one_line(text)
    assert line == whole or (line.endswith("…") and whole.startswith(line[:-1])) or not limit


def test_minutes() -> None:
    assert [minutes(words, 200) for words in (-1, 0, 1, 200, 201)] == [0, 0, 1, 1, 2]
    assert minutes(2380) == 10


@pytest.mark.parametrize(
    ("page", "label"),
    [
        ("", ""),
        (" \n", ""),
        ("12", "p. 12"),
        ("xiv", "p. xiv"),
        ("A-\n3", "p. A- 3"),
        ("9" * 40, f"p. {'9' * 19}…"),
    ],
)
def test_the_number_of_a_page_is_one_short_label(page: str, label: str) -> None:
    assert page_label(page) == label


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 min"), (1, "1 min"), (59, "59 min"), (60, "1 h"), (834, "13 h 54 min")],
)
def test_long_times_are_shown_in_hours(count: int, said: str) -> None:
    assert duration(count) == said
