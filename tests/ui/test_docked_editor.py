"""The editor beside or below the passage: what is written about stays in sight."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reader.ui.article.position import ViewPosition
from reader.ui.dialogs.note_editor import NoteEditor
from reader.ui.reading.screen import ReadingScreen
from tests.ui.reading_app import Reader, at, opened, texts_of

SIZES = [(140, 45), (110, 30), (109, 30), (80, 24), (80, 12), (60, 20), (40, 12)]

FILLER = "The water stood high in the spring, and nobody wrote it down. " * 5
PASSAGE = "The board relied in good faith on a certified product."
ARTICLE = f"{FILLER}\n\n" * 9 + f"It said so. {PASSAGE} Nobody asked.\n\n" + f"{FILLER}\n\n" * 9


async def editing(reader: Reader, key: str = "enter") -> NoteEditor:
    await reader.press(key)
    await reader.until(lambda: isinstance(reader.app.screen, NoteEditor), "the editor")
    await reader.pilot.pause()
    editor = reader.app.screen
    assert isinstance(editor, NoteEditor)
    return editor


async def left(reader: Reader, *keys: str) -> None:
    await reader.press(*keys)
    await reader.until(lambda: isinstance(reader.app.screen, ReadingScreen), "the article")
    await reader.pilot.pause()


async def marked(reader: Reader, words: str = PASSAGE) -> None:
    """Mark words, with the caret at their first."""
    reader.view.select(at(reader, words))
    await reader.press("2")


def beside_editor(reader: Reader, editor: NoteEditor) -> str:
    """Return what is on screen outside of the editor, without the bars and signs beside the article."""
    docked, view = editor.query_one("#note-dialog").region, reader.view.region
    right = min(docked.x or view.right, view.right) - 1  # the scrollbar
    rows = [line[:right] for line in reader.lines]
    return re.sub(r" \S?▎", "", texts_of(rows[: docked.y] if docked.y else rows))


@pytest.mark.parametrize("size", SIZES)
async def test_the_passage_is_in_sight_beside_the_editor(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with opened(tmp_path, ARTICLE, size=size) as reader:
        await marked(reader)
        editor = await editing(reader)
        await reader.until(lambda: PASSAGE in beside_editor(reader, editor), "the passage")
        assert not reader.view.region.overlaps(editor.query_one("#note-dialog").region)
        for other in SIZES:
            await reader.pilot.resize_terminal(*other)
            await reader.until(lambda: PASSAGE in beside_editor(reader, editor), f"it at {other}")


@pytest.mark.parametrize("size", SIZES)
async def test_the_article_is_afterwards_where_it_was(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with opened(tmp_path, ARTICLE, size=size) as reader:
        await marked(reader)
        reader.go_to("in good faith")
        await reader.pilot.pause()
        position, lines = reader.view.position, reader.lines[:-2]
        await editing(reader)
        await left(reader, "escape")
        await reader.until(lambda: reader.lines[:-2] == lines, "the same lines")
        assert reader.view.position == position
        await editing(reader)
        await left(reader, *"word", "ctrl+s")
        await reader.until(lambda: reader.view.position == position, "the same place")
        assert [each.note for each in reader.annotations] == ["word"]
        await reader.press("j")
        assert reader.view.caret > position.caret, "the article has the keys again"


async def test_a_long_passage_is_seen_from_its_start(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE, size=(80, 12)) as reader:
        await marked(reader, reader.text[reader.text.index("It said so") :][:900])
        editor = await editing(reader)
        await reader.until(lambda: "It said so" in beside_editor(reader, editor), "its start")


@pytest.mark.parametrize("is_wheel", [True, False])
async def test_the_rest_of_a_long_passage_is_scrolled_to(tmp_path: Path, is_wheel: bool) -> None:
    async with opened(tmp_path, ARTICLE, size=(80, 24)) as reader:
        long = reader.text[reader.text.index("It said so") :][:1500]
        await marked(reader, long)
        position = reader.view.position
        editor = await editing(reader)
        assert reader.view.viewport.on_screen.end < reader.annotations[0].place.end
        for _ in range(30):
            if is_wheel:
                editor.on_mouse_scroll_down()
            await reader.press(*(() if is_wheel else ("ctrl+down",)))
        assert reader.view.viewport.on_screen.end >= reader.annotations[0].place.end
        await reader.press("x", "ctrl+up")
        assert editor.note.text == "x"
        await left(reader, "ctrl+s")
        await reader.until(lambda: reader.view.position == position, "the same place")


async def test_a_passage_that_lost_its_place_is_shown_in_the_editor(tmp_path: Path) -> None:
    path = tmp_path / "article.md"
    path.write_text(ARTICLE, encoding="utf-8")
    async with opened(tmp_path, path) as reader:
        await marked(reader)
        reader.stored()
    path.write_text(FILLER, encoding="utf-8")
    async with opened(tmp_path, path) as reader:
        await reader.press("a")
        editor = await editing(reader, "e")
        assert editor.passage.display
        assert "in good faith" in texts_of(reader.lines)


async def test_no_key_reaches_the_article_while_a_note_is_written(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        await marked(reader)
        before = reader.annotations
        editor = await editing(reader)
        await reader.press("tab")  # the choice of tags takes no text
        await reader.press(*"jgGduqnNytaLRDEiUWTvo", "slash", "question_mark", "pagedown")
        assert reader.app.screen is editor
        assert reader.annotations == before
        assert reader.view.caret == before[0].place.start


@pytest.mark.parametrize("size", [(140, 45), (80, 24)])
async def test_the_panel_has_the_keys_again_after_the_editor(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with opened(tmp_path, ARTICLE, size=size) as reader:
        await marked(reader)
        await reader.press("g")
        await reader.press("a")
        focused = reader.app.focused
        editor = await editing(reader, "e")
        await reader.until(lambda: PASSAGE in beside_editor(reader, editor), "the passage")
        await left(reader, "escape")
        assert reader.app.focused is focused


async def test_the_reading_place_is_not_that_of_the_passage(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        await marked(reader)
        await reader.press("g", "j")
        start = reader.view.position
        assert isinstance(start, ViewPosition)
        await reader.press("a")
        await editing(reader, "e")
        await left(reader, "escape")
        await reader.press("escape")
        reader.screen.context.remember_position()
        assert reader.screen.context.state.article.position == start.top
