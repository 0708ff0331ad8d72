"""Opening a file that has not changed without reading it, and reading every one that has."""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from reader.session import Session
from reader.session.sources import SETTLED_NS

TEXT = "# Tides\n\nThe harbour was empty.\n"
OTHER = "# Tides\n\nThe harbour was filled.\n"[: len(TEXT)]

MOST_TESTS = 20

opened_files: list[str] = []
"""The files that were opened; an audit hook cannot be taken away."""


def _note_opened(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open":
        opened_files.append(str(arguments[0]))


sys.addaudithook(_note_opened)


def wait_until_settled(path: Path) -> None:
    """Wait until the file's times tell of every change from now on."""
    while time.time_ns() - path.stat().st_ctime_ns < SETTLED_NS:
        time.sleep(0.05)


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return files that were written long enough ago, one for each test."""
    folder = tmp_path_factory.mktemp("articles")
    paths = [folder / f"tides {number}.md" for number in range(MOST_TESTS)]
    for path in paths:
        path.write_text(TEXT)
    wait_until_settled(paths[-1])
    return iter(paths)


@pytest.fixture
def article(articles: Iterator[Path]) -> Path:
    return next(articles)


def read_by(library: Path, article: Path) -> tuple[str, bool]:
    """Open an article in a new session; return its text, and whether its file was read."""
    session = Session(library)
    opened_files.clear()
    text = session.open(str(article)).open_article.state.document.text
    is_read = str(article) in opened_files
    session.save_all()
    return text, is_read


def sources_in(library: Path) -> list[str]:
    """Return the sources of which the index has a stamp."""
    with closing(sqlite3.connect(library / "cache" / "index.sqlite")) as index:
        return [source for (source,) in index.execute("SELECT source FROM stamps")]


def write(path: Path) -> None:
    path.write_text(OTHER)


def write_with_the_old_time(path: Path) -> None:
    status = path.stat()
    path.write_text(OTHER)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def replace(path: Path) -> None:
    status = path.stat()
    other = path.with_suffix(".new")
    other.write_text(OTHER)
    os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns))
    other.replace(path)


def test_an_unchanged_file_is_read_once(tmp_path: Path, article: Path) -> None:
    library = tmp_path / "library"
    first, is_read = read_by(library, article)
    assert is_read
    assert read_by(library, article) == (first, False)
    assert read_by(library, article) == (first, False)


def test_a_file_that_was_just_written_is_read_again(tmp_path: Path, article: Path) -> None:
    library = tmp_path / "library"
    article.write_text(OTHER)
    assert read_by(library, article)[1]
    assert read_by(library, article)[1]


@pytest.mark.parametrize("change", [write, write_with_the_old_time, replace])
@pytest.mark.parametrize("is_settled", [True, False])
def test_every_change_is_seen(
    tmp_path: Path, article: Path, change: Callable[[Path], None], is_settled: bool
) -> None:
    library = tmp_path / "library"
    read_by(library, article)
    change(article)
    if is_settled:
        wait_until_settled(article)
    text, is_read = read_by(library, article)
    assert "filled" in text
    assert is_read


def test_it_is_read_where_the_index_or_the_snapshot_is_gone(tmp_path: Path, article: Path) -> None:
    library = tmp_path / "library"
    first, _ = read_by(library, article)
    for path in (library / "cache").glob("index.sqlite*"):
        path.unlink()
    assert read_by(library, article) == (first, True)
    for path in (library / "snapshots").iterdir():
        path.unlink()
    assert read_by(library, article) == (first, True)
    assert read_by(library, article) == (first, False)


def test_a_file_that_is_gone_is_said_to_be(tmp_path: Path, article: Path) -> None:
    library = tmp_path / "library"
    read_by(library, article)
    article.unlink()
    session = Session(library)
    assert "is gone" in session.open(str(article)).notice
    session.save_all()


def test_the_index_forgets_the_path_of_a_removed_article(tmp_path: Path, article: Path) -> None:
    library = tmp_path / "library"
    read_by(library, article)
    session = Session(library)
    (record,) = session.articles()
    assert sources_in(library) == [str(article)]
    session.removals.remove(record.id)
    assert sources_in(library) == []
