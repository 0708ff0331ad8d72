"""Importing on the screen: files are asked for, the plan is shown, made, opened and undone."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from reader.config import Settings
from reader.core.annotation import Annotation
from reader.progress import Report
from reader.session import Session, Watch
from reader.session.batch_changes import OtherStep, Step
from reader.session.importing import ArticleFate, ImportPlan, Made, PlannedSource
from reader.session.queue import AddRequest
from reader.store.library import Library
from reader.ui.app import MarginApp
from reader.ui.dialogs.prompt import PromptScreen
from reader.ui.importing.plan_rows import FileRow, NoticeRow, SourceRow, rows_of
from reader.ui.importing.screen import ImportScreen
from reader.ui.library.screen import LibraryScreen
from reader.ui.reading.screen import ReadingScreen
from reader.ui.typed_sources import paths_in
from tests.ui.stage import HOSTILE
from tests.ui.waiting import notices, wait_for

CLIPPINGS = """\
The Gate (Mira Tolland)
- Your Highlight on page 12 | location 180-183 | Added on Monday, 3 March 2025 08:11:12

The gate was closed at nine
==========
The Gate (Mira Tolland)
- Your Note on page 12 | location 183 | Added on Monday, 3 March 2025 08:12:00

Ask the keeper.
==========
Salt and Paper (Imre Dask)
- Your Highlight on page 40 | location 611-612 | Added on Tuesday, 4 March 2025 21:01:02

Nobody had counted the boats {hostile}
==========
this is no entry
==========
"""


def screen_text(app: MarginApp) -> str:
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


async def shows(pilot: Pilot[None], app: MarginApp, *words: str) -> None:
    for each in words:
        await wait_for(pilot, lambda each=each: each in screen_text(app), each)  # type: ignore[misc]


def said(app: MarginApp) -> str:
    return "\n".join(each.message for each in notices(app))


def stored(folder: Path) -> list[Annotation]:
    return [each.annotation for each in Library(folder).annotations()]


async def loaded(pilot: Pilot[None], app: MarginApp) -> None:
    await wait_for(
        pilot, lambda: isinstance(app.screen, LibraryScreen) and app.screen.has_loaded, "library"
    )


async def test_a_file_is_planned_imported_opened_and_taken_back(tmp_path: Path) -> None:
    article, clippings = tmp_path / "gate.md", tmp_path / "My Clippings.txt"
    article.write_text(
        "---\nauthor: Mira Tolland\n---\n# The Gate\n\nThe gate was closed at nine.\n"
    )
    clippings.write_text(CLIPPINGS.format(hostile=HOSTILE), encoding="utf-8")
    library = tmp_path / "library"
    session = Session(library)
    session.queue.add(AddRequest(str(article)), Watch())
    app = MarginApp(session, Settings(native_clipboard=False))
    async with app.run_test(size=(120, 30), notifications=True) as pilot:
        await loaded(pilot, app)
        await pilot.press("M")
        await wait_for(pilot, lambda: isinstance(app.screen, PromptScreen), "the question")
        await pilot.press(*"/nowhere", "enter")
        await shows(pilot, app, "/nowhere is not there.")
        for typed, words in (("~nosuchname/a", "~nosuchname/a"), ("a" * 300, "a" * 20)):
            app.screen.query_one(Input).value = typed
            await pilot.press("enter")
            await shows(pilot, app, words, "is not there.")
        app.screen.query_one(Input).value = str(clippings)
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(app.screen, ImportScreen), "the plan")
        await shows(pilot, app, "2 new notes", "Ask the keeper.", "Not read:", "Salt and Paper")
        assert not stored(library)

        await pilot.press("j", "space")
        await shows(pilot, app, "left out", "1 new note")
        await pilot.press("n")
        await wait_for(pilot, lambda: "Ask the keeper." not in screen_text(app), "the bad row")
        await pilot.press("g", "i")
        await wait_for(pilot, lambda: "Imported 1 note." in said(app), "what was done")
        await shows(pilot, app, "imported: 1 new note")
        (annotation,) = stored(library)
        assert annotation.note == "Ask the keeper."

        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(app.screen, ReadingScreen), "the article")
        assert isinstance(app.screen, ReadingScreen)
        (shown,) = app.screen.context.state.annotations
        text = app.screen.context.state.document.text
        assert text[slice(*shown.range)] == "The gate was closed at nine"
        await pilot.press("q")
        await wait_for(pilot, lambda: isinstance(app.screen, ImportScreen), "the import again")
        await pilot.press("o")
        await wait_for(pilot, lambda: isinstance(app.screen, PromptScreen), "the question again")
        app.screen.query_one(Input).value = str(library / "cache/index.sqlite")
        await pilot.press("enter")
        await wait_for(pilot, lambda: "index.sqlite" in said(app), "why not")
        await shows(pilot, app, "imported: 1 new note")
        await pilot.press("u")
        await shows(pilot, app, "2 new notes")
        assert not stored(library)
        await pilot.press("q")
        await loaded(pilot, app)
    session.writer.close()


async def test_an_import_can_be_given_up_from_its_first_moment_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clippings, library = tmp_path / "My Clippings.txt", tmp_path / "library"
    clippings.write_text(CLIPPINGS.format(hostile=HOSTILE), encoding="utf-8")
    session = Session(library)
    make, has_begun, goes_on = session.importing.make, threading.Event(), threading.Event()

    def make_slowly(plan: ImportPlan, report: Report) -> Made:
        has_begun.set()
        goes_on.wait(20)
        return make(plan, report)

    monkeypatch.setattr(session.importing, "make", make_slowly)
    app = MarginApp(session, Settings(native_clipboard=False))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await loaded(pilot, app)
        await app.push_screen(ImportScreen([str(clippings)]))
        await shows(pilot, app, "2 new notes")
        await pilot.press("i")
        await wait_for(pilot, has_begun.is_set, "the import")
        await pilot.press("i", "q")
        goes_on.set()
        await wait_for(pilot, lambda: "Nothing was changed." in said(app), "the end")
        assert isinstance(app.screen, ImportScreen)
        assert not stored(library)
    session.writer.close()


async def test_an_import_is_taken_back_alone_and_no_earlier_step_for_it(tmp_path: Path) -> None:
    clippings, library = tmp_path / "My Clippings.txt", tmp_path / "library"
    clippings.write_text(CLIPPINGS.format(hostile=HOSTILE), encoding="utf-8")
    session = Session(library)
    undone: list[str] = []

    def step(name: str) -> OtherStep:
        def undo() -> Step:
            undone.append(name)
            return Step(name)

        return OtherStep(name, undo, undo)

    app = MarginApp(session, Settings(native_clipboard=False))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await loaded(pilot, app)
        app.add_step(step("before"))
        await app.push_screen(ImportScreen([str(clippings)]))
        for is_undone_elsewhere in (False, True):
            await shows(pilot, app, "2 new notes", "leave out")
            await pilot.press("i")
            await shows(pilot, app, "imported: 2 new notes")
            if is_undone_elsewhere:
                await app.undo_notes()
            else:
                app.add_step(step("after"))
            await pilot.press("u")
            await shows(pilot, app, "leave out")
            assert not stored(library)
            assert not undone
        assert "It was undone already." in said(app)
        await app.undo_notes()
        await app.undo_notes()
        assert undone == ["after", "before"]
    session.writer.close()


async def test_a_path_that_is_not_there_is_named_whole_over_an_empty_screen(tmp_path: Path) -> None:
    missing = str(tmp_path / "a_folder_of_exports" / "highlights.csv")
    app = MarginApp(Session(tmp_path / "library"), Settings(native_clipboard=False))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await loaded(pilot, app)
        await pilot.press("M")
        await wait_for(pilot, lambda: isinstance(app.screen, PromptScreen), "the question")
        below = app.screen_stack[-2]
        assert isinstance(below, ImportScreen)
        assert not below.note_rows.display
        app.screen.query_one(Input).value = missing
        await pilot.press("enter")
        hint = app.screen.query_one("#prompt-hint", Static)
        await wait_for(pilot, lambda: str(hint.content) == f"{missing} is not there.", "the path")


async def test_what_cannot_be_imported_is_said_and_asked_for_again(tmp_path: Path) -> None:
    unknown = tmp_path / "notes.bin"
    unknown.write_bytes(b"\x00\x01 nothing that anybody knows")
    app = MarginApp(Session(tmp_path / "library"), Settings(native_clipboard=False))
    async with app.run_test(size=(60, 20), notifications=True) as pilot:
        await loaded(pilot, app)
        await pilot.press("M")
        await wait_for(pilot, lambda: isinstance(app.screen, PromptScreen), "the question")
        app.screen.query_one(Input).value = str(unknown)
        await pilot.press("enter")
        await wait_for(pilot, lambda: "notes.bin" in said(app), "why not")
        await wait_for(pilot, lambda: isinstance(app.screen, PromptScreen), "the question again")
        await pilot.press("escape")
        await loaded(pilot, app)


@pytest.mark.parametrize(
    ("typed", "paths"),
    [
        ("a.csv b.csv", ["a.csv", "b.csv"]),
        ("*.csv", ["a.csv", "b.csv"]),
        ("My Clippings.txt", ["My Clippings.txt"]),
        ("'My Clippings.txt' a.csv", ["My Clippings.txt", "a.csv"]),
        ('"My Clippings.txt" "My Notes"', ["My Clippings.txt", "My Notes"]),
        ("My\\ Clippings.txt ./a.csv a.csv", ["My Clippings.txt", "a.csv"]),
        ("~/My\\ Notes/* ~/a.csv", ["{home}/My Notes/n.md", "{home}/a.csv"]),
        ("it's.txt", ["it's.txt"]),
        ("f[1].txt [ab].csv", ["f[1].txt", "a.csv", "b.csv"]),
        ("file:///{home}/My%20Clippings.txt a.csv", ["{home}/My Clippings.txt", "a.csv"]),
        ("a.csv none.csv *.none", ["a.csv", "none.csv", "*.none"]),
        ("no such file", ["no such file"]),
        ("\0*", ["\0*"]),
        (" ", []),
    ],
)
def test_a_line_names_files_as_in_a_shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, paths: list[str]
) -> None:
    (tmp_path / "My Notes").mkdir()
    for name in ("a.csv", "b.csv", ".c.csv", "My Clippings.txt", "it's.txt", "f[1].txt"):
        (tmp_path / name).touch()
    (tmp_path / "My Notes" / "n.md").touch()
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    named = [each.replace("{home}", str(tmp_path)) for each in paths]
    assert paths_in(typed.replace("/{home}", str(tmp_path))) == named


def test_each_of_several_files_says_how_much_is_in_it(tmp_path: Path) -> None:
    clippings, table = tmp_path / "My Clippings.txt", tmp_path / "readwise.csv"
    clippings.write_text(CLIPPINGS.format(hostile=""), encoding="utf-8")
    table.write_text("Highlight,Title,Author,Note\nTides keep no books,Tides,Ana Lind,Why?\n")
    session = Session(tmp_path / "library")
    rows = [*rows_of(session.importing.plan([str(clippings), str(table)]), frozenset())]
    session.writer.close()
    said = [row.summary if isinstance(row, FileRow) else type(row) for row in rows]
    assert said == [
        "Kindle's My Clippings.txt: 2 sources, 2 notes",
        SourceRow,
        SourceRow,
        NoticeRow,
        "Readwise: 1 source, 1 note",
        SourceRow,
    ]


def test_a_source_that_was_removed_says_how_it_comes_back() -> None:
    source = PlannedSource(
        ArticleFate.REMOVED, "The Gate", "", None, left_out=2, removal="the_gate-2026"
    )
    assert SourceRow("", source).detail.endswith("margin trash --restore the_gate-2026")


def test_a_source_of_which_only_the_origin_is_written_is_no_news(tmp_path: Path) -> None:
    clippings = tmp_path / "My Clippings.txt"
    clippings.write_text(CLIPPINGS.format(hostile=""), encoding="utf-8")
    session = Session(tmp_path / "library")
    first = session.importing.plan([str(clippings)])
    session.importing.make(first)
    (known, _) = session.importing.plan([str(clippings)]).sources()
    session.writer.close()
    (note,) = known.notes
    noted = known._replace(notes=(note._replace(after=note.before),))
    assert noted.changes
    assert not SourceRow("", noted).is_news
    assert [row.is_news for row in rows_of(first, frozenset())] == [True, True, True]
