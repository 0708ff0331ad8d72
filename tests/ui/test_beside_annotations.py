"""The annotation at the caret: the one around it, beside it, or just made there."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.core.annotation import CLAIM, CONTEXT, QUOTE
from reader.ui.dialogs.note_editor import NoteEditor
from reader.ui.dialogs.pick import PickScreen
from tests.ui.reading_app import Reader, at, opened

ARTICLE = """\
# The ledger

The council met. “We bought a window,” said the chair. Nobody was pleased about it.

The town went home.
"""

WORDS = "We bought a window,"
BEFORE, OPENING, CLOSING, BEHIND = -2, -1, len(WORDS), len(WORDS) + 1


async def marked(reader: Reader) -> int:
    """Mark the words between the quotation marks as a quote; return where they begin."""
    place = at(reader, WORDS)
    reader.view.select(place)
    await reader.press("1")
    return place.start


def editor_of(reader: Reader) -> NoteEditor | None:
    screen = reader.app.screen
    return screen if isinstance(screen, NoteEditor) else None


@pytest.mark.parametrize("step", [BEFORE, OPENING, 0, CLOSING, BEHIND])
async def test_a_caret_beside_a_mark_is_on_it(tmp_path: Path, step: int) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        start = await marked(reader)
        reader.view.move_caret(start + step)
        await reader.press()
        assert "enter note" in reader.bar
        await reader.press("2")
        assert reader.tags == [(QUOTE, CLAIM)], "no second annotation"
        await reader.press("enter")
        await reader.until(lambda: editor_of(reader), "the editor")
        await reader.press("escape", "d")
        assert reader.annotations == ()


@pytest.mark.parametrize("words", ["The council", "Nobody", "The town"])
async def test_a_caret_in_another_sentence_is_not(tmp_path: Path, words: str) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        reader.go_to("“We")
        await reader.press("1")
        reader.go_to(words)
        await reader.press("2")
        assert sorted(reader.tags) == [(CLAIM,), (QUOTE,)]


async def test_marking_sentence_after_sentence_makes_an_annotation_of_each(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        reader.go_to("The council")
        await reader.press("1", ")", "2", ")", "3")
        assert reader.tags == [(QUOTE,), (CLAIM,), (CONTEXT,)]


async def test_enter_opens_the_nested_annotation_that_was_just_made(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        reader.go_to("“We")
        await reader.press("1")
        reader.view.select(at(reader, "a window"))
        await reader.press("2", "enter")
        await reader.until(lambda: editor_of(reader), "the editor")
        await reader.press(*"new", "ctrl+s")
        await reader.until(lambda: editor_of(reader) is None, "the article")
        notes = {each.tags: each.note for each in reader.annotations}
        assert notes == {(QUOTE,): "", (CLAIM,): "new"}


async def test_commands_are_for_the_outer_annotation_that_was_just_made(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        reader.view.select(at(reader, "We bought"))
        await reader.press("1")
        reader.view.select(at(reader, WORDS))
        await reader.press("2", "3", "d")
        assert reader.tags == [(QUOTE,)], "the claim, with its second tag, is deleted"


async def test_after_a_motion_enter_asks_again(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        reader.go_to("“We")
        await reader.press("1")
        reader.view.select(at(reader, "a window"))
        await reader.press("2", "l", "h", "enter")
        await reader.until(lambda: isinstance(reader.app.screen, PickScreen), "the question")
