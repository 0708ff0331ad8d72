"""Commands of the list of what was deleted."""

from __future__ import annotations

from reader.ui.commands.command import DELETED, MARK, SHOW, Command

DELETED_COMMANDS: tuple[Command, ...] = (
    Command(
        "deleted.restore",
        "Bring back",
        "enter,u",
        "Bring back the annotation or the article; the same key deletes it again.",
        MARK,
        (DELETED,),
    ),
    Command("deleted.close", "Close", "escape,q", "Close the list.", SHOW, (DELETED,)),
)
