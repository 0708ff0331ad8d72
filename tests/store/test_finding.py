"""Articles that moved are found by their other keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reader.core.annotation import Article
from reader.core.document import Metadata
from reader.store.library import Library


def article(number: int, source: str, *, title: str = "", url: str = "", **fields: Any) -> Article:
    moment = f"2026-11-{number:02d}T10:00:00.000Z"
    return Article(
        f"01ARZ3NDEKTSV4RRFFQ69G{number:04d}",
        source,
        Metadata(title=title, url=url),
        added=moment,
        opened=moment,
        **fields,
    )


TIDES = article(
    1,
    "/texts/tides.md",
    title="The Tide Tables",
    url="http://www.example.org/tides/?utm_source=letter#top",
    source_digest="5" * 64,
    snapshot="7" * 64,
)
LEDGER = article(2, "/texts/ledger.md", title="The quiet ledger", source_digest="5" * 64)
PAGE = article(3, "https://example.org/tides?fbclid=1", title="the  tide tables")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library(tmp_path / "library")
    for each in (TIDES, LEDGER, PAGE):
        library.save(each.id, article=each)
    return library


@pytest.mark.parametrize(
    ("by", "found"),
    [
        ({"url": "https://example.org/tides?gclid=2"}, [TIDES, PAGE]),
        ({"source_digest": "5" * 64}, [LEDGER, TIDES]),
        ({"digest": "7" * 64}, [TIDES]),
        ({"title": "THE TIDE TABLES "}, [PAGE, TIDES]),
        ({"file_name": "tides.md"}, [TIDES]),
        ({"title": "the quiet ledger", "file_name": "tides.md"}, [LEDGER, TIDES]),
        ({"url": "https://example.org/ledger", "title": "", "file_name": "x.md"}, []),
        ({}, []),
    ],
)
def test_every_matching_article_is_found_once(
    library: Library, by: dict[str, Any], found: list[Article]
) -> None:
    assert library.finder.all(**by) == found
    assert library.finder.all(**by, limit=1) == found[:1]


def test_an_address_is_found_with_other_parameters(library: Library) -> None:
    assert library.finder.first(url="https://example.org/tides/?mc_cid=4") == TIDES
    assert library.finder.first(source="http://example.org/tides/") == PAGE


def test_an_index_of_an_earlier_version_is_made_again(library: Library, tmp_path: Path) -> None:
    import sqlite3

    library.close()
    with sqlite3.connect(library.folder / "cache" / "index.sqlite") as connection:
        connection.execute("PRAGMA user_version = 1")
        connection.execute("DROP TABLE files")
        connection.execute("CREATE TABLE files(name BLOB PRIMARY KEY, article TEXT)")
    connection.close()
    assert Library(tmp_path / "library").finder.all(file_name="tides.md") == [TIDES]
