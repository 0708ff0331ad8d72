"""Pocket's archive: its tables, and the highlights beside them."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import SourceError
from reader.imports import archive as archive_module
from reader.imports.links import link
from reader.imports.model import BadRow, Remark
from tests.imports.reading import archive, damaged, read, read_or_refuse

TABLE = """title,url,time_added,tags,status
The Quiet Ledger,https://harbour.example/ledger,1700000000,sea|law,archive
https://bridges.example/,https://bridges.example/,1700000001,,unread
Nothing,,1700000002,,unread
"""
HIGHLIGHTS = [
    {
        "url": "https://harbour.example/ledger", "title": "The Quiet Ledger",
        "highlights": [
            {"quote": "Tides keep no books", "created_at": 1700000100},
            {"quote": "a second one", "created_at": "2023-11-15 10:00:00"},
            {"quote": "", "created_at": 5}, "broken",
        ],
    },
    {"url": "https://only.example/", "title": "https://only.example/", "highlights": [{"quote": "x"}]},
]  # fmt: skip


@pytest.mark.parametrize("name", ["annotations/part_000000.json", "annotations/part_000000", "pocket/annotations/part_000000.json"])  # fmt: skip
@pytest.mark.parametrize("is_first", [True, False])
def test_the_articles_have_their_highlights(name: str, is_first: bool) -> None:
    files = {"part_000000.csv": TABLE, name: json.dumps(HIGHLIGHTS)}
    found = read(archive(dict(sorted(files.items(), reverse=is_first))))
    assert found.kind == "pocket"
    assert found.bad_rows == [BadRow(4, "the web address is missing (part_000000.csv)")]
    sources = {each.url: each for each in found.sources}
    ledger = sources["https://harbour.example/ledger"]
    assert (ledger.title, ledger.tags, ledger.is_archived) == (
        "The Quiet Ledger",
        ("sea", "law"),
        True,
    )
    assert ledger.added == "2023-11-14T22:13:20.000Z"
    assert [(each.quote, each.created) for each in ledger.notes] == [
        ("Tides keep no books", "2023-11-14T22:15:00.000Z"),
        ("a second one", "2023-11-15T10:00:00.000Z"),
    ]
    assert sources["https://bridges.example/"].title == ""
    assert len(sources["https://only.example/"].notes) == 1


def test_the_highlights_alone_are_read() -> None:
    found = read(json.dumps(HIGHLIGHTS))
    assert len(found.notes) == 3
    assert found.remarks == [Remark("Left out: 1 empty highlight.")]


@pytest.mark.parametrize("table", [TABLE, f"\ufeff{TABLE}", TABLE.replace("\n", "\r\n")])
def test_a_table_alone_is_read(table: str) -> None:
    found = read(table, "part_000000.csv")
    ledger, bridges = found.sources
    assert (found.kind, ledger.title, ledger.is_archived) == ("pocket", "The Quiet Ledger", True)
    assert (ledger.tags, bridges.title) == (("sea", "law"), "")
    assert found.bad_rows == [BadRow(4, "the web address is missing")]


def test_an_archive_without_compression_is_no_table() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as opened:
        opened.writestr("part_000000.csv", TABLE)
    assert [each.url for each in read(packed.getvalue()).sources] == [
        "https://harbour.example/ledger",
        "https://bridges.example/",
    ]


def test_highlights_that_are_no_json_are_told() -> None:
    found = read(archive({"part_000000.csv": TABLE, "annotations/part_000000.json": "[{broken"}))
    assert len(found.sources) == 2
    assert "annotations/part_000000.json" in found.bad_rows[-1].message


def test_a_bomb_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link, "MAX_BYTES", 1_000_000)
    with pytest.raises(SourceError, match="too large"):
        read(archive({"part_000000.csv": b" " * 5_000_000}))
    monkeypatch.setattr(archive_module, "MAX_DIRECTORY_BYTES", 100)
    assert read(archive({f"part_{n}.csv": b"" for n in range(20)})).kind == ""


@given(st.integers(0), st.binary(max_size=8), st.integers(0, 40))
def test_a_damaged_file_is_read_or_refused(place: int, piece: bytes, cut: int) -> None:
    sample = archive(
        {"part_000000.csv": TABLE, "annotations/part_000000.json": json.dumps(HIGHLIGHTS)}
    )
    read_or_refuse(damaged(sample, place, piece, cut))


def test_an_answer_of_the_api_is_read() -> None:
    item = {
        "item_id": "229279689", "given_url": "https://harbour.example/l", "status": "1", "favorite": "1",
        "resolved_url": "https://harbour.example/ledger", "resolved_title": "The Quiet Ledger",
        "time_added": "1700000000", "tags": {"sea": {"item_id": "229279689", "tag": "sea"}},
        "annotations": [{"annotation_id": "a1", "item_id": "229279689", "quote": "no books",
                         "patch": "x", "version": "2", "created_at": "2023-11-15 10:00:00"}],
    }  # fmt: skip
    for items in ({"229279689": item}, [item]):
        found = read(json.dumps({"status": 1, "complete": 1, "list": items, "since": 1700000000}))
        (source,) = found.sources
        assert (found.kind, source.title, source.url) == (
            "pocket",
            "The Quiet Ledger",
            item["resolved_url"],
        )
        assert (source.tags, source.is_archived) == (("sea", "favorite"), True)
        (note,) = source.notes
        assert (note.quote, note.key, note.created) == (
            "no books",
            "a1",
            "2023-11-15T10:00:00.000Z",
        )
