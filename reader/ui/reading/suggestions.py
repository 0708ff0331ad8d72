"""Showing the quotations that are not marked yet, to accept them or to turn them down."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from operator import is_
from typing import TYPE_CHECKING

from reader.core.text_formatting import counted
from reader.ui.actions import Actions
from reader.ui.reading.context import ReadingContext
from reader.ui.reading.speech_finder import SpeechFinder
from reader.ui.widgets.selection_bar import SelectionBar

if TYPE_CHECKING:
    from reader.core.speech import Quotation


class SuggestionCommands:
    """Suggests quotations on request; nothing is saved before the reader accepts it."""

    def __init__(self, context: ReadingContext, speech: SpeechFinder) -> None:
        self._context = context
        self._speech = speech
        self._is_shown = False
        self._shown: tuple[tuple[object, ...], tuple[Quotation, ...]] = ((), ())

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {
            "suggestions.show": self.toggle,
            "suggestions.accept_sure": self.accept_sure,
        }

    @property
    def shown(self) -> tuple[Quotation, ...] | None:
        """The quotations that are suggested; None while none are shown."""
        speech, state = self._speech.known, self._context.state
        if not self._is_shown or speech is None:
            return None
        made_of = (speech, state.by_id, state.article.suggestions)
        if not _are_same(made_of, self._shown[0]):
            self._shown = made_of, self._suggested(speech.quotations)
        return self._shown[1]

    def _suggested(self, quotations: tuple[Quotation, ...]) -> tuple[Quotation, ...]:
        from reader.core.suggestions import suggested  # noqa: PLC0415  (when needed)

        state = self._context.state
        return suggested(quotations, state.document.text, state.places, state.article.suggestions)

    async def toggle(self) -> None:
        """Show the suggestions, or hide them."""
        self._is_shown = not self._is_shown
        context = self._context
        if not self._is_shown:
            self.show()
            context.show_status("No suggestions are shown any more.")
            return
        await context.host.known_names.need()
        await self._speech.find()
        self.show()
        found = self.shown or ()
        sure = sum(quotation.is_sure for quotation in found)
        keys = context.with_keys("{quotation.next} goes to the next")
        context.show_status(
            f"{counted(len(found), 'quotation')} not marked, {sure} with a sure speaker. {keys}"
            if found
            else "Every quotation is marked or turned down."
        )

    def show(self) -> None:
        """Show what is suggested now, and in the bar what can be done at the caret."""
        context = self._context
        shown = self.shown
        passages = tuple(quotation.range for quotation in shown or ())
        if context.view.suggestions != passages:
            context.view.suggestions = passages
        self.show_at_caret()

    def show_at_caret(self) -> None:
        """Show in the bar whether the caret is in a suggestion, and who said it."""
        quotation = self.at_caret()
        bar = self._context.screen.query_one(SelectionBar)
        bar.is_on_suggestion = quotation is not None
        if quotation is not None:
            mark = "" if quotation.is_sure or not quotation.speaker else "?"
            bar.speaker = quotation.speaker + mark

    def at_caret(self) -> Quotation | None:
        """Return the suggestion at the caret; None where nothing is suggested."""
        context = self._context
        caret = context.view.caret
        if context.view.origin is not None or context.at_caret:
            return None
        shown = self.shown or ()
        index = bisect_right(shown, caret, key=lambda each: each.outer.start) - 1
        return shown[index] if index >= 0 and shown[index].outer.contains(caret) else None

    def accept_at_caret(self) -> bool:
        """Mark the suggestion at the caret, with its speaker if that is sure.

        Returns:
            Whether there is one.
        """
        quotation, context = self.at_caret(), self._context
        if quotation is None:
            return False
        (speaker,) = self._mark([quotation])
        context.view.move_caret(quotation.range.start)
        context.show_state()
        keys = context.with_keys("{quotation.next} goes to the next")
        said = f", said by {speaker}" if speaker else ""
        context.show_status(f"Marked as quote{said}. {keys}")
        return True

    def decline_at_caret(self) -> bool:
        """Turn the suggestion at the caret down, for good.

        Returns:
            Whether there is one.
        """
        quotation, context = self.at_caret(), self._context
        if quotation is None:
            return False
        context.open_article.decline(quotation.range)
        context.show_state()
        context.show_status(context.with_keys("Turned down; {undo} suggests it again"))
        return True

    async def accept_sure(self) -> None:
        """Mark every quotation whose speaker is sure and that is neither marked nor turned down."""
        context = self._context
        speech = await self._speech.find()
        sure = [each for each in self._suggested(speech.quotations) if each.is_sure]
        if not sure:
            context.show_status("No quotation with a sure speaker is left to mark.")
            return
        await context.host.known_names.need()
        self._mark(sure)
        context.show_state()
        keys = context.with_keys("{undo} takes all of them back")
        context.show_status(f"{counted(len(sure), 'quotation')} marked with their speakers; {keys}")

    def _mark(self, quotations: Sequence[Quotation]) -> list[str]:
        """Mark quotations; return the speaker of each, empty where it is not sure.

        The library's spelling of a person is kept.
        """
        known_names = self._context.host.known_names
        speakers = [
            known_names.spelling(each.speaker) if each.is_sure else "" for each in quotations
        ]
        passages = [each.range for each in quotations]
        self._context.open_article.mark_quotations(list(zip(passages, speakers, strict=True)))
        for speaker in dict.fromkeys(filter(None, speakers)):
            known_names.use_speaker(speaker)
        return speakers


def _are_same(values: tuple[object, ...], others: tuple[object, ...]) -> bool:
    """Return whether the values are the same objects, which are not compared at every key."""
    return len(values) == len(others) and all(map(is_, values, others))
