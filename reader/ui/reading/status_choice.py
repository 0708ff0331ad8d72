"""Choosing the status of a claim by its letter, in the line of keys."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.screen import ModalScreen

from reader.core.claims import ClaimStatus
from reader.paths import styles_folder
from reader.ui.held_input import put_back
from reader.ui.widgets.selection_bar import SelectionBar

UNKNOWN = "\n"
"""Stands for a key that is the letter of no status."""


class StatusChoice(ModalScreen[str | None]):
    """Takes the letter of a status, invisible over the article.

    Returns the name of the status; ``UNKNOWN`` for another letter, None for any other key.
    """

    CSS_PATH = str(styles_folder() / "status_choice.tcss")

    def __init__(self, bar: SelectionBar, statuses: Sequence[ClaimStatus]) -> None:
        """Let the reader choose one of several statuses.

        Args:
            bar: The line that shows the statuses with their letters.
            statuses: The statuses.
        """
        super().__init__()
        self._bar = bar
        self._is_closing = False
        self._names = {status.key: status.name for status in statuses if status.key}

    def on_mount(self) -> None:
        """Show the statuses."""
        self._bar.is_choosing_status = True

    def on_unmount(self) -> None:
        """Show the keys of the moment again."""
        self._bar.is_choosing_status = False

    def on_key(self, event: events.Key) -> None:
        """Choose by a letter, or close."""
        event.stop()
        event.prevent_default()
        if self._is_closing:
            put_back(self, event)
            return
        letter = event.character or ""
        self._close(self._names.get(letter, UNKNOWN if letter.isalnum() else None))

    def on_click(self, event: events.Click) -> None:
        """Choose the status that was clicked on the line, or close."""
        event.stop()
        if self._is_closing:
            return
        target = None
        if event.screen_y == self._bar.region.y:
            target = self._bar.target_at(event.screen_x - self._bar.region.x)
        self._close(target.name if isinstance(target, ClaimStatus) else None)

    def _close(self, name: str | None) -> None:
        """Return what was chosen; keys that come while the screen closes are for what follows."""
        self._is_closing = True
        self.dismiss(name)
