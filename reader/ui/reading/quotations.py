"""Selecting quotations, and going from one to the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reader.core.document import TextRange
from reader.ui.actions import Actions
from reader.ui.reading.context import ReadingContext
from reader.ui.reading.speech_finder import SpeechFinder

if TYPE_CHECKING:
    from reader.core.speech import Quotation, Speech


class QuotationCommands:
    """Selects quotations: their words, then their marks, then their sentences."""

    def __init__(
        self,
        context: ReadingContext,
        speech: SpeechFinder,
        suggested: Callable[[], tuple[Quotation, ...] | None] = lambda: None,
    ) -> None:
        """Take an article.

        Args:
            context: The article.
            speech: Finds its quotations.
            suggested: Returns the suggestions that are shown; the motions go to those alone. None
                while none are shown.
        """
        self._context = context
        self._speech = speech
        self._suggested = suggested

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {
            "quotation.select": self.select,
            "quotation.next": self.go_to_next,
            "quotation.previous": self.go_to_previous,
        }

    def select(self) -> None:
        """Select the quotation at the caret or the next one; if it is selected, more of it."""
        view = self._context.view
        selection = view.selection
        offset = view.caret if selection is None else selection.start
        speech = self._speech.near(offset)
        quotation = speech.at_or_after(offset)
        if selection is not None and (selected := speech.within(selection)):
            levels = levels_of(selected)
            if selection in levels:
                self._select(levels[(levels.index(selection) + 1) % len(levels)])
                return
        if quotation is None:
            self._say_none(speech.quotations, "from here on; {quotation.previous} goes back to one")
            return
        self._select(quotation.range)

    def _select(self, passage: TextRange) -> None:
        self._context.note_reading()
        self._context.view.select(passage)

    async def go_to_next(self) -> None:
        """Go to the next quotation."""
        speech = await self._walked()
        quotation = speech.after(self._context.view.caret)
        self._go_to(quotation, speech.quotations, "after this; {quotation.previous} goes back")

    async def go_to_previous(self) -> None:
        """Go to the previous quotation."""
        speech = await self._walked()
        quotation = speech.before(self._context.view.caret)
        self._go_to(quotation, speech.quotations, "before this; {quotation.next} goes on")

    async def _walked(self) -> Speech:
        """Return the quotations that the motions go to."""
        speech, suggested = await self._speech.find(), self._suggested()
        return speech if suggested is None else replace(speech, quotations=suggested)

    def _go_to(
        self, quotation: Quotation | None, quotations: tuple[Quotation, ...], where: str
    ) -> None:
        context = self._context
        if quotation is None:
            self._say_none(quotations, where)
            return
        context.note_jump()
        context.view.move_caret(quotation.range.start, at_third=True)

    def _say_none(self, quotations: tuple[Quotation, ...], where: str) -> None:
        """Show that there is no quotation, here or at all."""
        sentence = f"There is no quotation {where}" if quotations else "No quotation was found."
        self._context.show_status(self._context.with_keys(sentence))


def levels_of(quotation: Quotation) -> list[TextRange]:
    """Return the ranges that the same key selects in turn, each once."""
    levels = (quotation.range, quotation.outer, quotation.sentence)
    return list(dict.fromkeys(levels))
