"""Lists and articles while the library is being indexed: rows as they come, and no key waits."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from textual.widgets import Static

from reader.config import Settings
from reader.core.annotation import Annotation, Article
from reader.core.document import Metadata
from reader.session import IndexProgress, Session
from reader.store.files.migrations import with_schema
from reader.store.files.records import to_record
from reader.store.files.tables import encode_tables
from reader.ui.app import MarginApp
from reader.ui.library.screen import LibraryScreen
from reader.ui.notes.note_rows import NoteRows
from reader.ui.notes.screen import NotesScreen
from reader.ui.widgets.status_line import StatusLine
from tests.ui.list_app import ListApp, note, screen_text
from tests.ui.waiting import wait_for

COUNT = 200


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A library of many articles, each with a note, that has no index."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(COUNT):
        moment = f"2026-11-21T10:{number // 60:02}:{number % 60:02}.000Z"
        title = f"Report {number:03}"
        article = Article(
            f"01K{number:023}", f"/texts/{number}.md", Metadata(title=title), opened=moment
        )
        speaker = f"Witness {number:03}"
        annotation = note(f"passage {number:03}", created=moment, speaker=speaker)
        write(folder, article, annotation)
        os.utime(folder / f"{number}.json", (number, number))
    return tmp_path


def write(folder: Path, article: Article, annotation: Annotation) -> None:
    tables = {
        "article": {article.id: to_record(article)},
        "annotations": {annotation.id: to_record(annotation)},
    }
    path = folder / f"{int(article.id[3:])}.json"
    path.write_bytes(encode_tables(with_schema(tables)))


@contextmanager
def held(session: Session) -> Iterator[threading.Event]:
    """Hold the indexing after its first step until the event is set."""
    goes_on = threading.Event()
    session.lists.follow(lambda progress: not (progress and progress.done) or goes_on.wait(30))
    try:
        yield goes_on
    finally:
        goes_on.set()


@pytest.mark.parametrize("kind", [LibraryScreen, NotesScreen])
async def test_a_list_shows_rows_while_the_library_is_indexed(
    large: Path, kind: type[LibraryScreen | NotesScreen]
) -> None:
    screen = kind()
    app = ListApp(large, screen)
    word = "Report" if kind is LibraryScreen else "passage"
    with held(app.session) as goes_on:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await wait_for(pilot, lambda: f"{word} 199" in screen_text(app), "the newest row")
            rows = screen.article_rows if isinstance(screen, LibraryScreen) else screen.note_rows
            assert 0 < len(rows.rows) < COUNT
            line = screen.query_one("#indexing", Static)
            assert line.display
            await wait_for(pilot, lambda: f"of {COUNT} articles" in screen_text(app))
            await pilot.press("j", "j")
            assert rows.highlighted == 2
            row = rows.highlighted_row
            assert row is not None
            await pilot.press("slash", *"190")
            await wait_for(pilot, lambda: len(rows.rows) == 1, "the filtered row")
            await pilot.press("escape")
            await wait_for(pilot, lambda: len(rows.rows) > 1)
            rows.highlight_key(row.id)
            goes_on.set()
            await wait_for(pilot, lambda: len(rows.rows) == COUNT, "all rows")
            await wait_for(pilot, lambda: not line.display)
            assert rows.highlighted_row is not None
            assert rows.highlighted_row.id == row.id
            ids = [each.id for each in rows.rows]
            assert len(ids) == len(set(ids)) == COUNT
            await pilot.press("G")
            await wait_for(pilot, lambda: f"{word} 000" in screen_text(app), "the last row")
    app.session.writer.close()


async def test_a_filter_goes_on_to_find_what_is_indexed_later(large: Path) -> None:
    screen = NotesScreen()
    app = ListApp(large, screen)
    with held(app.session) as goes_on:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await wait_for(pilot, lambda: screen.query(NoteRows) and screen.note_rows.rows)
            await pilot.press("slash", *"00")
            goes_on.set()
            found = [f"passage {number:03}" for number in (200, 100, *range(9, -1, -1))][1:]

            def shown() -> list[str]:
                read = map(screen.note_rows.summary_of, screen.note_rows.rows)
                return [each.annotation.selector.exact if each else "" for each in read]

            await wait_for(pilot, lambda: shown() == found, "every note")
    app.session.writer.close()


async def test_a_list_that_is_left_while_the_library_is_indexed_is_whole_again_later(
    large: Path,
) -> None:
    screen = LibraryScreen()
    app = ListApp(large, screen)
    with held(app.session) as goes_on:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await wait_for(pilot, lambda: screen.article_rows.rows)
            for _ in range(3):  # each return to the list reads it again
                await app.push_screen(NotesScreen())
                await pilot.pause()
                await app.pop_screen()
            goes_on.set()
            await wait_for(pilot, lambda: len(screen.article_rows.rows) == COUNT)
            assert screen.article_rows.rows[0].title == "Report 199"
    app.session.writer.close()


async def test_the_index_may_be_deleted_while_the_program_runs(large: Path) -> None:
    screen = NotesScreen()
    app = ListApp(large, screen)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await wait_for(pilot, lambda: screen.has_loaded)
        shutil.rmtree(large / "cache")
        await pilot.press("G")
        await wait_for(pilot, lambda: "passage 000" in screen_text(app))
        screen.load()
        await pilot.press("slash", *"123")
        await wait_for(pilot, lambda: "passage 123" in screen_text(app))
        assert len(screen.note_rows.rows) == 1
    app.session.writer.close()


async def test_a_damaged_index_costs_no_row(large: Path) -> None:
    screen = NotesScreen()
    app = ListApp(large, screen)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await wait_for(pilot, lambda: screen.has_loaded)
        database = large / "cache" / "index.sqlite"
        database.write_bytes(b"no database" * 50_000)
        (large / "cache" / "index.sqlite-wal").write_bytes(b"")
        screen.load()
        await pilot.press("G", "g", "G")
        await wait_for(pilot, lambda: "passage 000" in screen_text(app))
        await wait_for(pilot, lambda: len(screen.note_rows.rows) == COUNT)
    app.session.writer.close()


async def test_the_library_is_indexed_beside_an_open_article(large: Path, tmp_path: Path) -> None:
    source = tmp_path / "new.md"
    source.write_text("# New\n\nA text that the library does not have.\n", encoding="utf-8")
    session = Session(large)
    with held(session) as goes_on:
        app = MarginApp(session, Settings(), session.open(str(source)))
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await wait_for(pilot, lambda: "indexing" in screen_text(app), "the progress")
            await pilot.press("j", "1")
            goes_on.set()
            line = app.screen.query_one(StatusLine)
            await wait_for(pilot, lambda: line.indexed == 100, "the end of indexing")
            await pilot.press("L")
            await wait_for(pilot, lambda: "New" in screen_text(app), "the new article")
            screen = app.screen
            assert isinstance(screen, LibraryScreen)
            await wait_for(pilot, lambda: len(screen.article_rows.rows) == COUNT + 1)
    session.writer.close()


@pytest.mark.parametrize(("key", "sentence"), [("P", "Who said it?"), ("M", "Said by Witness 199")])
async def test_a_speaker_is_given_while_the_library_is_indexed(
    large: Path, tmp_path: Path, key: str, sentence: str
) -> None:
    source = tmp_path / "new.md"
    source.write_text("“It rained,” said Bo Sand, who had been there.\n", encoding="utf-8")
    session = Session(large)
    with held(session):
        app = MarginApp(session, Settings(), session.open(str(source)))
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await wait_for(pilot, lambda: "indexing" in screen_text(app), "the progress")
            await pilot.press("1", key)
            await wait_for(pilot, lambda: sentence in screen_text(app), "the speaker")
    session.writer.close()


async def test_leaving_ends_the_indexing(large: Path) -> None:
    screen = LibraryScreen()
    app = ListApp(large, screen)
    seen: list[IndexProgress | None] = []
    app.session.lists.follow(seen.append)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await wait_for(pilot, lambda: screen.article_rows.rows)
        app._quitting.leave()
    app.session.lists.updates.begin().wait()
    assert seen[-1] is None
    app.session.writer.close()
