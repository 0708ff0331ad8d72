"""Projects are given in the library, in the details and in the article, and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from reader.session import Session
from reader.ui.dialogs.details import DetailsScreen
from reader.ui.dialogs.projects import ProjectsScreen
from reader.ui.library.screen import LibraryScreen
from tests.ui.list_app import article, keep, note, screen_lines, screen_text, shown
from tests.ui.reading_app import opened
from tests.ui.waiting import wait_for


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Three articles, one of them in a project."""
    keep(
        tmp_path,
        (article("Meters", source="", tags=("Water meters",)), [note("one", "claim")]),
        (article("Almanac", source=""), []),
        (article("Bridges", source=""), []),
    )
    return tmp_path


def projects(folder: Path) -> dict[str, tuple[str, ...]]:
    """What is on disk."""
    return {each.title: each.tags for each in Session(folder).articles()}


async def test_selected_articles_get_projects_together_and_lose_them_together(
    library: Path,
) -> None:
    screen = LibraryScreen()
    async with shown(library, screen) as (app, pilot):
        await pilot.press("s", "space", "v")
        await wait_for(pilot, lambda: screen_lines(app)[0].endswith("by title"))
        assert "2 selected of 3 articles" in screen_lines(app)[0]
        await pilot.press("P", "w", "a", "t", "tab")
        await wait_for(pilot, lambda: "✓ Water meters  1 article" in screen_text(app))
        await pilot.press(*"Ports", "enter")
        both = dict.fromkeys(("Almanac", "Bridges"), ("Water meters", "Ports"))
        await wait_for(pilot, lambda: projects(library) == both | {"Meters": ("Water meters",)})
        sentence = "2 articles now belong to “Water meters”, “Ports”; u undoes that."
        await wait_for(pilot, lambda: sentence in app.notices)
        await wait_for(pilot, lambda: screen_text(app).count("Water meters, Ports") == 2)
        await pilot.press("asterisk", "P")
        await wait_for(pilot, lambda: isinstance(app.screen, ProjectsScreen))
        assert "✓ Water meters  3 articles" in screen_text(app)
        assert "– Ports  2 articles, 2 of these" in screen_text(app)
        await pilot.press("enter")  # takes the first one away
        await wait_for(pilot, lambda: projects(library)["Meters"] == ())
        assert projects(library)["Bridges"] == ("Ports",)
        await pilot.press("u", "u")
        await wait_for(pilot, lambda: projects(library)["Bridges"] == ())
        assert projects(library) == {"Meters": ("Water meters",), "Almanac": (), "Bridges": ()}
        await pilot.press("asterisk", "asterisk", "x")
        await wait_for(pilot, lambda: "3 articles are archived; u undoes that." in app.notices)


async def test_a_name_that_is_none_is_said_in_the_dialog_and_escape_changes_nothing(
    library: Path,
) -> None:
    async with shown(library, LibraryScreen()) as (app, pilot):
        await pilot.press("P")
        await wait_for(pilot, lambda: isinstance(app.screen, ProjectsScreen))
        app.screen.query_one(Input).value = "x" * 101
        await pilot.press("enter")
        await wait_for(pilot, lambda: "at most 100 characters" in screen_text(app))
        await pilot.press("escape")
        await wait_for(pilot, lambda: not isinstance(app.screen, ProjectsScreen))
        assert "Water meters" in projects(library)["Meters"]


async def test_the_details_and_the_article_give_projects_too(library: Path) -> None:
    screen = LibraryScreen()
    async with shown(library, screen) as (app, pilot):
        await pilot.press("s", "i", "p", *"Bridges", "enter")
        await wait_for(pilot, lambda: isinstance(app.screen, DetailsScreen))
        await wait_for(pilot, lambda: projects(library)["Almanac"] == ("Bridges",))
        await wait_for(pilot, lambda: "Projects" in screen_text(app))
        await pilot.press("u")
        await wait_for(pilot, lambda: projects(library)["Almanac"] == ())


async def test_the_article_on_screen_is_given_to_a_project(tmp_path: Path) -> None:
    async with opened(tmp_path, "# Meters\n\nIt broke in March.\n") as reader:
        await reader.press("C", *"Water", "enter")
        await reader.until(lambda: [*projects(reader.folder).values()] == [("Water",)])
