"""Headers, footers and numbers of pages: what is left out, and what only looks like one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from reader.formats.pdf.lines import PdfLine
from reader.formats.pdf.margins import PdfPage, without_margins


def line(text: str, top: float, size: float = 10, left: float = 40) -> PdfLine:
    return PdfLine(text, left, left + 5 * len(text), top - size, top, size)


def page(
    index: int, head: Sequence[PdfLine] = (), foot: Sequence[PdfLine] = (), rows: int = 20
) -> PdfPage:
    """Return a page of 600 points: a head above 560, text from 540 with gaps of 2, and a foot."""
    body = [line(f"text {'abcdefgh'[index]} {'x' * n}", 540 - 12 * n) for n in range(rows)]
    return PdfPage([*head, *body, *foot], 0, 600, str(index + 1), index)


def left_out(pages: Sequence[PdfPage], at: int = 1) -> list[str]:
    """Return the lines that are dropped from a page among its neighbours."""
    others = [each for number, each in enumerate(pages) if number != at]
    kept = {id(each) for each in without_margins(pages[at], others)}
    return [each.text for each in pages[at].lines if id(each) not in kept]


@pytest.mark.parametrize(
    ("heads", "dropped"),
    [
        (["The Tide Tables"] * 3, ["The Tide Tables"]),
        (["Tides 1", "Tides 2", "Tides 3"], ["Tides 2"]),
        (["Tides iv", "Tides v", "Tides xi"], ["Tides v"]),
        (["Tides 10", "Tides 12", "Tides 15"], []),
        (["Tides 1 of 9", "Tides 2 of 9", "Tides 3 of 9"], ["Tides 2 of 9"]),
        (["TIDES", "Tides", "tides"], ["Tides"]),
        (["One", "Two", "Three"], []),
        (["One", "The Tide Tables", "The Tide Tables"], ["The Tide Tables"]),
        (["2 Tides", "Tides", "Tides"], ["Tides"]),
        (["One", "2 Two", "Three"], ["2 Two"]),  # begins with the number of its page
        (["One", "Two 2", "Three"], ["Two 2"]),
        (["One", "Two 3", "Three"], []),
        (["One", "2", "Three"], ["2"]),
        (["One", "Page 2 of 30", "Three"], ["Page 2 of 30"]),
        (["One", "– 2 –", "Three"], ["– 2 –"]),
        (["One", "xii", "Three"], ["xii"]),
        (["One", "12345", "Three"], []),
    ],
)
def test_what_heads_of_pages_share_is_left_out(heads: list[str], dropped: list[str]) -> None:
    above = [page(n, head=[line(text, 590)]) for n, text in enumerate(heads)]
    assert left_out(above) == dropped
    below = [page(n, foot=[line(text, 20)]) for n, text in enumerate(heads)]
    assert left_out(below) == dropped


@pytest.mark.parametrize(("shift", "is_head"), [(0, True), (1, True), (12, False)])
def test_heads_stand_at_one_height(shift: float, is_head: bool) -> None:
    pages = [page(n, head=[line("Tides", 590 - shift * (n != 1))]) for n in range(3)]
    assert left_out(pages) == (["Tides"] if is_head else [])


def test_a_head_of_the_text_s_size_stands_apart_from_it() -> None:
    """Rows of the text that are the same on every page stay: no gap separates them from it."""
    close = [page(n, head=[line("Tides", 552)]) for n in range(3)]
    assert left_out(close) == []
    apart = [page(n, head=[line("Tides", 575)]) for n in range(3)]
    assert left_out(apart) == ["Tides"]
    small = [page(n, head=[line("Tides", 552, size=7)]) for n in range(3)]
    assert left_out(small) == ["Tides"]


def test_a_row_is_left_out_as_a_whole_or_not_at_all() -> None:
    pages = [
        page(n, head=[line("Tides", 590), line(f"Chapter {'abc'[n]}", 590, left=200)])
        for n in range(3)
    ]
    assert left_out(pages) == []
    pages = [page(n, head=[line("Tides", 590), line("Part", 590, left=200)]) for n in range(3)]
    assert left_out(pages) == ["Tides", "Part"]


def test_what_is_far_from_the_edge_is_text() -> None:
    pages = [page(n, foot=[line("Tides", 250)], rows=20) for n in range(3)]
    assert left_out(pages) == []


def test_of_a_page_that_is_all_repeated_only_numbers_are_left_out() -> None:
    lines = [("The Form", 590), ("Name", 570), ("7", 20)]
    pages = [PdfPage([line(*each) for each in lines], 0, 600, str(n + 1), n) for n in range(3)]
    assert left_out(pages) == ["7"]


def test_a_page_alone_loses_its_number_only() -> None:
    alone = page(0, head=[line("Tides", 590)], foot=[line("1", 20)])
    kept = [each.text for each in without_margins(alone, [])]
    assert "Tides" in kept
    assert "1" not in kept


@pytest.mark.parametrize("text", ["2 pilots came", "to read 2"])
@pytest.mark.parametrize(("distance", "is_left_out"), [(2, False), (8, False), (30, True)])
def test_a_line_with_the_number_of_the_page_is_left_out_only_apart_from_the_text(
    text: str, distance: float, is_left_out: bool
) -> None:
    wanted = [text] if is_left_out else []
    pages = [page(n) for n in range(3)]
    pages[1] = page(1, head=[line(text, 550 + distance)])
    assert left_out(pages) == wanted
    pages = [page(n, rows=42) for n in range(3)]
    pages[1] = page(1, foot=[line(text, 38 - distance)], rows=42)
    assert left_out(pages) == wanted


def test_lines_beside_each_other_do_not_touch() -> None:
    pages = [page(n) for n in range(3)]
    pages[1] = page(1, head=[line("2 Tides", 590), line("Ferries 2", 590, left=200)])
    assert left_out(pages) == ["2 Tides", "Ferries 2"]


def test_a_number_that_touches_the_text_is_part_of_it() -> None:
    pages = [page(n, foot=[line("1999", 301)]) for n in range(3)]
    assert left_out(pages) == []
    touching = PdfPage([line("1999", 590), line("text", 581), line("more", 560)], 0, 600, "9", 8)
    assert "1999" in [each.text for each in without_margins(touching, [])]
