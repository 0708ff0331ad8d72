"""The tables of commands that the docs show."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from reader.ui.commands.command import Command
from reader.ui.commands.keys import keys_of
from reader.ui.commands.table import COMMANDS, FIRST_COMMANDS


def key_table(commands: Iterable[Command] = COMMANDS) -> str:
    """Return a table of the keys of commands, in Markdown."""
    lines = ["| keys | what | where |", "| --- | --- | --- |"]
    alike = groupby(commands, key=lambda command: (command.help, command.screens))
    for (text, screens), group in alike:
        keys = " ".join(f"`{key}`" for command in group for key in keys_of(command))
        lines.append(f"| {keys} | {text} | {', '.join(screens)} |")
    return "\n".join(lines)


def first_key_table() -> str:
    """Return the table of the keys that a new reader needs, in Markdown."""
    return key_table(command for command in COMMANDS if command.id in FIRST_COMMANDS)


def command_table() -> str:
    """Return the table of the ids of commands, in Markdown; the keys are as the settings have them.

    A command whose help differs between screens is there once for each help.
    """
    lines = ["| id | name | keys | screens |", "| --- | --- | --- | --- |"]
    for command in COMMANDS:
        screens = ", ".join(command.screens)
        lines.append(f"| `{command.id}` | {command.name} | `{command.keys}` | {screens} |")
    return "\n".join(lines)
