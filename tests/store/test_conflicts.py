"""Conflict copies beside an article file are merged into it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from reader.core.annotation import Annotation
from reader.core.changes import changed_at
from reader.store.files.migrations import CURRENT_SCHEMA
from reader.store.library import Library
from tests.store.examples import ARTICLE, LATER, OTHER, annotation

LAST = "2026-11-22T10:00:09.000Z"

NAMES = (
    "{stem}.sync-conflict-20261122-101112-ABCDEF2.json",
    "{stem} (conflicted copy).json",
    "{stem} (Anna's conflicted copy 2026-11-22).json",
    "{stem} (conflicted copy 2026-11-22 101112).json",
    "{stem}_conflict-20261122-101112.json",
    "{stem} (1).json",
    "{stem} 2.json",
    "{stem}-LAPTOP.json",
)


@pytest.fixture
def path(library: Library) -> Path:
    """The file of an article with an annotation that was edited on this machine."""
    library.save(ARTICLE.id, article=ARTICLE, annotations=[annotation(1, note="first")])
    (path,) = (library.folder / "articles").iterdir()
    return path


def leave_copy(path: Path, name: str) -> Path:
    """Write a conflict copy of another machine that edited the note and added a note."""
    content = json.loads(path.read_text("utf-8"))
    elsewhere = Library(path.parent.parent / "elsewhere")
    elsewhere.save(ARTICLE.id, article=ARTICLE, annotations=[annotation(1, note="first")])
    elsewhere.save(ARTICLE.id, annotations=[noted("there", LAST), annotation(2)])
    elsewhere.close()
    (theirs,) = (elsewhere.folder / "articles").iterdir()
    copy = path.with_name(name.format(stem=path.stem))
    copy.write_text(
        json.dumps({**json.loads(theirs.read_text("utf-8")), "cards": {"x": {"due": "soon"}}})
    )
    assert content
    return copy


def noted(note: str, moment: str) -> Annotation:
    before = annotation(1, note="first")
    return replace(changed_at(before, replace(before, note=note), moment), modified=moment)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("use", ["list", "open", "save"])
def test_a_copy_is_merged_and_moved_to_the_trash(
    library: Library, path: Path, name: str, use: str
) -> None:
    library.save(ARTICLE.id, annotations=[noted("here", LATER)])
    copy = leave_copy(path, name)
    content = copy.read_bytes()
    if use == "list":
        assert [each.annotations for each in library.articles()] == [2]
    elif use == "save":
        library.save(ARTICLE.id, annotations=[annotation(3)])
    record = library.load(ARTICLE.id)
    assert [each.id for each in record.annotations][:2] == [annotation(1).id, annotation(2).id]
    assert "here" in record.annotations[0].note
    assert "there" in record.annotations[0].note
    assert not copy.exists()
    (trashed,) = (library.folder / "trash").glob("*/articles/*")
    assert (trashed.name, trashed.read_bytes()) == (copy.name, content)
    assert json.loads(path.read_text("utf-8"))["cards"] == {"x": {"due": "soon"}}
    assert [each.annotations for each in library.articles()] == [3 if use == "save" else 2]
    (notice,) = library.problems
    assert copy.name in notice
    assert "keeps both texts" in notice


def test_a_copy_alone_is_the_article_file(library: Library, path: Path) -> None:
    copy = leave_copy(path, NAMES[0])
    path.unlink()
    fresh = Library(library.folder)
    assert [each.annotations for each in fresh.articles()] == [2]
    assert copy.exists()
    fresh.close()


def test_another_article_with_a_similar_name_is_not_merged(library: Library, path: Path) -> None:
    other = Library(library.folder.with_name("other"))
    other.save(OTHER.id, article=OTHER)
    other.close()
    (theirs,) = (other.folder / "articles").iterdir()
    like = path.with_name(f"{path.stem} (1).json")
    like.write_bytes(theirs.read_bytes())
    library.load(ARTICLE.id)
    library.save(ARTICLE.id, annotations=[annotation(2)])
    assert {each.id for each in library.articles()} == {ARTICLE.id, OTHER.id}
    assert like.exists()


def test_a_copy_of_a_later_version_is_reported_and_not_changed(
    library: Library, path: Path
) -> None:
    copy = leave_copy(path, NAMES[0])
    content = json.loads(copy.read_text("utf-8"))
    content["schema"] = {"article": {"version": CURRENT_SCHEMA + 1}}
    copy.write_text(json.dumps(content), "utf-8")
    library.articles()
    assert copy.exists()
    assert any("later version" in each for each in library.problems)


def test_a_damaged_copy_does_no_harm(library: Library, path: Path) -> None:
    copy = path.with_name(f"{path.stem} (1).json")
    copy.write_bytes(b"{")
    assert library.load(ARTICLE.id).annotations == (annotation(1, note="first"),)
    assert len(library.articles()) == 1


def test_merging_the_same_copy_once_more_writes_nothing(library: Library, path: Path) -> None:
    copy = leave_copy(path, NAMES[0])
    content = copy.read_bytes()
    library.articles()
    before = path.stat().st_mtime_ns
    copy.write_bytes(content)
    library.articles()
    assert not copy.exists()
    assert path.stat().st_mtime_ns == before
