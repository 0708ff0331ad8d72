"""The place where one left off, in a text that has changed since."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from reader.paths import sample_articles_folder
from reader.session import LoadingArticle, Session, Watch
from reader.session.queue import AddRequest

SECTIONS = [
    f"## Part {n}\n\nKeeper {n} of light {n} counted {n + 3} boats that year, and wrote it down.\n"
    for n in range(40)
]
PLACE = "Keeper 20 of light"
PREFACE = "A preface was added, and it says who paid for the lights.\n\n" * 6
LARGE = [f"Line {n} of the log names boat {n * 7 % 1013} and its master.\n\n" for n in range(6000)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "lights.md"


def written(path: Path, *parts: str) -> Path:
    path.write_text("# Lights\n\n" + "".join(parts), encoding="utf-8")
    return path


def read_to_its_end(session: Session, loading: LoadingArticle) -> LoadingArticle:
    for document in loading.rest:
        if document.is_complete:
            loading.open_article.reanchor(session.reanchor(loading.open_article.state, document))
    session.save_all()
    return loading


def set_position(folder: Path, path: Path, words: str) -> None:
    """Read a file, and leave it at some words."""
    session = Session(folder)
    open_article = read_to_its_end(session, session.open(str(path))).open_article
    position = open_article.state.document.text.index(words)
    open_article.set_position(position, 0.5, caret=position + len(words) - 3)
    assert session.writer.close()


def test_a_changed_file_opens_where_it_was_left(tmp_path: Path, path: Path) -> None:
    set_position(tmp_path / "library", written(path, *SECTIONS), PLACE)
    written(path, PREFACE, *SECTIONS[5:])
    session = Session(tmp_path / "library")
    state = session.open(str(path)).open_article.state
    assert state.document.text[state.article.position :].startswith(PLACE)
    session.save_all()
    record = session.record(state.article.id)
    assert record is not None
    assert record.article.position == state.article.position
    assert record.article.caret == state.article.position + len(PLACE) - 3


def test_a_large_file_is_left_where_it_was_once_all_of_it_is_read(
    tmp_path: Path, path: Path
) -> None:
    words = "Line 4000 of the log"
    set_position(tmp_path / "library", written(path, *LARGE), words)
    written(path, *itertools.repeat("A new line.\n\n", 300), *LARGE)
    session = Session(tmp_path / "library")
    loading = session.open(str(path))
    assert not loading.open_article.state.document.is_complete
    state = read_to_its_end(session, loading).open_article.state
    assert state.document.text[state.article.position :].startswith(words)


def test_a_changed_file_that_was_left_before_all_was_read_shows_its_new_text(
    tmp_path: Path, path: Path
) -> None:
    folder = tmp_path / "library"
    set_position(folder, written(path, *LARGE), "Line 4000 of the log")
    written(path, "The very first line is new.\n\n", *LARGE)
    session = Session(folder)
    loading = session.open(str(path))
    assert not loading.open_article.state.document.is_complete
    assert session.writer.close()  # the reader is left at once
    again = Session(folder)
    state = read_to_its_end(again, again.open(str(path))).open_article.state
    assert "The very first line is new." in state.document.text
    assert state.document.text[state.article.position :].startswith("Line 4000 of the log")


def test_a_new_article_has_its_caret_at_its_title_and_not_in_what_stands_before_it(
    tmp_path: Path,
) -> None:
    session = Session(tmp_path / "library")
    sample = sample_articles_folder() / "the-quiet-ledger.txt"
    state = session.open(str(sample)).open_article.state
    assert state.document.text.startswith("Skip to content\n")
    assert state.document.text[state.article.caret :].startswith("The Quiet Ledger\n")
    assert state.article.position == 0
    assert not state.article.finished


@pytest.mark.parametrize(
    ("text", "begin"),
    [
        ("# A title\n\nWords.\n", "A title"),
        ("---\n\n# A title\n\nWords.\n", "A title"),
        ("Words alone.\n", "Words alone."),
        ("---\n", ""),
    ],
)
def test_the_first_words_of_a_new_article(path: Path, text: str, begin: str) -> None:
    path.write_text(text, encoding="utf-8")
    state = Session(path.parent / "library").open(str(path)).open_article.state
    assert state.document.text[state.article.caret :].startswith(begin)
    assert begin or not state.article.caret


def test_an_article_added_for_later_opens_at_its_title(tmp_path: Path) -> None:
    session = Session(tmp_path / "library")
    sample = str(sample_articles_folder() / "the-quiet-ledger.txt")
    session.queue.add(AddRequest(sample), Watch())
    state = session.open(sample).open_article.state
    assert state.document.text[state.article.caret :].startswith("The Quiet Ledger\n")
