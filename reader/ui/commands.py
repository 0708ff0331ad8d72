"""Every command once: bindings, palette, help and the README's key table come from here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import groupby
from typing import NamedTuple

from textual.binding import Binding

READING = "reading"
LIBRARY = "library"
NOTES = "notes"
ANNOTATIONS = "annotations"
CONTENTS = "contents"
COMPARING = "comparing"
OLD_VERSION = "old version"

FILTERED = (LIBRARY, NOTES, ANNOTATIONS, CONTENTS)
EVERYWHERE = (READING, LIBRARY, NOTES)


_COMMAND_ID = re.compile(r"\{([a-z_.0-9]+)\}")


class Command(NamedTuple):
    """Something a person can do with a key."""

    id: str
    """What settings call it, such as ``tag.quote``; never changed once released."""
    name: str
    """What the palette and the help call it."""
    keys: str
    """Its keys as Textual names them, with commas between."""
    help: str
    """One sentence for the help and the palette."""
    action: str
    """The action that Textual runs."""
    group: str
    """The help's heading over it."""
    screens: tuple[str, ...] = (READING,)
    """The screens that have it."""


MOVE, SELECT, MARK, FIND, GO, SHOW = (
    "Moving",
    "Selecting",
    "Marking",
    "Finding",
    "Going elsewhere",
    "The screen",
)

COMMANDS: tuple[Command, ...] = (
    Command("line.down", "Line down", "j,down", "A line down.", "move('line_down')", MOVE),
    Command("line.up", "Line up", "k,up", "A line up.", "move('line_up')", MOVE),
    Command("page.down", "Page down", "space,pagedown", "A page down.", "move('page_down')", MOVE),
    Command("page.up", "Page up", "pageup", "A page up.", "move('page_up')", MOVE),
    Command(
        "word.previous",
        "Page up, or word back",
        "b",
        "A page up; while selecting, back a word.",
        "move('page_up_or_word')",
        MOVE,
    ),
    Command(
        "half.down", "Half a page down", "ctrl+d", "Half a page down.", "move('half_down')", MOVE
    ),
    Command("half.up", "Half a page up", "ctrl+u", "Half a page up.", "move('half_up')", MOVE),
    Command("start", "Start", "g,home", "The start of the article.", "move('start')", MOVE),
    Command("end", "End", "G,end", "The end of the article.", "move('end')", MOVE),
    Command(
        "sentence.next",
        "Next sentence",
        "right_parenthesis",
        "The next sentence.",
        "move('next_sentence')",
        MOVE,
    ),
    Command(
        "sentence.previous",
        "Previous sentence",
        "left_parenthesis",
        "The sentence before.",
        "move('previous_sentence')",
        MOVE,
    ),
    Command(
        "paragraph.next",
        "Next paragraph",
        "right_curly_bracket",
        "The next paragraph.",
        "move('next_paragraph')",
        MOVE,
    ),
    Command(
        "paragraph.previous",
        "Previous paragraph",
        "left_curly_bracket",
        "The paragraph before.",
        "move('previous_paragraph')",
        MOVE,
    ),
    Command(
        "heading.next",
        "Next heading",
        "right_square_bracket",
        "The next heading.",
        "move('next_heading')",
        MOVE,
    ),
    Command(
        "heading.previous",
        "Previous heading",
        "left_square_bracket",
        "The heading before.",
        "move('previous_heading')",
        MOVE,
    ),
    Command(
        "annotation.next",
        "Next annotation",
        "greater_than_sign",
        "The next annotation.",
        "move('next_annotation')",
        MOVE,
    ),
    Command(
        "annotation.previous",
        "Previous annotation",
        "less_than_sign",
        "The annotation before.",
        "move('previous_annotation')",
        MOVE,
    ),
    Command(
        "look.next",
        "Next with other words",
        "full_stop",
        "The next annotation whose words have changed.",
        "look(1)",
        MOVE,
    ),
    Command(
        "look.previous",
        "Previous with other words",
        "comma",
        "The one before whose words have changed.",
        "look(-1)",
        MOVE,
    ),
    Command(
        "character.next",
        "Next character",
        "l,right",
        "A character on.",
        "move('next_character')",
        MOVE,
    ),
    Command(
        "character.previous",
        "Previous character",
        "h,left",
        "A character back.",
        "move('previous_character')",
        MOVE,
    ),
    Command("word.next", "Next word", "w", "The next word.", "move('next_word')", MOVE),
    Command("word.end", "End of the word", "e", "The end of the word.", "move('word_end')", MOVE),
    Command(
        "select",
        "Select",
        "v",
        "Start or stop selecting at the caret; any motion then extends the selection.",
        "select",
        SELECT,
    ),
    Command(
        "select.swap",
        "Swap the ends",
        "o",
        "Go to the selection's other end.",
        "swap_ends",
        SELECT,
    ),
    Command(
        "select.right",
        "Select a character on",
        "shift+right",
        "Select a character on.",
        "extend('next_character')",
        SELECT,
    ),
    Command(
        "select.left",
        "Select a character back",
        "shift+left",
        "Select a character back.",
        "extend('previous_character')",
        SELECT,
    ),
    Command(
        "select.down",
        "Select a line down",
        "shift+down",
        "Select a line down.",
        "extend('line_down')",
        SELECT,
    ),
    Command(
        "select.up",
        "Select a line up",
        "shift+up",
        "Select a line up.",
        "extend('line_up')",
        SELECT,
    ),
    Command(
        "select.none",
        "Let go",
        "escape",
        "Let go of the selection, or of the search hits; take messages away.",
        "let_go",
        SELECT,
    ),
    *(
        Command(
            f"tag.{number}",
            f"Tag {number}",
            str(number),
            help_,
            f"tag('{number}')",
            MARK,
        )
        for number, help_ in (
            (
                1,
                "Tag the selection, or the sentence, as quote; on an annotation, toggle that tag.",
            ),
            (2, "Tag as claim, likewise."),
            (3, "Tag as context, likewise."),
            *((number, "A tag of your own, from the settings.") for number in range(4, 10)),
        )
    ),
    Command(
        "annotation.open",
        "Open the annotation",
        "enter",
        "Note, tags, speaker and status of the annotation at the caret.",
        "open_annotation",
        MARK,
    ),
    Command(
        "annotation.range",
        "Change its range",
        "r",
        "Select the annotation's passage anew: move, then r or enter.",
        "change_range",
        MARK,
    ),
    Command(
        "annotation.delete",
        "Delete the annotation",
        "d,delete",
        "Delete the annotation at the caret; undo brings it back.",
        "delete_annotation",
        MARK,
        (READING, ANNOTATIONS),
    ),
    Command(
        "compare",
        "What changed",
        "c",
        "Old and new words of annotations that changed or lost their place; put them right.",
        "compare",
        MARK,
        (READING, ANNOTATIONS),
    ),
    Command(
        "annotation.put_back",
        "Put back",
        "p",
        "Put an annotation that lost its place on the selection, or where it seems to belong.",
        "put_back",
        MARK,
        (READING, ANNOTATIONS),
    ),
    Command(
        "annotations.range",
        "Select its passage",
        "r",
        "Select the passage of the annotation anew, also of one that lost its place.",
        "change_range",
        MARK,
        (ANNOTATIONS,),
    ),
    Command(
        "comparing.accept",
        "Accept",
        "enter",
        "Take the new words for the annotation's; put back one that lost its place.",
        "accept",
        MARK,
        (COMPARING,),
    ),
    Command(
        "comparing.range",
        "Select anew",
        "r",
        "Select the passage in the article.",
        "change_range",
        MARK,
        (COMPARING,),
    ),
    Command(
        "comparing.lose",
        "Not here",
        "x",
        "Say that this is not the passage: the annotation loses its place.",
        "lose",
        MARK,
        (COMPARING,),
    ),
    Command(
        "comparing.next",
        "Next",
        "n,full_stop,greater_than_sign",
        "Leave it as it is, and go to the next.",
        "go(1)",
        MOVE,
        (COMPARING,),
    ),
    Command(
        "comparing.previous",
        "Previous",
        "N,comma,less_than_sign",
        "Go to the one before.",
        "go(-1)",
        MOVE,
        (COMPARING,),
    ),
    Command("comparing.undo", "Undo", "u", "Undo the last change.", "undo", MARK, (COMPARING,)),
    Command(
        "comparing.close",
        "Close",
        "escape,q",
        "Go back to the article.",
        "close",
        SHOW,
        (COMPARING,),
    ),
    Command(
        "annotations.edit",
        "Edit the annotation",
        "e",
        "Edit the annotation, as enter does.",
        "edit_annotation",
        MARK,
        (ANNOTATIONS,),
    ),
    Command("undo", "Undo", "u", "Undo the last change of annotations.", "undo", MARK),
    Command("redo", "Redo", "ctrl+r", "Do again what was undone.", "redo", MARK),
    Command(
        "copy",
        "Copy",
        "y",
        "Copy the selection, the annotation's passage or the sentence.",
        "copy",
        MARK,
    ),
    Command("search", "Search", "slash", "Search as you type.", "search", FIND),
    Command("search.next", "Next hit", "n", "The next hit.", "next_hit", FIND),
    Command("search.previous", "Previous hit", "N", "The hit before.", "previous_hit", FIND),
    Command("contents", "Contents", "t", "The headings; enter goes there.", "contents", GO),
    Command(
        "annotations", "Annotations", "a", "The annotations of this article.", "annotations", GO
    ),
    Command(
        "version.old",
        "The old version",
        "O",
        "The article as it was when the annotation was made; nothing can be changed there.",
        "old_version",
        GO,
    ),
    Command(
        "link.follow",
        "Follow a link",
        "f",
        "Letters over the links on screen: type them to open one; a footnote shows its note.",
        "follow",
        GO,
    ),
    Command(
        "link.browse",
        "Follow in the browser",
        "F",
        "Likewise, and open the web address in the browser.",
        "browse",
        GO,
    ),
    Command(
        "trail.back",
        "Back along the way",
        "backspace,ctrl+o,alt+left",
        "Back to where one was before the last jump, or to the article before.",
        "trail_back",
        GO,
    ),
    Command(
        "trail.forward",
        "Forward along the way",
        "ctrl+n,alt+right",
        "Forward to where one came back from.",
        "trail_forward",
        GO,
    ),
    Command(
        "article.keep",
        "Add to the library",
        "A",
        "Add the article that a link led to; marking something in it does so, too.",
        "keep_article",
        GO,
    ),
    Command("library", "Library", "L", "Every article.", "library", GO, (READING, NOTES)),
    Command(
        "notes",
        "Notes and review",
        "R",
        "Every annotation of every article.",
        "notes",
        GO,
        (READING, LIBRARY),
    ),
    Command("export", "Export", "E", "Write annotations to Markdown.", "export", GO, EVERYWHERE),
    Command("article.open", "Open", "enter", "Open the article.", "open_article", GO, (LIBRARY,)),
    Command(
        "note.open",
        "Open at the passage",
        "enter",
        "Open the article at the passage.",
        "open_note",
        GO,
        (NOTES,),
    ),
    Command(
        "list.filter", "Filter", "slash", "Filter the list as you type.", "filter", FIND, FILTERED
    ),
    Command(
        "annotations.order",
        "Order",
        "s",
        "In the order of the text, or by tag.",
        "order",
        SHOW,
        (ANNOTATIONS,),
    ),
    Command(
        "annotations.places",
        "By place",
        "f",
        "Only those whose words changed, only those that lost their place, then all.",
        "filter_places",
        FIND,
        (ANNOTATIONS,),
    ),
    Command(
        "panel.close",
        "Close",
        "escape,q",
        "Close the list.",
        "close",
        SHOW,
        (ANNOTATIONS, CONTENTS),
    ),
    Command(
        "list.tag",
        "Filter by tag",
        "t",
        "Show one tag after the other, then all.",
        "filter_tag",
        FIND,
        (NOTES,),
    ),
    Command("list.sort", "Sort", "s", "Sort by another column.", "sort", SHOW, (LIBRARY,)),
    Command(
        "article.remove",
        "Remove",
        "d,delete",
        "Move the article and its notes to the trash folder; asks first.",
        "remove_article",
        GO,
        (LIBRARY,),
    ),
    Command(
        "article.add",
        "Add",
        "A",
        "Keep an article for later by its path or web address; pasting one, or a text, opens it.",
        "add_article",
        GO,
        (LIBRARY,),
    ),
    Command(
        "article.finish",
        "Mark finished",
        "m",
        "Mark the article finished, or a finished one unread.",
        "finish_article",
        MARK,
        (LIBRARY,),
    ),
    Command(
        "article.archive",
        "Archive",
        "x",
        "Put the article away, or take it back from there.",
        "archive_article",
        MARK,
        (LIBRARY,),
    ),
    Command(
        "list.state",
        "Filter by state",
        "f",
        "Show unread, reading, finished or archived articles, then all.",
        "filter_state",
        FIND,
        (LIBRARY,),
    ),
    Command(
        "article.restore",
        "Undo",
        "u",
        "Undo the last removing, archiving or marking.",
        "restore_article",
        GO,
        (LIBRARY,),
    ),
    Command(
        "details",
        "About this article",
        "i",
        "Who wrote the article, where and when; copies it as a reference.",
        "details",
        GO,
        (READING, LIBRARY),
    ),
    Command(
        "article.renew",
        "Newer version",
        "U",
        "Look for a newer version of a page; show the one that was found.",
        "renew",
        GO,
    ),
    Command(
        "article.whole",
        "Whole page",
        "W",
        "All of a page's text in place of its article, and back; notes are carried over.",
        "switch_whole",
        GO,
    ),
    Command("column.wider", "Wider", "plus,equals_sign", "A wider column.", "column(4)", SHOW),
    Command("column.narrower", "Narrower", "minus", "A narrower column.", "column(-4)", SHOW),
    Command(
        "theme", "Theme", "T", "Dark, light, high contrast.", "app.next_theme", SHOW, EVERYWHERE
    ),
    Command(
        "help", "Help", "question_mark", "The keys of this screen.", "app.help", SHOW, EVERYWHERE
    ),
    Command(
        "palette",
        "Every command",
        "ctrl+p",
        "Find a command by its name.",
        "app.command_palette",
        SHOW,
        EVERYWHERE,
    ),
    Command("back", "Back", "q", "Back; at the first screen, quit.", "back", SHOW, EVERYWHERE),
)
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
}
"""What a key is called where people read it, if not by Textual's name."""


READ_ONLY = frozenset(
    {
        "annotations",
        "back",
        "column.narrower",
        "column.wider",
        "contents",
        "copy",
        "help",
        "palette",
        "select.none",
        "theme",
    }
)
"""What one can do in an old version besides moving, selecting and searching."""


def commands_of(screen: str) -> tuple[Command, ...]:
    """Return the commands that a screen has, in the order of the help."""
    if screen == OLD_VERSION:
        return tuple(
            command
            for command in commands_of(READING)
            if command.id in READ_ONLY
            or (command.group in (MOVE, SELECT, FIND) and not command.id.startswith("look."))
        )
    return tuple(command for command in COMMANDS if screen in command.screens)


def bindings_of(screen: str) -> list[Binding]:
    """Return the bindings of a screen; each has its command's id, so that it can be remapped."""
    return [
        Binding(
            command.keys,
            command.action,
            command.name,
            id=command.id,
            show=False,
            tooltip=command.help,
        )
        for command in commands_of(screen)
    ]


def keys_of(command: Command, keymap: Mapping[str, str] | None = None) -> list[str]:
    """Return a command's keys as people write them.

    Args:
        command: The command.
        keymap: The person's own keys by command id.
    """
    keys = (keymap or {}).get(command.id, command.keys)
    return [KEY_NAMES.get(key.strip(), key.strip()) for key in keys.split(",")]


def key_of(command_id: str, keymap: Mapping[str, str] | None = None) -> str:
    """Return the first of a command's keys as people write it.

    Args:
        command_id: The command's id.
        keymap: The person's own keys by command id.

    Returns:
        The key; the command's name in quotation marks, to be found by it, where it has no key.
    """
    command = by_id()[command_id]
    return keys_of(command, keymap)[0] or f"“{command.name}”"


def with_keys(sentence: str, keymap: Mapping[str, str] | None = None) -> str:
    """Return a sentence of ours with keys for the ids of commands that stand in braces.

    Args:
        sentence: Such as ``Deleted; {undo} brings it back.``; never a text from outside.
        keymap: The person's own keys by command id.
    """
    known = by_id()
    return _COMMAND_ID.sub(
        lambda match: key_of(match[1], keymap) if match[1] in known else match[0], sentence
    )


@cache
def by_id() -> Mapping[str, Command]:
    """Return the commands by their ids."""
    return {command.id: command for command in COMMANDS}


def unknown_ids(keymap: Iterable[str]) -> list[str]:
    """Return the ids of a keymap that no command has."""
    return sorted(set(keymap) - set(by_id()))


def key_table() -> str:
    """Return the README's table of keys, in Markdown."""
    lines = ["| keys | what | where |", "| --- | --- | --- |"]
    alike = groupby(COMMANDS, key=lambda command: (command.help, command.screens))
    for (text, screens), commands in alike:
        keys = " ".join(f"`{key}`" for command in commands for key in keys_of(command))
        lines.append(f"| {keys} | {text} | {', '.join(screens)} |")
    return "\n".join(lines)
