"""Commands that move the caret of an article and that select."""

from __future__ import annotations

from reader.ui.commands.command import MOVE, SELECT, Command

MOVING: tuple[Command, ...] = (
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
)
