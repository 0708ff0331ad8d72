"""The writer goes on whatever happens to those who listen to it."""

from __future__ import annotations

import queue
import threading
from pathlib import Path

import pytest

from reader.core.document import TextRange
from reader.identifiers import new_id
from reader.session import ArticleRecord, OpenArticle, SaveState, SaveStatus, Session
from reader.store.files.locks import locked

PATIENCE = 10.0
"""Seconds after which a save is held never to come."""


def test_a_listener_that_raises_stops_no_save(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", told.append)

    def listen(_: SaveStatus, __: str, ___: ArticleRecord | None) -> None:
        raise RuntimeError("the screen is gone")

    article = tmp_path / "tides.md"
    article.write_text("# The tide tables\n\nIt closed in March. It opened in May.\n", "utf-8")
    session = Session(tmp_path / "library")
    session.writer.listener = listen
    open_article = session.open(str(article)).open_article
    for start, end in ((18, 37), (38, 54)):
        open_article.mark(TextRange(start, end), ["claim"])
        assert session.writer.flush(PATIENCE)
    assert session.writer.status.state is SaveState.SAVED
    assert len(Session(tmp_path / "library").annotations()) == 2
    assert {str(each.exc_value) for each in told} == {"the screen is gone"}
    assert session.writer.close(PATIENCE)


def marked(session: Session, path: Path, *ranges: tuple[int, int]) -> str:
    """Mark passages of a file; return the article's id."""
    open_article = session.open(str(path)).open_article
    for start, end in ranges:
        open_article.mark(TextRange(start, end), ["claim"])
    return open_article.state.article.id


def quotes(folder: Path) -> set[str]:
    return {each.annotation.selector.exact for each in Session(folder).annotations()}


def two_files(folder: Path) -> tuple[Path, Path]:
    """Write two articles, ``the-tide-tables`` and ``the-night-ferry`` in the library."""
    first, second = folder / "tides.md", folder / "ferry.md"
    first.write_text("# The tide tables\n\nIt closed in March. It opened in May.\n", "utf-8")
    second.write_text("# The night ferry\n\nIt left at ten.\n", "utf-8")
    return first, second


def two_opened(folder: Path) -> tuple[Session, OpenArticle, OpenArticle]:
    """Open the two articles, and wait until they are saved."""
    session = Session(folder / "library")
    first, second = (session.open(str(each)).open_article for each in two_files(folder))
    assert session.writer.flush(PATIENCE)
    return session, first, second


def test_what_another_program_keeps_from_being_saved_is_rescued(tmp_path: Path) -> None:
    """Of the article that waits for the lock, what came meanwhile, and what waits behind it."""
    folder = tmp_path / "library"
    first, second = two_files(tmp_path)
    session = Session(folder)
    marked(session, first, (0, 15))
    marked(session, second, (0, 15))
    assert session.writer.flush(PATIENCE)
    open_first = session.open(str(first)).open_article
    open_second = session.open(str(second)).open_article
    (lock,) = (folder / "cache" / "locks").glob("the-tide-tables-*")
    with locked(lock):
        open_first.mark(TextRange(16, 35), ["claim"])
        assert not session.writer.flush(0.3)
        open_first.mark(TextRange(36, 53), ["claim"])
        open_second.mark(TextRange(16, 30), ["claim"])
        assert session.writer.rescue()
    everything = {
        "The tide tables", "It closed in March.", "It opened in May.", "The night ferry",
        "It left at ten",
    }  # fmt: skip
    assert quotes(folder) == {each.strip() for each in everything}
    assert session.writer.flush(PATIENCE)
    assert quotes(folder) == everything
    assert session.writer.close(PATIENCE)


def test_what_waits_behind_a_slow_save_is_saved_after_the_writer_was_closed(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    first, second = two_files(tmp_path)
    session = Session(folder)
    marked(session, first, (0, 15))
    assert session.writer.flush(PATIENCE)
    (lock,) = (folder / "cache" / "locks").glob("the-tide-tables-*")
    with locked(lock):
        marked(session, first, (16, 35))
        assert not session.writer.flush(0.3)
        marked(session, second, (0, 15))
        assert not session.writer.close(0.1)
    assert session.writer.flush(PATIENCE)
    assert {each.strip() for each in quotes(folder)} == {
        "The tide tables", "It closed in March.", "The night ferry",
    }  # fmt: skip


def _cannot_be_saved(folder: Path, stem: str) -> None:
    """Put a folder in place of an article's file."""
    (path,) = (folder / "articles").glob(f"{stem}-*.json")
    path.unlink()
    path.mkdir()


def test_an_article_that_cannot_be_saved_holds_up_no_other(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    session, open_first, open_second = two_opened(tmp_path)
    _cannot_be_saved(folder, "the-tide-tables")
    open_first.mark(TextRange(0, 15), ["claim"])
    assert not session.writer.flush(PATIENCE)
    told: queue.Queue[SaveStatus] = queue.Queue()

    def listen(status: SaveStatus, article_id: str, record: ArticleRecord | None) -> None:
        if record is not None and article_id == open_second.state.article.id:
            told.put(status)

    session.writer.listener = listen
    open_second.mark(TextRange(0, 15), ["claim"])
    assert told.get(timeout=PATIENCE).state is SaveState.FAILED  # the other one still is not
    assert quotes(folder) == {"The night ferry"}
    assert not session.writer.close(PATIENCE)


def test_what_cannot_be_rescued_keeps_nothing_else_from_it(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    path = tmp_path / "ferry.md"
    path.write_text("# The night ferry\n\nIt left at ten.\n", "utf-8")
    session = Session(folder)
    open_article = session.open(str(path)).open_article
    _, made = open_article.mark(TextRange(0, 15), ["claim"])
    assert session.writer.flush(PATIENCE)
    session.writer.submit(new_id(), annotations=[made])  # of an article that nobody knows
    assert not session.writer.flush(PATIENCE)
    (lock,) = (folder / "cache" / "locks").glob("the-night-ferry-*")
    with locked(lock):
        open_article.mark(TextRange(16, 30), ["claim"])
        assert not session.writer.rescue()
    assert quotes(folder) == {"The night ferry", "It left at ten"}
    session.writer.close(PATIENCE)


def test_waiting_for_one_article_ends_with_its_save_or_its_failure(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    session, open_first, open_second = two_opened(tmp_path)
    _cannot_be_saved(folder, "the-tide-tables")
    open_first.mark(TextRange(0, 15), ["claim"])
    assert not session.writer.flush_article(open_first.state.article.id)
    open_second.mark(TextRange(0, 15), ["claim"])
    assert session.writer.flush_article(open_second.state.article.id)
    assert quotes(folder) == {"The night ferry"}
    assert session.writer.flush_article("nothing waits for this one")
    assert not session.writer.close(PATIENCE)
    assert not session.writer.flush_article(open_first.state.article.id)
