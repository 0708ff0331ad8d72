"""The table of commands as Textual's bindings."""

from __future__ import annotations

from textual.binding import Binding

from reader.ui.commands import commands_of


def bindings_of(screen: str) -> list[Binding]:
    """Return the bindings of a screen; each has its command's id, so that it can be remapped."""
    return [
        Binding(
            command.keys,
            command.action,
            command.name,
            id=command.id,
        )
        for command in commands_of(screen)
    ]
