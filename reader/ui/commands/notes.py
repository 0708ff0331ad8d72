"""Commands of the notes' screen."""

from __future__ import annotations

from reader.ui.commands.command import FIND, GO, MARK, NOTES, Command

NOTES_COMMANDS: tuple[Command, ...] = (
    Command(
        "notes.deleted",
        "Deleted",
        "ctrl+d",
        "Show what was deleted lately, in all articles; bring it back.",
        GO,
        (NOTES,),
    ),
    Command(
        "note.open",
        "Open at the passage",
        "enter",
        "Open the article at the passage.",
        GO,
        (NOTES,),
    ),
    Command("notes.undo", "Undo", "u", "Undo the last change of a status here.", MARK, (NOTES,)),
    Command(
        "list.tag", "Filter by tag", "t", "Show one tag after another, then all.", FIND, (NOTES,)
    ),
)
