"""Choosing a sentence by typing the letters before it."""

from __future__ import annotations

from reader.core.document import TextRange
from reader.ui.article.hints import Hint
from reader.ui.reading.hint_screen import HintScreen


class SentenceHintScreen(HintScreen[TextRange]):
    """Takes the letters before the sentences; returns the sentence, or None."""

    def show(self, hints: tuple[Hint[TextRange], ...]) -> None:
        """Let the article draw the letters, or none."""
        self._view.sentence_hints = hints

    def target_at(self, offset: int) -> TextRange | None:
        """Return the sentence around a character."""
        return next((hint.span for hint in self._hints if hint.span.contains(offset)), None)
