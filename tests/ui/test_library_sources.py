"""The sources of several articles are corrected together in the library."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from reader.core.document import Metadata
from reader.session import Session
from reader.ui.dialogs.source_form import SEVERAL, SourceForm
from reader.ui.library.screen import LibraryScreen
from tests.ui.list_app import ListApp, article, keep, screen_text, shown
from tests.ui.waiting import wait_for

DAYS = [f"2026-11-0{number}T09:00:00.000Z" for number in (3, 2, 1)]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    keep(
        tmp_path,
        *(
            (article(f"Part {n}", source="", opened=day, site="Post"), [])
            for n, day in enumerate(DAYS)
        ),
    )
    return tmp_path


def known(folder: Path) -> dict[str, Metadata]:
    session = Session(folder)
    records = [session.record(each.id) for each in session.articles()]
    articles = [record.article for record in records if record is not None]
    return {each.source_metadata.title: each.metadata for each in articles}


async def open_form(app: ListApp, pilot: Pilot[None]) -> None:
    await pilot.press("e")
    await wait_for(pilot, lambda: isinstance(app.screen, SourceForm), "the form")
    await pilot.pause()


async def test_the_selected_articles_get_one_outlet_and_undo_takes_it_back(library: Path) -> None:
    screen = LibraryScreen()
    async with shown(library, screen) as (app, pilot):
        await wait_for(pilot, lambda: len(screen.article_rows.rows) == 3, "the rows")
        await pilot.press("v", "v")
        assert "2 selected of 3 articles" in screen_text(app)
        assert screen_text(app).count("✓") == 2
        assert screen.article_rows.highlighted == 2
        assert "P projects of these  e correct  x archive  * all  esc select none" in screen_text(
            app
        )
        await open_form(app, pilot)
        assert "The sources of 2 articles" in screen_text(app)
        title = app.screen.query_one("#source-title", Input)
        assert (title.value, title.placeholder) == ("", SEVERAL)
        assert app.screen.query_one("#source-site", Input).value == "Post"
        await pilot.press("tab", "tab", "ctrl+u", *"The Courier", "tab", *"2026-03", "enter")
        await wait_for(pilot, lambda: bool(app.notices), "the notice")
        assert app.notices[0] == "The source of 2 articles is changed; u undoes that."
        metadata = known(library)
        assert [metadata[f"Part {n}"].site for n in range(3)] == ["The Courier"] * 2 + ["Post"]
        assert [metadata[f"Part {n}"].published for n in range(3)] == ["2026-03"] * 2 + [""]
        assert {each.title for each in metadata.values()} == {"Part 0", "Part 1", "Part 2"}
        await wait_for(pilot, lambda: screen_text(app).count("The Courier") == 2, "the list")
        await pilot.press("u")
        await wait_for(pilot, lambda: len(app.notices) == 2, "the undo")
        assert {each.site for each in known(library).values()} == {"Post"}
        await pilot.press("escape")
        await pilot.pause()
        assert "selected" not in screen_text(app)
        assert "✓" not in screen_text(app)
        assert "e correct these" not in screen_text(app)


async def test_without_a_selection_the_highlighted_article_is_corrected(library: Path) -> None:
    screen = LibraryScreen()
    async with shown(library, screen) as (app, pilot):
        await wait_for(pilot, lambda: len(screen.article_rows.rows) == 3, "the rows")
        await pilot.press("v", "k", "v", "j")
        assert screen.article_rows.selected == frozenset()
        await open_form(app, pilot)
        await pilot.press("ctrl+u", *"Renamed", "enter")
        await wait_for(pilot, lambda: "Renamed" in screen_text(app), "the title")
        assert app.notices == ["The source of “Renamed” is changed; u undoes that."]
        await open_form(app, pilot)
        await pilot.press("escape")
        await wait_for(pilot, lambda: app.screen is screen, "the library")
        await open_form(app, pilot)
        await pilot.press("enter")
        await wait_for(pilot, lambda: app.screen is screen, "the library")
        assert len(app.notices) == 1
