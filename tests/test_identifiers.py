"""Identifiers, compared with an implementation that others made."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ulid import ULID

from reader.identifiers import from_ulid, new_id, to_ulid


def test_an_identifier_is_a_ulid_of_the_present_moment() -> None:
    before = time.time_ns() // 1_000_000
    made = new_id()
    after = time.time_ns() // 1_000_000
    known = ULID.from_str(made)
    assert str(known) == made
    assert before <= known.milliseconds <= after


def test_identifiers_sort_by_the_time_they_were_made_and_never_repeat() -> None:
    first = new_id()
    time.sleep(0.002)
    many = {new_id() for _ in range(1000)}
    assert len(many) == 1000
    assert first < min(many)


@given(st.integers(0, 2**128 - 1), st.booleans())
def test_a_number_and_its_ulid_are_inverses(number: int, is_lower: bool) -> None:
    text = to_ulid(number)
    assert text == str(ULID.from_int(number))
    assert from_ulid(text.lower() if is_lower else text) == number


@pytest.mark.parametrize(
    "text", ["", "8" + "0" * 25, "0" * 25, "0" * 27, "0" * 25 + "U", "0" * 25 + "é"]
)
def test_no_other_text_is_a_ulid(text: str) -> None:
    assert from_ulid(text) is None
