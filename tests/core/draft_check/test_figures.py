"""Numbers with their units, and whether two are the same."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.annotation import Annotation, Place, Selector
from reader.core.document import Block, BlockKind, Document
from reader.core.draft_check.figures import MarkedClaim, figures_otherwise
from reader.core.draft_check.numbers import Figure, figures_in


def only(text: str) -> Figure:
    (figure,) = figures_in(text)
    return figure


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("26%", 26, "%"),
        ("26 per cent", 26, "%"),
        ("26 percent of them", 26, "%"),
        ("twenty-six per cent", 26, "%"),
        ("26 Prozent", 26, "%"),
        ("two thirds of them", 67, "%"),
        ("half of the town", 50, "%"),
        ("5 percentage points", 5, "point"),
        ("12,480 meters", 12480, ""),
        ("12 480 meters", 12480, ""),
        ("12.480.000 Euro", 12480000, "€"),
        ("3,5 Millionen Euro", 3500000, "€"),
        ("€3.5bn", 3.5e9, "€"),
        ("$3.2 million", 3200000, "$"),
        ("three hundred and forty people", 340, ""),
        ("two million dollars", 2000000, "$"),
        ("in 2018,", 2018, "year"),
        ("March 2026", 2026, "year"),
        ("0.26", 0.26, ""),
    ],
)
def test_numbers(text: str, value: float, unit: str) -> None:
    figure = only(text)
    assert figure.value == pytest.approx(value)
    assert figure.unit == unit


@pytest.mark.parametrize(
    "text", ["COVID-19", "one of them", "the 1st", "at 9:30", "v2.1.3", "no number"]
)
def test_what_counts_nothing(text: str) -> None:
    assert not figures_in(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("26%", "twenty-six per cent"),
        ("26 per cent", "0.26"),
        ("about 12,500 meters", "12,480 meters"),
        ("some 12,000 meters", "12,480 meters"),
        ("3.2 million marks", "3,200,000 marks"),
        ("nearly 26%", "25.8%"),
    ],
)
def test_same(one: str, other: str) -> None:
    first, second = only(one), only(other)
    assert first.may_be(second)
    assert first.equals(second)
    assert second.equals(first)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("26%", "28%"),
        ("12,500 meters", "12,480 meters"),
        ("about 13,000 meters", "12,480 meters"),
        ("3.2 million marks", "3.4 million marks"),
        ("about 20 per cent", "26 per cent"),
    ],
)
def test_otherwise(one: str, other: str) -> None:
    first, second = only(one), only(other)
    assert first.may_be(second)
    assert not first.equals(second)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("26%", "26 points"),
        ("26 years old", "26 meters"),
        ("in 2018,", "$2018"),
        ("40 marks", "40%"),
    ],
)
def test_of_other_things(one: str, other: str) -> None:
    assert not only(one).may_be(only(other)) or not only(one).is_of(only(other))


@given(st.text())
def test_any_text_has_figures_in_order(text: str) -> None:
    figures = figures_in(text)
    for before, after in pairwise(figures):
        assert before.range.end <= after.range.start
    for figure in figures:
        assert text[slice(*figure.range)].strip()
        assert figure.equals(figure)


LEDGER_CLAIM = "7,900 of the town's 12,600 meters were replaced"


@pytest.mark.parametrize(
    ("draft", "found"),
    [
        ("Some 7,800 of the town's 12,600 meters were replaced.", "7,800"),
        ("The town has 12,600 meters, and 7,800 were replaced last year.", "7,800"),
        ("The town replaced 7,900 of 12,600 meters.", ""),
    ],
)
def test_a_figure_alone_is_compared_with_the_one_that_is_left(draft: str, found: str) -> None:
    document = Document(draft, (Block(BlockKind.PARAGRAPH, 0, len(draft)),))
    selector = Selector(LEDGER_CLAIM)
    annotation = Annotation("A", selector, Place(0, 1), ("claim",), "", "")
    claim = MarkedClaim(annotation, "B", "The ledger")
    findings = figures_otherwise(document, [claim])
    assert [each.figure for each in findings] == ([found] if found else [])
