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
        ("2,5 Mrd. Euro", 2.5e9, "€"),
        ("4,3 millions d’euros", 4.3e6, "€"),
        ("1,2 millones de euros", 1.2e6, "€"),
        ("one in four patients", 25, "%"),
        ("9 out of 10 patients", 90, "%"),
        ("fell by half", 50, "%"),
        ("fell by a third", 33, "%"),
        ("12 km of wall", 12_000, ""),
        ("a wall of 40 cm", 0.4, ""),
        ("2 m lower", 2, ""),
        ("2m people", 2e6, ""),
        ("the 13th bridge", 13, "th"),
        ("the third bridge", 3, "th"),
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
        ("more than 3 million marks", "3.4 million marks"),
        ("at least 3 million marks", "3.4 million marks"),
        ("less than 4 million marks", "3.4 million marks"),
        ("no more than 4 million marks", "3.4 million marks"),
        ("mehr als 3 Millionen Mark", "3,4 Millionen Mark"),
        ("over 18,000 keys", "18,340 keys"),
        ("18.340 keys", "18,340 keys"),
        ("12.480 Meter", "12 480 Meter"),
        ("200 cm of rain", "two metres of rain"),
        ("12 km of wall", "12 kilometres of wall"),
        ("41°C", "41 degrees"),
        ("one in three", "33%"),
        ("a quarter of them", "26%"),
        ("half of them", "51.5 per cent"),
        ("knapp 8 Prozent", "7,9 Prozent"),
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
        ("more than 4 million marks", "3.4 million marks"),
        ("no more than 3 million marks", "3.4 million marks"),
        ("more than 1 million marks", "3.4 million marks"),
        ("over 19,000 keys", "18,340 keys"),
        ("$12,500", "€12,500"),
        ("one in four", "33%"),
        ("a quarter of them", "29%"),
        ("a third of them", "a quarter of them"),
        ("the 12th bridge", "the 13th bridge"),
        ("2.5 billion euros", "2.5 million euros"),
        ("0 patients", "5 patients"),
        ("37%", "0%"),
        ("zero per cent", "37 per cent"),
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
        ("$12,500", "€11,400"),
        ("the 12th bridge", "the 13th clerk"),
        ("the third bridge", "a third of the bridges"),
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


@pytest.mark.parametrize(
    ("draft", "claim", "is_same"),
    [
        ("150 to 200 patients", "150–200 patients", True),
        ("between 150 and 200 patients", "150 to 200 patients", True),
        ("180 patients", "150 to 200 patients", True),
        ("250 patients", "150 to 200 patients", False),
        ("150 to 300 patients", "150 to 200 patients", False),
        ("6 patients", "from 5 to 7 patients", False),
        ("3 patients", "0 to 5 patients", True),
        ("0 patients", "0 to 5 patients", True),
        ("0 patients", "1 to 5 patients", False),
    ],
)
def test_ranges(draft: str, claim: str, *, is_same: bool) -> None:
    last, of_claim = figures_in(draft)[-1], figures_in(claim)
    assert any(last.equals(each) for each in of_claim if last.may_be(each)) is is_same


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
