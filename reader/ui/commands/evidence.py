"""Commands for the evidence of an annotation."""

from __future__ import annotations

from reader.ui.commands.command import ANNOTATIONS, EVIDENCE, GO, MARK, READING, SHOW, Command

EVIDENCE_COMMANDS: tuple[Command, ...] = (
    Command(
        "evidence.add",
        "Add evidence",
        "x",
        "Link what supports or disputes the annotation: a passage, an article, a web address.",
        MARK,
        (READING, ANNOTATIONS, EVIDENCE),
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
)
