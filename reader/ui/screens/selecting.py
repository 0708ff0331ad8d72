"""What a selection is good for on any article, also one in which nothing can be marked."""

from __future__ import annotations

from reader.core.selectors import trimmed
from reader.core.text_formatting import one_line
from reader.ui.screens.article_screen import ArticleScreen

QUOTE_LENGTH = 40
"""How much of a passage the status line repeats, in characters."""


class Selecting(ArticleScreen):
    """The part of a screen that copies, and goes from one end of a selection to the other."""

    def action_copy(self) -> None:
        """Copy the selection, the passage at the caret, or the sentence."""
        around = self.now.at(self.view.caret)
        passage = (
            self.view.selection
            or (around[0].range if around else None)
            or self.view.units.sentence_at(self.view.caret)
        )
        text = self.now.document.quote(trimmed(self.now.document, passage))
        if text:
            self.host.copy(text)
            self.say(f"Copied: {one_line(text, QUOTE_LENGTH)}")

    def action_swap_ends(self) -> None:
        """Go to the selection's other end."""
        if self.view.origin is not None:
            caret, self.view.origin = self.view.origin, self.view.caret
            self.view.move_caret(caret)
