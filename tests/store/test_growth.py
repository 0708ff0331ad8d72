"""The work on one article costs the same in a library of any size.

Times depend on the machine, so the tests count what the work asks of the disk: how often a folder
is listed, and which article files are opened.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from reader.core.document import Metadata
from reader.store.library import Library
from reader.store.library_merge import merge_library
from tests.store.examples import ARTICLE, LATER, annotation, document

FEW, MANY = 3, 20


class Disk:
    """Counts what is asked of a library's folders."""

    def __init__(self) -> None:
        self.listed: list[str] = []
        """The folders that were listed, by name."""
        self.opened: list[str] = []
        """The article files that were opened, by name."""

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if not arguments or not isinstance(arguments[0], str | os.PathLike):
            return
        path = Path(arguments[0])
        if event in {"os.scandir", "os.listdir"}:
            if path.name != "backups":  # a thread of an earlier test may look for them
                self.listed.append(path.name)
        elif event == "open" and path.parent.name == "articles":
            self.opened.append(path.name)


_watchers: list[Disk] = []


def _tell(event: str, arguments: tuple[object, ...]) -> None:
    for disk in _watchers:
        disk(event, arguments)


sys.addaudithook(_tell)


@contextmanager
def watched() -> Iterator[Disk]:
    """Count what is asked of the disk meanwhile."""
    disk = Disk()
    _watchers.append(disk)
    try:
        yield disk
    finally:
        _watchers.remove(disk)


def article_id(number: int) -> str:
    return f"01K{number:023}"


def add(library: Library, first: int, count: int) -> None:
    """Add articles as commands do: look an article up, save its text, save the article."""
    for number in range(first, first + count):
        source = f"/texts/{number}.md"
        text = document(f"Text {number}")
        assert library.finder.first(source=source) is None
        assert library.finder.all(title=f"Article {number}", digest=text.digest) == []
        library.write_snapshot(text)
        article = replace(
            ARTICLE,
            id=article_id(number),
            source=source,
            source_metadata=Metadata(title=f"Article {number}"),
            snapshot=text.digest,
        )
        library.save(article.id, article=article, annotations=[annotation(number)])


def test_adding_an_article_lists_no_folder_of_articles_that_are_there(library: Library) -> None:
    add(library, 0, FEW)
    with watched() as few:
        add(library, FEW, FEW)
    add(library, 2 * FEW, MANY)
    with watched() as many:
        add(library, 2 * FEW + MANY, FEW)
    assert many.listed == few.listed
    assert "snapshots" not in many.listed
    assert len(many.opened) == len(few.opened)


def test_threads_that_add_articles_compare_no_files_either(library: Library) -> None:
    add(library, 0, FEW)
    with watched() as disk, ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: add(library, 10 * number, 8), range(1, 5)))
    assert disk.listed == []
    assert len(library.articles()) == FEW + 32


def test_the_next_program_needs_no_list_either(library: Library) -> None:
    add(library, 0, FEW)
    again = Library(library.folder)
    with watched() as disk:
        add(again, FEW, 1)
    again.close()
    assert disk.listed == []


def test_what_another_program_adds_is_found_among_articles_added_here(library: Library) -> None:
    add(library, 0, FEW)
    elsewhere = Library(library.folder.with_name("elsewhere"))
    add(elsewhere, 100, 1)
    (path,) = elsewhere.paths.articles.iterdir()
    elsewhere.close()
    path.rename(library.paths.article(path.name))
    add(library, FEW, 1)
    found = library.finder.first(source="/texts/100.md")
    assert found is not None
    assert found.id == article_id(100)


def test_what_another_program_adds_during_a_save_is_found(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(library, 0, FEW)
    elsewhere = Library(library.folder.with_name("elsewhere"))
    add(elsewhere, 100, 1)
    (path,) = elsewhere.paths.articles.iterdir()
    elsewhere.close()
    fsync = os.fsync

    def arrive(descriptor: int) -> None:
        if path.exists():
            path.rename(library.paths.article(path.name))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", arrive)
    library.save(article_id(0), annotations=[annotation(900)])
    monkeypatch.undo()
    found = library.finder.first(source="/texts/100.md")
    assert found is not None
    assert found.id == article_id(100)


def test_loading_articles_one_after_another_lists_the_folder_once(library: Library) -> None:
    add(library, 0, MANY)
    again = Library(library.folder)
    with watched() as disk:
        for number in range(MANY):
            again.load(article_id(number))
    again.close()
    assert disk.listed.count("articles") <= 1


def test_changing_articles_one_after_another_lists_the_folder_once(library: Library) -> None:
    add(library, 0, MANY)
    again = Library(library.folder)
    with watched() as disk:
        for number in range(MANY):
            again.save(article_id(number), annotations=[annotation(1000 + number)])
    again.close()
    assert disk.listed.count("articles") <= 1


def test_a_copy_that_comes_between_two_loads_is_merged(library: Library) -> None:
    add(library, 0, FEW)
    library.load(article_id(0))
    library.save(article_id(1), annotations=[annotation(1001)])
    (path,) = library.paths.articles.glob("article-0-*.json")
    copy = path.with_name(f"{path.stem} (conflict 2026-11-22).json")
    copy.write_text(path.read_text().replace('"passage"', '"words"'))
    library.load(article_id(0))
    assert not copy.exists()


@pytest.mark.parametrize("is_new", [True, False])
def test_merging_lists_the_folders_as_often_for_many_articles(
    library: Library, tmp_path: Path, *, is_new: bool
) -> None:
    listed = {}
    for count in (FEW, MANY):
        other = Library(tmp_path / f"other-{count}")
        add(other, 0, count)
        other.close()
        target = Library(tmp_path / f"target-{count}")
        if not is_new:
            add(target, 0, count)
        with watched() as disk:
            report = merge_library(target, other.folder)
        target.close()
        assert report.added == (count if is_new else 0)
        listed[count] = disk.listed
    assert listed[MANY] == listed[FEW]


def test_finding_an_article_by_its_name_opens_no_other(library: Library) -> None:
    add(library, 0, MANY)
    library.articles()
    again = Library(library.folder)
    with watched() as disk:
        for name in (article_id(7), "article 7"):
            (found,) = again.lists.articles_called(name, "")
            assert found.id == article_id(7)
        (found,) = again.lists.articles_called("nothing", "/texts/7.md")
        assert found.id == article_id(7)
    again.close()
    assert disk.opened == []


def test_a_title_that_was_changed_inside_its_file_is_found(library: Library) -> None:
    add(library, 0, FEW)
    library.articles()
    (path,) = library.paths.articles.glob("article-1-*.json")
    path.write_text(path.read_text().replace("Article 1", "The Quiet Ledger"))
    (found,) = library.lists.articles_called("quiet", "")
    assert found.id == article_id(1)


def test_removing_articles_one_after_another_compares_the_files_once(library: Library) -> None:
    add(library, 0, MANY)
    library.articles()
    with watched() as disk:
        for number in range(MANY):
            library.removals.remove(article_id(number))
    assert disk.listed.count("articles") <= 1
    assert library.articles() == []


def test_a_text_of_two_articles_goes_with_the_last_of_them(library: Library) -> None:
    add(library, 0, 2)
    shared = document("shared")
    library.write_snapshot(shared)
    for number in range(2):
        article = library.load(article_id(number)).article
        library.save(article.id, article=replace(article, snapshot=shared.digest))
    library.removals.remove(article_id(0))
    assert library.has_snapshot(shared.digest)
    library.removals.remove(article_id(1))
    assert not library.has_snapshot(shared.digest)


TITLES = st.text(
    st.sampled_from("abcAB 1ßſéİıΣσς’'-\u0301\ufb01\N{KELVIN SIGN}ﾊﾟ가\u1100\u1161"), max_size=8
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(titles=st.lists(TITLES, min_size=1, max_size=4), part=TITLES)
def test_a_part_of_a_title_finds_the_articles_that_have_it(
    tmp_path: Path, titles: list[str], part: str
) -> None:
    library = Library(tmp_path / "library")
    for number, title in enumerate(titles):
        article = replace(
            ARTICLE,
            id=article_id(number),
            source=f"/{number}",
            source_metadata=Metadata(title=title),
        )
        library.save(article.id, article=article)
    having = {each.id for each in library.articles() if part.casefold() in each.title.casefold()}
    assert {each.id for each in library.lists.articles_called(part, "")} == having
    library.close()
    shutil.rmtree(library.folder)


def test_annotations_are_listed_in_order_with_few_in_memory(library: Library) -> None:
    add(library, 0, MANY)
    library.save(
        article_id(3),
        annotations=[
            annotation(1000 + number, deleted=LATER * (number % 5 == 0)) for number in range(900)
        ],
    )
    everything = library.annotations()
    assert len(everything) == MANY + 720
    library.lists.update()
    assert list(library.lists.annotations()) == everything
    with_first = library.lists.annotations()
    assert next(with_first) == everything[0]
