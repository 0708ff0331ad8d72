"""A choice in a list writes the query, and what was typed stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.folding import fold
from reader.core.query.editing import (
    has_term,
    toggled,
    values_of,
    with_term,
    without_term,
)
from reader.core.query.facts import NoteFacts
from reader.core.query.fields import FIELDS, Kind
from reader.core.query.matching import note_test
from reader.core.query.parsing import parse
from reader.core.query.tree import all_of
from tests.core.query.query_strategies import NAMES, NOW, notes, values


@pytest.mark.parametrize(
    ("text", "field", "value", "edited"),
    [
        ("", "tag", "claim", "tag:claim"),
        ("relied  in", "tag", "claim", "relied  in tag:claim"),
        ("tag:quote relied", "tag", "claim", "tag:quote,claim relied"),
        ("Label:quote, relied", "tag", "claim", "Label:quote,claim relied"),
        ("-tag:claim relied", "tag", "claim", "relied tag:claim"),
        ("-tag:claim,quote", "tag", "claim", "-tag:quote tag:claim"),
        ("a OR b", "tag", "claim", "(a OR b) tag:claim"),
        ("(a OR b) c", "tag", "claim", "(a OR b) c tag:claim"),
        ("tag:claim", "tag", "claim", "tag:claim"),
        ("x", "speaker", "Lucan Prewitt", 'x speaker:"Lucan Prewitt"'),
        ("marked:2026 x", "marked", "7d", "x marked:7d"),
        ("tag: x", "tag", "claim", "tag:claim x"),
        ("tag:a OR b", "tag", "claim", "(tag:a OR b) tag:claim"),
        ('"good fai', "tag", "claim", '"good fai"* tag:claim'),
        ("(a OR (b", "tag", "claim", "(a OR (b )) tag:claim"),
        ("a OR -", "tag", "claim", "a tag:claim"),
        ('"tag:claim"', "tag", "claim", '"tag:claim" tag:claim'),
    ],
)
def test_a_term_is_written_into_the_query(text: str, field: str, value: str, edited: str) -> None:
    assert with_term(text, field, value) == edited


@pytest.mark.parametrize(
    ("text", "edited"),
    [
        ("tag:claim", ""),
        ("a tag:claim  b", "a b"),
        ("tag:quote,claim,x b", "tag:quote,x b"),
        ("label:CLAIM b", "b"),
        ('tag:"claim" b', "b"),
        ("-tag:claim", "-tag:claim"),
        ("--tag:claim b", "b"),
        ("(tag:claim) b", "(tag:claim) b"),
        ("b", "b"),
    ],
)
def test_a_term_is_taken_out_of_the_query(text: str, edited: str) -> None:
    assert without_term(text, "tag", "claim") == edited


def test_a_name_that_another_one_contains_is_asked_for_as_a_whole() -> None:
    others = ("Prewitt", "Lucan Prewitt", "Dr. Solvay")
    assert with_term("", "speaker", "Prewitt", others) == "speaker:=Prewitt"
    assert with_term("", "speaker", "Lucan Prewitt", others) == 'speaker:"Lucan Prewitt"'


FACETS = [field.name for field in FIELDS if field.kind in {Kind.TAG, Kind.NAME}]
TEXTS = st.one_of(
    st.text(max_size=12),
    st.lists(
        st.sampled_from(
            ["a", "tag:a,b", "-tag:a", "speaker:x", "(tag:a)", "OR", 'tag:"a b"', "is:open", " ", "tag:"]
        )
    ).map(" ".join),
)  # fmt: skip


@given(TEXTS, st.sampled_from(FACETS), values)
def test_what_was_written_is_asked_for_and_is_taken_out_again(
    text: str, field: str, value: str
) -> None:
    written = with_term(text, field, value)
    assert has_term(written, field, value)
    assert fold(value).strip() in {fold(each).strip() for each in values_of(written, field)}
    assert not has_term(without_term(written, field, value), field, value)
    if not has_term(text, field, value):
        assert toggled(text, field, value) == written
    if not parse(text, NOW).faults:
        assert not parse(written, NOW).faults


@given(TEXTS, st.sampled_from(["tag", "speaker"]), st.sampled_from(NAMES), notes)
def test_a_written_term_holds_together_with_the_rest(
    text: str, field: str, value: str, note: NoteFacts
) -> None:
    if parse(text, NOW).faults or values_of(text, field) or f"{field}:" in text:
        return
    term = with_term("", field, value)
    both = all_of([parse(text, NOW).tree, parse(term, NOW).tree])
    written = parse(with_term(text, field, value), NOW).tree
    assert note_test(written)(note) == note_test(both)(note)
