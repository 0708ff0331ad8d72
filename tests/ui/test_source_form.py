"""The source of an article is corrected in its details, with real keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from reader.core.annotation import Article
from reader.paths import sample_articles_folder
from reader.session import Session
from reader.ui.app import MarginApp
from reader.ui.dialogs.details import DetailsScreen
from reader.ui.dialogs.source_form import SourceForm
from reader.ui.library.screen import LibraryScreen
from reader.ui.reading.screen import ReadingScreen
from reader.ui.widgets.leaving_bar import LeavingBar
from reader.ui.window_sizes import is_wholly_shown
from tests.hostile_text import BRIEF
from tests.ui.stage import screen_text
from tests.ui.test_details import app_on, open_details
from tests.ui.waiting import wait_for

LEDGER = sample_articles_folder() / "the-quiet-ledger.txt"


def stored(app: MarginApp) -> Article:
    """Return the article as it is on disk."""
    session = Session(app.session.folder)
    (summary,) = session.articles()
    record = session.record(summary.id)
    assert record is not None
    return record.article


async def begin(pilot: Pilot[None]) -> None:
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, ReadingScreen), "the article")
    await open_details(pilot)


async def open_form(pilot: Pilot[None], key: str = "e") -> None:
    await pilot.press(key)
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, SourceForm), "the form")
    await pilot.pause()


async def save(pilot: Pilot[None]) -> None:
    await pilot.press("enter")
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, DetailsScreen), "the details")
    await pilot.pause()


async def test_a_field_is_corrected_undone_and_given_back_to_the_source(tmp_path: Path) -> None:
    app = app_on(tmp_path / "library", LEDGER)
    async with app.run_test(size=(80, 30), notifications=True) as pilot:
        await begin(pilot)
        await open_form(pilot)
        await pilot.press("ctrl+u", *"A ledger", "tab", "tab", *"The Courier", "tab")
        await pilot.press(*"14 March 2026")
        await save(pilot)
        shown = screen_text(app)
        for words in (
            "A ledger",
            "the source says: The Quiet Ledger",
            "The Courier",
            "14 March 2026",
        ):
            assert words in shown
        await pilot.press("u")
        await wait_for(pilot, lambda: "The Courier" not in screen_text(app), "the undo")
        assert "u undo" not in screen_text(app)
        await open_form(pilot)
        await pilot.press("ctrl+u", *"Another", "tab", *"!")
        await save(pilot)
        assert "Another" in screen_text(app)
        await open_form(pilot)
        await pilot.press("ctrl+o")
        assert app.screen.query_one("#source-title", Input).value == "The Quiet Ledger"
        await save(pilot)
        assert "the source says: The Quiet Ledger" not in screen_text(app)
        await pilot.press("escape")
        app.session.save_all()
        assert stored(app).metadata.title == "The Quiet Ledger"
        assert stored(app).metadata.authors == ("Oriel Castane!",)


async def test_what_is_not_understood_is_a_sentence_and_nothing_is_saved(tmp_path: Path) -> None:
    app = app_on(tmp_path / "library", LEDGER)
    async with app.run_test(size=(80, 30), notifications=True) as pilot:
        await begin(pilot)
        await open_form(pilot)
        await pilot.press("tab", "tab", "tab", *"03/04/2026", "enter")
        await wait_for(pilot, lambda: "4 March 2026 or 3 April" in screen_text(app), "the sentence")
        assert isinstance(app.screen, SourceForm)
        assert app.focused is app.screen.query_one("#source-published", Input)
        await pilot.press("ctrl+u", *"2026-03", "tab", *"courier.example", "enter")
        await wait_for(pilot, lambda: "no web address" in screen_text(app), "the sentence")
        await pilot.press("escape", "s")
        await wait_for(pilot, lambda: "no web address" in screen_text(app), "the sentence")
        assert app.focused is app.screen.query_one("#source-url", Input)
        await pilot.press("escape", "d")
        await wait_for(pilot, lambda: isinstance(app.screen, DetailsScreen), "the details")
        assert "2026" not in screen_text(app).partition("Length")[0].partition("Published")[2][:40]
        app.session.save_all()
        assert stored(app).overrides == {}


async def test_a_date_that_was_found_is_taken_with_one_key_and_completed(tmp_path: Path) -> None:
    app = app_on(tmp_path / "library", LEDGER)
    async with app.run_test(size=(80, 30), notifications=True) as pilot:
        await begin(pilot)
        assert "found in the text: “Published 14 March, 6.02 a.m.”" in screen_text(app)
        app.session.save_all()
        assert stored(app).metadata.published == ""
        await open_form(pilot, "f")
        assert "add the year" in screen_text(app)
        await pilot.press("enter")
        await wait_for(pilot, lambda: "has no year" in screen_text(app), "the sentence")
        await pilot.press(*"2026")
        await save(pilot)
        assert "14 March 2026" in screen_text(app)
        assert "found in the text" not in screen_text(app)
        app.session.save_all()
        assert stored(app).metadata.published == "2026-03-14"


async def test_a_date_with_its_year_is_taken_at_once(tmp_path: Path) -> None:
    source = tmp_path / "tides.txt"
    text = LEDGER.read_text(encoding="utf-8").replace("14 March, 6.02", "Saturday 14 March, 6.02")
    source.write_text(text, encoding="utf-8")
    app = app_on(tmp_path / "library", source)
    async with app.run_test(size=(80, 30), notifications=True) as pilot:
        await begin(pilot)
        await pilot.press("f")
        await wait_for(pilot, lambda: "14 March 2026" in screen_text(app), "the date")
        await pilot.press("u")
        await wait_for(pilot, lambda: "found in the text" in screen_text(app), "the undo")


async def test_the_details_of_the_library_correct_the_list(tmp_path: Path) -> None:
    app = app_on(tmp_path / "library", LEDGER)
    async with app.run_test(size=(80, 30), notifications=True) as pilot:
        await wait_for(pilot, lambda: isinstance(app.screen, ReadingScreen), "the article")
        await pilot.press("L")
        await wait_for(pilot, lambda: isinstance(app.screen, LibraryScreen), "the library")
        screen = app.screen
        assert isinstance(screen, LibraryScreen)
        await wait_for(pilot, lambda: screen.article_rows.highlighted_row is not None, "the row")
        await open_details(pilot)
        await open_form(pilot)
        await pilot.press("ctrl+u", *"A ledger")
        await save(pilot)
        await pilot.press("escape")
        await wait_for(pilot, lambda: app.screen is screen, "the library")
        await wait_for(pilot, lambda: "A ledger" in screen_text(app), "the title")
        await pilot.press("q")
        await wait_for(pilot, lambda: isinstance(app.screen, ReadingScreen), "the article")
        await open_details(pilot)
        assert "A ledger" in screen_text(app)


async def test_hostile_text_in_a_form_is_one_harmless_line(tmp_path: Path) -> None:
    app = app_on(tmp_path / "library", LEDGER)
    async with app.run_test(size=(80, 30), notifications=True) as pilot:
        await begin(pilot)
        await open_form(pilot)
        field = app.screen.query_one("#source-site", Input)
        field.focus()
        field.value = BRIEF
        await save(pilot)
        assert "owned" in screen_text(app)
        app.session.save_all()
        site = stored(app).metadata.site
        assert not {"\x1b", "\x07", "\u202e", "\n"} & set(site)


@pytest.mark.parametrize("size", [(140, 45), (80, 12), (60, 20), (30, 8)])
async def test_every_field_is_reached_in_small_windows(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    app = app_on(tmp_path / "library", LEDGER)
    async with app.run_test(size=size, notifications=True) as pilot:
        await begin(pilot)
        await open_form(pilot)
        for name in ("title", "authors", "site", "published", "url", "accessed", "archive"):
            focused = app.focused
            assert focused is not None
            assert focused.id == f"source-{name}"
            await pilot.pause()
            (row,) = app.screen.query(".field.-focused")
            assert row in focused.ancestors
            assert focused.region.height == 1
            assert app.screen.region.contains_region(focused.region)
            await pilot.press("tab")


@pytest.mark.parametrize("size", [(80, 30), (140, 45), (80, 12), (60, 20), (30, 8)])
@pytest.mark.parametrize("answer", ["s", "d", "escape"])
async def test_typed_corrections_are_not_left_without_asking(
    tmp_path: Path, size: tuple[int, int], answer: str
) -> None:
    app = app_on(tmp_path / "library", LEDGER)
    async with app.run_test(size=size, notifications=True) as pilot:
        await begin(pilot)
        await open_form(pilot)
        form = app.screen
        await pilot.press("tab", *"!", "escape")
        await pilot.pause()
        assert app.screen is form
        bar = form.query_one(LeavingBar)
        assert is_wholly_shown(bar)
        for words in ("Not saved yet", "Save  s", "Discard  d", "Continue  esc"):
            assert words in screen_text(app)
        await pilot.press(answer)
        if answer == "escape":
            await wait_for(pilot, lambda: not bar.display, "the fields")
            assert app.focused is form.query_one("#source-authors", Input)
            await pilot.press("backspace", "escape")
        await wait_for(pilot, lambda: isinstance(app.screen, DetailsScreen), "the details")
        app.session.save_all()
        assert stored(app).metadata.authors == (
            ("Oriel Castane!",) if answer == "s" else ("Oriel Castane",)
        )


async def test_closing_by_mouse_asks_too_and_a_field_takes_the_question_back(
    tmp_path: Path,
) -> None:
    app = app_on(tmp_path / "library", LEDGER)
    async with app.run_test(size=(80, 30), notifications=True) as pilot:
        await begin(pilot)
        await open_form(pilot)
        await pilot.press(*"!")
        await pilot.click("#close")
        await wait_for(pilot, lambda: "Not saved yet" in screen_text(app), "the question")
        await pilot.click("#source-site")
        await wait_for(pilot, lambda: "Not saved yet" not in screen_text(app), "the fields")
        await pilot.press("escape")
        await pilot.click("#leave-discard")
        await wait_for(pilot, lambda: isinstance(app.screen, DetailsScreen), "the details")
        app.session.save_all()
        assert stored(app).overrides == {}
