"""Choosing the status of a claim by its letter, in the line of keys."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.screen import ModalScreen

from reader.core.claims import ClaimStatus
from reader.paths import styles_folder
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
        letter = event.character or ""
        if self.is_current:  # not typed while the screen was being closed
            name = UNKNOWN if letter.isalnum() else None
            self.dismiss(self._names.get(letter, name))

    def on_click(self, event: events.Click) -> None:
        """Choose the status that was clicked on the line, or close."""
        event.stop()
        target = None
        if event.screen_y == self._bar.region.y:
            target = self._bar.target_at(event.screen_x - self._bar.region.x)
        self.dismiss(target.name if isinstance(target, ClaimStatus) else None)
