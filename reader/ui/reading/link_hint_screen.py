"""Choosing a link by typing the letters over it."""

from __future__ import annotations

from reader.core.document import Span
from reader.core.links import link_at
from reader.ui.article.hints import Hint
from reader.ui.reading.hint_screen import HintScreen


class LinkHintScreen(HintScreen[Span]):
    """Takes the letters over the links; returns the link, or None."""

    def show(self, hints: tuple[Hint[Span], ...]) -> None:
        """Let the article draw the letters, or none."""
        self._view.link_hints = hints

    def target_at(self, offset: int) -> Span | None:
        """Return the link at a character."""
        return link_at(self._view.document, offset)
