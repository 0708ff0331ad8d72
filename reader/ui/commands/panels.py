"""Commands of the panels beside an article."""

from __future__ import annotations

from reader.ui.commands.command import ANNOTATIONS, CONTENTS, FIND, GO, MARK, SHOW, Command

PANEL_COMMANDS: tuple[Command, ...] = (
    Command(
        "annotations.range",
        "Select the passage",
        "r",
        "Select a new passage for the annotation, even if it lost its place.",
        MARK,
        (ANNOTATIONS,),
    ),
    Command(
        "annotations.edit", "Edit the annotation", "e", "Edit the annotation.", MARK, (ANNOTATIONS,)
    ),
    Command(
        "panel.leave",
        "To the article",
        "tab",
        "Go to the article; in a window of 120 columns or more the panel stays open.",
        GO,
        (ANNOTATIONS, CONTENTS),
    ),
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
)
