"""The table of commands; bindings, palette, help and the docs' tables of keys come from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import groupby
from string import ascii_lowercase
from typing import NamedTuple

from reader.core.annotation import CLAIM, CONTEXT, QUOTE
from reader.core.claims import STANDARD_STATUSES

READING = "reading"
LIBRARY = "library"
NOTES = "notes"
ANNOTATIONS = "annotations"
CONTENTS = "contents"
COMPARING = "comparing"
EDITOR = "note editor"
OLD_VERSION = "old version"
DELETED = "deleted"
EVIDENCE = "evidence"
VERSIONS = "versions"
CHANGES = "changes"

FILTERED = (LIBRARY, NOTES, ANNOTATIONS, CONTENTS)
EVERYWHERE = (READING, LIBRARY, NOTES)


_COMMAND_ID = re.compile(r"\{([a-z_.0-9]+)\}")


class Command(NamedTuple):
    """Something that a key does."""

    id: str
    """Its name in the settings, such as ``tag.1``; never changed once released."""
    name: str
    """Its name in the palette."""
    keys: str
    """Its keys as Textual names them, with commas between."""
    help: str
    """One sentence for the help and the palette."""
    group: str
    """Its heading in the help."""
    screens: tuple[str, ...] = (READING,)
    """The screens that have it."""
    app_action: str = ""
    """The action of the app that carries it out; empty where the screen does."""

    @property
    def action(self) -> str:
        """The action that Textual runs: the app's, or ``run`` with the id."""
        return self.app_action or f"run('{self.id}')"


MOVE, SELECT, MARK, FIND, GO, SHOW = (
    "Moving",
    "Selecting",
    "Marking",
    "Finding",
    "Going elsewhere",
    "The screen",
)

_COMMANDS: tuple[Command, ...] = (
    Command("line.down", "Line down", "j,down", "Move one line down.", MOVE),
    Command("line.up", "Line up", "k,up", "Move one line up.", MOVE),
    Command("page.down", "Page down", "space,pagedown", "Move one page down.", MOVE),
    Command("page.up", "Page up", "pageup", "Move one page up.", MOVE),
    Command(
        "word.previous",
        "Page up, or previous word",
        "b",
        "Move one page up; while selecting, move one word back.",
        MOVE,
    ),
    Command("half.down", "Half a page down", "ctrl+d", "Move half a page down.", MOVE),
    Command("half.up", "Half a page up", "ctrl+u", "Move half a page up.", MOVE),
    Command("start", "Start", "g,home", "Go to the start of the article.", MOVE),
    Command("end", "End", "G,end", "Go to the end of the article.", MOVE),
    Command(
        "sentence.next", "Next sentence", "right_parenthesis", "Go to the next sentence.", MOVE
    ),
    Command(
        "sentence.previous",
        "Previous sentence",
        "left_parenthesis",
        "Go to the previous sentence.",
        MOVE,
    ),
    Command(
        "sentence.choose",
        "Choose a sentence",
        "z",
        "Show letters before the sentences; type them to go to a sentence, which a tag then marks.",
        MOVE,
    ),
    Command(
        "paragraph.next",
        "Next paragraph",
        "right_curly_bracket",
        "Go to the next paragraph of the article.",
        MOVE,
    ),
    Command(
        "paragraph.previous",
        "Previous paragraph",
        "left_curly_bracket",
        "Go to the previous paragraph of the article.",
        MOVE,
    ),
    Command(
        "heading.next", "Next heading", "right_square_bracket", "Go to the next heading.", MOVE
    ),
    Command(
        "heading.previous",
        "Previous heading",
        "left_square_bracket",
        "Go to the previous heading.",
        MOVE,
    ),
    Command(
        "annotation.next",
        "Next annotation",
        "greater_than_sign",
        "Go to the next annotation.",
        MOVE,
    ),
    Command(
        "annotation.previous",
        "Previous annotation",
        "less_than_sign",
        "Go to the previous annotation.",
        MOVE,
    ),
    Command(
        "look.next",
        "Next changed annotation",
        "full_stop",
        "Go to the next annotation whose words have changed.",
        MOVE,
    ),
    Command(
        "look.previous",
        "Previous changed annotation",
        "comma",
        "Go to the previous annotation whose words have changed.",
        MOVE,
    ),
    Command(
        "quotation.next",
        "Next quotation",
        "semicolon",
        "Go to the next quotation, what somebody says.",
        MOVE,
    ),
    Command(
        "quotation.previous",
        "Previous quotation",
        "colon",
        "Go to the previous quotation.",
        MOVE,
    ),
    Command("character.next", "Next character", "l,right", "Move one character forward.", MOVE),
    Command("character.previous", "Previous character", "h,left", "Move one character back.", MOVE),
    Command("word.next", "Next word", "w", "Go to the next word.", MOVE),
    Command("word.end", "End of the word", "e", "Go to the end of the word.", MOVE),
    Command(
        "select",
        "Select",
        "v",
        "Start or stop selecting at the caret; while you select, moving extends the selection.",
        SELECT,
    ),
    Command(
        "select.swap",
        "Other end of the selection",
        "o",
        "Go to the other end of the selection.",
        SELECT,
    ),
    Command(
        "quotation.select",
        "Select the quotation",
        "quotation_mark",
        "Select the quotation at the caret or the next one; again: with its marks, its sentence.",
        SELECT,
    ),
    Command(
        "select.right",
        "Select one character forward",
        "shift+right",
        "Extend the selection one character forward.",
        SELECT,
    ),
    Command(
        "select.left",
        "Select one character back",
        "shift+left",
        "Extend the selection one character back.",
        SELECT,
    ),
    Command(
        "select.down",
        "Select one line down",
        "shift+down",
        "Extend the selection one line down.",
        SELECT,
    ),
    Command(
        "select.up", "Select one line up", "shift+up", "Extend the selection one line up.", SELECT
    ),
    Command(
        "select.none",
        "Clear the selection",
        "escape",
        "Clear the selection or the search hits, and dismiss messages.",
        SELECT,
    ),
    *(
        Command(f"tag.{number}", f"Tag {number}", str(number), help_, MARK)
        for number, help_ in (
            *(
                (number, f"Tag the selection or the sentence as {name}, or take the tag away.")
                for number, name in enumerate((QUOTE, CLAIM, CONTEXT), start=1)
            ),
            *((number, "Use a tag of your own, from the settings.") for number in range(4, 10)),
        )
    ),
    Command(
        "status",
        "Status of the claim",
        "s",
        "Give the claim a status by its letter; what is not a claim yet becomes one.",
        MARK,
    ),
    Command(
        "annotation.open",
        "Open the annotation",
        "enter",
        "Edit the annotation at the caret: note, tags, speaker, status; accept a suggestion there.",
        MARK,
    ),
    Command(
        "speaker.take",
        "Take the speaker",
        "m",
        "Save the speaker that was found for the quotation at the caret.",
        MARK,
    ),
    Command(
        "speaker.choose",
        "Choose the speaker",
        "P",
        "Choose or type who said the quotation or the claim at the caret.",
        MARK,
    ),
    Command(
        "speaker.last",
        "Same speaker again",
        "M",
        "Save the speaker that was given last for the annotation at the caret.",
        MARK,
    ),
    Command(
        "evidence.add",
        "Add evidence",
        "x",
        "Link what supports or disputes the annotation: a passage, an article, a web address.",
        MARK,
        (READING, ANNOTATIONS, EVIDENCE),
    ),
    Command(
        "suggestions.show",
        "Suggest quotations",
        "V",
        "Show the quotations that are not marked yet, or hide them.",
        MARK,
    ),
    Command(
        "suggestions.accept_sure",
        "Mark all sure quotations",
        "B",
        "Mark every quotation whose speaker is sure, with the speaker; one undo takes all back.",
        MARK,
    ),
    Command(
        "annotation.range",
        "Change the passage",
        "r",
        "Change the annotation's passage: move its end, then press the same key again.",
        MARK,
    ),
    Command(
        "annotation.delete",
        "Delete the annotation",
        "d,delete",
        "Delete the annotation, or turn the suggestion down; undo brings it back.",
        MARK,
        (READING, ANNOTATIONS),
    ),
    Command(
        "compare",
        "What changed",
        "c",
        "Compare old and new words of annotations that changed or lost their place; fix them.",
        MARK,
        (READING, ANNOTATIONS),
    ),
    Command(
        "annotation.put_back",
        "Put back",
        "p",
        "Put an annotation that lost its place on the selection, or on what resembles it most.",
        MARK,
        (READING, ANNOTATIONS),
    ),
    Command(
        "annotations.range",
        "Select the passage",
        "r",
        "Select a new passage for the annotation, even if it lost its place.",
        MARK,
        (ANNOTATIONS,),
    ),
    Command(
        "comparing.accept",
        "Accept",
        "enter",
        "Accept the new words; put back an annotation that lost its place.",
        MARK,
        (COMPARING,),
    ),
    Command(
        "comparing.range",
        "Select the passage",
        "r",
        "Select the passage in the article.",
        MARK,
        (COMPARING,),
    ),
    Command(
        "comparing.lose",
        "Not here",
        "x",
        "Reject this passage: the annotation loses its place.",
        MARK,
        (COMPARING,),
    ),
    Command(
        "comparing.next",
        "Next",
        "n,full_stop,greater_than_sign",
        "Go to the next annotation and leave this one unchanged.",
        MOVE,
        (COMPARING,),
    ),
    Command(
        "comparing.previous",
        "Previous",
        "N,comma,less_than_sign",
        "Go to the previous annotation.",
        MOVE,
        (COMPARING,),
    ),
    Command("comparing.undo", "Undo", "u", "Undo the last change.", MARK, (COMPARING,)),
    Command("comparing.close", "Close", "escape,q", "Go back to the article.", SHOW, (COMPARING,)),
    Command(
        "annotations.edit", "Edit the annotation", "e", "Edit the annotation.", MARK, (ANNOTATIONS,)
    ),
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
    Command("undo", "Undo", "u", "Undo the last change to annotations.", MARK),
    Command("redo", "Redo", "ctrl+r", "Redo the change that was undone last.", MARK),
    Command(
        "copy",
        "Copy with its source",
        "y",
        "Copy the selection, the annotation's passage or the sentence with speaker and source.",
        MARK,
        (READING, ANNOTATIONS, NOTES),
    ),
    Command(
        "copy.words",
        "Copy the words",
        "Y",
        "Copy the bare words of the selection, the annotation's passage or the sentence.",
        MARK,
        (READING, ANNOTATIONS, NOTES),
    ),
    Command("search", "Search", "slash", "Search the article as you type.", FIND),
    Command("search.next", "Next hit", "n", "Go to the next hit.", FIND),
    Command("search.previous", "Previous hit", "N", "Go to the previous hit.", FIND),
    Command("contents", "Contents", "t", "Show the headings and go to one of them.", GO),
    Command("annotations", "Annotations", "a", "Show the annotations of this article.", GO),
    Command("panel", "Panel", "tab", "Go to the panel, or open the one that was open last.", GO),
    Command(
        "panel.leave",
        "To the article",
        "tab",
        "Go to the article; in a window of 120 columns or more the panel stays open.",
        GO,
        (ANNOTATIONS, CONTENTS),
    ),
    Command(
        "evidence.show",
        "Evidence",
        "X",
        "Show what the annotation rests on, and what it is evidence for.",
        GO,
        (READING, ANNOTATIONS),
    ),
    Command(
        "evidence.open",
        "Go there",
        "enter",
        "Go to the passage or the article, or open the address in Margin.",
        GO,
        (EVIDENCE,),
    ),
    Command(
        "evidence.browse",
        "Open in the browser",
        "F",
        "Open the address in the browser.",
        GO,
        (EVIDENCE,),
    ),
    Command(
        "evidence.relation",
        "Change the relation",
        "r",
        "Say in another way what the evidence does to the passage.",
        MARK,
        (EVIDENCE,),
    ),
    Command(
        "evidence.remove",
        "Remove the link",
        "d,delete",
        "Remove the link; what it leads to stays.",
        MARK,
        (EVIDENCE,),
    ),
    Command(
        "evidence.undo", "Undo", "u", "Undo the last change to the evidence.", MARK, (EVIDENCE,)
    ),
    Command("evidence.close", "Close", "escape,q", "Close the list.", SHOW, (EVIDENCE,)),
    Command(
        "version.old",
        "Old version",
        "O",
        "Show the article, read-only, as it was when the annotation was made.",
        GO,
    ),
    Command(
        "versions",
        "Versions",
        "H",
        "List the versions of the article; open one, or show what changed since.",
        GO,
    ),
    Command("versions.open", "Open", "enter", "Show the version, read-only.", GO, (VERSIONS,)),
    Command(
        "versions.since",
        "Changed since",
        "c",
        "Show what has changed in the whole article since the version.",
        GO,
        (VERSIONS,),
    ),
    Command(
        "versions.before",
        "Changed in it",
        "p",
        "Show what the version changed: its difference to the one before.",
        GO,
        (VERSIONS,),
    ),
    Command("versions.close", "Close", "escape,q", "Close the list.", SHOW, (VERSIONS,)),
    Command(
        "changes.next",
        "Next change",
        "n,full_stop",
        "Go to the next change; after the last comes the first.",
        MOVE,
        (CHANGES,),
    ),
    Command(
        "changes.previous",
        "Previous change",
        "N,comma",
        "Go to the previous change.",
        MOVE,
        (CHANGES,),
    ),
    Command(
        "changes.fold",
        "Fold",
        "f",
        "Fold the paragraphs that have not changed, or unfold them.",
        SHOW,
        (CHANGES,),
    ),
    Command(
        "link.follow",
        "Follow a link",
        "f",
        "Show letters over the links; type them to open a link or a footnote.",
        GO,
    ),
    Command(
        "link.browse",
        "Open a link in the browser",
        "F",
        "Show letters over the links; type them to open a web address in the browser.",
        GO,
    ),
    Command(
        "trail.back",
        "Go back",
        "backspace,ctrl+o,alt+left",
        "Go back to where you were before the last jump, or to the article before.",
        GO,
    ),
    Command(
        "trail.forward",
        "Go forward",
        "ctrl+n,alt+right",
        "Go forward to where you were before you went back.",
        GO,
    ),
    Command(
        "article.keep",
        "Add to the library",
        "A",
        "Add the article that a link opened; annotating it adds it too.",
        GO,
    ),
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
    Command(
        "notes.deleted",
        "Deleted",
        "ctrl+d",
        "Show what was deleted lately, in all articles; bring it back.",
        GO,
        (NOTES,),
    ),
    Command(
        "deleted.restore",
        "Bring back",
        "enter,u",
        "Bring back the annotation or the article; the same key deletes it again.",
        MARK,
        (DELETED,),
    ),
    Command("deleted.close", "Close", "escape,q", "Close the list.", SHOW, (DELETED,)),
    Command("export", "Export", "E", "Export annotations to files.", GO, EVERYWHERE),
    Command("article.open", "Open", "enter", "Open the article.", GO, (LIBRARY,)),
    Command(
        "note.open",
        "Open at the passage",
        "enter",
        "Open the article at the passage.",
        GO,
        (NOTES,),
    ),
    Command("notes.undo", "Undo", "u", "Undo the last change of a status here.", MARK, (NOTES,)),
    Command("list.filter", "Filter", "slash", "Filter the list as you type.", FIND, FILTERED),
    Command(
        "annotations.order",
        "Order",
        "s",
        "Switch between the order of the text and the order of the tags.",
        SHOW,
        (ANNOTATIONS,),
    ),
    Command(
        "annotations.places",
        "Filter by place",
        "f",
        "Show only changed annotations, then only those that lost their place, then all.",
        FIND,
        (ANNOTATIONS,),
    ),
    Command("panel.close", "Close", "escape,q", "Close the list.", SHOW, (ANNOTATIONS, CONTENTS)),
    Command(
        "list.tag", "Filter by tag", "t", "Show one tag after another, then all.", FIND, (NOTES,)
    ),
    Command(
        "list.sort",
        "Sort",
        "s",
        "Sort by another fact: last opened, title, added, most notes.",
        SHOW,
        (LIBRARY,),
    ),
    Command(
        "article.remove",
        "Remove",
        "d,delete",
        "Move the article and its notes to the trash folder, after asking.",
        GO,
        (LIBRARY,),
    ),
    Command(
        "article.add",
        "Add",
        "A",
        "Add articles by path, folder or web address; pasting an address or a text opens it.",
        GO,
        (LIBRARY,),
    ),
    Command(
        "article.select",
        "Select",
        "v",
        "Select the article, or select it no longer, to correct several sources at once.",
        SELECT,
        (LIBRARY,),
    ),
    Command(
        "source.edit",
        "Correct the source",
        "e",
        "Correct title, authors, outlet, dates and addresses of the selected articles or of this.",
        MARK,
        (LIBRARY,),
    ),
    Command(
        "article.finish",
        "Mark finished",
        "m",
        "Mark the article as finished, or a finished one as unread.",
        MARK,
        (LIBRARY,),
    ),
    Command(
        "article.archive",
        "Archive",
        "x",
        "Archive the article, or take it out of the archive.",
        MARK,
        (LIBRARY,),
    ),
    Command(
        "list.state",
        "Filter by state",
        "f",
        "Show unread, reading, finished and archived articles in turn, then all.",
        FIND,
        (LIBRARY,),
    ),
    Command(
        "article.restore",
        "Undo",
        "u",
        "Undo the last removal, archiving, marking or correction.",
        GO,
        (LIBRARY,),
    ),
    Command(
        "details",
        "About this article",
        "i",
        "Show who wrote the article, where and when; keys there correct that and copy a citation.",
        GO,
        (READING, LIBRARY),
    ),
    Command(
        "article.renew",
        "Newer version",
        "U",
        "Check the page for a newer version, or show the one that was found.",
        GO,
    ),
    Command(
        "article.whole",
        "Whole page",
        "W",
        "Show all of the page, with what is not of the article dimmed, or the article again.",
        GO,
    ),
    Command("column.wider", "Wider column", "plus,equals_sign", "Make the column wider.", SHOW),
    Command("column.narrower", "Narrower column", "minus", "Make the column narrower.", SHOW),
    Command(
        "notes.margin",
        "Notes in the margin",
        "Z",
        "Show the notes beside the article, where there is room, or no longer.",
        SHOW,
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
"""The commands but those that set a status in lists."""

_LIST_CAPITALS = "G"
"""The capitals that move in every list."""

TAG_PREFIX = "tag."
"""What stands before the digit of a tag in the id of its command."""

STATUS_PREFIX = "status."
"""What stands before the letter of a status in the id of the command that sets it in lists."""


def _status_commands() -> Iterable[Command]:
    """Yield a command for each letter that a status may have, with its capital as the key.

    Letters whose capital has another command in a list are left out.
    """
    lists = (ANNOTATIONS, NOTES)
    taken = {
        key
        for command in _COMMANDS
        if not set(lists).isdisjoint(command.screens)
        for key in command.keys.split(",")
    }
    names = {status.key: status.name for status in STANDARD_STATUSES}
    letters = [each for each in ascii_lowercase if each.upper() not in {*taken, *_LIST_CAPITALS}]
    for letter in sorted(letters, key=[*names, *letters].index):
        text = (
            f"Set the claim’s status to {names[letter]}, and go to the next row."
            if letter in names
            else "Set a status of your own, from the settings, and go to the next row."
        )
        name = f"Status {names.get(letter, letter)}"
        yield Command(f"{STATUS_PREFIX}{letter}", name, letter.upper(), text, MARK, lists)


COMMANDS: tuple[Command, ...] = (*_COMMANDS, *_status_commands())
"""Every command of the screens, in the order of the help."""

KEY_NAMES: Mapping[str, str] = {
    "space": "space",
    "slash": "/",
    "question_mark": "?",
    "plus": "+",
    "equals_sign": "=",
    "minus": "-",
    "left_parenthesis": "(",
    "right_parenthesis": ")",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "escape": "esc",
    "pagedown": "pgdn",
    "pageup": "pgup",
    "full_stop": ".",
    "comma": ",",
    "quotation_mark": '"',
    "semicolon": ";",
    "colon": ":",
}
"""How people read a key that they would not know by Textual's name."""


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


def keys_of(command: Command, keymap: Mapping[str, str] | None = None) -> list[str]:
    """Return a command's keys as people write them.

    Args:
        command: The command.
        keymap: The reader's own keys by command id.
    """
    keys = (keymap or {}).get(command.id, command.keys)
    return [KEY_NAMES.get(key.strip(), key.strip()) for key in keys.split(",")]


def textual_keymap(keymap: Mapping[str, str]) -> dict[str, str]:
    """Return the reader's own keys as Textual names them.

    Args:
        keymap: Keys by command id, with commas between; as the help shows them (``(``, ``pgdn``)
            or as Textual names them (``left_parenthesis``, ``pagedown``).
    """
    names = {shown: name for name, shown in KEY_NAMES.items()}
    return {
        command_id: ",".join(
            names.get(key.strip(), key.strip()) for key in keys.split(",") if key.strip()
        )
        for command_id, keys in keymap.items()
    }


def key_of(command_id: str, keymap: Mapping[str, str] | None = None) -> str:
    """Return the first of a command's keys as people write it.

    Args:
        command_id: The command's id.
        keymap: The reader's own keys by command id.

    Returns:
        The key; for a command without a key its name in quotation marks, as the palette has it.
    """
    command = by_id()[command_id]
    return keys_of(command, keymap)[0] or f"“{command.name}”"


def with_keys(sentence: str, keymap: Mapping[str, str] | None = None) -> str:
    """Return a sentence in which each id of a command in braces is replaced by its key.

    Args:
        sentence: Text of the program, such as ``Deleted; {undo} brings it back.``.
        keymap: The reader's own keys by command id.
    """
    known = by_id()
    return _COMMAND_ID.sub(
        lambda match: key_of(match[1], keymap) if match[1] in known else match[0], sentence
    )


@cache
def by_id() -> Mapping[str, Command]:
    """Return the commands by their ids."""
    return {command.id: command for command in COMMANDS}


def key_table(commands: Iterable[Command] = COMMANDS) -> str:
    """Return a table of the keys of commands, in Markdown."""
    lines = ["| keys | what | where |", "| --- | --- | --- |"]
    alike = groupby(commands, key=lambda command: (command.help, command.screens))
    for (text, screens), group in alike:
        keys = " ".join(f"`{key}`" for command in group for key in keys_of(command))
        lines.append(f"| {keys} | {text} | {', '.join(screens)} |")
    return "\n".join(lines)


def first_key_table() -> str:
    """Return the table of the keys that a new reader needs, in Markdown."""
    return key_table(command for command in COMMANDS if command.id in FIRST_COMMANDS)


def command_table() -> str:
    """Return the table of the ids of commands, in Markdown; the keys are as the settings have them.

    A command whose help differs between screens is there once for each help.
    """
    lines = ["| id | name | keys | screens |", "| --- | --- | --- | --- |"]
    for command in COMMANDS:
        screens = ", ".join(command.screens)
        lines.append(f"| `{command.id}` | {command.name} | `{command.keys}` | {screens} |")
    return "\n".join(lines)
