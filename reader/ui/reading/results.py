"""Walking the notes of the list that led to the article, also from one article to the next."""

from __future__ import annotations

from functools import partial

from reader.ui.actions import Actions
from reader.ui.reading.context import ReadingContext


class ResultCommands:
    """Goes to the next and the previous note of the list, and shows which of how many it is."""

    def __init__(self, context: ReadingContext) -> None:
        self._context = context
        self._place = ""

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {
            "result.next": partial(self.step, 1),
            "result.previous": partial(self.step, -1),
        }

    def show(self, place: str) -> None:
        """Show in the status line which of how many notes led here.

        Args:
            place: Such as ``3 of 14``; empty where no list of notes led here.
        """
        self._place = place
        if self._context.is_laid_out:
            self.begin()

    def begin(self) -> None:
        """Show the place in a status line that has just been made."""
        self._context.status_line.result = self._place

    def step(self, step: int) -> None:
        """Go to another note of the list.

        Args:
            step: 1 for the next one, -1 for the one before.
        """
        context = self._context
        context.remember_position()
        if not context.host.step_in_results(step):
            end = "last" if step > 0 else "first"
            sentence = f"This is the {end} of the notes that led here."
            if not self._place:
                sentence = "No list of notes led here; {notes} shows them."
            context.show_status(context.with_keys(sentence))
