"""A library that cannot be written: the reader is told once, asked before quitting, and loses nothing."""

from __future__ import annotations

from pathlib import Path

from reader.ui.dialogs.confirm import ConfirmScreen
from tests.ui.reading_app import Reader, opened, texts_of
from tests.ui.waiting import notices

TIDES = "# The tide tables\n\nThe harbour closed. It closed in March. It opened in May.\n"


def block(reader: Reader) -> None:
    """Put a file where the folder of articles is."""
    (reader.folder / "articles").rename(reader.folder / "away")
    (reader.folder / "articles").write_text("in the way", encoding="utf-8")


def unblock(reader: Reader) -> None:
    (reader.folder / "articles").unlink()
    (reader.folder / "away").rename(reader.folder / "articles")


async def test_a_save_that_fails_is_told_once_and_made_up_for(tmp_path: Path) -> None:
    async with opened(tmp_path, TIDES) as reader:
        await reader.press("1")
        assert reader.app.session.writer.flush()
        block(reader)
        reader.go_to("It closed")
        await reader.press("1")
        await reader.until(lambda: notices(reader.app), "the notice")
        (notice,) = notices(reader.app)
        assert (notice.title, notice.severity) == ("Not saved", "error")
        assert notice.message.endswith("Your work stays here, and is saved again in a moment.")
        await reader.until(lambda: "not saved" in reader.status, "the status")
        reader.go_to("It opened")
        await reader.press("1")
        assert not reader.app.session.writer.flush(0.5)
        assert len(notices(reader.app)) == 1, "the same fault is told once"
        await reader.press("q")
        await reader.until(lambda: isinstance(reader.app.screen, ConfirmScreen), "the question")
        text = texts_of(reader.lines)
        assert "The last changes are not saved. Quit and lose them?" in text
        assert "Quit y" in text
        assert "Stay n" in text
        await reader.press("n")
        await reader.until(lambda: reader.app.screen is reader.screen, "the article")
        unblock(reader)
        await reader.until(lambda: "✓ saved" in reader.status, "the status")
        assert len(reader.stored()) == 3
        await reader.press("q")
        await reader.until(lambda: not reader.app.is_running, "the end")
