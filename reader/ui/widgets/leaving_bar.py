"""The question what to do with unsaved changes."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.widgets import Button, Static


class LeavingBar(Container):
    """Asks what to do with unsaved changes.

    The style sheet puts the answers beside the question, or below it where there is no room.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "save", "Save"),
        Binding("d", "screen.discard", "Discard"),
        Binding("left", "app.focus_previous", "Before"),
        Binding("right", "app.focus_next", "Next"),
    ]

    def __init__(self, save: str = "save") -> None:
        """Ask about the changes on a screen.

        Args:
            save: The screen's action that saves them; ``discard`` is the one that does not.
        """
        super().__init__()
        self._save = save

    def compose(self) -> ComposeResult:
        """Yield the question and its answers."""
        yield Static("Not saved yet.", classes="question", markup=False)
        yield Button(_keyed("Save", "s"), id="leave-save", variant="primary", compact=True)
        yield Button(_keyed("Discard", "d"), id="leave-discard", compact=True)
        yield Button(_keyed("Continue", "esc"), id="leave-stay", compact=True)

    async def action_save(self) -> None:
        """Save the changes."""
        await self.screen.run_action(self._save)

    def ask(self) -> None:
        """Let the answer that loses nothing have the focus."""
        self.query_one("#leave-save", Button).focus()


def _keyed(answer: str, key: str) -> Content:
    """Return an answer with its key."""
    return Content.assemble(answer, "  ", (key, "not bold"))
