"""Tables of Readwise and of its Reader, in the form in which these programs write them."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.imports.model import BadRow
from tests.imports.reading import damaged, read, read_or_refuse

CSV = """Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,Highlighted at,Document tags
The harbour,The Quiet Ledger,Oriel Castane and Imre Dask,B00TIDES01,.h2,,,location,100,2026-07-17 14:00:25+00:00,"sea, law"
"Tides keep
no ""books"".",The Quiet Ledger,Oriel Castane and Imre Dask,B00TIDES01,".favorite .to-check Is it *so*?",yellow,"Old boats, law",location,1204,2026-07-17 14:00:26+00:00,"sea, law"
Other words,Bridges,"Dask, Imre",0306406152,,,,page,12,2026-07-18,
,Bridges,"Dask, Imre",0306406152,On all of it,,,none,0,,
,Bridges,"Dask, Imre",0306406152,,,,page,13,,
Before the heading,The Quiet Ledger,Oriel Castane and Imre Dask,B00TIDES01,.5 percent,,,location,90,,"sea, law"
"""

BULK = """Highlight,Title,Author,URL,Note,Location,Date
Tides keep no books,The Quiet Ledger,Oriel Castane,https://harbour.example/ledger,Is it so?,12,2026-07-17T14:00:25Z
"""

READER = """Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen
The Quiet Ledger,https://harbour.example/ledger,01gmjxjdxs6snfysns8hj3ssnk,"['sea', 'old boats']",2026-07-17 14:00:25+00:00,0.5,archive,True
Bridges,https://bridges.example/,01gmjxjdxs6snfysns8hj3ssnl,[],2026-07-17 14:00:25+00:00,0,new,False
"""


def test_every_column_is_read() -> None:
    found = read(CSV)
    assert (found.kind, found.bad_rows) == (
        "readwise", [BadRow(7, "it has neither a highlight nor a note")],
    )  # fmt: skip
    ledger, bridges = found.sources
    assert (ledger.title, ledger.authors) == ("The Quiet Ledger", ("Oriel Castane", "Imre Dask"))
    assert (ledger.tags, ledger.isbn) == (("sea", "law"), "")
    heading, mark, before = ledger.notes
    assert (heading.quote, heading.tags, heading.section) == ("The harbour", ("h2",), "")
    assert (mark.quote, mark.note) == ('Tides keep\nno "books".', "Is it *so*?")
    assert mark.tags == ("Old boats", "law", "favorite", "to-check")
    assert (mark.colour, mark.section, mark.position) == ("yellow", "The harbour", "Location 1204")
    assert (mark.created, mark.row) == ("2026-07-17T14:00:26.000Z", 3)
    assert (before.section, before.note, before.tags) == ("", ".5 percent", ())
    assert (bridges.authors, bridges.isbn) == (("Imre Dask",), "0306406152")
    words, on_all = bridges.notes
    assert (words.page, words.position, on_all.quote) == ("12", "", "")
    assert on_all.note == "On all of it"


def test_the_table_of_the_bulk_import_is_read() -> None:
    (source,) = read(BULK).sources
    (note,) = source.notes
    assert (source.url, source.authors) == ("https://harbour.example/ledger", ("Oriel Castane",))
    assert (note.quote, note.note, note.created) == (
        "Tides keep no books", "Is it so?", "2026-07-17T14:00:25.000Z",
    )  # fmt: skip


def test_the_list_of_reader_has_documents_alone() -> None:
    found = read(READER)
    assert (found.kind, found.notes) == ("readwise", [])
    ledger, bridges = found.sources
    assert (ledger.tags, ledger.is_archived) == (("sea", "old boats"), True)
    assert (ledger.added, bridges.tags) == ("2026-07-17T14:00:25.000Z", ())


def test_a_date_of_reader_that_cannot_be_read_is_told() -> None:
    date = next(re.finditer(r"\d{4}-\d\d-\d\d[^,\"]*", READER))[0]
    found = read(READER.replace(date, "yesterday", 1))
    assert [each.message for each in found.bad_rows] == [
        "its date cannot be read, and is left out: yesterday"
    ]


def test_the_table_of_oreilly_is_read() -> None:
    text = (
        "Book Title,Chapter Title,Date of Highlight,Book URL,Chapter URL,Annotation URL,Highlight,"
        "Color,Personal Note\n"
        "The Quiet Ledger,One,2026-01-02,https://books.example/l/,https://books.example/l/1,x,no books,"
        "yellow,Is it?\n"
    )
    (source,) = read(text).sources
    (note,) = source.notes
    assert (source.title, source.url) == ("The Quiet Ledger", "https://books.example/l/")
    assert (note.quote, note.note, note.section, note.colour) == (
        "no books",
        "Is it?",
        "One",
        "yellow",
    )
    assert note.created == "2026-01-02T00:00:00.000Z"


def test_a_long_cell_is_one_cell() -> None:
    words = "words and words\n" * 20_000
    found = read(f'Highlight,Book Title\n"{words}",Bridges\nLast,Bridges\n')
    assert [each.quote for each in found.notes] == [words.strip(), "Last"]


def test_the_order_and_the_number_of_columns_may_differ() -> None:
    (source,) = read("Book Title,Highlight\nBridges,Words\nBridges,More,extra\n").sources
    assert [each.quote for each in source.notes] == ["Words", "More"]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("Highlight,", "highlight,").replace("Color", "COLOR"),
        lambda text: text.rstrip("\n"),
        lambda text: text + "\n\n",
        lambda text: "sep=,\r\n" + text,
    ],
)
def test_variants_give_the_same(change: object) -> None:
    assert callable(change)
    found, variant = read(CSV), read(change(CSV))
    assert [each.note for each in variant.notes] == [each.note for each in found.notes]
    assert read(change(CSV).encode("utf-16")).kind == "readwise"


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("", ()),
        ("Oriel Castane", ("Oriel Castane",)),
        ("Castane, Oriel", ("Oriel Castane",)),
        ("A One, B Two, and C Three", ("A One", "B Two", "C Three")),
        ("A One and B Two", ("A One", "B Two")),
        ("A One; B Two", ("A One", "B Two")),
        ("A One & B Two", ("A One", "B Two")),
        ("A One, B Two, C Three", ("A One", "B Two", "C Three")),
        ("Unknown", ()),
    ],
)
def test_authors_are_parted(author: str, names: tuple[str, ...]) -> None:
    assert read(f'Highlight,Book Title,Book Author\nx,y,"{author}"\n').sources[0].authors == names


@given(
    st.sampled_from([each.encode() for each in (CSV, BULK, READER)]),
    st.integers(0), st.binary(max_size=8), st.integers(0, 40),
)  # fmt: skip
def test_a_damaged_file_is_read_or_refused(
    sample: bytes, place: int, piece: bytes, cut: int
) -> None:
    read_or_refuse(damaged(sample, place, piece, cut))


def test_an_answer_of_the_api_is_read() -> None:
    highlight = {
        "id": 58741401, "text": "no books", "location": 1204, "location_type": "location",
        "note": ".why Is it?", "color": "yellow", "highlighted_at": "2026-07-17T14:00:25.000Z",
        "updated_at": "2026-07-18T14:00:25.000Z", "tags": [{"id": 1, "name": "sea"}],
        "is_favorite": True, "is_discard": False, "url": None, "book_id": 123,
    }  # fmt: skip
    book = {
        "user_book_id": 123, "title": "The Quiet Ledger", "author": "Oriel Castane",
        "source_url": "https://harbour.example/ledger", "asin": "0306406152", "category": "articles",
        "book_tags": [{"id": 2, "name": "tides"}], "document_note": "On all",
        "highlights": [highlight, {**highlight, "id": 2, "is_discard": True}],
    }  # fmt: skip
    for form in ({"count": 1, "nextPageCursor": None, "results": [book]}, [book]):
        found = read(json.dumps(form))
        (source,) = found.sources
        assert (found.kind, source.url, source.isbn) == (
            "readwise",
            book["source_url"],
            "0306406152",
        )
        assert (source.authors, source.tags) == (("Oriel Castane",), ("tides",))
        on_all, mark = source.notes
        assert (on_all.note, on_all.key) == ("On all", "123 note")
        assert (mark.quote, mark.note, mark.tags) == (
            "no books",
            "Is it?",
            ("sea", "why", "favorite"),
        )
        assert (mark.position, mark.key) == ("Location 1204", "58741401")
        assert mark.modified == "2026-07-18T14:00:25.000Z"
    assert read(json.dumps([book] * 3 + [{"x": 1}])).bad_rows[0].row == 4
