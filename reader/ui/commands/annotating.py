"""Commands that change annotations, and that copy a passage."""

from __future__ import annotations

from reader.core.annotation import CLAIM, CONTEXT, QUOTE
from reader.ui.commands.command import ANNOTATIONS, MARK, NOTES, READING, Command

ANNOTATING: tuple[Command, ...] = (
    *(
        Command(f"tag.{number}", f"Tag {number}", str(number), help_, MARK, (READING, NOTES))
        for number, help_ in (
            *(
                (
                    number,
                    f"Tag the selection, the sentence or notes as {name}, or take the tag away.",
                )
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
        (READING, ANNOTATIONS, NOTES),
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
)
