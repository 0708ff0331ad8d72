"""What every screen with commands has: the app, and hints that a click carries out."""

from __future__ import annotations

from textual.widget import Widget

from reader.ui.actions import RunsCommands
from reader.ui.host import Host, host_of
from reader.ui.messages import HintChosen


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

    async def undo_notes(self) -> bool:
        """Undo the last step of this run, and say what that did; return whether it did anything."""
        step = await self.host.undo_notes()
        if step is None:
            self.notify("Nothing to undo here.")
        elif step.problem is not None:
            self.host.notify_error(step.problem)
        else:
            self.notify(step.sentence or f"Undone: {step.label}.", markup=False)
        return step is not None and step.problem is None
