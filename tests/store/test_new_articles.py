"""New articles that are added together: all of them or none, and known at once."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from msgspec.structs import replace

from reader.core.document import Metadata
from reader.errors import StoreError
from reader.store.files.article_file import ArticleRecord
from reader.store.library import Library
from tests.store.examples import ARTICLE, annotation

RECORDS = [
    ArticleRecord(
        replace(
            ARTICLE,
            id=f"01K0000000000000000{number:02}AAAAA",
            source=f"https://example.org/{number}",
            source_metadata=Metadata(title="The same title", url=f"https://example.org/{number}"),
        ),
        (annotation(number),),
    )
    for number in range(20)
]


def test_they_are_written_and_found_at_once(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.save(RECORDS[0].article.id, article=RECORDS[0].article)
    assert library.add_articles(RECORDS) == [RECORDS[0]]
    for article, notes in RECORDS[1:]:
        assert library.load(article.id) == (article, notes)
        found = library.finder.first_indexed(url=f"http://www.example.org{article.source[19:]}/")
        assert found == article
    assert len(library.articles()) == len(RECORDS)
    assert library.add_articles(RECORDS) == RECORDS
    assert len(list(library.paths.articles.iterdir())) == len(RECORDS)
    assert len(Library(tmp_path).articles()) == len(RECORDS)


def test_where_one_cannot_be_written_none_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Library(tmp_path)
    library.save(RECORDS[0].article.id, article=RECORDS[0].article)
    sync, calls = os.fsync, []

    def full(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == 7:
            raise OSError(errno.ENOSPC, "No space left on device")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match=r"disk is full"):
        library.add_articles(RECORDS)
    monkeypatch.undo()
    assert [each.id for each in library.articles()] == [RECORDS[0].article.id]
    assert len(list(library.paths.articles.iterdir())) == 1
