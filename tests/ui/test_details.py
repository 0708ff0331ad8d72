"""The details of an article, from the reader and from the library."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from textual.pilot import Pilot

from reader.config import Settings
from reader.paths import sample_articles_folder
from reader.session import Session
from reader.ui import browser
from reader.ui.app import MarginApp
from reader.ui.dialogs.details import DetailsScreen
from reader.ui.library.screen import LibraryScreen
from reader.ui.reading.screen import ReadingScreen
from tests.formats.pdfs import marked, pdf
from tests.formats.test_pdf_annotations import LINES
from tests.formats.test_pdf_annotations import PAGE as PAGE_OF_PDF
from tests.ui.stage import screen_text
from tests.ui.waiting import wait_for

PAGE = """<html lang="en"><head><title>Tides</title><meta property="og:site_name" content="[b]Post">
<meta name="author" content="Ada Fell"><link rel="canonical" href="https://post.example/tides">
<meta property="article:published_time" content="2026-01-31">
<meta property="article:modified_time" content="2026-02-03"></head><body><article><h1>Tides</h1>
{}</article></body></html>""".format("<p>The harbour closed in March, and nobody knew why.</p>" * 9)


def app_on(folder: Path, source: Path) -> MarginApp:
    session = Session(folder)
    return MarginApp(session, Settings(native_clipboard=False), session.open(str(source)))


async def open_details(pilot: Pilot[None]) -> None:
    await pilot.press("i")
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, DetailsScreen), "the details")
    await pilot.pause()


async def test_the_details_show_author_site_and_date_in_reader_and_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    source = tmp_path / "tides.html"
    source.write_text(PAGE)
    app = app_on(tmp_path / "library", source)
    async with app.run_test(size=(80, 30), notifications=True) as pilot:
        await wait_for(pilot, lambda: isinstance(app.screen, ReadingScreen), "the article")
        await pilot.press("1")
        await open_details(pilot)
        shown = screen_text(app)
        address = "https://post.example/tides"
        for known in ("Ada Fell", "[b]Post", "31 January 2026", "3 February 2026", address):
            assert known in shown
        assert "words, " in shown
        assert f"~{os.sep}tides.html" in shown
        await pilot.press("y")
        await wait_for(pilot, lambda: isinstance(app.screen, ReadingScreen), "the article")
        assert app.clipboard == (
            "Ada Fell, “Tides”, [b]Post, 31 January 2026, https://post.example/tides"
        )
        await pilot.press("L")
        await wait_for(pilot, lambda: isinstance(app.screen, LibraryScreen), "the library")
        screen = app.screen
        assert isinstance(screen, LibraryScreen)
        await wait_for(pilot, lambda: screen.article_rows.highlighted_row is not None, "the row")
        await open_details(pilot)
        assert "Ada Fell" in screen_text(app)
        await pilot.click("#details", offset=(5, 3))
        assert isinstance(app.screen, DetailsScreen)
        await pilot.click(offset=(0, 0))
        await wait_for(pilot, lambda: app.screen is screen, "the library")
        await open_details(pilot)
        browsed: list[str] = []

        def browse(url: str) -> bool:
            browsed.append(url)
            return True

        monkeypatch.setattr(browser, "open_in_browser", browse)
        await pilot.press("o")
        await wait_for(pilot, lambda: browsed == [address], "the browser")
        await wait_for(pilot, lambda: app.screen is screen, "the library")


@pytest.mark.parametrize("size", [(80, 24), (140, 45), (30, 8)])
async def test_a_file_without_an_address_does_not_open_the_browser(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    app = app_on(tmp_path / "library", sample_articles_folder() / "the-quiet-ledger.txt")
    async with app.run_test(size=size, notifications=True) as pilot:
        await wait_for(pilot, lambda: isinstance(app.screen, ReadingScreen), "the article")
        await open_details(pilot)
        assert "The Quiet Ledger" in screen_text(app)
        assert "browser" not in screen_text(app)
        await pilot.press("o", "j", "k")
        assert isinstance(app.screen, DetailsScreen)
        await pilot.press("escape")
        await wait_for(pilot, lambda: isinstance(app.screen, ReadingScreen), "the article")


async def test_the_notes_that_a_file_holds_are_named_and_taken(tmp_path: Path) -> None:
    source = tmp_path / "quiet.pdf"
    source.write_bytes(pdf([PAGE_OF_PDF], annotations=[[marked(LINES, "forty ships")]]))
    app = app_on(tmp_path / "library", source)
    async with app.run_test(size=(80, 30), notifications=True) as pilot:
        await wait_for(
            pilot,
            lambda: "The file holds 1 note; @ takes them." in screen_text(app),
            "the notice",
        )
        await open_details(pilot)
        assert "In the file" in screen_text(app)
        await pilot.press("escape")
        await wait_for(pilot, lambda: isinstance(app.screen, ReadingScreen), "the article")
        await pilot.press("at")
        await wait_for(pilot, lambda: "1 new note" in screen_text(app), "the plan")
        await pilot.press("i")
        await wait_for(pilot, lambda: "imported: 1 new note" in screen_text(app), "the import")
        await pilot.press("q")
        await wait_for(pilot, lambda: isinstance(app.screen, ReadingScreen), "the article again")
        assert isinstance(app.screen, ReadingScreen)
        screen = app.screen
        await wait_for(pilot, lambda: bool(screen.context.state.annotations), "the note")
        (note,) = screen.context.state.annotations
        assert screen.context.state.document.quote(note.range) == "forty ships"


async def test_the_details_name_corrections_and_what_was_left_out(tmp_path: Path) -> None:
    source = tmp_path / "tides.html"
    correction = "<aside><p>Correction: the harbour closed in May.</p></aside>"
    story = "<div><h3><a href='/x'>Nets are dear</a></h3><p>They cost more than ever, as the fishermen of the harbour say.</p></div>"
    related = f"<div class='related'><h2>Related</h2>{story * 20}</div>"
    source.write_text(PAGE.replace("</article>", f"{correction}</article>{related}"))
    app = app_on(tmp_path / "library", source)
    async with app.run_test(size=(80, 30), notifications=True) as pilot:
        await wait_for(pilot, lambda: isinstance(app.screen, ReadingScreen), "the article")
        await wait_for(
            pilot, lambda: "words of the page left out; W" in screen_text(app), "the count"
        )
        await open_details(pilot)
        shown = screen_text(app)
        assert "Correction: the harbour closed in May." in shown
        assert "Left out" in shown
        await pilot.press("escape", "W")
        screen = app.screen_stack[-1]
        assert isinstance(screen, ReadingScreen)
        await wait_for(pilot, lambda: "Nets are dear" in screen.view.document.text, "the rest")
        dim = [
            screen.view.document.quote(one.range)
            for one in screen.view.document.blocks
            if one.residue
        ]
        assert "Nets are dear" in dim
