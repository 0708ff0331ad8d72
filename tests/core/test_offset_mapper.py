"""Offsets of an old text are mapped to a new one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.offset_mapper import OffsetMapper

OLD = (
    "The tide tables\nThe harbour closed in March. Nobody knew why the gates were shut.\n"
    "In April the council met twice, and the pilots were asked what they had seen.\n"
    "It opened again in May. Forty boats left on the first morning of that month."
)
TEXTS = st.text(alphabet="ab é.\n漢", max_size=60)


def place(old: str, new: str, words: str) -> str:
    """Return the new text at the mapped offset of ``words`` in the old text."""
    return new[OffsetMapper(old, new).map(old.index(words)) :]


@pytest.mark.parametrize("words", ["harbour", "March", "council", "pilots", "Forty"])
def test_text_added_before_an_offset_moves_it_on(words: str) -> None:
    new = "A correction was made to this article.\nIt had a wrong date.\n" + OLD
    assert place(OLD, new, words).startswith(words)


def test_text_removed_before_an_offset_moves_it_back() -> None:
    new = OLD.replace("Nobody knew why the gates were shut.\n", "")
    assert place(OLD, new, "pilots were").startswith("pilots were")


def test_a_paragraph_that_moved_is_followed() -> None:
    lines = OLD.split("\n")
    new = "\n".join((lines[0], lines[2], lines[3], lines[1]))
    assert place(OLD, new, "Nobody knew").startswith("Nobody knew")


def test_an_offset_in_removed_words_maps_to_the_next_words() -> None:
    lines = OLD.split("\n")
    new = "\n".join((lines[0], lines[1], lines[3]))
    assert place(OLD, new, "council met").startswith("It opened again")


def test_an_offset_in_changed_words_maps_into_the_new_words() -> None:
    new = OLD.replace(
        "In April the council met twice, and the pilots were asked what they had seen.",
        "Some weeks later eleven captains wrote a letter to her; nothing came of that.",
    )
    at = OffsetMapper(OLD, new).map(OLD.index("the pilots"))
    assert new.index("Some weeks") < at < new.index("It opened")


def test_the_end_stays_the_end() -> None:
    new = OLD + "\nMore was added at the end of it."
    shorter = OLD[: OLD.index(" on the first")]
    assert OffsetMapper(OLD, shorter).map(len(OLD)) == len(shorter)
    assert OffsetMapper(OLD, new).map(len(OLD) - 6) == len(OLD) - 6


@given(TEXTS, TEXTS, st.integers(-5, 80))
def test_every_place_is_in_the_text(old: str, new: str, offset: int) -> None:
    assert 0 <= OffsetMapper(old, new).map(offset) <= len(new)


@given(TEXTS, st.integers(0, 80))
def test_an_unchanged_text_keeps_every_place(text: str, offset: int) -> None:
    assert OffsetMapper(text, text).map(offset) == min(offset, len(text))


@given(TEXTS)
def test_the_start_stays_the_start(text: str) -> None:
    assert OffsetMapper(OLD, text + OLD).map(0) == 0
