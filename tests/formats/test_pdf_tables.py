"""Tables of a PDF: which rows below each other are one, its columns, and its head."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from reader.formats.pdf.lines import PdfCell, PdfLine
from reader.formats.pdf.tables import PdfTable, with_tables

LEFTS = (40.0, 140.0, 240.0)


def row(
    base: float, *texts: str, size: float = 10, bold: bool = False, lefts: Sequence[float] = LEFTS
) -> PdfLine:
    """Return a line whose cells begin at the columns; each letter is 5 points wide."""
    cells = tuple(
        PdfCell(left, left + 5 * len(text), text)
        for left, text in zip(lefts, texts, strict=False)
        if text
    )
    line = PdfLine(
        " ".join(filter(None, texts)),
        cells[0].left,
        cells[-1].right,
        base - 2,
        base + 8,
        size,
        base,
    )
    line.cells = cells if len(cells) > 1 else ()
    line.column, line.is_bold = (40.0, 340.0), bold
    return line


def read(*lines: PdfLine) -> list[PdfTable | str]:
    return [each if isinstance(each, PdfTable) else each.text for each in with_tables(lines)]


def rows_of(*lines: PdfLine) -> list[list[str]] | None:
    found = read(*lines)
    return found[0].rows if len(found) == 1 and isinstance(found[0], PdfTable) else None


def test_three_rows_of_two_cells_are_a_table_and_two_are_lines() -> None:
    lines = [row(500 - 12 * n, f"a{n}", f"b{n}") for n in range(3)]
    assert rows_of(*lines) == [["a0", "b0"], ["a1", "b1"], ["a2", "b2"]]
    assert read(*lines[:2]) == ["a0 b0", "a1 b1"]
    (table,) = read(*lines)
    assert isinstance(table, PdfTable)
    assert (table.aligns, table.header_rows, table.lines) == ("ll", 0, lines)


@pytest.mark.parametrize(
    ("distance", "is_one"), [(12, True), (34.9, True), (35, False), (0, False)]
)
def test_rows_of_one_table_are_close(distance: float, is_one: bool) -> None:
    lines = [row(500 - distance * n, f"a{n}", f"b{n}") for n in range(3)]
    assert (rows_of(*lines) is not None) == is_one


def test_a_new_column_begins_another_table() -> None:
    lines = [row(500 - 12 * n, f"a{n}", f"b{n}") for n in range(6)]
    lines[3].is_new_column = True
    first, second = read(*lines)
    assert isinstance(first, PdfTable)
    assert isinstance(second, PdfTable)
    assert (first.lines, second.lines) == (lines[:3], lines[3:])


def test_a_short_line_between_rows_is_one_and_after_them_is_not() -> None:
    lines = [row(500, "a", "b"), row(488, "more"), row(476, "c", "d"), row(464, "e", "f")]
    after = row(452, "after")
    table, last = read(*lines, after)
    assert isinstance(table, PdfTable)
    assert table.rows == [["a", "b"], ["more", ""], ["c", "d"], ["e", "f"]]
    assert last == "after"


@pytest.mark.parametrize(
    ("line", "is_row"),
    [
        (row(488, "x" * 26), True),
        (row(488, "x" * 27), False),  # 135 points: 0.45 of the column
        (row(488, "x", size=11), True),
        (row(488, "x", size=11.1), False),
        (row(482.1, "x"), True),
        (row(482, "x"), False),
    ],
)
def test_a_line_of_one_cell_is_a_row_where_it_is_short_small_and_close(
    line: PdfLine, is_row: bool
) -> None:
    rows = [row(500, "a", "b"), line, *(row(476 - 12 * n, "c", "d") for n in range(3))]
    first = read(*rows)[0]
    assert (isinstance(first, PdfTable) and len(first.rows) == 5) == is_row


@pytest.mark.parametrize(
    ("column", "align"),
    [
        (["1", "2", "3"], "r"), (["$1,200.50", "–3 %", "(12)"], "r"), (["1", "-", "n/a"], "r"),
        (["1", "2", "x", "4"], "r"), (["1", "2", "x"], "l"), (["1", "x", "y"], "l"),
        (["", "2", "3"], "r"), (["1a", "2b", "3c"], "l"),
    ],
)  # fmt: skip
def test_a_column_of_numbers_is_set_to_the_right(column: list[str], align: str) -> None:
    lines = [row(500 - 12 * n, "name", "word", text) for n, text in enumerate(column)]
    (table,) = read(*lines)
    assert isinstance(table, PdfTable)
    assert table.aligns == f"ll{align}"


@pytest.mark.parametrize(
    ("head", "bold", "header_rows"),
    [
        (("Year", "Books"), (False, False), 1),
        (("2020", "300"), (False, False), 0),
        (("Year", "300"), (False, False), 0),
        (("2020", "300"), (True, False), 1),
        (("2020", "300"), (True, True), 0),
    ],
)
def test_a_head_stands_over_numbers_or_is_bold(
    head: tuple[str, str], bold: tuple[bool, bool], header_rows: int
) -> None:
    body = [row(488 - 12 * n, str(2021 + n), str(301 + n), bold=bold[1]) for n in range(5)]
    (table,) = read(row(500, *head, bold=bold[0]), *body)
    assert isinstance(table, PdfTable)
    assert table.header_rows == header_rows


def test_numbered_formulas_and_columns_of_prose_are_no_tables() -> None:
    formulas = [row(500 - 12 * n, f"x = {n} y", f"({n})") for n in range(4)]
    assert rows_of(*formulas) is None
    assert rows_of(*formulas, row(452, "x = y", "so")) is not None
    lefts = (0.0, 400.0)
    for length, is_table in ((40, True), (41, False)):
        prose = [row(500 - 12 * n, "p" * length, "q" * length, lefts=lefts) for n in range(4)]
        assert (rows_of(*prose) is not None) == is_table
    half = [row(500 - 12 * n, "p" * 41, "q", lefts=lefts) for n in range(4)]
    assert rows_of(*half) is not None


@pytest.mark.parametrize(("count", "is_table"), [(24, True), (25, False)])
def test_a_table_has_a_greatest_number_of_columns(count: int, is_table: bool) -> None:
    lefts = [20.0 * n for n in range(count)]
    lines = [row(500 - 12 * n, *["ab"] * count, lefts=lefts) for n in range(3)]
    assert (rows_of(*lines) is not None) == is_table


def test_cells_stand_in_the_column_that_they_begin_in() -> None:
    lines = [row(500 - 12 * n, "first", "second", "third") for n in range(12)]
    wide = row(356, "over the first two columns", "", "third")
    beside = row(344, "a", "b", "c", lefts=(60, 168, 262))
    table = rows_of(*lines, wide, beside)
    assert table is not None
    assert table[12] == ["over the first two columns", "", "third"]
    assert table[13] == ["a", "b", "c"]
