"""The snapshots of an article's versions stay in the library, but for the oldest of very many."""

from __future__ import annotations

from msgspec.structs import replace

from reader.core.annotation import Article
from reader.core.document import Document
from reader.core.seen_texts import MOST_TEXTS, with_seen_text
from reader.store.library import Library
from reader.store.library_merge import merge_library
from tests.store.examples import ARTICLE, OTHER, annotation, document


def text(number: int) -> Document:
    return document(f"This is version {number} of the text.")


def seen(article: Article, number: int) -> Article:
    digest = text(number).digest
    return replace(
        with_seen_text(article, digest, f"2026-11-28T{number // 60:02}:{number % 60:02}:00.000Z"),
        snapshot=digest,
    )


def with_versions(library: Library, article: Article, count: int, first: int = 0) -> Article:
    """Save an article with one version after another."""
    for number in range(first, first + count):
        article = seen(article, number)
        library.write_snapshot(text(number))
        article = library.save(article.id, article=article).article
    return article


def test_versions_stay_though_no_annotation_refers_to_them(library: Library) -> None:
    article = with_versions(library, ARTICLE, 5)
    assert len(article.versions) == 5
    assert all(library.has_snapshot(text(number).digest) for number in range(5))


def test_the_oldest_of_very_many_go_with_their_snapshots_but_none_that_is_annotated(
    library: Library,
) -> None:
    annotated = text(1).digest
    with_versions(library, ARTICLE, 3)
    library.save(ARTICLE.id, annotations=[annotation(1, snapshot=annotated)])
    library.write_snapshot(text(2))
    library.save(OTHER.id, article=seen(OTHER, 2))
    library.articles()  # the index is up to date
    article = with_versions(library, library.load(ARTICLE.id).article, MOST_TEXTS, first=3)
    digests = [text(number).digest for number in range(MOST_TEXTS + 3)]
    assert article.versions.keys() == {annotated, *digests[2:]}
    assert not library.has_snapshot(digests[0])
    assert all(library.has_snapshot(digest) for digest in digests[1:])
    article = with_versions(library, article, 3, first=MOST_TEXTS + 3)
    assert library.has_snapshot(digests[2]), "another article has it"
    assert not library.has_snapshot(digests[3])
    assert library.has_snapshot(annotated)


def test_a_stale_window_brings_no_dropped_version_back(library: Library) -> None:
    stale = with_versions(library, ARTICLE, 3)
    with_versions(library, stale, MOST_TEXTS, first=3)
    merged = library.save(ARTICLE.id, article=stale).article
    assert len(merged.versions) == MOST_TEXTS + 1  # the window shows version 2
    assert text(0).digest not in merged.versions


def test_removing_an_article_takes_its_versions_along_and_restoring_brings_them_back(
    library: Library,
) -> None:
    with_versions(library, ARTICLE, 3)
    trashed = library.removals.remove(ARTICLE.id)
    assert not any(library.has_snapshot(text(number).digest) for number in range(3))
    library.removals.restore(trashed)
    assert all(library.has_snapshot(text(number).digest) for number in range(3))


def test_two_libraries_merge_their_versions(library: Library) -> None:
    other = Library(library.folder.with_name("other"))
    with_versions(library, ARTICLE, 2)
    with_versions(other, ARTICLE, 2, first=5)
    merge_library(library, other.folder)
    numbers = (0, 1, 5, 6)
    assert library.load(ARTICLE.id).article.versions.keys() == {
        text(each).digest for each in numbers
    }
    assert all(library.has_snapshot(text(number).digest) for number in numbers)
