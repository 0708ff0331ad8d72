"""Quotations are copied with speaker and source, or bare: from the article, its panel, the notes."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.config import Settings
from reader.session import Session
from reader.session.quoting import quotation_of, with_source
from reader.ui.notes.screen import NotesScreen
from tests.ui.reading_app import Reader, opened

TEXT = """# The Quiet Ledger

The council met on Tuesday. “A past that changes is not a past,” said Dr. Henrike Solvay.

Nobody answered for a while. The meeting closed at nine.
"""
SOURCE = "Lower Tamsin Courier, 14 March 2026"
COURIER = {"site": ("Lower Tamsin Courier",), "published": ("2026-03-14",)}


def settings(style: str = "plain") -> Settings:
    return Settings(native_clipboard=False, quotation_style=style)


async def name_the_source(reader: Reader) -> None:
    """Give the article its outlet and its day."""
    reader.screen.context.open_article.edit_source(COURIER)
    reader.screen.context.show_state()
    await reader.pilot.pause()


async def copied(reader: Reader, *keys: str) -> str:
    """Press keys, and return what is copied then."""
    reader.app.copy_to_clipboard("nothing")
    await reader.press(*keys)
    await reader.until(lambda: reader.app.clipboard != "nothing", "the copy")
    return reader.app.clipboard


async def test_an_annotation_is_copied_with_its_speaker_and_source(tmp_path: Path) -> None:
    async with opened(tmp_path, TEXT, settings=settings()) as reader:
        await name_the_source(reader)
        reader.go_to("The council")
        await reader.press('"', "1", "m")
        assert await copied(reader, "y") == (
            f"“A past that changes is not a past” (Henrike Solvay, {SOURCE})"
        )
        assert await copied(reader, "Y") == "A past that changes is not a past,"


async def test_a_selection_around_the_marks_has_the_speaker_and_one_pair_of_marks(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path, TEXT, settings=settings()) as reader:
        await name_the_source(reader)
        reader.go_to("The council")
        await reader.press('"', "1", "m", '"', '"')
        assert reader.selected == "“A past that changes is not a past,”"
        assert await copied(reader, "y") == (
            f"“A past that changes is not a past” (Henrike Solvay, {SOURCE})"
        )
        assert await copied(reader, "Y") == "“A past that changes is not a past,”"


async def test_speech_in_two_pieces_keeps_its_marks(tmp_path: Path) -> None:
    text = "# Port\n\n“We cannot,” said Ilse Brandt. “It is as simple as that.” Nobody answered.\n"
    async with opened(tmp_path, text, settings=settings()) as reader:
        await name_the_source(reader)
        await reader.press("g", '"', "1", "m")
        words = await copied(reader, "Y")
        assert words == "We cannot,” said Ilse Brandt. “It is as simple as that."
        assert await copied(reader, "y") == f"“{words}” (Ilse Brandt, {SOURCE})"


async def test_a_sentence_and_a_selection_have_the_source(tmp_path: Path) -> None:
    async with opened(tmp_path, TEXT, settings=settings()) as reader:
        reader.go_to("Nobody")
        text = await copied(reader, "y")
        assert text == "“Nobody answered for a while.” (“The Quiet Ledger”)"
        await name_the_source(reader)
        assert await copied(reader, "v", "e", "y") == f"“Nobody” ({SOURCE})"


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("markdown", f"“Nobody answered for a while.” ({SOURCE})"),
        ("{words} — {outlet}", "Nobody answered for a while. — Lower Tamsin Courier"),
    ],
)
async def test_the_settings_choose_the_style(tmp_path: Path, style: str, text: str) -> None:
    async with opened(tmp_path, TEXT, settings=settings(style)) as reader:
        await name_the_source(reader)
        reader.go_to("Nobody")
        assert await copied(reader, "y") == text


async def test_the_panel_and_the_notes_copy_the_highlighted_annotation(tmp_path: Path) -> None:
    async with opened(tmp_path, TEXT, settings=settings()) as reader:
        await name_the_source(reader)
        reader.go_to("The council")
        await reader.press('"', "1", "m", "a")
        text = f"“A past that changes is not a past” (Henrike Solvay, {SOURCE})"
        assert await copied(reader, "y") == text
        assert await copied(reader, "Y") == "A past that changes is not a past,"
        await reader.press("a", "R")
        await reader.until(lambda: isinstance(reader.app.screen, NotesScreen), "the notes")
        screen = reader.app.screen
        assert isinstance(screen, NotesScreen)
        await reader.until(lambda: screen.note_rows.highlighted_row is not None, "the row")
        assert await copied(reader, "y") == text
        assert await copied(reader, "Y") == "A past that changes is not a past,"


async def test_a_hostile_pattern_copies_nothing_that_a_terminal_obeys(tmp_path: Path) -> None:
    async with opened(tmp_path, TEXT, settings=settings("{quote} \x1b]]0;x\x07\u202e")) as reader:
        reader.go_to("Nobody")
        text = await copied(reader, "y")
        assert "\x1b" not in text
        assert "\u202e" not in text


def test_the_language_of_the_article_gives_the_marks(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    source.write_text("# Die Bücher\n\nDer Rat hat am Dienstag nicht getagt. Er war „müde“.\n")
    state = Session(tmp_path / "library").open(str(source)).open_article.state
    document = state.document
    start = document.text.index("Er war")
    passage = document.blocks[1].range._replace(start=start)
    quotation = quotation_of(document, passage, ())
    text = with_source(quotation, state.article, "plain", document.text)
    assert text == "„Er war ‚müde‘.“ („Die Bücher“)"
