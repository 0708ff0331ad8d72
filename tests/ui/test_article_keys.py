"""Every key of the table of commands, pressed in an article: where it puts the caret."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from reader.core.document import TextRange
from reader.ui.commands import READING, Command, by_id, commands_of
from reader.ui.commands.command import MOVE, SELECT
from tests.ui.reading_app import Reader, at, opened

PARAGRAPH = (
    "The tide came {number} times. “Nobody counted it,” said the keeper. He dreamt of ropes."
)

LONG = "\n\n".join(
    f"## Part {number}\n\n" + PARAGRAPH.format(number=number) + "\n\n" + "Words of salt. " * 20
    for number in range(24)
)
"""Many screens, with something of every kind to go to, above and below."""

SHORT = """# The pier

“One plank was loose,” said the keeper. Two were not.

## After

“The rest held,” she said. It held well."""
"""Fits on the screen, so that nothing can be scrolled."""

MIDDLE = {"long": "The tide came 12 times", "short": "Two were not"}
TEXTS = {"long": LONG, "short": SHORT}

EXTENDING = ("select.right", "select.left", "select.down", "select.up")
ASKING = ("sentence.choose",)
"""The commands that ask where to go before they move the caret."""

MOVING = [
    *(each.id for each in commands_of(READING) if each.group == MOVE and each.id not in ASKING),
    *EXTENDING,
]
"""The commands that move the caret at once."""


class Seen(NamedTuple):
    """What a key led to."""

    caret: int
    selection: TextRange | None
    top: int


def keys_of(command: Command) -> list[str]:
    return command.keys.split(",")


async def press_from(reader: Reader, start: int, *keys: str) -> Seen:
    """Press keys with the caret at an offset, from the same view of the article each time."""
    view = reader.view
    view.select(None)
    view.move_caret(0)
    view.move_caret(start, at_third=True)
    await reader.press(*keys)
    return Seen(view.caret, view.selection, view.viewport.top)


async def with_marks(reader: Reader) -> None:
    """Mark the first and the last sentence, so that there are annotations to go to."""
    for offset in (0, len(reader.text) - 5):
        await press_from(reader, offset, "1")
    assert len(reader.annotations) == 2


@pytest.mark.parametrize("length", TEXTS)
async def test_every_key_of_a_command_does_the_same(tmp_path: Path, length: str) -> None:
    async with opened(tmp_path, TEXTS[length]) as reader:
        await with_marks(reader)
        start = reader.text.index(MIDDLE[length])
        for command in map(by_id().__getitem__, MOVING):
            first, *others = keys_of(command)
            for before in ((), ("v",)) if others else ():
                expected = await press_from(reader, start, *before, first)
                for key in others:
                    assert await press_from(reader, start, *before, key) == expected, (before, key)


@pytest.mark.parametrize("length", TEXTS)
async def test_every_key_that_moves_takes_the_caret_with_it(tmp_path: Path, length: str) -> None:
    """The caret leaves its place in the direction that the command names, and is on screen."""
    async with opened(tmp_path, TEXTS[length]) as reader:
        await with_marks(reader)
        start = reader.text.index(MIDDLE[length])
        for command_id in MOVING:
            if command_id.startswith("look."):
                continue  # no words have changed here
            for key in keys_of(by_id()[command_id]):
                caret = (await press_from(reader, start, key)).caret
                is_back = any(word in command_id for word in ("previous", "up", "start", "left"))
                assert (caret < start) if is_back else (caret > start), key
                reader.caret_cell()


@pytest.mark.parametrize("length", TEXTS)
@pytest.mark.parametrize(
    ("keys", "where"),
    [
        ("g home", lambda _text, _start: 0),
        ("G end", lambda text, _start: len(text) - 1),
    ],
)
async def test_start_and_end_are_those_of_the_text(
    tmp_path: Path, length: str, keys: str, where: Callable[[str, int], int]
) -> None:
    async with opened(tmp_path, TEXTS[length]) as reader:
        start = reader.text.index(MIDDLE[length])
        for key in keys.split():
            assert (await press_from(reader, start, key)).caret == where(reader.text, start), key


@pytest.mark.parametrize("length", TEXTS)
async def test_the_arrows_go_line_by_line_through_the_whole_article(
    tmp_path: Path, length: str
) -> None:
    async with opened(tmp_path, TEXTS[length]) as reader:
        await reader.press("home")
        layout = reader.view.viewport.layout
        lines = [y for y in range(layout.height) if layout.line(y).kind == "text"]
        for y in lines[1:30]:
            await reader.press("down")
            assert layout.y_of(reader.view.caret) == y
        for y in reversed(lines[: len(lines[1:30])]):
            await reader.press("up")
            assert layout.y_of(reader.view.caret) == y


async def test_what_is_tagged_after_an_arrow_is_what_the_caret_is_on(tmp_path: Path) -> None:
    async with opened(tmp_path, LONG) as reader:
        await reader.press("G", "home", "1")
        assert reader.quotes == ["Part 0"]
        await reader.press("end", "2")
        assert reader.quotes[-1].startswith("Words of salt.")
        assert reader.annotations[-1].range.end >= len(reader.text) - 1


@pytest.mark.parametrize("key", ["pagedown", "down", "end", "shift+down", "space", "G", "j"])
async def test_moving_on_extends_the_selection(tmp_path: Path, key: str) -> None:
    async with opened(tmp_path, LONG) as reader:
        start = reader.text.index(MIDDLE["long"])
        before = () if key.startswith("shift") else ("v",)
        seen = await press_from(reader, start, *before, key)
        assert seen.selection == TextRange(start, seen.caret)


@pytest.mark.parametrize("key", ["pageup", "up", "home", "shift+up", "g", "k"])
async def test_moving_back_extends_the_selection(tmp_path: Path, key: str) -> None:
    async with opened(tmp_path, LONG) as reader:
        start = reader.text.index(MIDDLE["long"])
        before = () if key.startswith("shift") else ("v",)
        seen = await press_from(reader, start, *before, key)
        assert seen.selection == TextRange(seen.caret, start)


async def test_keys_that_do_not_move_leave_the_caret(tmp_path: Path) -> None:
    """Marking, copying, undoing and looking at something else keep the reader's place."""
    elsewhere = {"back", "library", "notes", "trail.back", "trail.forward", "theme", "palette"}
    async with opened(tmp_path, LONG) as reader:
        start = at(reader, MIDDLE["long"]).start
        for command in commands_of(READING):
            if command.group in (MOVE, SELECT) or command.id in elsewhere:
                continue
            for key in keys_of(command):
                await press_from(reader, start)
                await reader.press(key, "escape")
                await reader.until(lambda: reader.app.screen is reader.screen, key)
                await reader.press("escape")
                assert reader.view.caret == start, key
