"""The names of tags and speakers, renamed and merged from the list of notes, and undone there."""

from __future__ import annotations

from pathlib import Path

from reader.store.library import Library
from reader.ui.dialogs.confirm import ConfirmScreen
from reader.ui.dialogs.names import NamesScreen
from reader.ui.dialogs.prompt import PromptScreen
from reader.ui.notes.screen import NotesScreen
from tests.ui.list_app import article, keep, note, screen_text, shown
from tests.ui.waiting import wait_for


def fill(folder: Path) -> Path:
    notes = [
        note("one", "fact", speaker="Lucan Prewitt"),
        note("two", "facts", speaker="Prewitt"),
        note("three", "facts", speaker="Lucan Prewitt"),
    ]
    keep(folder, (article("The ledger"), notes[:2]), (article("Ferry"), notes[2:]))
    return folder


def stored(folder: Path) -> tuple[set[str], set[str]]:
    """Return the tags and the speakers on disk."""
    library = Library(folder)
    records = [library.load(each.id) for each in library.articles()]
    library.close()
    notes = [each for record in records for each in record.annotations]
    return {tag for each in notes for tag in each.tags}, {each.speaker for each in notes}


async def test_names_are_renamed_merged_and_undone(tmp_path: Path) -> None:
    library, screen = fill(tmp_path), NotesScreen()
    async with shown(library, screen) as (app, pilot):

        async def on(kind: type[object]) -> None:
            await wait_for(pilot, lambda: isinstance(app.screen, kind), kind.__name__)
            await pilot.pause()

        async def counted(rows: int) -> NamesScreen:
            await on(NamesScreen)
            names = app.screen
            assert isinstance(names, NamesScreen)
            await wait_for(
                pilot, lambda: names.has_loaded and len(names.name_rows.rows) == rows, "the names"
            )
            await pilot.pause()
            return names

        await pilot.press("at")
        await counted(2)
        assert "2  ⁘ facts" in screen_text(app) or "2  " in screen_text(app)
        await pilot.press("space", "space", "m")
        await on(PromptScreen)
        await pilot.press("enter")
        await on(ConfirmScreen)
        assert "This changes 1 note in 1 article." in screen_text(app)
        await pilot.press("y")
        await counted(1)
        assert stored(library)[0] == {"facts"}
        await pilot.press("tab")
        await counted(2)
        assert "the same as Lucan Prewitt? surname alone" in screen_text(app)
        await pilot.press("G", "m")
        await on(PromptScreen)
        await pilot.press("enter")
        await on(ConfirmScreen)
        await pilot.press("y")
        await counted(1)
        assert "also Prewitt" in screen_text(app)
        assert stored(library)[1] == {"Lucan Prewitt"}
        await pilot.press("enter")
        await on(PromptScreen)
        await pilot.press("ctrl+u", *"L. Prewitt", "enter")
        await on(ConfirmScreen)
        await pilot.press("n")
        await on(NamesScreen)
        await pilot.press("u")
        await counted(2)
        await pilot.press("escape")
        await on(NotesScreen)
        assert stored(library)[1] == {"Lucan Prewitt", "Prewitt"}
        await pilot.press("u")
        await wait_for(pilot, lambda: stored(library)[0] == {"fact", "facts"}, "the tags")
        await pilot.press("ctrl+r")
        await wait_for(pilot, lambda: stored(library)[0] == {"facts"}, "the merge again")
