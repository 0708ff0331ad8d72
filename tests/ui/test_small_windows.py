"""Every screen, panel and dialog in windows of many sizes: what waits for an answer can be seen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path

import pytest
from textual.geometry import Region
from textual.widget import Widget
from textual.widgets import Button, TextArea

from reader import clock
from reader.ui.dialogs.confirm import ConfirmScreen
from reader.ui.dialogs.fetching import FetchingScreen
from reader.ui.dialogs.note_editor import NoteEditor
from reader.ui.dialogs.pick import PickRow, PickScreen
from reader.ui.small_window import Cover
from reader.ui.window_sizes import is_wholly_shown
from tests.ui.reading_app import Reader, opened
from tests.ui.screen_baselines import assert_looks_as_before
from tests.ui.test_review import CLOSED, CLOSED_NOW, FERRY, KEPT, TEXT, library_with

SIZES = [(80, 24), (80, 12), (60, 20), (40, 12), (20, 6)]

TOO_SMALL = [(20, 3), (12, 1), (19, 24)]

ANY_KEYS = (
    *"abcdefhijklmnoprstuvwxyzABCDEFLNORTUW123456789",
    "enter", "escape", "space", "tab", "delete", "backspace", "slash", "left", "right", "up", "down",
    "ctrl+s", "ctrl+o", "ctrl+p", "ctrl+u", "q",
)  # fmt: skip

ANSWERS = ("y", "n", "d", "enter", "escape", "q")

BODY = f"A [link](https://example.org/x) and a note[^1].\n\n{TEXT}\n\n[^1]: Long. {'It goes on. ' * 30}\n"
CHANGED = BODY.replace(CLOSED, CLOSED_NOW).replace(f" {FERRY}", "")

WAYS: dict[str, tuple[str, ...]] = {
    "the article": (),
    "the search": ("slash", "c"),
    "the annotations": ("a",),
    "the filter of the annotations": ("a", "slash", "x"),
    "the contents": ("t",),
    "the help": ("question_mark!",),
    "the palette": ("ctrl+p!",),
    "the details": ("i!",),
    "the projects": ("C!",),
    "the names of tags": ("L!", "at!"),
    "the form for the source": ("L!", "e!"),
    "the export": ("E!",),
    "the note": ("greater_than_sign", "enter!"),
    "the tags of the note": ("greater_than_sign", "enter!", "tab"),
    "the last field of the note": ("greater_than_sign", "enter!", "tab", "tab", "tab", "tab"),
    "the comparison": ("c!",),
    "the evidence": ("greater_than_sign", "X!"),
    "the choice of evidence": ("greater_than_sign", "x!"),
    "the old version": ("greater_than_sign", "O!"),
    "the versions": ("H!",),
    "what changed": ("H!", "j", "c!"),
    "what changed without the rest": ("H!", "j", "c!", "f"),
    "the footnote": ("f!", "s"),
    "the library": ("L!",),
    "the filter of the library": ("L!", "slash", "x"),
    "the dialog that adds": ("L!", "A!"),
    "the notes": ("R!",),
    "the review": ("R!", "v!"),
}
"""How each is opened, from the article."""

QUESTIONS: dict[str, tuple[tuple[str, ...], str]] = {
    "leaving a note": (("greater_than_sign", "enter!", "x", "escape"), "LeavingBar"),
    "removing an article": (("L!", "d!"), "#confirm-answers"),
    "a note without a tag": (("greater_than_sign", "enter!", "tab", "2", "ctrl+s"), "#problem"),
}
"""Questions and answers that must be seen as a whole."""


@asynccontextmanager
async def reading(folder: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Reader]:
    path = library_with(folder, CLOSED, FERRY, KEPT, text=BODY)
    path.write_text(CHANGED, encoding="utf-8")
    async with opened(folder, path, size=size) as reader:
        reader.app.clear_notifications()
        yield reader


async def go(reader: Reader, keys: tuple[str, ...]) -> None:
    """Press keys; wait for another screen after those with ``!``."""
    for key in keys:
        before = reader.app.screen
        await reader.press(key.rstrip("!"))
        if key.endswith("!"):
            await reader.until(lambda before=before: reader.app.screen is not before, key)
        await reader.pilot.pause()


async def resize(reader: Reader, size: tuple[int, int]) -> None:
    await reader.pilot.resize_terminal(*size)
    await reader.until(lambda: reader.app.screen.size == size, f"a window of {size}")
    await reader.pilot.pause()
    await reader.pilot.pause()


def freeze(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let paths and times be the same whenever and wherever a test runs."""
    monkeypatch.setenv("HOME", str(home))  # which is written as ~
    ticks = count()
    monkeypatch.setattr(clock, "now", lambda: f"2026-11-22T13:00:00.{next(ticks):03}Z")


def shown(widget: Widget) -> Region:
    return widget.screen.find_widget(widget).visible_region


@pytest.mark.parametrize("name", WAYS)
async def test_a_screen_looks_as_before_and_shows_its_focus_at_every_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    freeze(tmp_path, monkeypatch)
    async with reading(tmp_path) as reader:
        await go(reader, WAYS[name])
        screen = reader.app.screen
        await assert_looks_as_before(reader.pilot, name)
        for size in SIZES:
            await resize(reader, size)
            assert reader.app.screen is screen
            if screen.focused is not None:
                await reader.until(lambda: shown(screen.focused), f"the focus at {size}")
                region = shown(screen.focused)
                assert region.height >= min(2, screen.focused.region.height), size
                if isinstance(screen.focused, TextArea):
                    cursor = screen.focused.cursor_screen_offset
                    assert region.contains_point(cursor), size


JOURNEY: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("the hits", ("slash", "c", "l", "o", "enter"), ("escape",)),
    ("a selection", ("v", "w", "w"), ("escape",)),
    ("the links", ("f!",), ("escape!",)),
    ("the letters of the sentences", ("z!",), ("escape!",)),
    ("a chosen sentence", ("z!", "s!"), ("escape",)),
    ("the settings of the note", ("greater_than_sign", "enter!", "tab", "1", "tab", "s"), ()),
    ("leaving a note", ("escape",), ("d!",)),
    ("a change of a range", ("greater_than_sign", "r"), ("escape",)),
    ("the deleted annotations", ("greater_than_sign", "d", "D!"), ("escape!", "u")),
    ("the light theme", ("T",), ()),
    ("the details in light", ("i!",), ("escape!",)),
    ("removing an article", ("L!", "d!"), ("n!",)),
    ("the filter of the notes", ("R!", "slash", "c"), ()),
)
"""Screens on one way through the program: their names, the keys to them, and those away."""


async def test_the_screens_of_a_journey_look_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    freeze(tmp_path, monkeypatch)
    async with reading(tmp_path, (100, 30)) as reader:
        for name, keys, back in JOURNEY:
            await go(reader, keys)
            await assert_looks_as_before(reader.pilot, name)
            await go(reader, back)


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("size", SIZES)
async def test_a_question_is_seen_as_a_whole(
    tmp_path: Path, name: str, size: tuple[int, int]
) -> None:
    """It is when the window has the size, and when it gets the size while the question waits."""
    keys, selector = QUESTIONS[name]
    async with reading(tmp_path, size) as reader:
        await go(reader, keys)
        question = reader.app.screen.query_one(selector)
        await reader.until(lambda: is_wholly_shown(question), f"the question at {size}")
        for button in question.query(Button):
            assert is_wholly_shown(button)
        for another in SIZES:
            await resize(reader, another)
            await reader.until(lambda: is_wholly_shown(question), f"the question at {another}")
            assert all(map(is_wholly_shown, question.query(Button)))


async def test_the_note_and_its_field_are_seen_when_opened_in_a_small_window(
    tmp_path: Path,
) -> None:
    for size in SIZES:
        folder = tmp_path / f"{size}"
        folder.mkdir()
        async with reading(folder, size) as reader:
            await go(reader, ("greater_than_sign", "enter!", *"my long thought".replace(" ", "")))
            assert "mylongthought" in "\n".join(reader.lines), size


@pytest.mark.parametrize("size", [(20, 2), (20, 1), (12, 3)])
async def test_words_are_not_lost_where_no_question_can_be_seen(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with reading(tmp_path) as reader:
        await go(reader, ("greater_than_sign", "enter!", "x", "y"))
        editor = reader.app.screen
        assert isinstance(editor, NoteEditor)
        await resize(reader, size)
        await go(reader, ("escape", "a", "n", "d", "enter", "right", "enter"))
        if editor.is_attached:
            assert editor.note.text == "xy"
        else:
            assert "xy" in [each.note for each in reader.annotations]


@pytest.mark.parametrize("name", WAYS)
async def test_a_window_that_is_too_small_says_so_and_takes_no_key(
    tmp_path: Path, name: str
) -> None:
    async with reading(tmp_path) as reader:
        await go(reader, WAYS[name])
        screen, focused = reader.app.screen, reader.app.focused
        stored = reader.stored()
        for size in TOO_SMALL:
            await resize(reader, size)
            await reader.until(lambda: shown(screen.query_one(Cover)), f"the cover at {size}")
            assert reader.lines[0].strip() in ("Window too small:", "Window too")
            assert shown(screen.query_one(Cover)).size == size, "no scrollbar beside it"
            await reader.press(*(ANY_KEYS if size == TOO_SMALL[0] else ANSWERS))
            assert reader.app.screen is screen, size
        await resize(reader, (80, 24))
        await reader.until(lambda: not screen.query(Cover), "no cover")
        assert reader.app.focused is focused
        assert reader.stored() == stored


async def test_what_opens_in_a_window_that_is_too_small_is_covered_as_well(tmp_path: Path) -> None:
    async with reading(tmp_path, (20, 3)) as reader:
        answers: list[bool | None] = []
        await reader.app.push_screen(ConfirmScreen("Sure?", yes="Yes", no="No"), answers.append)
        await reader.until(lambda: reader.app.screen.query(Cover), "the cover")
        await reader.press("y", "enter", "n", "escape")
        assert answers == []
        await resize(reader, (20, 6))
        await reader.press("y")
        assert answers == [True]
        await reader.until(lambda: not reader.app.screen.query(Cover), "the article uncovered")


@pytest.mark.parametrize("size", TOO_SMALL)
async def test_a_question_that_cannot_be_seen_is_not_answered(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with reading(tmp_path) as reader:
        answers: list[bool | None] = []
        question = ConfirmScreen("Lose them?", yes="Lose", no="Keep", detail="Many words. " * 40)
        await reader.app.push_screen(question, answers.append)
        await resize(reader, size)
        await go(reader, ("y", "right", "enter", "n", "escape"))
        assert answers == []
        await resize(reader, (80, 24))
        await go(reader, ("n",))
        assert answers == [False]


@pytest.mark.parametrize("size", [(20, 4), (20, 5)])
async def test_an_article_is_read_in_a_few_lines(tmp_path: Path, size: tuple[int, int]) -> None:
    async with reading(tmp_path, size) as reader:
        await reader.press("escape", "g")
        assert "A link and a" in "\n".join(reader.lines)
        await reader.press("1")
        assert len(reader.annotations) == 4


@pytest.mark.parametrize("size", SIZES)
async def test_a_row_out_of_sight_is_not_picked_by_its_key(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with reading(tmp_path, size) as reader:
        picked: list[int | None] = []
        rows = [PickRow(f"Row {number}", "its detail") for number in range(1, 9)]
        question = "Which one of the eight is it that you read on another day?"
        await reader.app.push_screen(PickScreen(rows, question=question), picked.append)
        await reader.pilot.pause()
        assert "Which one" in "\n".join(reader.lines)
        if "8 Row 8" not in "\n".join(reader.lines):
            await reader.press("8")
            assert not picked
            await reader.pilot.pause()
            assert "8 Row 8" in "\n".join(reader.lines)
        await reader.press("8")
        assert picked == [7]


@pytest.mark.parametrize("size", SIZES)
async def test_a_fetch_says_how_it_is_given_up(tmp_path: Path, size: tuple[int, int]) -> None:
    async with reading(tmp_path, size) as reader:
        await reader.app.push_screen(FetchingScreen("https://example.org/" + "long/" * 40))
        await reader.pilot.pause()
        await reader.pilot.pause()
        assert "esc gives up" in "\n".join(reader.lines)


@pytest.mark.parametrize("size", [(20, 6), (40, 12)])
async def test_no_word_of_the_article_and_the_help_is_cut_off(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with reading(tmp_path, size) as reader:
        await go(reader, ("g",))
        seen = ""
        for _ in range(12):
            seen += " ".join(line[4:-1] for line in reader.lines[:-2]) + " "
            await go(reader, ("space",))
        words = " ".join(seen.split())
        assert "harbour" in words
        assert "second" in words
        await go(reader, ("question_mark",))
        assert "How to work" in "\n".join(reader.lines)
