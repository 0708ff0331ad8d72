"""Raindrop's CSV, with each form of its cell of highlights."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.imports.model import BadRow, ImportedNote
from tests.imports.reading import damaged, read, read_or_refuse

COLUMNS = (
    "id",
    "title",
    "note",
    "excerpt",
    "url",
    "folder",
    "tags",
    "created",
    "cover",
    "highlights",
    "favorite",
)


def table(*rows: dict[str, str], columns: tuple[str, ...] = COLUMNS) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(
        [columns, *([row.get(name, "") for name in columns] for row in rows)]
    )
    return out.getvalue()


ROW = {
    "id": "100", "title": "The Quiet Ledger", "note": "On *all* of it", "excerpt": "A description",
    "url": "https://harbour.example/ledger", "folder": "Research/Old boats", "tags": "sea, law, sea",
    "created": "2026-01-02T03:04:05.123Z", "highlights": "Tides keep\nno books", "favorite": "true",
}  # fmt: skip


def test_every_column_is_read() -> None:
    found = read(
        table(
            ROW,
            {"id": "101", "title": "No address"},
            {"url": "https://b.example/", "folder": "Unsorted"},
        )
    )
    assert found.kind == "raindrop"
    ledger, bridges = found.sources
    assert (ledger.title, ledger.url) == ("The Quiet Ledger", "https://harbour.example/ledger")
    assert ledger.tags == ("sea", "law", "research", "old boats", "favorite")
    assert ledger.added == "2026-01-02T03:04:05.123Z"
    note, *marks = ledger.notes
    assert (note.quote, note.note, note.key) == ("", "On *all* of it", "100 note")
    assert [each.quote for each in marks] == ["Tides keep", "no books"]
    assert (bridges.tags, bridges.notes) == ((), ())
    assert found.bad_rows == [BadRow(4, "the web address is missing")]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("", []),
        ("one", [ImportedNote(quote="one", row=2)]),
        ("[an aside]\nmore", [ImportedNote(quote="[an aside]", row=2), ImportedNote(quote="more", row=2)]),
        ("Highlight:one\nNote:why\n\nHighlight: two\nwith more\nColor: red",
         [ImportedNote(quote="one", note="why", row=2), ImportedNote(quote="two\nwith more", colour="red", row=2)]),
        ("Highlight:one Note:why so Highlight:two, a note: of it Color:red",
         [ImportedNote(quote="one", note="why so", row=2),
          ImportedNote(quote="two, a note: of it", colour="red", row=2)]),
        ("no label Highlight:one", [ImportedNote(quote="no label Highlight:one", row=2)]),
        (json.dumps([{"_id": "a1", "text": "one", "note": "why", "color": "red", "created": "2026-01-02T00:00:00Z"}, "two"]),
         [ImportedNote(quote="two", row=2),
          ImportedNote(quote="one", note="why", colour="red", key="a1", created="2026-01-02T00:00:00.000Z", row=2)]),
    ],
)  # fmt: skip
def test_every_form_of_highlights_is_read(cell: str, expected: list[ImportedNote]) -> None:
    found = read(table({"url": "https://a.example/", "highlights": cell}))
    assert found.notes == expected


def test_older_tables_lack_columns() -> None:
    columns = ("title", "description", "url", "folder", "tags", "created", "cover", "highlights")
    (source,) = read(table(ROW, columns=columns)).sources
    assert len(source.notes) == 2
    found = read(table(ROW, columns=("id", "title", "note", "url", "created", "highlights")))
    assert (found.kind, len(found.notes), found.sources[0].tags) == ("raindrop", 3, ())


@given(st.integers(0), st.binary(max_size=8), st.integers(0, 40))
def test_a_damaged_file_is_read_or_refused(place: int, piece: bytes, cut: int) -> None:
    read_or_refuse(damaged(table(ROW, ROW).encode(), place, piece, cut))


def test_an_answer_of_the_api_is_read() -> None:
    item = {
        "_id": 100, "link": "https://harbour.example/ledger", "title": "The Quiet Ledger",
        "excerpt": "", "note": "On all", "tags": ["Sea"], "important": True, "type": "article",
        "collection": {"$id": -1}, "created": "2026-01-02T03:04:05.123Z",
        "highlights": [{"_id": "a1", "text": "no books", "color": "red", "note": "Is it?",
                        "created": "2026-01-03T03:04:05.123Z", "lastUpdate": "2026-01-04T00:00:00Z"}],
    }  # fmt: skip
    found = read(json.dumps({"result": True, "items": [item, {**item, "link": ""}], "count": 1}))
    (source,) = found.sources
    assert (found.kind, source.tags) == ("raindrop", ("Sea", "favorite"))
    on_all, mark = source.notes
    assert (on_all.note, on_all.key) == ("On all", "100 note")
    assert (mark.quote, mark.note, mark.colour, mark.key) == ("no books", "Is it?", "red", "a1")
    assert mark.modified == "2026-01-04T00:00:00.000Z"
    assert found.bad_rows == [BadRow(2, "the web address is missing", is_entry=True)]


def test_answers_of_the_api_on_highlights_and_on_one_bookmark_are_read() -> None:
    highlight = {
        "_id": "a1", "text": "no books", "color": "red", "note": "Is it?", "tags": ["sea"],
        "created": "2026-01-03T03:04:05.123Z", "raindropRef": 100,
        "link": "https://harbour.example/ledger", "title": "The Quiet Ledger",
    }  # fmt: skip
    found = read(json.dumps({"result": True, "items": [highlight, {**highlight, "link": ""}]}))
    (source,) = found.sources
    assert (found.kind, source.title, source.url) == (
        "raindrop", "The Quiet Ledger", "https://harbour.example/ledger",
    )  # fmt: skip
    (mark,) = source.notes
    assert (mark.quote, mark.note, mark.colour, mark.tags) == (
        "no books",
        "Is it?",
        "red",
        ("sea",),
    )
    assert (mark.key, len(found.bad_rows)) == ("a1", 1)
    bookmark = {
        "_id": 100, "link": "https://harbour.example/ledger", "title": "The Quiet Ledger",
        "excerpt": "", "collection": {"$id": -1}, "highlights": [{"_id": "a1", "text": "no books"}],
    }  # fmt: skip
    one = read(json.dumps({"result": True, "item": bookmark}))
    assert (one.kind, [each.key for each in one.notes]) == ("raindrop", ["a1"])
