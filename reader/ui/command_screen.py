"""What every screen with commands has: the app, and hints that a click carries out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget

from reader.ui.actions import RunsCommands
from reader.ui.host import Host, host_of
from reader.ui.messages import HintChosen

if TYPE_CHECKING:
    from reader.session.batch_changes import OtherStep


class CommandScreen(RunsCommands, Widget):
    """A screen with commands, beside Textual's class of the screen."""

    @property
    def host(self) -> Host:
        """The app."""
        return host_of(self)

    async def on_hint_chosen(self, message: HintChosen) -> None:
        """Carry out what was clicked."""
        message.stop()
        await self.run_action(message.action)

    async def undo_notes(self, own: OtherStep | None = None) -> bool:
        """Undo a step of this run, and say what that did.

        Args:
            own: The step; None for the last one.

        Returns:
            Whether a step was undone by that, or by another screen before.
        """
        step = await self.host.undo_notes(own=own)
        if step is None:
            self.notify("Nothing to undo here." if own is None else "It was undone already.")
        elif step.problem is not None:
            self.host.notify_error(step.problem)
        else:
            self.notify(step.sentence or f"Undone: {step.label}.", markup=False)
        return own is not None if step is None else step.problem is None
