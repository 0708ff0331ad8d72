"""Commands of the editor of a note."""

from __future__ import annotations

from reader.ui.commands.command import EDITOR, MARK, SHOW, Command

EDITOR_COMMANDS: tuple[Command, ...] = (
    Command("editor.save", "Save", "ctrl+s", "Save the annotation.", MARK, (EDITOR,)),
    Command(
        "editor.leave",
        "Leave",
        "escape",
        "Leave the note; where it is not saved yet, say what becomes of it.",
        SHOW,
        (EDITOR,),
    ),
    Command(
        "editor.preview",
        "Preview",
        "ctrl+t",
        "Show the note as it will be read, or go back to writing it.",
        SHOW,
        (EDITOR,),
    ),
    Command(
        "editor.article_down",
        "Article down",
        "ctrl+down",
        "Scroll the article beside the note down, to see more of a long passage.",
        SHOW,
        (EDITOR,),
    ),
    Command(
        "editor.article_up",
        "Article up",
        "ctrl+up",
        "Scroll the article beside the note up.",
        SHOW,
        (EDITOR,),
    ),
    Command(
        "editor.program",
        "Write in $EDITOR",
        "ctrl+o",
        "Write the note in the program that $VISUAL or $EDITOR names.",
        MARK,
        (EDITOR,),
    ),
)
