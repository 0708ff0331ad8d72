"""Choosing a link by typing the letters over it."""

from __future__ import annotations

from textual import events
from textual.screen import ModalScreen

from reader.core.document import Span
from reader.core.links import link_at
from reader.paths import styles_folder
from reader.ui.article.link_hints import LinkHint
from reader.ui.article.view import ArticleView


class LinkHintScreen(ModalScreen[Span | None]):
    """Takes the letters, invisible over the article; returns the link, or None."""

    CSS_PATH = str(styles_folder() / "links.tcss")

    def __init__(self, view: ArticleView, hints: tuple[LinkHint, ...]) -> None:
        """Let the reader choose one of several links.

        Args:
            view: The article, which draws the letters.
            hints: The letters of at least one link.
        """
        super().__init__()
        self._view = view
        self._hints = hints
        self._was_shown = False

    def on_mount(self) -> None:
        """Show the letters."""
        self._view.typed = ""
        self._view.link_hints = self._hints

    def on_unmount(self) -> None:
        """Remove the letters."""
        self._view.link_hints = ()
        self._view.typed = ""

    def on_key(self, event: events.Key) -> None:
        """Take a letter; the last letter of a link chooses it."""
        event.stop()
        event.prevent_default()
        if not self.is_current:
            return  # typed while the screen was being closed
        if event.key == "backspace" and self._view.typed:
            self._view.typed = self._view.typed[:-1]
        elif event.character is None or not event.character.isalpha():
            self.dismiss(None)
        else:
            self._take(self._view.typed + event.character.lower())

    def on_click(self, event: events.Click) -> None:
        """Choose the link whose text or letters were clicked."""
        event.stop()
        x, y = event.screen_x, event.screen_y
        left, top = self._view.region.x, self._view.region.y
        for hint in self._hints:
            if hint.y == y - top and 0 <= x - left - hint.x < len(hint.label):
                self.dismiss(hint.span)
                return
        offset = self._view.viewport.offset_under(x - left, y - top)
        self.dismiss(link_at(self._view.document, offset))

    def on_resize(self) -> None:
        """Close, because the links are no longer under their letters."""
        if self._was_shown and self.is_current:
            self.dismiss(None)
        self._was_shown = True

    def _take(self, typed: str) -> None:
        for hint in self._hints:
            if hint.label == typed:
                self.dismiss(hint.span)
                return
        if any(hint.label.startswith(typed) for hint in self._hints):
            self._view.typed = typed
