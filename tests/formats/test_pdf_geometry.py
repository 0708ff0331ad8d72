"""What lines of a PDF are, by their positions, sizes and fonts: columns, paragraphs, headings."""

from __future__ import annotations

import pytest

from reader.core.document import BlockKind, Metadata
from reader.formats.builder import DocumentBuilder
from reader.formats.pdf.breaks import (
    ends_sentence,
    has_room,
    is_indented,
    is_short,
    leading,
    starts_indented,
)
from reader.formats.pdf.lines import PdfLine, find_gutter, front_bands, in_reading_order
from reader.formats.pdf.paragraphs import ParagraphBuilder

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


@pytest.mark.parametrize(
    ("authors", "right", "size", "has_title", "are_apart"),
    [
        # Below a title: at most ten lines, at most three quarters as wide as the columns below.
        (4, 145, 10, True, True),
        (10, 145, 10, True, True),
        (11, 145, 10, True, False),
        (4, 145.1, 10, True, False),
        (4, 180, 10, True, False),
        (4, 145, 10, False, False),
        # As wide as the columns: of another size, and without a title at least five lines.
        (4, 180, 10.3, True, False),
        (4, 180, 10.4, True, True),
        (12, 180, 9.6, True, True),
        (5, 180, 10.4, False, True),
        (4, 180, 10.4, False, False),
    ],
)
def test_what_stands_above_the_columns_of_a_first_page_is_read_before_them(
    authors: int, right: float, size: float, has_title: bool, are_apart: bool
) -> None:
    """The left edge of the left column is 40, and its usual right edge 180."""
    above = [
        line("author", left, left + right - 40, 700 - 12 * number, size)
        for left in (40, 200)
        for number in range(authors)
    ]
    title = [line("title", 40, 340, 712)] if has_title else []
    columns = [*rows(12, 40, 180, 400), *rows(12, 200, 340, 400)]
    bands = front_bands([*columns, *above, *title], 190)
    assert sum(map(len, bands)) == len(columns) + len(above) + len(title)
    expected = [len(title) + len(above), len(columns)] if are_apart else [sum(map(len, bands))]
    assert [len(band) for band in bands] == expected


@pytest.mark.parametrize(
    ("left", "right", "is_title"),
    [(40, 190, False), (190, 340, False), (40, 190.1, True), (189.9, 340, True)],
)
def test_a_title_stands_on_both_sides_of_the_gutter(
    left: float, right: float, is_title: bool
) -> None:
    authors = [line("author", at, at + 60, 700 - 12 * n) for at in (40, 200) for n in range(4)]
    columns = [*rows(12, 40, 180, 400), *rows(12, 200, 340, 400)]
    above = line("perhaps a title", left, right, 712)
    assert (len(front_bands([above, *authors, *columns], 190)) == 2) == is_title


def test_nothing_is_apart_from_columns_where_one_side_is_empty() -> None:
    title, left = line("title", 40, 340, 712), line("author", 40, 100, 700)
    columns = [*rows(12, 40, 180, 400), *rows(12, 200, 340, 400)]
    assert len(front_bands([title, left, *columns], 190)) == 1


def level_of(
    text: str, size: float = 10, *, is_bold: bool = False, body_is_bold: bool = False
) -> int:
    """Return the level of a line as a paragraph among text of ten points; 0 if it is no heading."""
    body = [line(f"It goes on for {n} more words", base=700 - 12 * n) for n in range(9)]
    for each in body:
        each.is_bold = body_is_bold
    alone = line(text, base=400, size=size)
    alone.is_bold = is_bold
    builder = DocumentBuilder()
    paragraphs = ParagraphBuilder(builder, body)
    paragraphs.add_page([*body, alone], (0, "1"), frozenset(), {})
    paragraphs.finish()
    document = builder.document(Metadata(), is_complete=True)
    block = document.blocks[-1]
    assert text.endswith(document.quote(block.range)), "it is a block of its own"
    return block.level if block.kind is BlockKind.HEADING else 0


@pytest.mark.parametrize(
    ("text", "size", "is_bold", "level"),
    [
        # Larger than the text, and no sentence.
        ("The Tide Tables", 16, False, 1), ("The Tide Tables", 15.9, False, 2),
        ("The Tide Tables", 12.5, False, 2), ("The Tide Tables", 12.4, False, 3),
        ("The Tide Tables", 11.3, False, 3), ("The Tide Tables", 11.1, False, 0),
        ("The tide came.", 16, False, 0), ("The tide,", 16, False, 0),
        ("T" * 200, 16, False, 1), ("T" * 201, 16, False, 0), ("12 34", 16, False, 0),
        # A number and capitals, hardly smaller than the text.
        ("2. THE TIDE TABLES", 10, False, 2), ("IV THE TIDE", 9.1, False, 2),
        ("IV THE TIDE", 9, False, 0), ("2. THE TIDE TABLES", 9, False, 0), ("2. The Tide Tables", 10, False, 0),
        ("THE TIDE TABLES", 10, False, 0),
        ("2. " + "T" * 97, 10, False, 2), ("2. " + "T" * 98, 10, False, 0),
        # Bold and short, hardly smaller than the text.
        ("The Tide Tables", 9.6, True, 3), ("The Tide Tables", 9.5, True, 0),
        ("The tide came:", 10, True, 0), ("T" * 100, 10, True, 3), ("T" * 101, 10, True, 0),
    ],
)  # fmt: skip
def test_a_heading_is_large_or_numbered_in_capitals_or_bold(
    text: str, size: float, is_bold: bool, level: int
) -> None:
    assert level_of(text, size, is_bold=is_bold) == level


@pytest.mark.parametrize(("distance", "count"), [(12, 1), (18, 1), (27, 1), (36, 1), (37, 2)])
def test_the_lines_of_a_large_text_are_one_paragraph_up_to_twice_its_size(
    distance: float, count: int
) -> None:
    builder = DocumentBuilder()
    body = [line(f"words of line {n} of the text", base=300 - 12 * n) for n in range(9)]
    paragraphs = ParagraphBuilder(builder, body)
    large = [line("It is said that", base=500, size=18), line("all of it was", base=500, size=18)]
    large[1].base -= distance
    large[1].top -= distance
    large[1].bottom -= distance
    paragraphs.add_page([*large, *body], (0, "1"), frozenset(), {})
    paragraphs.finish()
    document = builder.document(Metadata(), is_complete=True)
    shown = [document.quote(each.range) for each in document.blocks]
    assert len(shown) == count + 1


@pytest.mark.parametrize(
    ("left", "text"),
    [
        (101.1, "Council met"), (100.5, "Councilmet"), (100, "Councilmet"), (99.1, "Councilmet"), (98.9, "Council met"),
        (98.1, "Council met"), (97, "Council met"),
    ],
)  # fmt: skip
def test_pieces_that_touch_are_one_word_and_pieces_that_overlap_are_two(
    left: float, text: str
) -> None:
    pieces = [line("Council", right=100), line("met", left=left, right=140)]
    assert texts(in_reading_order(pieces)) == [text]


def test_bold_makes_no_heading_where_all_of_the_text_is_bold() -> None:
    assert level_of("The Tide Tables", is_bold=True, body_is_bold=True) == 0


@pytest.mark.parametrize(("count", "is_heading"), [(1, True), (5, True), (6, False)])
def test_a_heading_has_at_most_five_lines(count: int, is_heading: bool) -> None:
    body = rows(9, 40, 340, 700)
    large = [line(f"Part {n} of it", base=500 - 16 * n, size=16) for n in range(count)]
    builder = DocumentBuilder()
    paragraphs = ParagraphBuilder(builder, body)
    paragraphs.add_page([*body, *large], (0, "1"), frozenset(), {})
    paragraphs.finish()
    document = builder.document(Metadata(), is_complete=True)
    assert document.quote(document.blocks[-1].range) == " ".join(texts(large))
    assert (document.blocks[-1].kind is BlockKind.HEADING) == is_heading
