"""Instapaper's CSV, and the Markdown of an article's highlights that its apps share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.imports.model import BadRow
from tests.imports.reading import damaged, read, read_or_refuse

CSV = '''URL,Title,Selection,Folder,Timestamp,Tags
https://harbour.example/ledger,The Quiet Ledger,"Tides keep
no ""books""",Old boats,1767322800,"[""sea"",""law""]"
https://bridges.example/,Bridges,,Archive,1767322801,[]
instapaper-private://email/0123456789abcdef/,A letter,Words,Unread,1767322802,[]
,Nothing,,Unread,1767322803,[]
'''

SHARED = """# [The Quiet [Ledger]](https://harbour.example/ledger)

> Tides keep
> no books

Is it *so*?

Second paragraph.

> No note here

> Last
Note right below
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_column_is_read(newline: str) -> None:
    found = read(CSV.replace("\n", newline))
    assert (found.kind, found.bad_rows) == ("instapaper", [BadRow(6, "the web address is missing")])
    ledger, bridges, letter = found.sources
    assert (ledger.title, ledger.tags) == ("The Quiet Ledger", ("sea", "law", "old boats"))
    (note,) = ledger.notes
    assert note.quote.split() == ["Tides", "keep", "no", '"books"']
    assert (note.created, ledger.added) == ("2026-01-02T03:00:00.000Z",) * 2
    assert (bridges.is_archived, bridges.notes) == (True, ())
    assert (letter.url, letter.title, letter.notes[0].quote) == ("", "A letter", "Words")


def test_older_tables_have_neither_tags_nor_times() -> None:
    found = read(
        "URL,Title,Selection,Folder,Timestamp\nhttps://a.example/,A,Words,Unread,1767322800\n"
    )
    assert (found.kind, found.notes[0].quote) == ("instapaper", "Words")
    found = read("URL,Title,Selection,Folder\nhttps://a.example/,A,Words,Sea\n")
    assert (found.kind, found.notes[0].quote) == ("instapaper", "Words")
    assert (found.sources[0].tags, found.sources[0].added) == (("sea",), "")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_highlights_of_an_article_are_read(newline: str) -> None:
    found = read(SHARED.replace("\n", newline))
    (source,) = found.sources
    assert (found.kind, source.title) == ("instapaper", "The Quiet [Ledger]")
    assert source.url == "https://harbour.example/ledger"
    assert [(each.quote, each.note, each.row) for each in source.notes] == [
        ("Tides keep\nno books", "Is it *so*?\n\nSecond paragraph.", 3),
        ("No note here", "", 10),
        ("Last", "Note right below", 12),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "# [A note of one's own](https://a.example/)\n\nNo quote below.\n",
        "# A heading\n\n> Quote\n",
        "# [A](javascript:alert)\n\n> Quote\n",
    ],
)
def test_other_markdown_is_not_taken(text: str) -> None:
    assert read(text).kind != "instapaper"


@given(
    st.sampled_from([CSV.encode(), SHARED.encode()]),
    st.integers(0), st.binary(max_size=8), st.integers(0, 40),
)  # fmt: skip
def test_a_damaged_file_is_read_or_refused(
    sample: bytes, place: int, piece: bytes, cut: int
) -> None:
    read_or_refuse(damaged(sample, place, piece, cut))
