"""Choosing what is on screen by typing the letters over it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Generic

from textual import events
from textual.screen import ModalScreen

from reader.paths import styles_folder
from reader.ui.article.hints import Hint, Target
from reader.ui.article.view import ArticleView
from reader.ui.held_input import put_back


class HintScreen(ModalScreen[Target | None], Generic[Target]):
    """Takes the letters, invisible over the article; returns what was chosen, or None."""

    CSS_PATH = str(styles_folder() / "links.tcss")

    def __init__(self, view: ArticleView, hints: Sequence[Hint[Target]]) -> None:
        """Let the reader choose.

        Args:
            view: The article, which draws the letters.
            hints: The letters of at least one target.
        """
        super().__init__()
        self._view = view
        self._hints = tuple(hints)
        self._was_shown = False
        self._has_chosen = False

    @abstractmethod
    def show(self, hints: tuple[Hint[Target], ...]) -> None:
        """Let the article draw the letters, or none."""

    @abstractmethod
    def target_at(self, offset: int) -> Target | None:
        """Return what is chosen by a click on a character."""

    def on_mount(self) -> None:
        """Show the letters."""
        self._view.typed = ""
        self.show(self._hints)

    def on_unmount(self) -> None:
        """Remove the letters."""
        self.show(())
        self._view.typed = ""

    def on_key(self, event: events.Key) -> None:
        """Take a letter; the last letter of a label chooses."""
        event.stop()
        event.prevent_default()
        if self._has_chosen:
            put_back(self, event)  # typed while the screen was being closed
            return
        if not self.is_current:
            return
        if event.key == "backspace" and self._view.typed:
            self._view.typed = self._view.typed[:-1]
        elif event.character is None or not event.character.isalpha():
            self.dismiss(None)
        else:
            self._take(self._view.typed + event.character.lower())

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked, its words or its letters."""
        event.stop()
        x, y = event.screen_x, event.screen_y
        left, top = self._view.region.x, self._view.region.y
        for hint in self._hints:
            if hint.y == y - top and 0 <= x - left - hint.x < len(hint.label):
                self._choose(hint.span)
                return
        self._choose(self.target_at(self._view.viewport.offset_under(x - left, y - top)))

    def _choose(self, target: Target | None) -> None:
        """Return what was chosen; keys that come while the screen closes are for what follows."""
        self._has_chosen = target is not None
        self.dismiss(target)

    def on_resize(self) -> None:
        """Close, because the letters no longer stand over what they are for."""
        if self._was_shown and self.is_current:
            self.dismiss(None)
        self._was_shown = True

    def _take(self, typed: str) -> None:
        for hint in self._hints:
            if hint.label == typed:
                self._choose(hint.span)
                return
        if any(hint.label.startswith(typed) for hint in self._hints):
            self._view.typed = typed
