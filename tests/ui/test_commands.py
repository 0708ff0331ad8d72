"""The commands: one table for bindings, palette, help and the README."""

from __future__ import annotations

import ast
import re
from itertools import chain
from pathlib import Path
from typing import Any, ClassVar

import pytest
from textual.screen import Screen
from textual.widget import Widget

from reader.config import Settings
from reader.core.draft_check.checked import CheckedDraft
from reader.session.comparing import compare
from reader.session.versions import Version
from reader.ui import commands
from reader.ui.actions import Actions, merged
from reader.ui.app import MarginApp
from reader.ui.bindings import bindings_of
from reader.ui.checking.screen import CheckingScreen
from reader.ui.commands import (
    ANNOTATIONS,
    CHANGES,
    CHECKING,
    COMMANDS,
    COMPARING,
    CONTENTS,
    DELETED,
    EDITOR,
    EVIDENCE,
    IMPORTING,
    LIBRARY,
    NAMES,
    NOTES,
    OLD_VERSION,
    READING,
    REVIEW,
    STATISTICS,
    VERSIONS,
    by_id,
    commands_of,
    key_table,
    keys_of,
    textual_keymap,
    with_keys,
)
from reader.ui.dialogs.deleted import DeletedScreen
from reader.ui.dialogs.evidence import EvidenceScreen
from reader.ui.dialogs.names import NamesScreen
from reader.ui.dialogs.note_editor import NoteEditor
from reader.ui.dialogs.versions import VersionsScreen
from reader.ui.importing.screen import ImportScreen
from reader.ui.library.screen import LibraryScreen
from reader.ui.messages import ShowReview
from reader.ui.notes.screen import NotesScreen
from reader.ui.painting.key_bar import ANNOTATION_HINTS, READING_HINTS, SELECTING_HINTS
from reader.ui.reading.changes_screen import ChangesScreen
from reader.ui.reading.compare_screen import CompareScreen
from reader.ui.reading.old_version_screen import OldVersionScreen
from reader.ui.reading.screen import ReadingScreen
from reader.ui.review.screen import ReviewScreen
from reader.ui.statistics.screen import StatisticsScreen
from reader.ui.widgets.annotation_list import AnnotationList
from reader.ui.widgets.contents import Contents
from tests.ui.reading_app import opened

OWNERS: dict[str, type[Widget]] = {
    READING: ReadingScreen,
    LIBRARY: LibraryScreen,
    NOTES: NotesScreen,
    ANNOTATIONS: AnnotationList,
    CONTENTS: Contents,
    DELETED: DeletedScreen,
    EDITOR: NoteEditor,
    EVIDENCE: EvidenceScreen,
    COMPARING: CompareScreen,
    OLD_VERSION: OldVersionScreen,
    VERSIONS: VersionsScreen,
    CHANGES: ChangesScreen,
    NAMES: NamesScreen,
    STATISTICS: StatisticsScreen,
    REVIEW: ReviewScreen,
    CHECKING: CheckingScreen,
}
"""The widget that has the commands of each screen."""

FORBIDDEN = {"ctrl+h", "ctrl+i", "ctrl+m", "ctrl+[", "ctrl+left_square_bracket"}
"""What a terminal sends for backspace, tab, enter and escape."""


def test_the_table_names_every_command_and_its_keys() -> None:
    rows = key_table().splitlines()
    assert all(row.count("|") == 4 for row in rows), "a bar in a cell would break the table"
    for command in COMMANDS:
        row = next(row for row in rows if command.help in row and keys_of(command)[0] in row)
        assert all(f"`{key}`" in row for key in keys_of(command))


def test_keys_are_shown_as_signs_and_not_by_name() -> None:
    """People look for ``)`` on the keyboard, not for ``right_parenthesis``."""
    for command in COMMANDS:
        assert not any("_" in key for key in keys_of(command)), command.id


def test_ids_are_unique() -> None:
    ids = [command.id for command in COMMANDS]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("screen", OWNERS)
def test_no_key_has_two_commands(screen: str) -> None:
    keys = list(chain.from_iterable(command.keys.split(",") for command in commands_of(screen)))
    assert len(keys) == len(set(keys))


def test_no_key_is_one_that_terminals_confuse_with_another() -> None:
    for command in COMMANDS:
        assert FORBIDDEN.isdisjoint(command.keys.split(",")), command.id


def actions_of(screen: Screen[Any]) -> Actions:
    screens = ReadingScreen | LibraryScreen | NotesScreen | StatisticsScreen | ReviewScreen
    assert isinstance(screen, screens)
    return screen.actions


async def test_each_command_has_one_callable(tmp_path: Path) -> None:
    actions: dict[str, Actions] = {}
    async with opened(tmp_path, "A text.") as reader:
        await reader.press("1", "a")
        context = reader.screen.context
        old_version = Version("", "", frozenset())
        actions[READING] = actions_of(reader.screen)
        actions[OLD_VERSION] = OldVersionScreen(context.loading_article, old_version).actions
        actions[NAMES] = NamesScreen().actions
        actions[IMPORTING] = ImportScreen().actions
        actions[VERSIONS] = VersionsScreen(context.state, [old_version]).actions
        digest = context.state.document.digest
        comparison = compare(context.state, digest, digest, lambda _: None)
        assert comparison is not None
        draft = CheckedDraft("draft.md", context.state.document, ())
        actions[CHECKING] = CheckingScreen(draft).actions
        actions[CHANGES] = ChangesScreen(comparison, old_version, old_version).actions
        compare_screen = CompareScreen(context.open_article, reader.annotations[0].id, ())
        actions[COMPARING] = compare_screen.actions
        actions[EVIDENCE] = EvidenceScreen(context.open_article, "").actions
        actions[ANNOTATIONS] = reader.screen.query_one(AnnotationList).actions
        await reader.press("e")
        await reader.until(lambda: isinstance(reader.app.screen, NoteEditor))
        assert isinstance(reader.app.screen, NoteEditor)
        actions[EDITOR] = reader.app.screen.actions
        await reader.press("escape")
        await reader.until(lambda: isinstance(reader.app.screen, ReadingScreen))
        await reader.press("q", "t")
        actions[CONTENTS] = reader.screen.query_one(Contents).actions
        await reader.press("q", "D")
        await reader.until(lambda: isinstance(reader.app.screen, DeletedScreen))
        assert isinstance(reader.app.screen, DeletedScreen)
        actions[DELETED] = reader.app.screen.actions
        await reader.press("q", "L")
        await reader.until(lambda: isinstance(reader.app.screen, LibraryScreen))
        actions[LIBRARY] = actions_of(reader.app.screen)
        await reader.press("I")
        await reader.until(lambda: isinstance(reader.app.screen, StatisticsScreen))
        actions[STATISTICS] = actions_of(reader.app.screen)
        await reader.press("q")
        await reader.until(lambda: isinstance(reader.app.screen, LibraryScreen))
        await reader.press("q", "R")
        await reader.until(lambda: isinstance(reader.app.screen, NotesScreen))
        actions[NOTES] = actions_of(reader.app.screen)
        reader.app.post_message(ShowReview())
        await reader.until(lambda: isinstance(reader.app.screen, ReviewScreen))
        actions[REVIEW] = actions_of(reader.app.screen)
    for screen in OWNERS:
        own = {command.id for command in commands_of(screen) if not command.app_action}
        assert set(actions[screen]) == own, screen


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_action_of_the_app_is_there(command: commands.Command) -> None:
    if command.app_action:
        name = command.app_action.removeprefix("app.")
        assert callable(getattr(MarginApp, f"action_{name}"))


def test_two_parts_cannot_carry_out_the_same_command() -> None:
    class Part:
        actions: ClassVar[Actions] = {"undo": list}

    with pytest.raises(ValueError, match="undo"):
        merged(Part(), Part())


@pytest.mark.parametrize("screen", OWNERS)
def test_every_command_is_bound_by_its_id(screen: str) -> None:
    owner = OWNERS[screen]
    bound = {each.id for each in owner.BINDINGS if not isinstance(each, tuple)}
    assert {command.id for command in commands_of(screen)} <= bound


def test_bindings_have_the_command_id_action_and_name() -> None:
    for binding, command in zip(bindings_of(READING), commands_of(READING), strict=True):
        assert (binding.id, binding.action, binding.description) == (
            command.id,
            command.action,
            command.name,
        )


def test_hints_are_commands_of_the_screen() -> None:
    known = {command.id for command in commands_of(READING)}
    for command_id, word in (*READING_HINTS, *ANNOTATION_HINTS, *SELECTING_HINTS):
        assert command_id in known
        assert word


def test_keys_are_named_as_people_write_them() -> None:
    by_id = {command.id: command for command in COMMANDS}
    assert keys_of(by_id["sentence.next"]) == [")"]
    assert keys_of(by_id["search"]) == ["/"]
    assert keys_of(by_id["search"], {"search": "s,question_mark"}) == ["s", "?"]


def test_screens_have_the_name_of_their_help() -> None:
    for name in (READING, LIBRARY, NOTES):
        screen = OWNERS[name]
        assert issubclass(screen, Screen)
        assert getattr(screen, "HELP_NAME", None) == name


def test_sentences_name_the_readers_own_keys() -> None:
    sentence = "Press {undo} or {tag.1}; {no.command} and {this} stay."
    assert with_keys(sentence) == "Press u or 1; {no.command} and {this} stay."
    own = {"undo": "ctrl+z,z", "tag.1": ""}
    assert with_keys(sentence, own) == "Press ctrl+z or “Tag 1”; {no.command} and {this} stay."


def test_every_command_that_a_sentence_names_is_there() -> None:
    named = set()
    for path in Path(commands.__file__).parent.parent.rglob("*.py"):
        strings = (
            node.value
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        )
        named |= {
            name for each in strings for name in re.findall(r"\{([a-z_]+\.[a-z_0-9]+)\}", each)
        }
    assert len(named) > 10
    assert named <= set(by_id())


def test_keys_in_the_settings_are_written_as_the_help_shows_them_or_as_textual_does() -> None:
    keymap = {"start": " g , pgdn,,(", "end": "right_parenthesis,comma,G", "back": ""}
    assert textual_keymap(keymap) == {
        "start": "g,pagedown,left_parenthesis",
        "end": "right_parenthesis,comma,G",
        "back": "",
    }


async def test_a_key_of_the_settings_as_the_help_shows_it_works(tmp_path: Path) -> None:
    settings = Settings(keys={"end": "z, ("})
    async with opened(tmp_path, "One.\n\nTwo.\n", settings=settings) as reader:
        await reader.press("(")
        await reader.until(lambda: reader.view.caret > 4, "the end")
        await reader.press("g", "z")
        await reader.until(lambda: reader.view.caret > 4, "the end")
