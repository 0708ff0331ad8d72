"""Commands of the list of the names of tags and speakers, and the one that opens it."""

from __future__ import annotations

from reader.ui.commands.command import GO, LIBRARY, MARK, NAMES, NOTES, SELECT, SHOW, Command

NAMES_COMMANDS: tuple[Command, ...] = (
    Command(
        "names",
        "Names of tags and speakers",
        "at",
        "Show the tags and the speakers of all notes; rename and merge them.",
        GO,
        (LIBRARY, NOTES),
    ),
    Command(
        "names.rename",
        "Rename",
        "enter,r",
        "Give the name another one, in all notes of all articles.",
        MARK,
        (NAMES,),
    ),
    Command(
        "names.select",
        "Select",
        "space",
        "Select the name, or select it no longer, and go on to the next, to merge several.",
        SELECT,
        (NAMES,),
    ),
    Command(
        "names.merge",
        "Merge",
        "m",
        "Make one name of the selected ones, or of the highlighted one and another.",
        MARK,
        (NAMES,),
    ),
    Command("names.undo", "Undo", "u", "Undo the last renaming or merging.", MARK, (NAMES,)),
    Command(
        "names.other",
        "The others",
        "tab",
        "Show the speakers in place of the tags, or the tags.",
        SHOW,
        (NAMES,),
    ),
    Command("names.close", "Close", "escape,q", "Close the list.", SHOW, (NAMES,)),
)
