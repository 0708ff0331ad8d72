"""A library that is gone, or cannot be read, never looks like an empty one."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.errors import StoreError
from reader.store.files.paths import LibraryPaths
from reader.store.files.presence import Presence
from reader.store.library import Library
from tests.store.examples import ARTICLE, annotation


def move_away(folder: Path) -> None:
    folder.rename(folder.with_name("elsewhere"))


def move_articles_away(folder: Path) -> None:
    (folder / "articles").rename(folder.with_name("elsewhere"))


def unmount(folder: Path) -> None:
    move_away(folder)
    folder.symlink_to("a disk that is not mounted")


def put_a_file_there(folder: Path) -> None:
    move_articles_away(folder)
    (folder / "articles").write_text("no folder")


def make_a_circle(folder: Path) -> None:
    move_away(folder)
    folder.symlink_to(folder.name)


WAYS_TO_GO = (move_away, move_articles_away, unmount, put_a_file_there, make_a_circle)

READS: dict[str, Callable[[Library], object]] = {
    "articles": Library.articles,
    "annotations": Library.annotations,
    "deleted annotations": Library.deleted_annotations,
    "lists": lambda library: library.lists.update(),
    "load": lambda library: library.load(ARTICLE.id),
    "load another": lambda library: library.load("01K0000000000000000ZZZZZZZ"),
    "find": lambda library: library.finder.first(source="/texts/other.md"),
    "find all": lambda library: library.finder.all(title="Other"),
    "is behind": lambda library: library.lists.is_behind,
    "remove": lambda library: library.removals.remove(ARTICLE.id),
    "save": lambda library: library.save(ARTICLE.id, annotations=[annotation(2)]),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library with one article, which another program made."""
    folder = tmp_path / "library"
    library = Library(folder)
    library.save(ARTICLE.id, article=ARTICLE, annotations=[annotation(1)])
    library.close()
    return folder


@pytest.mark.parametrize("name", READS)
@pytest.mark.parametrize("go", WAYS_TO_GO, ids=lambda go: go.__name__)
def test_a_library_that_goes_is_reported(
    folder: Path, go: Callable[[Path], None], name: str
) -> None:
    library = Library(folder)
    assert len(library.articles()) == 1
    go(folder)
    for _ in range(2):
        with pytest.raises(StoreError) as caught:
            READS[name](library)
        assert str(folder) in caught.value.message
        assert "perhaps it was removed" not in caught.value.message


def test_an_article_that_was_loaded_is_enough_to_know_the_library(folder: Path) -> None:
    library = Library(folder)
    library.load(ARTICLE.id)
    move_away(folder)
    with pytest.raises(StoreError, match="does not exist any more"):
        library.annotations()


def test_a_library_that_comes_back_is_used_again(folder: Path) -> None:
    library = Library(folder)
    before = library.annotations()
    move_away(folder)
    with pytest.raises(StoreError):
        library.annotations()
    folder.with_name("elsewhere").rename(folder)
    assert library.annotations() == before
    assert library.load(ARTICLE.id).article.id == ARTICLE.id


@pytest.mark.parametrize("name", ["articles", "annotations", "deleted annotations", "find"])
def test_a_library_that_was_never_made_is_empty(tmp_path: Path, name: str) -> None:
    library = Library(tmp_path / "new")
    assert not READS[name](library)
    assert not READS[name](library)
    assert not (tmp_path / "new").exists()


def test_a_link_to_a_disk_that_is_not_mounted_is_no_new_library(tmp_path: Path) -> None:
    link = tmp_path / "library"
    link.symlink_to("nowhere")
    with pytest.raises(StoreError, match="mount its disk"):
        Library(link).articles()
    with pytest.raises(StoreError, match="mount its disk"):
        Library(link).save(ARTICLE.id, article=ARTICLE)


def test_a_library_that_another_thread_makes_meanwhile_is_not_gone(tmp_path: Path) -> None:
    """Two threads save the first articles: one looks for the folder while the other makes it."""
    paths = LibraryPaths(tmp_path / "library")
    presence = Presence(paths)

    class MadeAfterTheLook(type(paths.articles)):  # type: ignore[misc]
        def stat(self, *, follow_symlinks: bool = True) -> os.stat_result:
            try:
                return Path(self).stat(follow_symlinks=follow_symlinks)
            except FileNotFoundError:
                maker = threading.Thread(target=Presence.make, args=(presence,))
                paths.articles = Path(self)
                maker.start()
                maker.join()
                raise

    paths.articles = MadeAfterTheLook(paths.articles)
    presence.check()
    assert paths.articles.is_dir()
    presence.check()
