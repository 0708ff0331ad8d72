"""Tables with damaged rows: what is bad is told with its line, and the rest is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.imports.model import BadRow, GivenFile
from reader.imports.rows import Row, rows_of
from tests.imports.reading import read

HEADING = "Highlight,Book Title,Book Author,Note,Location,Highlighted at\n"
GOOD = [f"Words {each},Tides,Oriel,,{each},2026-07-17 14:00:25+00:00\n" for each in range(5)]
UNCLOSED = "a quotation mark is not closed"


def quotes_of(table: str) -> tuple[list[str], list[BadRow]]:
    found = read(table)
    assert found.kind == "readwise"
    return [each.quote for each in found.notes], found.bad_rows


@pytest.mark.parametrize(
    "broken",
    ['"Not closed,Tides,Oriel,,7,\n', 'Not closed,Tides,Oriel,"Why,7,\n', 'Not closed,Tides,"\n'],
)
@pytest.mark.parametrize("after", ["", '"Closed, with a comma",Tides,Oriel,,9,\n'])
def test_a_mark_that_is_not_closed_takes_no_other_row_along(broken: str, after: str) -> None:
    quotes, bad_rows = quotes_of(HEADING + GOOD[0] + broken + GOOD[1] + after + GOOD[2])
    expected = ["Words 0", "Words 1", *(["Closed, with a comma"] if after else []), "Words 2"]
    assert quotes == expected
    assert bad_rows == [BadRow(3, UNCLOSED)]


def test_cells_of_several_lines_are_whole() -> None:
    cell = '"Words, of\nmany, lines\n\nwith ""marks"" and, commas",Tides,Oriel,"A\nnote",8,\n'
    quotes, bad_rows = quotes_of(HEADING + GOOD[0] + cell + GOOD[1])
    assert quotes == ["Words 0", 'Words, of\nmany, lines\n\nwith "marks" and, commas', "Words 1"]
    assert bad_rows == []


def test_sloppy_marks_in_a_line_are_read() -> None:
    quotes, bad_rows = quotes_of(HEADING + 'He said "no" there,Tides,Oriel,,8,\n' + GOOD[1])
    assert (quotes, bad_rows) == (['He said "no" there', "Words 1"], [])


def test_a_row_of_one_cell_is_bad() -> None:
    quotes, bad_rows = quotes_of(HEADING + GOOD[0] + "garbage\n" + GOOD[1] + "more")
    assert quotes == ["Words 0", "Words 1"]
    assert bad_rows == [
        BadRow(3, "it has 1 cell, and not 6"),
        BadRow(5, "it has 1 cell, and not 6"),
    ]


def test_a_date_that_cannot_be_read_is_told_and_the_row_read() -> None:
    quotes, bad_rows = quotes_of(HEADING + "Words,Tides,Oriel,,1,soon\n" + GOOD[1])
    assert quotes == ["Words", "Words 1"]
    assert bad_rows == [BadRow(2, "its date cannot be read, and is left out: soon")]


@pytest.mark.parametrize(
    ("heading", "row"),
    [
        ("URL,Title,Selection,Folder,Timestamp", "not-an-address,A,Words,Unread,1767322800"),
        ("title,url,time_added,tags,status", "A,not-an-address,1700000000,,unread"),
        ("id,title,url,created,highlights", "1,A,not-an-address,2026-07-17T14:00:25Z,Words"),
    ],
)
def test_an_article_without_a_web_address_is_told(heading: str, row: str) -> None:
    good = row.replace("not-an-address", "https://a.example/")
    found = read(f"{heading}\n{row}\n{good}\n")
    assert [each.url for each in found.sources] == ["https://a.example/"]
    assert found.bad_rows == [BadRow(2, "its web address cannot be read")]


@given(st.lists(st.sampled_from(['"', "a", ",", "\n", '""', '",', ',"', "\r\n"]), max_size=60))
def test_no_row_is_read_twice_and_none_fails(pieces: list[str]) -> None:
    file = GivenFile(("a,b,c\n" + "".join(pieces)).encode(), "x.csv")
    lines = [each.line if isinstance(each, Row) else each.row for each in rows_of(file)]
    assert lines == sorted(set(lines))
