"""Plain text at its top and in its chapters: title, byline, parts and what stands below them."""

from __future__ import annotations

import pytest

from reader.core.document import BlockKind, Document
from reader.formats import read_document

PROSE = (
    "The keeper of the harbour writes every ship into the book, and the book is older than he is."
)


def read(*units: str) -> Document:
    return read_document("\n\n".join(units).encode(), kind="text", name="a.txt")


def headings(document: Document) -> list[tuple[int, str]]:
    return [
        (block.level, document.quote(block.range))
        for block in document.blocks
        if block.kind is BlockKind.HEADING
    ]


def test_chapters_stand_below_the_parts_of_a_work() -> None:
    document = read(
        "The Harbour Book", PROSE, "PART ONE", PROSE, "CHAPTER I", PROSE, "CHAPTER II", PROSE,
        "PART TWO", PROSE, "CHAPTER III", PROSE,
    )  # fmt: skip
    assert headings(document)[1:] == [
        (2, "PART ONE"), (3, "CHAPTER I"), (3, "CHAPTER II"), (2, "PART TWO"), (3, "CHAPTER III"),
    ]  # fmt: skip
    flat = read("The Harbour Book", PROSE, "CHAPTER I", PROSE, "CHAPTER II", PROSE)
    assert headings(flat)[1:] == [(2, "CHAPTER I"), (2, "CHAPTER II")]


@pytest.mark.parametrize(
    ("below", "authors", "shown"),
    [
        ("By Jane Doe", ("Jane Doe",), []),
        (f"By Jane Doe\n{PROSE}", ("Jane Doe",), [PROSE]),
        (f"{PROSE}\n{PROSE}", (), [PROSE, PROSE]),
        (f"By Jane Doe\n12 March 2024\n{PROSE}", ("Jane Doe",), [PROSE]),
    ],
)
def test_what_stands_below_a_title_in_its_group(
    below: str, authors: tuple[str, ...], shown: list[str]
) -> None:
    document = read(f"The wall of the harbour\n=======================\n{below}", PROSE, PROSE)
    assert headings(document) == [(1, "The wall of the harbour")]
    assert document.metadata.authors == authors
    text = " ".join(document.text.split())
    assert text.count(PROSE) == len(shown) + 2


@pytest.mark.parametrize(
    ("line", "is_heading"),
    [
        ("Chapter 1. One two three four five six.", True),
        ("Chapter 1. One two three four five six seven.", False),  # nine words: a sentence
        ("Chapter 1. One two three four five six seven", True),
        ("chapter 1. One two three.", False),
    ],
)
def test_a_chapter_that_ends_in_a_full_stop_is_a_short_line(line: str, is_heading: bool) -> None:
    document = read("The Harbour Book", PROSE, line, PROSE)
    assert ((2, line) in headings(document)) == is_heading


@pytest.mark.parametrize(
    ("first", "below", "is_heading"),
    [
        ("CHAPTER ONE", ["It begins here."], True),
        ("CHAPTER ONE", ["It begins here and", "it ends here."], True),
        ("Chapter 1. It ends.", ["It begins here."], True),
        ("Chapter 1. It ends.", ["It begins here and", "it ends here."], False),
        ("chapter 1", ["it is only mentioned here and", "it goes on."], False),
    ],
)
def test_a_chapter_s_line_may_stand_right_above_its_text(
    first: str, below: list[str], is_heading: bool
) -> None:
    document = read("The Harbour Book", PROSE, "\n".join([first, *below]), PROSE)
    assert ((2, first) in headings(document)) == is_heading


@pytest.mark.parametrize(
    ("unit", "heading"),
    [
        ("=====\nTides\n=====", (2, "Tides")),
        ("=====\nTides\n=====\nText goes on here.", (2, "Tides")),
        ("-----\nTides\n-----", (3, "Tides")),
        ("Tides\n=====\nText goes on here.", (2, "Tides")),
        ("=====\nTides\n-----", (3, "Tides")),  # the line below counts
        ("=====\n\n=====", None),
        ("=====\n-----\n=====", None),
    ],
)
def test_a_heading_may_stand_between_two_lines_of_signs(
    unit: str, heading: tuple[int, str] | None
) -> None:
    found = headings(read("The Harbour Book", PROSE, unit, PROSE))
    assert found[1:] == ([heading] if heading else [])
