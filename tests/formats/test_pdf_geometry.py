"""Where paragraphs of a PDF end, by the positions of two lines in their column."""

from __future__ import annotations

import pytest

from reader.formats.pdf.breaks import (
    ends_sentence,
    has_room,
    is_indented,
    is_short,
    leading,
    starts_indented,
)
from reader.formats.pdf.lines import PdfLine, find_gutter, in_reading_order

COLUMN = (40.0, 340.0)


def line(
    text: str = "words of a line",
    left: float = 40,
    right: float = 340,
    base: float = 500,
    size: float = 10,
) -> PdfLine:
    """Return a line of the column, whose letters reach from below its base line to above it."""
    made = PdfLine(text, left, right, base - 2, base + 8, size, base)
    made.column = COLUMN
    return made


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("It closed.", True), ("It closed!”", True), ("(it closed).", True), ("It closed.)", True),
        ("It closed.12", True), ("It closed.¹⁻³", True), ("It closed.12345678", True),
        ("It closed.123456789", False), ("It closed", False), ("It closed,", False),
        ("3.5", True), ("", False), ("closed? and so", False), ("終わった。", True),
    ],
)  # fmt: skip
def test_a_sentence_ends_with_its_sign(text: str, ends: bool) -> None:
    assert ends_sentence(text) == ends
    assert ends_sentence("x" * 40 + text) == ends or not text


@pytest.mark.parametrize(
    ("left", "starts"), [(40, False), (47, False), (47.1, True), (99.9, True), (100, False)]
)
def test_a_first_line_is_indented_by_a_little(left: float, starts: bool) -> None:
    assert starts_indented(line(left=left)) == starts


@pytest.mark.parametrize(
    ("before", "after", "may_hang", "ends"),
    [
        # Indented by more than 0.7 of the size, and less than 0.4 of the column.
        (line("It goes on"), line("So it", left=47), False, False),
        (line("It goes on"), line("So it", left=47.1), False, True),
        (line("It goes on"), line("So it", left=159.9), False, True),
        (line("It goes on"), line("So it", left=160), False, False),
        (line("It goes on"), line("so it", left=50), False, False),
        (line("It ended."), line("so it", left=50, right=300), False, True),
        (line("It ended.", right=338), line("so it", left=50, right=337.1), False, False),
        (line("It ended.", right=338), line("so it", left=50, right=336.9), False, True),
        # A hanging indent is no indent.
        (line("1. It ended."), line("So it", left=60), True, False),
        (line("1. It goes on"), line("So it", left=47), True, False),
        # At the margin: a new paragraph has a capital, and room for it on the line before.
        (line("It ended.", right=200), line("So it was then"), False, True),
        (line("It ended.", right=335), line("So it was then"), False, False),
        (line("It ended.", right=200), line("so it was then"), False, False),
        (line("It is short", right=200), line("So it was then"), False, True),
        (line("It is short,", right=200), line("So it was then"), False, False),
        (line("It is not so short", right=230), line("So it was then"), False, False),
    ],
)
def test_a_paragraph_ends_between_two_lines(
    before: PdfLine, after: PdfLine, may_hang: bool, ends: bool
) -> None:
    assert is_indented(after, before, may_hang=may_hang) == ends


@pytest.mark.parametrize(
    ("text", "right", "short"),
    [
        ("so", 219.9, True), ("so", 220, False), ("so,", 100, False), ("so-", 100, False),
        ("so.", 100, True),
    ],
)  # fmt: skip
def test_a_short_line_leaves_two_fifths_of_its_column(text: str, right: float, short: bool) -> None:
    assert is_short(line(text, right=right)) == short


@pytest.mark.parametrize(
    ("right", "word", "has"),
    [(284.9, "four", True), (285, "four", False), (304.9, "it", True), (305, "it", False)],
)
def test_there_is_room_for_the_next_word_and_a_space(right: float, word: str, has: bool) -> None:
    """Each of the 30 characters of the next line is 10 points wide."""
    after = line(f"{word} ".ljust(30, "x"))
    assert has_room(line(right=right), after) == has


def test_the_leading_is_the_usual_distance_on_one_page() -> None:
    bases = [500, 488, 476, 464, 430, 429, 389, 700, 688]  # a gap, a step, and another column
    assert leading([line(base=base) for base in bases]) == 12
    assert leading([line(base=500), line(base=460.1)]) == pytest.approx(39.9)
    assert leading([line(base=500), line(base=460)]) == 0
    assert leading([line()]) == 0
    assert leading([]) == 0


def rows(count: int, left: float, right: float, top: float = 500) -> list[PdfLine]:
    return [line(f"{left:g} {n}", left, right, top - 12 * n) for n in range(count)]


def texts(lines: list[PdfLine]) -> list[str]:
    return [each.text for each in lines]


def test_columns_are_read_one_after_the_other_between_what_crosses_them() -> None:
    head, foot = line("head", 40, 340, 520), line("foot", 40, 340, 300)
    left, right = rows(12, 40, 180), rows(12, 200, 340)
    shuffled = [foot, *right[::2], *left[1::2], head, *right[1::2], *left[::2]]
    gutter = find_gutter([*left, *right])
    assert gutter is not None
    assert 180 <= gutter <= 200
    assert texts(in_reading_order(shuffled, gutter)) == texts([head, *left, *right, foot])
    joined = [f"40 {n} 200 {n}" for n in range(12)]
    assert texts(in_reading_order([*right, *left])) == joined


def test_a_line_that_only_touches_the_gutter_does_not_cross_it() -> None:
    left, right = rows(12, 40, 181), rows(12, 199, 340)
    assert texts(in_reading_order([*right, *left], 180)) == texts([*left, *right])
    assert texts(in_reading_order([*right, *left], 200)) == texts([*left, *right])


def test_a_page_with_few_lines_has_the_gutter_of_the_page_before() -> None:
    few = [*rows(2, 40, 180), *rows(2, 200, 340)]
    assert find_gutter(few) is None
    assert find_gutter(few, 190) == 190
    assert find_gutter(rows(4, 40, 180), 190) is None, "there is only one side"
    crossing = [line("across", 40, 340)]
    assert find_gutter([*few, *crossing], 190) == 190
    assert find_gutter([*few[1:3], *crossing], 190) is None, "more than a quarter crosses it"


@pytest.mark.parametrize(
    ("left", "right", "crosses"),
    [(189, 340, False), (188.9, 340, True), (40, 191, False), (40, 191.1, True)],
)
def test_a_line_crosses_the_gutter_by_more_than_a_point(
    left: float, right: float, crosses: bool
) -> None:
    """What stands above a line across both columns is read before what stands below it."""
    sides = [*rows(6, 40, 180), *rows(6, 200, 340)]
    between = line("between", left, right, 450)
    order = texts(in_reading_order([*sides, between], 190))
    assert (order.index("200 0") < order.index("40 5")) == crosses
