"""Saved searches on the screen: asked from anywhere, saved from the notes, and forgotten."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.command import CommandPalette
from textual.widgets import Input

from reader.config import Settings, load_settings
from reader.core.saved_searches import STANDARD_SEARCHES, SavedSearch, search_named
from reader.paths import settings_file
from reader.session import ChosenNotes
from reader.ui.dialogs.save_search import SaveSearchScreen
from reader.ui.library.screen import LibraryScreen
from reader.ui.notes.screen import NotesScreen
from tests.ui.list_app import ListApp, article, keep, note, screen_text, shown
from tests.ui.waiting import notices, wait_for

MINE = SavedSearch("Mine [/]", "speaker:prewitt", "f5")


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    notes = [
        note("it was tested", "claim", status="unchecked", speaker="Prewitt"),
        note("it was not", "claim", status="refuted", note="Ask."),
    ]
    keep(folder, (article("Tides"), notes))
    return folder


def listed(app: ListApp) -> list[str]:
    """Return the passages of the notes on screen; none elsewhere."""
    if not isinstance(app.screen, NotesScreen):
        return []
    rows = app.screen.note_rows.rows
    summaries = {each.annotation.id: each.annotation for each in app.session.annotations()}
    return [summaries[row.id].selector.exact for row in rows]


async def test_a_key_asks_a_saved_search_from_the_library_and_again_in_the_notes(
    library: Path,
) -> None:
    settings = Settings(searches=(*STANDARD_SEARCHES, MINE))
    async with shown(library, LibraryScreen(), settings=settings) as (app, pilot):
        await pilot.press("slash", "f5")
        await pilot.pause()
        assert isinstance(app.screen, LibraryScreen), "something is being written"
        await pilot.press("escape", "f5")
        await wait_for(pilot, lambda: listed(app) == ["it was tested"], "the notes")
        assert "Mine [/]" in screen_text(app)
        await pilot.press("escape")
        await wait_for(pilot, lambda: len(listed(app)) == 2, "all notes")
        await pilot.press("f5")
        await wait_for(pilot, lambda: listed(app) == ["it was tested"], "the notes again")


async def test_the_palette_asks_a_saved_search(library: Path) -> None:
    async with shown(library, LibraryScreen()) as (app, pilot):
        await pilot.press("ctrl+p")
        await wait_for(pilot, lambda: isinstance(app.screen, CommandPalette))
        await pilot.press(*"without a note")
        await wait_for(pilot, lambda: "Notes: without a note" in screen_text(app))
        await pilot.press("down", "enter")
        await wait_for(pilot, lambda: listed(app) == ["it was tested"], "the notes")


async def test_the_palette_shows_any_name_and_query_as_they_are(library: Path) -> None:
    hostile = SavedSearch("Mine [/] [red]x \\[", 'tested OR "[/b] [b=$x]" OR "[@click=quit()]a"')
    async with shown(
        library, LibraryScreen(), size=(100, 45), settings=Settings(searches=(hostile,))
    ) as (app, pilot):
        await pilot.press("ctrl+p")
        await wait_for(pilot, lambda: "Archive" in screen_text(app), "all commands")
        await pilot.press(*"notes: mine")
        await wait_for(pilot, lambda: "Notes: Mine [/] [red]x \\[" in screen_text(app))
        await wait_for(pilot, lambda: "Archive" not in screen_text(app), "the search alone")
        assert '"[/b] [b=$x]" OR "[@click=quit()]a"' in screen_text(app)
        await pilot.press("enter")
        await wait_for(pilot, lambda: listed(app) == ["it was tested"], "the notes")


async def test_a_query_is_saved_under_a_name_and_forgotten(library: Path) -> None:
    screen = NotesScreen()
    async with shown(library, screen) as (app, pilot):
        await pilot.press("ctrl+s")
        await wait_for(
            pilot, lambda: any("no query to save" in each.message for each in notices(app))
        )
        screen.query_field.write("stattus:open")
        await pilot.press("ctrl+s")
        await wait_for(
            pilot, lambda: any("did you mean status:?" in each.message for each in notices(app))
        )
        screen.query_field.write("status:refuted")
        await wait_for(pilot, lambda: listed(app) == ["it was not"])
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: isinstance(app.screen, SaveSearchScreen))
        await wait_for(pilot, lambda: isinstance(app.focused, Input))
        await pilot.press(*"Wrong", "enter")
        await wait_for(pilot, lambda: "Wrong" in screen_text(app) and app.screen is screen)
        saved = search_named(load_settings(settings_file()).searches, "wrong")
        assert saved == SavedSearch("Wrong", "status:refuted")
        assert app.settings.searches[-1] == saved
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: isinstance(app.screen, SaveSearchScreen))
        await pilot.click("#forget")
        await wait_for(pilot, lambda: app.screen is screen)
        await wait_for(pilot, lambda: len(app.settings.searches) == len(STANDARD_SEARCHES))
        assert load_settings(settings_file()).searches == STANDARD_SEARCHES


async def test_exactly_the_notes_that_are_seen_or_selected_are_exported(library: Path) -> None:
    screen = NotesScreen()
    async with shown(library, screen) as (app, pilot):
        await wait_for(pilot, lambda: len(listed(app)) == 2)
        await pilot.press("E")
        await wait_for(pilot, lambda: len(app.exported) == 1)
        screen.query_field.write("  status:refuted ")
        await wait_for(pilot, lambda: listed(app) == ["it was not"])
        refuted = frozenset(row.id for row in screen.note_rows.rows)
        await pilot.press("E")
        await wait_for(pilot, lambda: len(app.exported) == 2)
        screen.query_field.write("")
        await wait_for(pilot, lambda: len(listed(app)) == 2)
        await pilot.press("space", "E")
        await wait_for(pilot, lambda: len(app.exported) == 3)
        everything, query, selection = app.exported
        assert everything is not None
        assert everything.is_everything
        assert query is not None
        assert (query.label, query.chosen) == (
            "These 1 note",
            ChosenNotes(refuted, "status:refuted"),
        )
        assert selection is not None
        assert selection.chosen is not None
        assert selection.chosen.ids == screen.note_rows.selected
        assert selection.chosen.query.startswith("selection ")
