"""Real git merges article files with Margin's driver."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from reader.core.changes import changed_at
from reader.store.library import Library
from tests.store.examples import ARTICLE, LATER, annotation

LAST = "2026-11-22T10:00:09.000Z"
ROOT = Path(__file__).resolve().parents[2]


def git(folder: Path, *words: str, code: int = 0) -> str:
    """Run git without the settings of a person."""
    environment = os.environ | {
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_CONFIG_NOSYSTEM": "1",
        "PYTHONPATH": str(ROOT),
    }
    run = subprocess.run(
        ["git", *words], cwd=folder, env=environment, capture_output=True, text=True
    )
    assert run.returncode == code, run.stdout + run.stderr
    return run.stdout + run.stderr


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """A library in git, set up as the docs say, with an article of two annotations."""
    if shutil.which("git") is None:
        pytest.skip("git is not there")
    library = Library(tmp_path / "library")
    library.save(
        ARTICLE.id, article=ARTICLE, annotations=[annotation(1, note="first"), annotation(2)]
    )
    git(library.folder, "init", "-q", "-b", "main")
    git(library.folder, "config", "user.name", "A. Reader")
    git(library.folder, "config", "user.email", "reader@example.org")
    git(library.folder, "config", "merge.margin.name", "Margin article files")
    driver = f"{sys.executable} -m reader git-merge %O %A %B"
    git(library.folder, "config", "merge.margin.driver", driver)
    (library.folder / ".gitattributes").write_text("articles/*.json merge=margin\n")
    (library.folder / ".gitignore").write_text("cache/\nprevious/\nbackups/\ndrafts/\ntrash/\n")
    git(library.folder, "add", ".")
    git(library.folder, "commit", "-q", "-m", "Begin")
    return library


def note(library: Library, text: str, moment: str) -> None:
    before = library.load(ARTICLE.id).annotations[0]
    after = replace(before, note=text)
    library.save(
        ARTICLE.id, annotations=[replace(changed_at(before, after, moment), modified=moment)]
    )


def commit(library: Library) -> None:
    git(library.folder, "commit", "-q", "-a", "-m", "Edit")


def article_file(library: Library) -> Path:
    (path,) = (library.folder / "articles").glob("*.json")
    return path


def test_the_changes_of_two_branches_are_merged(library: Library) -> None:
    git(library.folder, "checkout", "-q", "-b", "laptop")
    note(library, "there", LAST)
    library.save(ARTICLE.id, annotations=[annotation(4)])
    commit(library)
    git(library.folder, "checkout", "-q", "main")
    note(library, "here", LATER)
    library.save(ARTICLE.id, annotations=[annotation(3)])
    commit(library)
    output = git(library.folder, "merge", "laptop", "-m", "Merge")
    assert "1 note edited on both sides keeps both texts" in output
    record = Library(library.folder).load(ARTICLE.id)
    assert [each.id for each in record.annotations] == [annotation(n).id for n in (1, 2, 3, 4)]
    assert record.annotations[0].note.startswith("here\n\n")
    assert record.annotations[0].note.endswith("\n\nthere")
    assert git(library.folder, "status", "--porcelain") == ""


def test_a_change_with_a_text_editor_on_one_branch_is_merged(library: Library) -> None:
    path = article_file(library)
    git(library.folder, "checkout", "-q", "-b", "laptop")
    content = json.loads(path.read_text("utf-8"))
    content["annotations"][annotation(1).id]["note"] = "by hand"
    content["article"][ARTICLE.id]["metadata"]["title"] = "Another title"
    path.write_text(json.dumps(content, indent=2), "utf-8")
    commit(library)
    git(library.folder, "checkout", "-q", "main")
    library.save(ARTICLE.id, annotations=[annotation(3)])
    commit(library)
    git(library.folder, "merge", "-q", "laptop", "-m", "Merge")
    record = Library(library.folder).load(ARTICLE.id)
    assert record.article.metadata.title == "Another title"
    assert record.annotations[0].note == "by hand"
    assert len(record.annotations) == 3


def test_a_file_that_cannot_be_merged_is_a_conflict_and_unchanged(library: Library) -> None:
    path = article_file(library)
    git(library.folder, "checkout", "-q", "-b", "laptop")
    path.write_text("no article file", "utf-8")
    commit(library)
    git(library.folder, "checkout", "-q", "main")
    library.save(ARTICLE.id, annotations=[annotation(3)])
    commit(library)
    ours = path.read_bytes()
    output = git(library.folder, "merge", "laptop", "-m", "Merge", code=1)
    assert "Damaged file" in output
    assert "CONFLICT" in output
    assert path.read_bytes() == ours
