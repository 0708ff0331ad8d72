"""Changing the note of the present card: in the editor, by a dated line, by hiding words."""

from __future__ import annotations

from functools import partial

from reader import clock
from reader.core.changes import reapplied
from reader.core.review_note import hidden_ranges, with_hidden
from reader.ui.actions import Actions
from reader.ui.dialogs.prompt import PromptScreen
from reader.ui.messages import ShowArticle
from reader.ui.review.context import ReviewContext


class NoteCommands:
    """Changes the note, and opens the article at its passage."""

    def __init__(self, context: ReviewContext) -> None:
        """Change nothing yet."""
        self._context = context

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {
            "review.edit": self.edit,
            "review.line": self.add_line,
            "review.hide": self.hide_words,
            "review.open": self.open,
            "review.other": self.open_other,
        }

    async def edit(self) -> None:
        """Open the editor of the note, and keep what it returns."""
        from reader.ui.dialogs.note_editor.asking import (  # noqa: PLC0415  (imports TextArea)
            ask_to_edit,
        )

        card = self._context.card
        if card is None:
            return
        before = card.annotation
        after = await ask_to_edit(self._context.screen, before)
        if after is not None:
            change = partial(reapplied, before=before, after=after)
            await self._context.run(lambda review: review.edit(change))
        self._context.host.drop_draft(before.id)

    async def add_line(self) -> None:
        """Ask what was done, and add it to the note with the present day."""
        if self._context.card is None:
            return
        day = clock.local_day(clock.now())
        prompt = PromptScreen(
            f"Add to the history, {day}", placeholder="asked press office: no answer"
        )
        if line := await self._context.screen.app.push_screen_wait(prompt):
            await self._context.run(lambda review: review.add_dated_line(line))

    async def hide_words(self) -> None:
        """Ask which words of the passage to hide."""
        card = self._context.card
        if card is None:
            return
        passage = card.annotation.selector.exact

        def problem_of(words: str) -> str:
            if set("{}") & set(words):
                return "Hidden words have no braces."
            is_there = hidden_ranges(with_hidden("", words), passage)
            return "" if is_there else "The passage does not have these words."

        prompt = PromptScreen(
            "Hide which words?", placeholder="words of the passage", problem_of=problem_of
        )
        if words := await self._context.screen.app.push_screen_wait(prompt):
            await self._context.run(lambda review: review.hide(words))

    def open_other(self) -> None:
        """Open the article at another statement of the same speaker."""
        card = self._context.card
        if card is None:
            return
        if card.other is None:
            self._context.notify("No other statement of this speaker is marked.")
        else:
            other = card.other
            self._context.screen.post_message(ShowArticle(other.article_id, other.annotation.id))

    def open(self) -> None:
        """Open the article at the passage; the way back leads to the card."""
        if (card := self._context.card) is not None:
            self._context.screen.post_message(ShowArticle(card.article.id, card.annotation.id))
