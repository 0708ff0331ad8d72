"""Omnivore's archive with articles and highlights, and the JSON of its API."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import SourceError
from reader.imports import omnivore
from reader.imports.links import archives
from reader.imports.model import BadRow, ImportedSource, Remark
from tests.imports.reading import archive, damaged, read, read_or_refuse, with_words

HTML = "<html><body><p>Tides keep no books.</p></body></html>"
LEDGER = {
    "id": "0d5c4b6e", "slug": "the-quiet-ledger", "title": "The Quiet Ledger",
    "description": "About tides", "author": "Oriel Castane",
    "url": "https://harbour.example/ledger", "state": "Archived", "readingProgress": 80,
    "thumbnail": "", "labels": ["Sea", "Old boats"], "savedAt": "2024-05-01T10:00:00.000Z",
    "updatedAt": "2024-05-02T10:00:00.000Z", "publishedAt": "2024-04-01T00:00:00.000Z",
}  # fmt: skip
BRIDGES = {
    **LEDGER,
    "slug": "bridges",
    "title": "Bridges",
    "url": "https://b.example/",
    "labels": [],
}

# A quote of two paragraphs, with labels and a note; one alone; a note on the whole article.
HIGHLIGHTS = (
    "> Tides keep\n> \nno books. \n\n#sea #old boats\n\nIs it *so*?\n\nYes.\n\n"
    "> second \n\n"
    "On all of it\n\n\n\n"
    "> third \n\nWith a note"
)


def text_of(source: ImportedSource) -> bytes:
    assert source.read_text is not None
    return source.read_text()


def packed(**files: bytes | str) -> bytes:
    return archive(
        {
            "metadata_0_to_20.json": json.dumps([LEDGER, BRIDGES, "broken", {"x": 1}]),
            "content/the-quiet-ledger.html": HTML,
            "highlights/the-quiet-ledger.md": HIGHLIGHTS,
            **files,
        }
    )


def test_the_articles_have_their_texts_and_highlights() -> None:
    found = read(packed())
    assert found.kind == "omnivore"
    assert found.bad_rows == [
        BadRow(number, "it is not an article of Omnivore", is_entry=True) for number in (3, 4)
    ]
    ledger, bridges = found.sources
    assert (ledger.title, ledger.authors, ledger.url) == (
        "The Quiet Ledger", ("Oriel Castane",), "https://harbour.example/ledger",
    )  # fmt: skip
    assert (ledger.tags, ledger.is_archived) == (("sea", "old boats"), True)
    assert (ledger.added, ledger.published) == (
        "2024-05-01T10:00:00.000Z", "2024-04-01T00:00:00.000Z",
    )  # fmt: skip
    assert (text_of(ledger), ledger.text_name) == (HTML.encode(), "the-quiet-ledger.html")
    assert (bridges.read_text, bridges.notes) == (None, ())
    assert [(each.quote, each.tags, each.note) for each in ledger.notes] == [
        ("Tides keep\n\nno books.", ("sea", "old boats"), "Is it *so*?\n\nYes."),
        ("second", (), ""),
        ("", (), "On all of it"),
        ("third", (), "With a note"),
    ]


def test_an_archive_that_a_mac_packed_again_is_read() -> None:
    junk = b"\x00\x05\x16\x07Mac OS X"
    files: dict[str, bytes | str] = {
        "export/metadata_0_to_20.json": json.dumps([LEDGER]),
        "export/content/the-quiet-ledger.html": HTML,
        "export/highlights/the-quiet-ledger.md": "> second ",
        "__MACOSX/export/._metadata_0_to_20.json": junk,
        "__MACOSX/export/content/._the-quiet-ledger.html": junk,
        "__MACOSX/export/highlights/._the-quiet-ledger.md": junk,
    }
    found = read(archive(files))
    (source,) = found.sources
    assert (found.kind, found.bad_rows, text_of(source)) == ("omnivore", [], HTML.encode())
    assert [each.quote for each in source.notes] == ["second"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("On all of it\n\n", [("", "On all of it")]),
        ("> one ", [("one", "")]),
        ("> one \n\n> two ", [("one", ""), ("two", "")]),
        ("> one \n\nnote\n\nall\n\n", [("one", "note"), ("", "all")]),
        ("> one \n\n# a heading\n\nmore", [("one", "# a heading\n\nmore")]),
        ("> one \n\n- a\n- b", [("one", "- a\n- b")]),
        ("all\n\n\n\n> one ", [("", "all"), ("one", "")]),
    ],
)
def test_every_form_of_its_highlights_is_read(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(each.quote, each.note) for each in omnivore.highlights_in(text, 1)] == expected


HIGHLIGHT = {
    "id": "bf79e2b0-7d95", "type": "HIGHLIGHT", "quote": "Tides keep no books", "annotation": "Is it?",
    "patch": "@@ -126,32 +126,52 @@", "color": "yellow", "prefix": " ", "suffix": " at all",
    "labels": [{"name": "Sea"}], "highlightPositionPercent": 39.48, "highlightPositionAnchorIndex": 3,
    "createdAt": "2024-06-22T09:51:51.000Z", "updatedAt": "2024-06-22T09:52:53.000Z",
}  # fmt: skip
NODE: dict[str, Any] = {
    "slug": "the-quiet-ledger", "title": "The Quiet Ledger", "siteName": "The Harbour",
    "originalArticleUrl": "https://harbour.example/ledger", "labels": [{"name": "Sea"}],
    "url": "https://omnivore.app/me/the-quiet-ledger", "content": HTML, "isArchived": True,
    "highlights": [HIGHLIGHT, {"type": "NOTE", "annotation": "On all", "quote": None}, {"type": "REDACTION"}],
}  # fmt: skip


@pytest.mark.parametrize(
    "form",
    [
        [NODE],
        NODE,
        {"items": [NODE]},
        {"articles": [NODE]},
        {"data": {"search": {"edges": [{"cursor": "1", "node": NODE}], "pageInfo": {}}}},
    ],
)
def test_its_json_is_read_in_every_container(form: Any) -> None:
    found = read(json.dumps(form))
    assert (found.kind, found.bad_rows) == ("omnivore", [])
    (source,) = map(with_words, found.sources)
    assert len(found.notes) == len(source.notes) + 1
    assert (source.url, source.site) == ("https://harbour.example/ledger", "The Harbour")
    assert (text_of(source), source.text_name) == (HTML.encode(), "the-quiet-ledger.html")
    assert source.is_archived
    mark, on_all = source.notes
    assert (mark.quote, mark.note, mark.tags) == ("Tides keep no books", "Is it?", ("sea",))
    assert (mark.colour, mark.prefix, mark.suffix) == ("yellow", " ", " at all")
    assert (mark.key, mark.position) == ("bf79e2b0-7d95", "39 %")
    assert (mark.created, mark.modified) == ("2024-06-22T09:51:51.000Z", "2024-06-22T09:52:53.000Z")
    assert (on_all.quote, on_all.note) == ("", "On all")


def test_highlights_of_an_article_that_no_list_has_are_kept() -> None:
    files = {"highlights/lost-ships.md": "> Forty ships. ", "content/lost-ships.html": HTML}
    found = read(packed(**files, **{"__MACOSX/highlights/._bridges.md": "junk"}))
    *_, lost = found.sources
    assert (lost.title, [each.quote for each in lost.notes]) == ("lost ships", ["Forty ships."])
    assert (text_of(lost), lost.text_name) == (HTML.encode(), "lost-ships.html")
    assert len(found.sources) == 3
    assert found.remarks == [
        Remark("The lists lack the article of 1 file of highlights; it is named after the file.")
    ]


def test_what_is_too_large_is_told_and_the_rest_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_COPY_BYTES", 1_000)
    monkeypatch.setattr(omnivore, "_MAX_HIGHLIGHTS", 1_000)
    found = read(
        packed(**{"content/bridges.html": b" " * 5_000, "highlights/bridges.md": b"x" * 2_000})
    )
    assert found.bad_rows[0].message == "highlights/bridges.md is damaged or too large"
    ledger, bridges = found.sources
    assert text_of(ledger) == HTML.encode()
    with pytest.raises(SourceError, match=r"content/bridges\.html"):
        text_of(bridges)


def test_a_list_that_is_no_json_is_told() -> None:
    found = read(packed(**{"metadata_20_to_40.json": "[{"}))
    assert found.bad_rows[-1] == BadRow(
        5, "metadata_20_to_40.json is not JSON that can be read", is_entry=True
    )


@given(st.integers(0), st.binary(max_size=8), st.integers(0, 40))
def test_a_damaged_file_is_read_or_refused(place: int, piece: bytes, cut: int) -> None:
    read_or_refuse(damaged(packed(), place, piece, cut))
    read_or_refuse(damaged(json.dumps([NODE]).encode(), place, piece, cut))
