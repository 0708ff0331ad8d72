"""Keys of the settings: mistakes are told, the rest works, and every screen can be left."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.config import Settings
from reader.safe_text import sanitise_line
from reader.ui.commands import COMMANDS, by_id, commands_of, textual_keymap
from reader.ui.own_keys import LEAVING, SCREENS, check_keys
from tests.ui.reading_app import opened
from tests.ui.waiting import notices

RIGHT: list[dict[str, str]] = [
    {},
    {"contents": "t,f2"},
    {"line.down": "z"},
    {"tag.1": "&", "tag.2": "é", "tag.3": '"', "redo": "ç", "sentence.next": "à"},
    {"undo": "ctrl+y", "redo": "alt+u"},
    {"search": "s,question_mark", "help": "f1"},
    {"page.down": "pgdn", "page.up": "shift+pageup"},
    {
        "start": "H",
        "end": "shift+end",
        "select": "ctrl+space",
        "copy": "comma",
        "look.previous": "m",
    },
    {"back": "Q", "tag.1": "q"},
    {"undo": "ctrl+z,z", "suspend": "ctrl+y"},
]
"""Settings without a mistake."""

MISTAKES: list[tuple[dict[str, str], str, dict[str, str]]] = [
    ({"tag.1": "q"}, "“q” stays the key of back, which leaves a screen; tag.1 cannot have it.", {}),
    (
        {"tag.1": "x", "tag.2": "x"},
        "“x” is the key of both tag.1 and tag.2; tag.1 has it.",
        {"tag.1": "x"},
    ),
    (
        {"annotation.delete": "j"},
        "“j” is now the key of annotation.delete, and not of line.down.",
        {"annotation.delete": "j", "line.down": "down"},
    ),
    ({"undo": "Ctrl+Y"}, "undo: “Ctrl+Y” is no key; did you mean “ctrl+y”?", {}),
    ({"undo": "C-y"}, "undo: “C-y” is no key; did you mean “ctrl+y”?", {}),
    ({"undo": "<C-y>"}, "undo: “<C-y>” is no key; did you mean “ctrl+y”?", {}),
    ({"undo": "ctrl-y"}, "undo: “ctrl-y” is no key; did you mean “ctrl+y”?", {}),
    ({"undo": "M-y"}, "undo: “M-y” is no key; did you mean “alt+y”?", {}),
    ({"undo": "F5"}, "undo: “F5” is no key; did you mean “f5”?", {}),
    ({"undo": "Escape"}, "undo: “Escape” is no key; did you mean “escape”?", {}),
    ({"undo": "pagedwon"}, "undo: “pagedwon” is no key; did you mean “pagedown”?", {}),
    ({"contents": "nonsensekey"}, "contents: “nonsensekey” is no key.", {}),
    ({"contents": "two words"}, "contents: “two words” is no key.", {}),
    ({"contents": "t\x1b[2J"}, "contents: “t�[2J” is no key.", {}),
    ({"undo": ""}, "undo has an empty key; it keeps u. The comma is called “comma”.", {}),
    ({"undo": "z,,"}, "undo has an empty key. The comma is called “comma”.", {"undo": "z"}),
    ({"undo": " , "}, "undo has an empty key; it keeps u. The comma is called “comma”.", {}),
    ({"undoo": "x"}, "“undoo” is no command; did you mean “undo”?", {}),
    ({"tag1": "x"}, "“tag1” is no command; did you mean “tag.1”?", {}),
    ({"undo": "ctrl+q"}, "undo: “ctrl+q” quits Margin on every screen, and cannot have another", {}),
    ({"undo": "ctrl+i"}, "undo: “ctrl+i” cannot be told from tab: a terminal sends the same", {}),
    ({"undo": "ctrl+shift+z"}, "undo: “ctrl+shift+z” is not sent by terminals.", {}),
    ({"undo": "ctrl+1"}, "undo: “ctrl+1” is not sent by terminals.", {}),
    ({"undo": "shift+u"}, "undo: “shift+u” is not sent by terminals; write “U”.", {}),
    ({"undo": "super+z"}, "undo: “super+z” is no key", {}),
    ({"undo": "ctrl+enter"}, "undo: “ctrl+enter” is not sent by terminals.", {}),
    (
        {"article.archive": "j"},
        "“j” moves in lists; article.archive cannot have it there.",
        {"article.archive": "j"},
    ),
    (
        {"tag.1": "E"},
        "“E” is now the key of tag.1, and not of export.",
        {"tag.1": "E"},
    ),
    (
        {"tag.1": "u"},
        "“u” is now the key of tag.1, and not of undo.",
        {"tag.1": "u", "undo": ""},
    ),
    ({"back": ""}, "back has an empty key; it keeps q.", {}),
    ({"back": "nokey"}, "back: “nokey” is no key.", {}),
    ({"annotations.edit": "q,escape"}, "“q” stays the key of panel.close", {"annotations.edit": "escape"}),
]  # fmt: skip


@pytest.mark.parametrize("keys", RIGHT)
def test_keys_without_a_mistake_are_taken_as_they_are(keys: dict[str, str]) -> None:
    checked = check_keys(keys)
    assert {name: checked.keymap[name] for name in keys} == keys
    assert all("is now the key of" in each for each in checked.problems)


@pytest.mark.parametrize(("keys", "problem", "keymap"), MISTAKES)
def test_a_mistake_is_told_in_one_line(
    keys: dict[str, str], problem: str, keymap: dict[str, str]
) -> None:
    checked = check_keys(keys)
    assert any(problem in each for each in checked.problems), checked.problems
    assert all("\n" not in each for each in checked.problems)
    assert {name: checked.keymap.get(name) for name in keymap} == keymap
    assert all(name in keymap or not keys.get(name) or name not in by_id() or
               checked.keymap.get(name) is None for name in keys)  # fmt: skip


ids = st.one_of(st.sampled_from([each.id for each in COMMANDS]), st.text(max_size=5))
words = st.one_of(
    st.sampled_from(
        ["q", "escape", "esc", "j", "x", "ctrl+q", "ctrl+z", "+", "ctrl++", "F1", "C-x"]
    ),
    st.text(max_size=4),
)


@given(st.dictionaries(ids, st.lists(words, max_size=3).map(",".join), max_size=6))
@example({"panel.close": "x"})  # the key of a command that is on other screens, too
@example({"panel.close": "d,x", "comparing.close": "r"})
@example({"panel.close": "e"})
def test_every_screen_can_be_left_whatever_the_settings_say(keys: dict[str, str]) -> None:
    checked = check_keys(keys)
    keymap = textual_keymap(checked.keymap)
    for screen in SCREENS:
        owners: dict[str, list[str]] = {}
        for command in commands_of(screen):
            for key in keymap.get(command.id, command.keys).split(","):
                owners.setdefault(key, []).append(command.id)
        for command in commands_of(screen):
            if command.id in LEAVING:
                mine = keymap.get(command.id, command.keys).split(",")
                assert any(owners[key] == [command.id] for key in mine), (screen, command.id)
    assert all(sanitise_line(each) == each for each in checked.problems)
    assert (
        check_keys(checked.keymap).keymap.items()
        >= {name: value for name, value in checked.keymap.items() if value}.items()
    )


async def test_mistakes_are_told_at_the_start_and_the_article_can_be_left(tmp_path: Path) -> None:
    keys = {"tag.1": "q", "undoo": "x", "contents": "nonsensekey", "search": "S"}
    async with opened(tmp_path, "The harbour closed.", settings=Settings(keys=keys)) as reader:
        (notice,) = notices(reader.app)
        assert len(notice.message.splitlines()) == 3
        assert notice.severity == "warning"
        await reader.press("escape")
        await reader.until(lambda: "search" in reader.bar, "the bar")
        assert "nonsensekey" not in reader.bar
        assert "S search" in reader.bar
        await reader.press("1")
        assert reader.tags == [("quote",)]
        await reader.press("escape", "q")
        await reader.until(lambda: not reader.app.is_running or reader.app._exit, "the end")


async def test_a_key_that_was_taken_is_shown_with_its_new_command_alone(tmp_path: Path) -> None:
    keys = {"contents": "a", "undo": "ctrl+z"}
    async with opened(tmp_path, "# A\n\nThe sea.", settings=Settings(keys=keys)) as reader:
        await reader.press("escape")
        await reader.until(lambda: "contents" in reader.bar, "the bar")
        assert "a contents" in reader.bar
        assert "a annotations" not in reader.bar
        await reader.press("escape", "2", "ctrl+z")
        await reader.until(lambda: not reader.annotations, "the undoing")
