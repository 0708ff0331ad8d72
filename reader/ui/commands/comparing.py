"""Commands that compare: a passage, or the versions of an article."""

from __future__ import annotations

from reader.ui.commands.command import CHANGES, COMPARING, GO, MARK, MOVE, SHOW, VERSIONS, Command

COMPARING_COMMANDS: tuple[Command, ...] = (
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
)
