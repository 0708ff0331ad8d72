"""The app: from screen to screen, saving, quitting, themes."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import AppFocus

from reader.config import Settings
from reader.session import Session
from reader.ui.app import MarginApp
from reader.ui.commands import READING, commands_of
from reader.ui.dialogs.note_editor import NoteEditor
from reader.ui.library.screen import LibraryScreen
from reader.ui.messages import ShowArticle
from reader.ui.notes.screen import NotesScreen
from reader.ui.reading.screen import ReadingScreen, articles_on
from reader.ui.themes import THEMES
from tests.ui.reading_app import opened
from tests.ui.waiting import notices, wait_for

TIDES = "# The tide tables\n\nThe harbour closed. It closed in March.\n"


async def test_from_the_article_to_the_library_and_the_notes_and_back(tmp_path: Path) -> None:
    async with opened(tmp_path, TIDES) as reader:
        await reader.press("L")
        await reader.until(lambda: isinstance(reader.app.screen, LibraryScreen), "the library")
        await reader.press("q")
        await reader.until(lambda: isinstance(reader.app.screen, ReadingScreen), "the article")
        await reader.press("R")
        await reader.until(lambda: isinstance(reader.app.screen, NotesScreen), "the notes")
        await reader.press("q")
        await reader.until(lambda: isinstance(reader.app.screen, ReadingScreen), "the article")
        assert len(reader.app.screen_stack) == 1


async def test_an_article_that_is_open_is_gone_back_to(tmp_path: Path) -> None:
    async with opened(tmp_path, TIDES) as reader:
        reader.go_to("It closed")
        await reader.press("2", "g", "R")
        await reader.until(lambda: isinstance(reader.app.screen, NotesScreen), "the notes")
        article, annotation = reader.screen.context.state.article.id, reader.annotations[0].id
        reader.app.post_message(ShowArticle(article, annotation))
        await reader.until(lambda: reader.app.screen is reader.screen, "the article")
        await reader.until(lambda: reader.rest.startswith("It closed"), "the passage of the note")
        assert len(reader.app.screen_stack) == 1


async def test_quitting_waits_for_the_last_save_and_remembers_the_place(tmp_path: Path) -> None:
    async with opened(tmp_path, TIDES) as reader:
        reader.go_to("It closed")
        await reader.press("1", "q")
        await reader.until(lambda: not reader.app.is_running, "the end")
    kept = Session(tmp_path / "library").open(str(reader.source)).open_article.state
    assert [each.selector.exact for each in kept.annotations] == ["It closed in March."]


async def test_quitting_asks_what_becomes_of_a_note_that_is_being_written(tmp_path: Path) -> None:
    async with opened(tmp_path, TIDES) as reader:
        reader.go_to("It closed")
        await reader.press("1", "enter")
        await reader.until(lambda: isinstance(reader.app.screen, NoteEditor), "the editor")
        await reader.type("See page 12")
        await reader.press("ctrl+q")
        assert reader.app.is_running
        assert "Discard" in "\n".join(reader.lines)
        await reader.press("enter")
        await reader.until(lambda: reader.app.screen is reader.screen, "the article")
        assert [each.note for each in reader.stored()] == ["See page 12"]


async def test_quitting_from_an_editor_without_changes_asks_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path, TIDES) as reader:
        reader.go_to("It closed")
        await reader.press("1", "enter")
        await reader.until(lambda: isinstance(reader.app.screen, NoteEditor), "the editor")
        await reader.press("ctrl+q")
        await reader.until(lambda: not reader.app.is_running, "the end")
        assert [each.note for each in reader.stored()] == [""]


async def test_another_window_of_margin_is_merged(tmp_path: Path) -> None:
    async with opened(tmp_path, TIDES) as reader:
        assert reader.app.session.writer.flush()
        other = Session(reader.folder)
        open_article = other.open(str(reader.source)).open_article
        start = open_article.state.document.text.index("The harbour")
        open_article.mark(open_article.state.document.blocks[1].range, ["context"])
        other.save_all()
        reader.view.move_caret(start + 22)
        await reader.press("1")
        await reader.until(lambda: len(reader.annotations) == 2, "the other window's mark")
        assert {each.tags for each in reader.stored()} == {("context",), ("quote",)}


async def test_a_note_that_another_window_edited_too_is_notified(tmp_path: Path) -> None:
    async with opened(tmp_path, TIDES) as reader:
        reader.go_to("It closed")
        await reader.press("1")
        assert reader.app.session.writer.flush()
        other = Session(reader.folder)
        theirs = other.open(str(reader.source)).open_article
        (marked,) = reader.annotations
        theirs.edit(marked.id, note="theirs")
        reader.screen.context.open_article.edit(marked.id, note="mine")
        assert reader.app.session.writer.flush()
        other.save_all()
        reader.app.post_message(AppFocus())
        await reader.until(lambda: "theirs" in reader.annotations[0].note, "the other text")
        await reader.until(
            lambda: any("keeps both texts" in each.message for each in notices(reader.app)),
            "the notice",
        )


async def test_the_palette_has_every_command_of_the_screen(tmp_path: Path) -> None:
    async with opened(tmp_path, TIDES) as reader:
        listed = {each.title for each in reader.app.get_system_commands(reader.app.screen)}
        assert {each.name for each in commands_of(READING)} <= listed


async def test_the_palette_names_the_readers_keys_and_runs_what_is_chosen(tmp_path: Path) -> None:
    settings = Settings(keys={"contents": "f2"})
    async with opened(tmp_path, TIDES, settings=settings) as reader:
        await reader.press("ctrl+p", *"contents")
        await reader.until(
            lambda: any("f2  Show the headings" in line for line in reader.lines), "the command"
        )
        assert not any("🔎" in line for line in reader.lines)
        await reader.press("enter")
        await reader.until(lambda: reader.screen.query("Contents"), "the contents")


async def test_unknown_commands_in_the_settings_are_notified_once(tmp_path: Path) -> None:
    settings = Settings(keys={"serach": "s"})
    async with opened(tmp_path, TIDES, settings=settings) as reader:
        shown_notices = [each.message for each in notices(reader.app) if "serach" in each.message]
        assert len(shown_notices) == 1


@pytest.mark.parametrize("theme", [each.name for each in THEMES])
async def test_an_annotation_is_shown_by_more_than_colour(tmp_path: Path, theme: str) -> None:
    async with opened(tmp_path, TIDES, settings=Settings(theme=theme)) as reader:
        reader.go_to("It closed")
        await reader.press("2", "g")
        x, y = reader.find("It closed")
        assert "⚑?▎" in reader.row(y)
        assert reader.style_at(x, y).bgcolor != reader.style_at(*reader.find("harbour")).bgcolor


async def test_without_an_article_the_library_comes_first(tmp_path: Path) -> None:
    app = MarginApp(Session(tmp_path / "library"), Settings())
    async with app.run_test() as pilot:
        await wait_for(pilot, lambda: isinstance(app.screen, LibraryScreen), "the library")
        assert not articles_on(app)
    app.session.writer.close()
