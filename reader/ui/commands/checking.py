"""Commands of the check of a draft."""

from __future__ import annotations

from reader.ui.commands.command import CHECKING, GO, MARK, MOVE, SHOW, Command

CHECKING_COMMANDS: tuple[Command, ...] = (
    Command(
        "checking.next",
        "Next problem",
        "n,full_stop",
        "Go to the next quotation or figure to look at; after the last comes the first.",
        MOVE,
        (CHECKING,),
    ),
    Command(
        "checking.previous",
        "Previous problem",
        "N,comma",
        "Go to the previous quotation or figure to look at.",
        MOVE,
        (CHECKING,),
    ),
    Command(
        "checking.copy",
        "Copy the words",
        "y",
        "Copy the words of the source.",
        MARK,
        (CHECKING,),
    ),
    Command(
        "checking.quote",
        "Copy with source",
        "Y",
        "Copy the words of the source with their speaker and their source.",
        MARK,
        (CHECKING,),
    ),
    Command(
        "checking.open",
        "Open the source",
        "enter",
        "Open the article at the quotation, in the version that has it; for a figure, the claim.",
        GO,
        (CHECKING,),
    ),
    Command(
        "checking.problems",
        "Only problems",
        "a",
        "Show only what has to be looked at, or all quotations.",
        SHOW,
        (CHECKING,),
    ),
    Command(
        "checking.again",
        "Check again",
        "r",
        "Read the draft again, and check it.",
        SHOW,
        (CHECKING,),
    ),
)
