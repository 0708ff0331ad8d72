"""Every command: which screen has which, and which are known for what."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from reader.ui.commands.annotating import ANNOTATING
from reader.ui.commands.checking import CHECKING_COMMANDS
from reader.ui.commands.command import (
    CHANGES,
    FIND,
    MARK,
    MOVE,
    OLD_VERSION,
    READING,
    SELECT,
    Command,
)
from reader.ui.commands.comparing import COMPARING_COMMANDS
from reader.ui.commands.deleted import DELETED_COMMANDS
from reader.ui.commands.evidence import EVIDENCE_COMMANDS
from reader.ui.commands.importing import IMPORTING_COMMANDS
from reader.ui.commands.library import LIBRARY_COMMANDS
from reader.ui.commands.moving import MOVING
from reader.ui.commands.names import NAMES_COMMANDS
from reader.ui.commands.note_editor import EDITOR_COMMANDS
from reader.ui.commands.notes import NOTES_COMMANDS
from reader.ui.commands.panels import PANEL_COMMANDS
from reader.ui.commands.reading import READING_SCREEN
from reader.ui.commands.review import REVIEW_COMMANDS
from reader.ui.commands.shared import SHARED_COMMANDS
from reader.ui.commands.statistics import STATISTICS_COMMANDS
from reader.ui.commands.statuses import status_commands
from reader.ui.commands.vault import VAULT_COMMANDS

_COMMANDS: tuple[Command, ...] = (
    *MOVING,
    *ANNOTATING,
    *EVIDENCE_COMMANDS,
    *EDITOR_COMMANDS,
    *PANEL_COMMANDS,
    *COMPARING_COMMANDS,
    *READING_SCREEN,
    *NOTES_COMMANDS,
    *LIBRARY_COMMANDS,
    *DELETED_COMMANDS,
    *NAMES_COMMANDS,
    *IMPORTING_COMMANDS,
    *VAULT_COMMANDS,
    *STATISTICS_COMMANDS,
    *REVIEW_COMMANDS,
    *CHECKING_COMMANDS,
    *SHARED_COMMANDS,
)
"""The commands but those that set a status in lists."""

COMMANDS: tuple[Command, ...] = (*_COMMANDS, *status_commands(_COMMANDS))
"""Every command of the screens, in the order of the help."""

TAG_PREFIX = "tag."
"""What stands before the digit of a tag in the id of its command."""

FIRST_COMMANDS = frozenset(
    {
        "line.down",
        "line.up",
        "page.down",
        "page.up",
        "sentence.next",
        "sentence.previous",
        "sentence.choose",
        "paragraph.next",
        "heading.next",
        "annotation.next",
        "select",
        "select.none",
        "tag.1",
        "tag.2",
        "tag.3",
        "status",
        "quotation.select",
        "speaker.take",
        "annotation.open",
        "annotation.delete",
        "undo",
        "redo",
        "copy",
        "search",
        "contents",
        "annotations",
        "library",
        "notes",
        "deleted.list",
        "export",
        "help",
        "palette",
        "back",
    }
)
"""The commands whose keys a new reader needs."""


COPYING = frozenset({"copy", "copy.words"})
"""The commands that stand among those that mark, and change nothing."""


READ_ONLY = frozenset(
    {
        "annotations",
        "back",
        "column.narrower",
        "column.wider",
        "contents",
        "copy",
        "copy.words",
        "help",
        "notes.margin",
        "palette",
        "panel",
        "select.none",
        "suspend",
        "theme",
    }
)
"""Commands of an old version, besides those that move, select and search."""


_NOT_IN_CHANGES = ("search", "quotation.", "sentence.choose", "copy")
"""How commands begin that an old version has, and the comparison of two versions has not: its text
also has the words that were removed, which nobody wants to copy as those of the article."""


@cache
def commands_of(screen: str) -> tuple[Command, ...]:
    """Return the commands that a screen has, in the order of the help."""
    if screen == OLD_VERSION:
        return tuple(
            command
            for command in commands_of(READING)
            if command.id in READ_ONLY
            or (command.group in (MOVE, SELECT, FIND) and not command.id.startswith("look."))
        )
    if screen == CHANGES:
        return tuple(
            command
            for command in COMMANDS
            if CHANGES in command.screens
            or (command in commands_of(OLD_VERSION) and not command.id.startswith(_NOT_IN_CHANGES))
        )
    return tuple(command for command in COMMANDS if screen in command.screens)


def changes_annotations(command_id: str) -> bool:
    """Return whether a command changes annotations, or opens what changes them."""
    return command_id not in COPYING and by_id()[command_id].group == MARK


@cache
def by_id() -> Mapping[str, Command]:
    """Return the commands by their ids."""
    return {command.id: command for command in COMMANDS}
