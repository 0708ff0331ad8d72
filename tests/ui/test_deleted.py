"""The list of what was deleted: what it shows, and bringing things back by real keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.session import Session
from reader.store.library import Library
from reader.ui.dialogs.confirm import ConfirmScreen
from reader.ui.dialogs.deleted import DeletedScreen
from reader.ui.library.screen import LibraryScreen
from reader.ui.notes.screen import NotesScreen
from tests.ui.list_app import ListApp, article, keep, note, screen_lines, screen_text, shown
from tests.ui.reading_app import opened
from tests.ui.stage import HOSTILE
from tests.ui.waiting import wait_for

DAYS = ["2026-11-20T10:00:00.000Z", "2026-11-21T10:00:00.000Z", "2026-11-22T10:00:00.000Z"]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library in which two annotations were deleted, and an article with a third one removed."""
    dead = [
        note("the second ledger", "claim", deleted=DAYS[0], modified=DAYS[0], note="Ask her\nsoon"),
        note("washed away", "context", deleted=DAYS[1], modified=DAYS[1]),
    ]
    bridges = article("Bridges")
    keep(
        tmp_path,
        (article("The quiet ledger"), [dead[0], note("a live one")]),
        (article("The tide"), [dead[1]]),
        (bridges, [note("stone arches")]),
    )
    Library(tmp_path).removals.remove(bridges.id)
    return tmp_path


async def listed(app: ListApp, pilot: object) -> DeletedScreen:
    await wait_for(pilot, lambda: isinstance(app.screen, DeletedScreen))  # type: ignore[arg-type]
    screen = app.screen
    assert isinstance(screen, DeletedScreen)
    await wait_for(pilot, lambda: screen.has_loaded)  # type: ignore[arg-type]
    await pilot.pause()  # type: ignore[attr-defined]
    return screen


def quotes(folder: Path) -> set[str]:
    return {each.annotation.selector.exact for each in Session(folder).annotations()}


async def test_it_lists_annotations_and_articles_newest_first(library: Path) -> None:
    async with shown(library, NotesScreen()) as (app, pilot):
        await pilot.press("ctrl+d")
        screen = await listed(app, pilot)
        titles = [row.deletion.title for row in screen.deleted_rows.rows]
        assert titles == ["Bridges", "The tide", "The quiet ledger"]
        text = screen_text(app)
        assert "the article with 1 annotation" in text
        assert "⚑ the second ledger" in text
        assert "Ask her" in text
        assert "soon" not in text
        assert "The quiet ledger" in text
        assert "enter bring back" in text
        assert "esc close" in text or "escape close" in text
        await pilot.press("escape")
        await wait_for(pilot, lambda: isinstance(app.screen, NotesScreen))


@pytest.mark.parametrize("key", ["enter", "u"])
async def test_a_key_brings_back_and_the_same_key_deletes_again(library: Path, key: str) -> None:
    screen = NotesScreen()
    async with shown(library, screen) as (app, pilot):
        await pilot.press("ctrl+d")
        await listed(app, pilot)
        await pilot.press("j", "j", key)
        await wait_for(pilot, lambda: "is back" in screen_text(app))
        assert quotes(library) == {"a live one", "the second ledger"}
        assert "delete again" in screen_text(app)
        await pilot.press(key)
        await wait_for(pilot, lambda: "is back" not in screen_text(app))
        assert quotes(library) == {"a live one"}
        await pilot.press(key)
        await wait_for(pilot, lambda: "is back" in screen_text(app))
        await pilot.press("q")
        await wait_for(pilot, lambda: len(screen.note_rows.rows) == 2)
        await pilot.press("ctrl+d")
        again = await listed(app, pilot)
        assert len(again.deleted_rows.rows) == 2


async def test_an_article_comes_back_with_its_notes(library: Path) -> None:
    screen = LibraryScreen()
    async with shown(library, screen) as (app, pilot):
        assert len(screen.article_rows.rows) == 2
        await pilot.press("D")
        await listed(app, pilot)
        await pilot.press("u")
        await wait_for(pilot, lambda: "is back" in screen_text(app))
        assert quotes(library) == {"a live one", "stone arches"}
        await pilot.press("u")
        await wait_for(pilot, lambda: "is back" not in screen_text(app))
        assert quotes(library) == {"a live one"}
        await pilot.press("u")
        await wait_for(pilot, lambda: "is back" in screen_text(app))
        await pilot.press("escape")
        await wait_for(pilot, lambda: len(screen.article_rows.rows) == 3)


async def test_the_library_does_not_undo_what_was_brought_back_here(library: Path) -> None:
    screen = LibraryScreen()
    async with shown(library, screen) as (app, pilot):
        await pilot.press("x", "d")
        await wait_for(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.pause()
        await pilot.press("y")
        await wait_for(pilot, lambda: any("trash folder" in each for each in app.notices))
        await pilot.press("D")
        await listed(app, pilot)
        await pilot.press("u")
        await wait_for(pilot, lambda: "is back" in screen_text(app))
        await pilot.press("escape")
        await wait_for(pilot, lambda: app.screen is screen)
        before = len(app.notices)
        await pilot.press("u")
        await wait_for(pilot, lambda: len(app.notices) > before)
        assert "is unread again" in app.notices[-1] or "is reading again" in app.notices[-1]


async def test_in_an_open_article_undo_undoes_what_was_brought_back(tmp_path: Path) -> None:
    async with opened(tmp_path, "The pump ran twice. Nobody had checked it.") as reader:
        await reader.press("1", "d")
        assert reader.quotes == []
        # A second article is not needed: the list is of all articles.
        await reader.press("D")
        await reader.until(lambda: isinstance(reader.app.screen, DeletedScreen))
        screen = reader.app.screen
        assert isinstance(screen, DeletedScreen)
        await reader.until(lambda: len(screen.deleted_rows.rows) == 1)
        await reader.press("enter")
        await reader.until(lambda: len(reader.quotes) == 1)
        await reader.press("escape", "u")
        await reader.until(lambda: reader.quotes == [])
        assert "bring back" in reader.message
        await reader.press("ctrl+r")
        await reader.until(lambda: len(reader.quotes) == 1)
    assert len(quotes(reader.folder)) == 1


@pytest.mark.parametrize("size", [(80, 24), (140, 45), (80, 12), (60, 20), (40, 12), (20, 6)])
async def test_hostile_deletions_are_only_shown(tmp_path: Path, size: tuple[int, int]) -> None:
    dead = [
        note(HOSTILE, f"tag {HOSTILE[:9]}", note=HOSTILE, deleted=day, modified=day) for day in DAYS
    ]
    keep(tmp_path, (article(HOSTILE[:300]), dead))
    async with shown(tmp_path, LibraryScreen(), size) as (app, pilot):
        await pilot.press("D")
        await listed(app, pilot)
        for key in ("j", "u", "k", "enter"):
            await pilot.press(key)
            await pilot.pause()
            text = "\n".join(screen_lines(app))
            assert not set(text) & set("\x1b\x07\u202e\u202c")


async def test_an_error_is_shown_and_the_row_stays(library: Path) -> None:
    async with shown(library, NotesScreen()) as (app, pilot):
        await pilot.press("ctrl+d")
        screen = await listed(app, pilot)
        for file in (library / "trash").rglob("*.json"):
            file.unlink()
        await pilot.press("u")
        await wait_for(pilot, lambda: app.notices)
        assert not any(row.is_back for row in screen.deleted_rows.rows)


async def test_nothing_was_deleted(tmp_path: Path) -> None:
    async with shown(tmp_path, NotesScreen()) as (app, pilot):
        await pilot.press("ctrl+d")
        await listed(app, pilot)
        await pilot.press("u", "enter")
        assert "Nothing was deleted." in screen_text(app)
