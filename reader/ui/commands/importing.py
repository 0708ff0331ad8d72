"""Commands of the screen that imports notes, and the one that opens it."""

from __future__ import annotations

from reader.ui.commands.command import GO, IMPORTING, LIBRARY, MARK, MOVE, SELECT, SHOW, Command

IMPORTING_COMMANDS: tuple[Command, ...] = (
    Command(
        "import",
        "Import notes",
        "M",
        "Import the notes of another program; what that does is shown before.",
        GO,
        (LIBRARY,),
    ),
    Command(
        "importing.make",
        "Import",
        "i",
        "Import what is listed, but for what is left out.",
        MARK,
        (IMPORTING,),
    ),
    Command(
        "importing.leave_out",
        "Leave out",
        "space",
        "Leave out the source, or take it again, and go on to the next.",
        SELECT,
        (IMPORTING,),
    ),
    Command(
        "importing.next",
        "Next to look at",
        "n,full_stop",
        "Go to the next source or row that needs a look: a conflict, or what cannot be read.",
        MOVE,
        (IMPORTING,),
    ),
    Command(
        "importing.previous",
        "Previous to look at",
        "N,comma",
        "Go to the previous source or row that needs a look.",
        MOVE,
        (IMPORTING,),
    ),
    Command(
        "importing.notes",
        "Its notes",
        "tab",
        "Go to the notes of the source, or back to the sources.",
        MOVE,
        (IMPORTING,),
    ),
    Command(
        "importing.open",
        "Open the article",
        "enter",
        "Open the article of the source, at the highlighted note.",
        GO,
        (IMPORTING,),
    ),
    Command(
        "importing.changes",
        "Only what is new",
        "a",
        "List only the sources with something new, or all.",
        SHOW,
        (IMPORTING,),
    ),
    Command(
        "importing.file",
        "Another file",
        "o",
        "Choose another file to import.",
        GO,
        (IMPORTING,),
    ),
    Command(
        "importing.undo",
        "Undo",
        "u",
        "Take back the import.",
        MARK,
        (IMPORTING,),
    ),
)
