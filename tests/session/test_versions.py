"""Which versions an article has had: those that were opened, and those that were annotated."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from reader.core.annotation import Article
from reader.session import Session
from reader.session.queue import AddRequest
from reader.session.sources import UNWATCHED
from reader.session.versions import Version, known_versions, versions_of
from reader.store.library import Library as StoredLibrary
from tests.session.test_placement import CLOSED, EDITED, SHORT, TEXT, Library

DAYS = ("2026-11-28", "2026-11-29", "2026-11-30", "2026-12-02")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path)


@pytest.fixture
def clock_at(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


class Clock:
    """Sets the day."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch

    def __call__(self, day: str) -> None:
        self._monkeypatch.setattr("reader.clock.now", lambda: f"{day}T12:00:00.000Z")


def versions(library: Library) -> list[Version]:
    library.session.save_all()
    session = Session(library.folder)
    (article,) = session.articles()
    record = session.record(article.id)
    assert record is not None
    return known_versions(*record)


def days(found: list[Version]) -> list[tuple[str, str]]:
    return [(each.first[:10], each.last[:10]) for each in found]


def test_each_text_that_was_opened_is_a_version_with_its_days(
    library: Library, clock_at: Clock
) -> None:
    for day, text in zip(DAYS, (TEXT, TEXT, EDITED, SHORT), strict=True):
        clock_at(day)
        library.write(text)
        library.open()
        library.session.save_all()
    found = versions(library)
    assert days(found) == [
        ("2026-12-02", "2026-12-02"),
        ("2026-11-30", "2026-11-30"),
        ("2026-11-28", "2026-11-29"),
    ]
    assert [each.is_present for each in found] == [True, False, False]
    stored = StoredLibrary(library.folder)
    assert all(stored.has_snapshot(each.digest) for each in found)


def test_a_file_that_is_opened_without_reading_it_is_seen(
    library: Library, clock_at: Clock
) -> None:
    for day in DAYS:
        clock_at(day)
        library.open()
        library.session.save_all()
    assert days(versions(library)) == [(DAYS[0], DAYS[3])]


def test_a_text_that_comes_back_is_one_version(library: Library, clock_at: Clock) -> None:
    for day, text in zip(DAYS, (TEXT, EDITED, TEXT, EDITED), strict=True):
        clock_at(day)
        library.write(text)
        library.open()
        library.session.save_all()
    assert days(versions(library)) == [("2026-11-29", "2026-12-02"), ("2026-11-28", "2026-11-30")]


def test_what_was_added_without_opening_is_a_version(library: Library, clock_at: Clock) -> None:
    clock_at(DAYS[0])
    library.session = Session(library.folder)
    library.session.queue.add(AddRequest(str(library.path)), UNWATCHED)
    clock_at(DAYS[1])
    library.write(EDITED)
    library.open()
    assert days(versions(library)) == [(DAYS[1], DAYS[1]), (DAYS[0], DAYS[0])]


def test_annotations_say_how_many_were_made_on_each(library: Library) -> None:
    library.mark(CLOSED)
    library.write(SHORT)
    library.mark("The council met twice in June.")
    found = versions(library)
    assert [len(each.annotation_ids) for each in found] == [1, 1]
    state = library.open().open_article.state
    assert versions_of(state) == [found[1]]
    assert found[1].described == "1 annotation made on it"


def test_a_library_from_before_has_the_versions_that_its_annotations_tell(
    library: Library, clock_at: Clock
) -> None:
    clock_at(DAYS[0])
    library.mark(CLOSED)
    clock_at(DAYS[1])
    library.write(EDITED)
    library.mark("The council met twice in June.")
    stored = StoredLibrary(library.folder)
    (summary,) = library.session.articles()
    article = stored.load(summary.id).article
    without_versions(stored, article)
    found = versions(library)
    assert days(found) == [(DAYS[1], DAYS[1]), (DAYS[0], DAYS[0])]
    clock_at(DAYS[2])
    library.write(SHORT)
    library.open()
    assert days(versions(library)) == [
        (DAYS[2], DAYS[2]),
        (DAYS[1], DAYS[1]),
        (DAYS[0], DAYS[0]),
    ]


def test_the_last_text_of_a_library_from_before_is_a_version(
    library: Library, clock_at: Clock
) -> None:
    clock_at(DAYS[0])
    library.open().open_article.begin_reading()
    library.session.save_all()
    stored = StoredLibrary(library.folder)
    (summary,) = library.session.articles()
    without_versions(stored, stored.load(summary.id).article)
    clock_at(DAYS[1])
    library.write(EDITED)
    library.open()
    assert days(versions(library)) == [(DAYS[1], DAYS[1]), (DAYS[0], DAYS[0])]


def without_versions(stored: StoredLibrary, article: Article) -> None:
    """Write the article as a past version of Margin did."""
    (path,) = (stored.folder / "articles").glob("*.json")
    bare = StoredLibrary(stored.folder)
    record = bare.load(article.id)
    path.unlink()
    fresh = StoredLibrary(stored.folder)
    fresh.save(article.id, article=replace(article, versions={}), annotations=record.annotations)


def test_another_window_s_version_is_taken(library: Library) -> None:
    open_article = library.open().open_article
    library.session.save_all()
    other = Session(library.folder)
    library.write(EDITED)
    other.open(str(library.path))
    other.save_all()
    record = other.record(open_article.state.article.id)
    assert record is not None
    open_article.merge(record)
    assert len(open_article.state.article.versions) == 2
