"""The dialog that saves a query under a name: what it says, and what it returns."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from reader.core.saved_searches import STANDARD_SEARCHES, SavedSearch
from reader.ui.dialogs.save_search import SaveSearchScreen, SearchChange
from tests.ui.stage import HOSTILE, Stage, screen_text, stage
from tests.ui.waiting import wait_for

OPEN = STANDARD_SEARCHES[0]
QUERY = 'speaker:prewitt "in good faith"'


async def opened(pilot: Pilot[None], app: Stage, query: str) -> None:
    screen = SaveSearchScreen(query, STANDARD_SEARCHES)
    app.show(screen)
    await wait_for(pilot, lambda: screen.is_mounted and "Query" in screen_text(app))
    await wait_for(pilot, lambda: screen.focused)


async def test_a_query_is_saved_under_a_new_name(tmp_path: Path) -> None:
    app = stage(tmp_path)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await opened(pilot, app, QUERY)
        assert QUERY in screen_text(app)
        assert "which the settings keep" in screen_text(app)
        await pilot.press("enter")
        await wait_for(pilot, lambda: "needs a name" in screen_text(app))
        await pilot.press(*"Faith")
        await wait_for(pilot, lambda: "“Faith” is a new saved search." in screen_text(app))
        await pilot.press("enter")
        await wait_for(pilot, lambda: app.results)
        assert app.results == [SearchChange(SavedSearch("Faith", QUERY))]


async def test_a_known_name_is_replaced_in_its_spelling(tmp_path: Path) -> None:
    app = stage(tmp_path)
    async with app.run_test(size=(60, 20), notifications=True) as pilot:
        await opened(pilot, app, QUERY)
        await pilot.press(*"OPEN", "space", *"Claims")
        await wait_for(pilot, lambda: "takes the place of “open claims”" in screen_text(app))
        await pilot.click("#save")
        await wait_for(pilot, lambda: app.results)
        assert app.results == [SearchChange(SavedSearch("open claims", QUERY))]


async def test_a_saved_search_can_be_forgotten(tmp_path: Path) -> None:
    app = stage(tmp_path)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await opened(pilot, app, OPEN.query)
        assert "“open claims” is this query already." in screen_text(app)
        await pilot.press("tab", "tab", "enter")
        await wait_for(pilot, lambda: app.results)
        assert app.results == [SearchChange(OPEN, is_forgotten=True)]


@pytest.mark.parametrize("size", [(80, 12), (30, 10), (140, 45)])
async def test_hostile_words_are_harmless_and_it_closes(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    app = stage(tmp_path)
    async with app.run_test(size=size, notifications=True) as pilot:
        await opened(pilot, app, f"[red] {HOSTILE}")
        text = screen_text(app)
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert "Save" in text
        await pilot.press("escape")
        await wait_for(pilot, lambda: app.results)
        assert app.results == [None]
