"""The index is derived from the files: whatever happens to it, the lists show the files."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from reader.core.annotation import Annotation
from reader.core.document import Metadata
from reader.core.evidence import Evidence, Relation, TargetKind, linked
from reader.store.library import Library
from tests.store.examples import ARTICLE, LATER, OTHER, annotation, document


def overwrite(path: Path) -> None:
    path.write_bytes(b"not a database" * 1000)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def age(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
        connection.execute("DROP TABLE annotations")
        connection.execute("CREATE TABLE cards(id)")
    connection.close()


def drop(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE snapshots")
        connection.execute("DROP TABLE files")
    connection.close()


def replace_by_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def delete_all(path: Path) -> None:
    shutil.rmtree(path.parent)


HARMS = (Path.unlink, overwrite, cut, empty, age, drop, replace_by_a_folder, delete_all)


@pytest.fixture
def filled(library: Library) -> Library:
    """A library of two articles, listed once."""
    library.save(ARTICLE.id, article=ARTICLE, annotations=[annotation(1), annotation(2)])
    library.save(OTHER.id, article=OTHER, annotations=[annotation(3, tag="quote")])
    library.articles()
    return library


@pytest.mark.parametrize("harm", HARMS)
def test_a_harmed_index_is_made_again_from_the_files(
    filled: Library, harm: Callable[[Path], None]
) -> None:
    articles, annotations = filled.articles(), filled.annotations()
    filled.close()
    harm(filled.folder / "cache" / "index.sqlite")
    for _ in range(2):
        fresh = Library(filled.folder)
        assert fresh.finder.first(source=OTHER.source) == OTHER
        assert fresh.articles() == articles
        assert fresh.annotations() == annotations
        assert fresh.load(ARTICLE.id) == (ARTICLE, (annotation(1), annotation(2)))
        assert fresh.problems == []
        fresh.close()


@pytest.mark.parametrize("harm", HARMS)
def test_an_open_index_is_made_again(filled: Library, harm: Callable[[Path], None]) -> None:
    articles, annotations = filled.articles(), filled.annotations()
    harm(filled.folder / "cache" / "index.sqlite")
    assert filled.finder.first(source=OTHER.source) == OTHER
    assert filled.articles() == articles
    assert filled.annotations() == annotations
    filled.save(ARTICLE.id, annotations=[annotation(4)])
    assert [each.annotations for each in filled.articles()] == [1, 3]
    third = msgspec.structs.replace(OTHER, id="01KTHIRD", source="/third")
    filled.save(third.id, article=third)
    assert filled.finder.first(source="/third") == third


@pytest.mark.parametrize("seed", range(12))
def test_random_damage_to_the_index_loses_no_article(filled: Library, seed: int) -> None:
    path = filled.folder / "cache" / "index.sqlite"
    filled.close()
    chance = random.Random(seed)
    content = bytearray(path.read_bytes())
    for _ in range(30):
        content[chance.randrange(len(content))] = chance.randrange(256)
    path.write_bytes(content)
    fresh = Library(filled.folder)
    fresh.finder.first(source=OTHER.source)
    fresh.articles()
    fresh.annotations()
    assert fresh.load(ARTICLE.id) == (ARTICLE, (annotation(1), annotation(2)))
    fresh.save(OTHER.id, annotations=[annotation(5)])
    fresh.close()


def test_the_index_follows_changes_to_the_files(filled: Library) -> None:
    folder = filled.folder / "articles"
    ledger = next(folder.glob("the-quiet-ledger*"))
    ledger.write_text(ledger.read_text("utf-8").replace("The Quiet Ledger", "Edited"), "utf-8")
    next(folder.glob("港*")).unlink()
    (folder / "notes.txt").write_text("mine", "utf-8")
    (folder / ".hidden.json").write_text("{", "utf-8")
    assert [each.title for each in filled.articles()] == ["Edited"]
    assert filled.finder.first(source=OTHER.source) is None
    assert filled.problems == []


def test_a_locked_index_does_not_stop_the_library(
    filled: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.store.index.database._BUSY_TIMEOUT", 0.01)
    filled.close()
    holder = sqlite3.connect(filled.folder / "cache" / "index.sqlite", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    other = Library(filled.folder)
    third = msgspec.structs.replace(
        OTHER, id="01KTHIRD", source="/third", source_metadata=Metadata("3")
    )
    other.save(third.id, article=third)
    assert other.finder.first(source="/third") == third
    assert len(other.articles()) == 3
    holder.execute("ROLLBACK")
    holder.close()
    assert len(filled.articles()) == 3
    other.close()


def test_finding_an_article_reads_no_other_article(filled: Library) -> None:
    for path in (filled.folder / "articles").glob("the-quiet-ledger*"):
        path.chmod(0)
        path.write_bytes(b"")
    assert Library(filled.folder).finder.first(source=OTHER.source) == OTHER


def test_a_library_that_was_read_before_it_existed_has_an_index(library: Library) -> None:
    assert library.finder.first(source=ARTICLE.source) is None
    library.save(ARTICLE.id, article=ARTICLE)
    assert library.finder.first(source=ARTICLE.source) == ARTICLE
    assert (library.folder / "cache" / "index.sqlite").is_file()


def linked_to(*targets: str, number: int, deleted: str = "") -> Annotation:
    evidence = [Evidence(Relation.SUPPORTS, TargetKind.ANNOTATION, target) for target in targets]
    links = linked((), evidence)
    return msgspec.structs.replace(annotation(number, deleted=deleted), links=links)


def test_what_is_linked_to_a_passage_is_found_from_the_passage(filled: Library) -> None:
    target, page = annotation(1).id, "http://www.example.org/tides?utm_source=x"
    filled.save(ARTICLE.id, annotations=[linked_to(target, page, number=2)])
    filled.save(OTHER.id, annotations=[linked_to(target, number=3)])

    def found(of: str) -> list[str]:
        filled.lists.update()
        return [each.annotation.id for each in filled.lists.annotations_linked_to(of)]

    assert found(target) == [annotation(3).id, annotation(2).id]
    assert found("https://example.org/tides/") == [annotation(2).id]
    assert found(annotation(2).id) == []
    filled.save(OTHER.id, annotations=[linked_to(target, number=3, deleted=LATER)])
    assert found(target) == [annotation(2).id]
    removed = msgspec.structs.replace(
        linked_to(target, number=2),
        links=({"type": "isSupportedBy", "target": target, "removed": LATER},),
        modified=LATER,
    )
    filled.save(ARTICLE.id, annotations=[removed])
    assert found(target) == []


def test_looking_up_what_is_linked_reads_no_other_link(filled: Library) -> None:
    filled.close()
    with sqlite3.connect(filled.folder / "cache" / "index.sqlite") as connection:
        plan = connection.execute(
            "EXPLAIN QUERY PLAN SELECT summary FROM annotations"
            " WHERE key IN (SELECT key FROM links WHERE target = 'x')"
        ).fetchall()
    connection.close()
    assert not [row for row in plan if str(row[-1]).startswith("SCAN")]


def test_lists_know_how_long_an_article_is_and_how_many_claims_are_open(library: Library) -> None:
    text = document("One two three.", "Four five.")
    library.write_snapshot(text)
    claims = [
        annotation(1),
        replace(annotation(2), status="unchecked"),
        replace(annotation(3), status="refuted"),
        annotation(4, tag="quote"),
        annotation(5, deleted=LATER),
    ]
    metadata = replace(ARTICLE.source_metadata, published="2026-03")
    article = replace(ARTICLE, snapshot=text.digest, source_metadata=metadata)
    library.save(article.id, article=article, annotations=claims)
    (listed,) = library.articles()
    assert (listed.words, listed.open_claims, listed.published) == (5, 2, "2026-03")
    library.save(article.id, annotations=[replace(claims[0], status="supported", modified=LATER)])
    assert library.articles()[0].open_claims == 1
