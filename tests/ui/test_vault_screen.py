"""A vault on screen: what an update would do is shown, done, opened and taken back."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from reader.config import Settings
from reader.progress import EXPORTING, Report, Stage
from reader.session import AnnotationRequest, Session
from reader.session.vault_export import VaultUpdate
from reader.ui.app import MarginApp
from reader.ui.dialogs.prompt import PromptScreen
from reader.ui.library.screen import LibraryScreen
from reader.ui.reading.screen import ReadingScreen
from reader.ui.vault.rows import rows_of
from reader.ui.vault.screen import VaultScreen
from tests.ui.stage import HOSTILE
from tests.ui.test_importing_screen import loaded, said, screen_text, shows
from tests.ui.waiting import wait_for

QUOTES = ("kept a second book", "Nobody asked")


def library(folder: Path, *names: str) -> Session:
    """Return a library with two notes on each article of some names."""
    session = Session(folder / "library")
    for name in names:
        source = folder / f"{name}.md"
        source.write_text(f"# {name} {HOSTILE}\n\nThe town kept a second book. Nobody asked.\n")
        for quote in QUOTES:
            session.annotate(
                str(source), AnnotationRequest(quote, note=f"{len(quote)} letters in {name}.")
            )
    session.save_all()
    return session


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def notes_of(session: Session) -> set[str]:
    return {each.annotation.note for each in session.annotations()}


async def test_an_update_is_planned_made_opened_and_taken_back(tmp_path: Path) -> None:
    session, vault = library(tmp_path, "ledger", "salt", "boats"), tmp_path / "vault"
    session.update_vault(vault)
    ledger, salt, boats = (next(vault.glob(f"{name}*")) for name in ("ledger", "salt", "boats"))
    edit(ledger, "18 letters in ledger.", f"My own words {HOSTILE}")
    edit(salt, "kept a second book", "kept a third book")
    boats.unlink()
    app = MarginApp(session, Settings(native_clipboard=False, vault=str(vault)))
    async with app.run_test(size=(120, 30), notifications=True) as pilot:
        await loaded(pilot, app)
        await pilot.press("ctrl+e")
        await shows(pilot, app, "boats", "1 new, 1 changed, 2 edits", "enter", "write")
        assert not boats.exists()
        await pilot.press("n")
        await shows(pilot, app, "passage edited", "kept a third book")
        await pilot.press("g", "j")
        await shows(pilot, app, "ledger", "My own words")
        await pilot.press("enter")
        await wait_for(pilot, lambda: "1 note changed in the library." in said(app), "the end")
        await shows(pilot, app, "done: 1 new, 1 changed")
        assert boats.exists()
        assert any("My own words" in note for note in notes_of(session))
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(app.screen, ReadingScreen), "the article")
        await pilot.press("q")
        await wait_for(pilot, lambda: isinstance(app.screen, VaultScreen), "the vault again")
        await pilot.press("u")
        await wait_for(pilot, lambda: "18 letters in ledger." in notes_of(session))
        await shows(pilot, app, "1 changed")
        await pilot.press("q")
        await wait_for(pilot, lambda: isinstance(app.screen, LibraryScreen), "the library")


def test_what_is_gone_is_listed_with_its_reason(tmp_path: Path) -> None:
    session, vault = library(tmp_path, "ledger", "salt"), tmp_path / "vault"
    session.update_vault(vault)
    salt = next(vault.glob("salt*"))
    salt.write_text(f"My own words.\n{salt.read_text(encoding='utf-8')}", encoding="utf-8")
    for article in session.articles():
        session.removals.remove(article.id)
    update = session.update_vault(vault, is_dry=True)
    rows = {row.name.split()[0]: row for row in rows_of(update)}
    reason = "its article was removed from the library"
    assert rows["ledger"].facts == ("removed", reason)
    assert rows["salt"].facts == ("emptied", reason)
    assert not any(row.is_doubtful for row in rows.values())
    assert all(row.is_news for row in rows.values())
    assert update.brief == "1 removed, 1 emptied"


def test_every_edit_has_a_row_whatever_becomes_of_its_file(tmp_path: Path) -> None:
    session, vault = library(tmp_path, "ledger", "salt"), tmp_path / "vault"
    session.update_vault(vault, tags=["quote"])
    for path in vault.iterdir():
        edit(path, "#quote", "#claim")
        edit(path, "18 letters", "Some letters")
    update = session.update_vault(vault, tags=["quote"])
    assert len(update.taken) == 4
    taken = [note for row in rows_of(update) for note in row.taken]
    assert sorted(taken) == sorted(update.taken)
    without_files = update._replace(files=(), gone=())
    rows = list(rows_of(without_files))
    assert sorted(note for row in rows for note in row.taken) == sorted(update.taken)
    assert {row.article_id for row in rows} == {each.article_id for each in update.taken}


async def test_edits_that_were_taken_can_be_undone_where_the_rest_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, vault = library(tmp_path, "ledger"), tmp_path / "vault"
    session.update_vault(vault)
    edit(next(vault.iterdir()), "18 letters in ledger.", "My own words")
    update, goes_on, begun = session.update_vault, threading.Event(), []

    def update_slowly(*args: Any, report: Report, is_dry: bool, **rest: Any) -> VaultUpdate:
        def report_slowly(stage: Stage, done: int, total: int) -> None:
            if stage is EXPORTING and not is_dry:
                begun.append(done)
                goes_on.wait(20)
            report(stage, done, total)

        return update(*args, report=report_slowly, is_dry=is_dry, **rest)

    monkeypatch.setattr(session, "update_vault", update_slowly)
    app = MarginApp(session, Settings(native_clipboard=False, vault=str(vault)))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await loaded(pilot, app)
        await pilot.press("ctrl+e")
        await shows(pilot, app, "1 edit")
        await pilot.press("enter", "enter")
        await wait_for(pilot, lambda: bool(begun), "the first file")
        assert "My own words" in notes_of(session)
        await pilot.press("enter", "q")
        goes_on.set()
        await wait_for(pilot, lambda: "the same command writes the rest" in said(app), "the end")
        assert len(begun) == 1
        await shows(pilot, app, "undo")
        assert isinstance(app.screen, VaultScreen)
        await pilot.press("u")
        await wait_for(pilot, lambda: "18 letters in ledger." in notes_of(session), "the old note")
        await shows(pilot, app, "write")
        await pilot.press("q")
        await wait_for(pilot, lambda: isinstance(app.screen, LibraryScreen), "the library")
        assert await app.undo_notes() is None


async def test_a_folder_is_asked_for_and_one_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    session, graph = library(tmp_path, "ledger"), tmp_path / "graph"
    (graph / "logseq").mkdir(parents=True)
    (graph / "logseq/config.edn").touch()
    (graph / "pages").touch()
    app = MarginApp(session, Settings(native_clipboard=False))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await loaded(pilot, app)
        await pilot.press("ctrl+e")
        await wait_for(pilot, lambda: isinstance(app.screen, PromptScreen), "the question")
        for typed, words in (
            (str(tmp_path / "ledger.md"), "is a file, not a folder"),
            ("~nosuchname/a", "is not a path that this system knows"),
            ("a" * 300, "too long"),
        ):
            app.screen.query_one(Input).value = typed
            await pilot.press("enter")
            await shows(pilot, app, words)
        app.screen.query_one(Input).value = str(tmp_path / "vault")
        await pilot.press("enter")
        await shows(pilot, app, "1 new")
        await pilot.press("f")
        await wait_for(pilot, lambda: isinstance(app.screen, PromptScreen), "the question again")
        app.screen.query_one(Input).value = str(graph)
        await pilot.press("enter")
        await wait_for(pilot, lambda: "pages is a file, not a folder" in said(app), "the error")
        await pilot.press("w")
        await shows(pilot, app, "done: 1 new")
        await pilot.press("u")
        await wait_for(pilot, lambda: "nothing to undo" in said(app), "what that cannot do")
        await pilot.press("f")
        await wait_for(pilot, lambda: isinstance(app.screen, PromptScreen), "the question")
        app.screen.query_one(Input).value = str(tmp_path / "vault")
        await pilot.press("enter")
        await shows(pilot, app, "nothing has changed", "There is nothing to write.")
        assert "enter write" not in screen_text(app)
    assert len(list((tmp_path / "vault").iterdir())) == 1
