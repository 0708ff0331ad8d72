"""The cover of a window in which the present screen cannot be used."""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.content import Content
from textual.events import Event, Key, MouseEvent, Paste
from textual.widgets import Static

from reader.ui.window_sizes import is_too_small

SENTENCE = "Window too small: make it larger."

ALLOWED_KEYS = frozenset({"ctrl+q", "ctrl+z"})
"""The keys that quit, or ask to, and that suspend."""


class Cover(Static):
    """Says that the window is too small, over all that a screen shows."""


class SmallWindow:
    """Covers the present screen while the window is too small for it, and takes its input away.

    No key then answers a question, or changes anything, that the reader does not see.
    """

    def __init__(self, app: App[Any]) -> None:
        self._app = app

    def begin(self) -> None:
        """Follow the app from screen to screen."""
        self._app.screen_change_signal.subscribe(self._app, lambda _: self.update())

    def update(self) -> None:
        """Cover the present screen, or uncover it, as the size of the window asks for."""
        screen = self._app.screen
        covers = screen.query_children(Cover)
        is_covered = is_too_small(self._app.size, screen)
        screen.set_class(is_covered, "-covered")
        if not is_covered:
            covers.remove()
        elif not covers:
            screen.mount(Cover(Content(SENTENCE)))

    def takes(self, event: Event) -> bool:
        """Return whether an event is input that nothing may get while the screen is covered."""
        if not isinstance(event, (Key, Paste, MouseEvent)) or event.is_forwarded:
            return False
        is_allowed = isinstance(event, Key) and event.key in ALLOWED_KEYS
        return not is_allowed and is_too_small(self._app.size, self._app.screen)
