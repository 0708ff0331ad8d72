"""Commands of the notes' screen."""

from __future__ import annotations

from reader.ui.commands.command import FIND, GO, MARK, NOTES, SELECT, Command

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
    Command(
        "note.edit",
        "Edit",
        "e",
        "Edit the note, its tags, its speaker and its status beside the list.",
        MARK,
        (NOTES,),
    ),
    Command(
        "note.speaker",
        "Speaker",
        "w",
        "Choose or type who said the passage, or the selected passages.",
        MARK,
        (NOTES,),
    ),
    Command(
        "note.select",
        "Select",
        "space",
        "Select the note, or select it no longer, and go on to the next; changes concern all.",
        SELECT,
        (NOTES,),
    ),
    Command(
        "note.select_all",
        "Select all",
        "asterisk",
        "Select every note that is listed; again, none.",
        SELECT,
        (NOTES,),
    ),
    Command(
        "note.projects",
        "Projects",
        "P",
        "Give the article of the note, or the articles of the selected notes, projects.",
        MARK,
        (NOTES,),
    ),
    Command(
        "notes.undo",
        "Undo",
        "u",
        "Bring back a deleted note; else undo the last change here, of however many notes.",
        MARK,
        (NOTES,),
    ),
    Command(
        "notes.redo",
        "Redo",
        "ctrl+r",
        "Make the change again that was undone last.",
        MARK,
        (NOTES,),
    ),
    Command(
        "list.tag", "Filter by tag", "t", "Show one tag after another, then all.", FIND, (NOTES,)
    ),
)
