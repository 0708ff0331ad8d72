"""What carries out the commands of a screen, a panel or a dialog."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from typing import Protocol

from textual.dom import DOMNode
from textual.worker import Worker

from reader.ui.held_input import hold_until, settle

Actions = Mapping[str, Callable[[], object]]
"""What carries out each command, by the command's id."""


class HasActions(Protocol):
    """A part of a screen that carries out commands."""

    @property
    def actions(self) -> Actions:
        """What carries out each command of the part."""
        ...


def merged(*parts: HasActions) -> Actions:
    """Return the actions of all parts.

    Raises:
        ValueError: Two parts carry out the same command.
    """
    actions: dict[str, Callable[[], object]] = {}
    for part in parts:
        if shared := actions.keys() & part.actions.keys():
            raise ValueError(f"two parts carry out {', '.join(sorted(shared))}")
        actions.update(part.actions)
    return actions


def run_command(node: DOMNode, action: Callable[[], object]) -> None:
    """Carry out a command; one that waits for a dialog or a thread runs in a worker.

    Keys wait until what it opens is there.
    """
    result = action()
    if isinstance(result, Coroutine):
        result = node.run_worker(result)
    if isinstance(result, Worker):
        hold_until(node, result.wait())
    settle(node)


class RunsCommands(DOMNode):
    """A screen, or a part of one, whose keys run commands by their ids."""

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        raise NotImplementedError

    def action_run(self, command_id: str) -> None:
        """Carry out a command."""
        run_command(self, self.actions[command_id])
