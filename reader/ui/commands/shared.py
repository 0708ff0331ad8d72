"""Commands that several screens have."""

from __future__ import annotations

from reader.ui.commands.command import (
    EVERYWHERE,
    FILTERED,
    FIND,
    GO,
    LIBRARY,
    NOTES,
    READING,
    SHOW,
    Command,
)

SHARED_COMMANDS: tuple[Command, ...] = (
    Command("library", "Library", "L", "Show every article.", GO, (READING, NOTES)),
    Command(
        "notes",
        "Notes and review",
        "R",
        "Show every annotation of every article.",
        GO,
        (READING, LIBRARY),
    ),
    Command(
        "deleted.list",
        "Deleted",
        "D",
        "Show what was deleted lately, in all articles; bring it back.",
        GO,
        (READING, LIBRARY),
    ),
    Command("export", "Export", "E", "Export annotations to files.", GO, EVERYWHERE),
    Command("list.filter", "Filter", "slash", "Filter the list as you type.", FIND, FILTERED),
    Command(
        "details",
        "About this article",
        "i",
        "Show who wrote the article, where and when; keys there correct that and copy a citation.",
        GO,
        (READING, LIBRARY),
    ),
    Command(
        "theme",
        "Theme",
        "T",
        "Switch between dark, light and high contrast.",
        SHOW,
        EVERYWHERE,
        "app.next_theme",
    ),
    Command(
        "help",
        "Help",
        "question_mark",
        "Show the keys of this screen.",
        SHOW,
        EVERYWHERE,
        "app.help",
    ),
    Command(
        "palette",
        "All commands",
        "ctrl+p",
        "Find a command by its name.",
        SHOW,
        EVERYWHERE,
        "app.command_palette",
    ),
    Command(
        "suspend",
        "Suspend",
        "ctrl+z",
        "Return to the shell; its command fg brings the screen back.",
        SHOW,
        EVERYWHERE,
        "app.suspend_process",
    ),
    Command(
        "back",
        "Previous screen",
        "q",
        "Return to the previous screen; on the first one, quit.",
        SHOW,
        EVERYWHERE,
    ),
)
