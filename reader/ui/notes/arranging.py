"""Choosing how the notes are ordered, and what they are grouped by."""

from __future__ import annotations

from collections.abc import Mapping

from textual.screen import Screen

from reader.session.querying import NoteOrder
from reader.ui.actions import Actions
from reader.ui.dialogs.pick import PickRow, PickScreen
from reader.ui.notes.arrangement import Grouping
from reader.ui.notes.asking import Asking
from reader.ui.notes.listing import Question

GROUPINGS: Mapping[Grouping, str] = {
    Grouping.ARTICLE: "by article",
    Grouping.SPEAKER: "by speaker",
    Grouping.STATUS: "by status",
    Grouping.TIME: "by time",
    Grouping.NOTHING: "without groups",
}
"""What groupings are called."""

ORDERS: Mapping[NoteOrder, str] = {
    NoteOrder.NEWEST: "newest first",
    NoteOrder.OLDEST: "oldest first",
    NoteOrder.PLACE: "by place in the text",
    NoteOrder.RELEVANCE: "most relevant first",
}
"""What orders are called."""

CHOSEN = "● "
"""What stands before what is so now."""


def described(question: Question) -> str:
    """Return how the notes are arranged: ``by article, newest first``."""
    return f"{GROUPINGS[question.grouping]}, {ORDERS[question.order]}"


class Arranging:
    """Lets the reader choose the order and the groups."""

    def __init__(self, screen: Screen[None], asking: Asking) -> None:
        """Choose nothing yet.

        Args:
            screen: The screen; shows the dialog.
            asking: What is asked.
        """
        self._screen = screen
        self._asking = asking

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {"notes.arrange": self.choose}

    async def choose(self) -> None:
        """Ask for the order or the groups; the rest stays."""
        question = self._asking.question
        choices: list[Question] = [
            *(question._replace(grouping=each) for each in GROUPINGS),
            *(question._replace(order=each) for each in ORDERS),
        ]
        names = [f"Group {name}" for name in GROUPINGS.values()]
        names[-1] = "No groups"
        names += [name.capitalize() for name in ORDERS.values()]
        rows = [
            PickRow(f"{CHOSEN if each == question else ''}{name}", "")
            for each, name in zip(choices, names, strict=True)
        ]
        picked = await self._screen.app.push_screen_wait(PickScreen(rows, title="Order and groups"))
        if picked is not None:
            self._asking.ask(choices[picked])
