"""The status line: the section at the top of the screen, and how much is left."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.config import Settings
from reader.core.progress import ReadingProgress
from reader.paths import sample_articles_folder
from reader.session import Session
from reader.ui.app import MarginApp
from reader.ui.dialogs.note_editor import NoteEditor
from reader.ui.reading.screen import ReadingScreen
from reader.ui.widgets.status_line import StatusLine
from tests.ui.reading_app import opened
from tests.ui.waiting import wait_for

SECTIONS = 12


async def test_the_section_at_the_top_is_named_from_the_start(tmp_path: Path) -> None:
    source = tmp_path / "long.md"
    sections = (f"## Part {n}\n\n" + "Some words to read. " * 60 for n in range(SECTIONS))
    source.write_text("# The whole\n\n" + "\n\n".join(sections), encoding="utf-8")
    session = Session(tmp_path / "library")
    app = MarginApp(session, Settings(), session.open(str(source)))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = app.screen
        assert isinstance(screen, ReadingScreen)
        status = screen.query_one(StatusLine)
        await wait_for(pilot, lambda: status.section == "The whole" and status.minutes > 0)
        before = status.minutes
        await pilot.press("]", "]", "]")
        await wait_for(pilot, lambda: status.section.startswith("Part"))
        await pilot.press("G")
        await wait_for(pilot, lambda: status.percent == 100)
        expected = ReadingProgress(screen.context.state.document).section(
            screen.view.viewport.on_screen.start
        )
        assert status.section == expected
        assert status.minutes < before
    session.writer.close()


async def test_the_status_line_names_the_page_at_the_caret(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2")
    paper = sample_articles_folder() / "what-a-margin-remembers.pdf"
    async with opened(tmp_path, paper) as reader:
        await reader.until(lambda: "p. 1 · " in reader.status, "the first page")
        await reader.press("G", "1")
        await reader.until(lambda: "p. 2 · " in reader.status, "the last page")
        await reader.press("enter")
        await reader.until(lambda: isinstance(reader.app.screen, NoteEditor), "the editor")
        await reader.until(lambda: " p. 2 · " in "\n".join(reader.lines), "the page of the note")
        await reader.press("escape")


async def test_the_status_line_names_the_readers_own_key_for_help(tmp_path: Path) -> None:
    settings = Settings(keys={"help": "f1"})
    async with opened(tmp_path, "# One\n\nWords.\n", settings=settings) as reader:
        assert reader.status.endswith("f1 help")
        assert "p. " not in reader.status


async def test_a_message_replaces_the_position_for_a_while(tmp_path: Path) -> None:
    message = "Type the letters over a link to open it; esc cancels"
    async with opened(tmp_path, "# One\n\n" + "Words. " * 900) as reader:
        status = reader.screen.query_one(StatusLine)
        await reader.until(lambda: status.minutes > 0, "the time left")
        await reader.until(lambda: "✓ saved" in reader.status, "the save")
        status.show_message(message)
        await reader.pilot.pause()
        assert reader.status.startswith(f" {message}  ")
        assert "✓ saved" in reader.status
        status.show_message(message * 3)
        await reader.pilot.pause()
        assert reader.status.endswith("…  ✓ saved")
        status.show_message("")
        await reader.pilot.pause()
        assert "min left" in reader.status
        assert reader.status.endswith("? help")
