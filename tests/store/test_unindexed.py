"""A library whose index is missing, incomplete or being made gives the answers of the files."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from reader.core.annotation import Annotation, Article, Place, Selector
from reader.core.document import Metadata
from reader.store.files.migrations import with_schema
from reader.store.files.paths import LibraryPaths
from reader.store.files.records import to_record
from reader.store.files.tables import encode_tables
from reader.store.index.index import IndexProgress
from reader.store.library import Library

TITLES = ("Tides", "TIDES", "Café Müller", "港 Harbour", "", "The “Quiet” Ledger", "a/b: c")
SOURCES = (
    "/texts/tides.md",
    "/texts/Tides.md",
    "/other/tides.md",
    "/texts/港.md",
    "/texts/a b’c.md",
    "https://www.Example.org/tides/?utm_source=x",
    "https://example.org/caf%C3%A9",
    "https://例え.jp/a",
    "",
)
MOMENTS = ("2026-11-22T10:00:00.000Z", "2026-11-22T10:00:00.001Z", "2026-11-23T10:00:00.000Z")
WORDS = ("tide", "Ebb", "CAFÉ", "flood", "ﬁrst", "“moon”")


@st.composite
def articles(draw: st.DrawFn, number: int) -> tuple[Article, list[Annotation]]:
    choose = draw(st.randoms(use_true_random=False)).choice
    article = Article(
        id=f"01K{number:023}",
        source=choose(SOURCES),
        source_metadata=Metadata(title=choose(TITLES), url=choose(SOURCES[5:])),
        snapshot=choose(("", "a" * 64, "b" * 64)),
        source_digest=choose(("", "c" * 64)),
        opened=choose(MOMENTS),
    )
    annotations = [
        Annotation(
            id=f"01K{number:012}{each:011}",
            selector=Selector(f"{choose(WORDS)} {choose(WORDS)}"),
            place=Place(0, 1),
            tags=(choose(("claim", "quote")), choose(("own", "größe"))),
            created=choose(MOMENTS),
            modified=MOMENTS[0],
            note=choose(("", *WORDS)),
            deleted=choose(("", "", MOMENTS[2])),
        )
        for each in range(draw(st.integers(0, 4)))
    ]
    return article, annotations


LIBRARIES = st.integers(1, 6).flatmap(lambda count: st.tuples(*map(articles, range(count))))


def write(folder: Path, article: Article, annotations: list[Annotation], name: str = "") -> Path:
    """Write an article file as another machine would have synchronised it."""
    paths = LibraryPaths(folder)
    paths.articles.mkdir(parents=True, exist_ok=True)
    tables = {
        "article": {article.id: to_record(article)},
        "annotations": {each.id: to_record(each) for each in annotations},
    }
    path = paths.article(name or f"{article.id[-6:]}.json")
    path.write_bytes(encode_tables(with_schema(tables)))
    return path


@pytest.fixture
def is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """No library is small enough to be indexed at once."""
    monkeypatch.setattr("reader.store.index.index._FEW", 0)


@pytest.mark.usefixtures("is_large")
@settings(max_examples=25)
@given(made=LIBRARIES)
def test_without_an_index_the_same_articles_are_found(
    tmp_path_factory: pytest.TempPathFactory, made: tuple[tuple[Article, list[Annotation]], ...]
) -> None:
    folder = tmp_path_factory.mktemp("library")
    for article, notes in made:
        write(folder, article, notes)
    indexed = Library(folder)
    indexed.articles()
    keys = [
        {"source": article.source, "url": article.metadata.url, "digest": article.snapshot}
        for article, _ in made
    ]
    searches: list[Callable[[Library], object]] = [
        *(partial(lambda each, library: library.load(each.id), article) for article, _ in made),
        *(
            partial(
                lambda each, library: {
                    found.id
                    for found in library.finder.all(
                        url=each.metadata.url,
                        source_digest=each.source_digest,
                        digest=each.snapshot,
                        title=each.metadata.title,
                        file_name=each.source.rpartition("/")[2],
                    )
                },
                article,
            )
            for article, _ in made
        ),
        *(
            partial(
                lambda name, value, library: bool(library.finder.first(**{name: value})),
                name,
                value,
            )
            for each in keys
            for name, value in each.items()
        ),
        lambda library: library.has_article("01KUNKNOWN"),
        lambda library: library.finder.first(source="/nowhere/tides.md"),
    ]
    answers = [search(indexed) for search in searches]
    indexed.close()
    shutil.rmtree(folder / "cache")
    cold = Library(folder)
    for search, answer in zip(searches, answers, strict=True):
        assert cold.lists.is_behind
        assert search(cold) == answer
    cold.close()
    shutil.rmtree(folder)


@pytest.mark.usefixtures("is_large")
def test_an_article_is_known_by_the_name_of_its_file_alone(tmp_path: Path) -> None:
    article = Article("01K0000000000000000AAAAAAA", "/texts/tides.md", Metadata(title="The Tides"))
    Library(tmp_path).save(article.id, article=article)
    (path,) = (tmp_path / "articles").glob("the-tides-*.json")
    write(
        tmp_path, replace(article, id="01KOTHER", source="/texts/other.md"), [], "the-tides-x.json"
    )
    shutil.rmtree(tmp_path / "cache")
    cold = Library(tmp_path)
    assert cold.finder.first_indexed(source=article.source) is None
    assert cold.finder.named(article) == article
    assert cold.finder.named(replace(article, source="/elsewhere.md")) is None
    assert cold.finder.named(replace(article, source_metadata=Metadata(title="Tides"))) is None
    assert cold.load(article.id).article == article
    path.rename(path.with_name("renamed.json"))
    assert cold.load(article.id).article == article


@pytest.mark.usefixtures("is_large")
def test_a_new_article_is_no_second_one_while_the_index_is_made(tmp_path: Path) -> None:
    article = Article("01KFIRST", "/texts/tides.md", Metadata(title="Renamed since"))
    write(tmp_path, article, [])
    cold = Library(tmp_path)
    record = cold.save(
        "01KSECOND",
        article=replace(article, id="01KSECOND", source_metadata=Metadata(title="Tides")),
    )
    assert record.article.id == "01KFIRST"
    assert len(list((tmp_path / "articles").iterdir())) == 1


@settings(max_examples=25)
@given(made=LIBRARIES, first=st.integers(1, 3))
def test_pages_of_keys_are_the_list_of_annotations(
    tmp_path_factory: pytest.TempPathFactory,
    made: tuple[tuple[Article, list[Annotation]], ...],
    first: int,
) -> None:
    folder = tmp_path_factory.mktemp("library")
    for article, notes in made:
        write(folder, article, notes)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reader.store.lists._PAGE", 2)
        library = Library(folder)
        everything = library.annotations()
        pages = list(library.lists.annotation_keys(first))
    keys = [key for page in pages for key in page]
    assert [(key.id, key.article_id, key.tags) for key in keys] == [
        (each.annotation.id, each.article_id, each.annotation.tags) for each in everything
    ]
    assert all(len(page) <= max(first, 2) for page in pages)
    summaries = library.lists.annotations_with([key.id for key in keys])
    assert {each.annotation.id: each for each in summaries} == {
        each.annotation.id: each for each in everything
    }
    assert library.lists.tags() == {tag for each in everything for tag in each.annotation.tags}
    library.close()
    shutil.rmtree(folder)


def test_conflict_copies_show_no_annotation_twice(tmp_path: Path) -> None:
    article, notes = (
        Article("01KA", "/a.md", Metadata(title="A")),
        [_note(each) for each in range(5)],
    )
    write(tmp_path, article, notes, "a.json")
    write(tmp_path, article, notes, "a (conflict 2).json")
    library = Library(tmp_path)
    library._index.refresh()
    keys = [key.id for page in library.lists.annotation_keys() for key in page]
    assert sorted(keys) == sorted(each.id for each in notes)
    library.close()


def _note(number: int) -> Annotation:
    moment = f"2026-11-22T10:{number // 60 % 60:02}:{number % 60:02}.000Z"
    identifier = f"01K{number:023}"
    return Annotation(
        identifier, Selector(f"passage {number}"), Place(0, 1), ("claim",), moment, moment
    )


COUNT = 400


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A library of many articles without an index."""
    for number in range(COUNT):
        article = Article(
            f"01K{number:023}", f"/texts/{number}.md", Metadata(title=f"Text {number}")
        )
        path = write(tmp_path, article, [_note(number)])
        os.utime(path, (number, number))
    return tmp_path


def test_the_files_written_last_come_first_and_progress_is_told(large: Path) -> None:
    library = Library(large)
    seen: list[IndexProgress | None] = []

    def follow(progress: IndexProgress | None) -> None:
        seen.append(progress)
        if progress and progress.done and len(seen) <= 2:
            assert library.lists.progress == progress
            titles = {each.title for each in library.lists.articles()}
            assert titles
            assert titles == {f"Text {number}" for number in range(COUNT - len(titles), COUNT)}

    library.lists.follow(follow)
    library.lists.update()
    assert seen[-1] is None
    done = [each.done for each in seen if each]
    assert done == sorted(set(done))
    assert {each.total for each in seen if each} == {COUNT}
    assert len(library.articles()) == COUNT
    assert len(seen) == len(done) + 2  # nothing has changed since
    library.close()


def test_a_stopped_update_keeps_what_it_has_and_the_next_one_goes_on(large: Path) -> None:
    library = Library(large)

    def stop(progress: IndexProgress | None) -> None:
        if progress and progress.done:
            library.lists.stop()

    library.lists.follow(stop)
    library.lists.update()
    begun = len(library.lists.articles())
    assert 0 < begun < COUNT
    assert library.finder.first(source="/texts/0.md") is not None
    library.close()
    after = Library(large)
    totals = set()
    after.lists.follow(lambda progress: totals.add(progress and progress.total))
    assert len(after.articles()) == COUNT
    assert totals == {COUNT - begun, None}
    after.close()


def test_lists_and_searches_work_while_another_thread_indexes(large: Path) -> None:
    library = Library(large)
    update = threading.Thread(target=library.lists.update)
    update.start()
    while update.is_alive():
        ids = [key.id for page in library.lists.annotation_keys(10) for key in page]
        assert len(ids) == len(set(ids))
        assert library.finder.first(source="/texts/7.md") is not None
        assert library.finder.first(source="/texts/none.md") is None
    update.join()
    assert len(library.articles()) == COUNT
    library.close()


def _list(folder: Path) -> int:
    return len(Library(folder).annotations())


def test_two_processes_may_index_at_once(large: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        assert pool.map(_list, [large, large]) == [COUNT, COUNT]


def test_a_process_that_is_killed_while_it_indexes_leaves_a_usable_index(large: Path) -> None:
    code = (
        "import os, signal, sys; from pathlib import Path; from reader.store.library import Library\n"
        "library = Library(Path(sys.argv[1]))\n"
        "library.lists.follow(lambda progress: progress.done > 100 and os.kill(os.getpid(), 9))\n"
        "library.lists.update()"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(large)], check=False)
    assert killed.returncode == -signal.SIGKILL
    library = Library(large)
    assert 0 < len(library.lists.articles()) < COUNT
    assert len(library.articles()) == COUNT
    assert len(library.annotations()) == COUNT
    library.close()
