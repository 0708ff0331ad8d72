"""Commands that set the status of a claim in lists, one for each letter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from string import ascii_lowercase

from reader.core.claims import STANDARD_STATUSES
from reader.ui.commands.command import ANNOTATIONS, MARK, NOTES, REVIEW, Command

_LIST_CAPITALS = "G"
"""The capitals that move in every list."""

STATUS_PREFIX = "status."
"""What stands before the letter of a status in the id of the command that sets it in lists."""


def status_commands(others: Iterable[Command]) -> Iterator[Command]:
    """Yield a command for each letter that a status may have, with its capital as the key.

    Args:
        others: All other commands; a letter whose capital has one of them in a list is left out.
    """
    lists = (ANNOTATIONS, NOTES, REVIEW)
    taken = {
        key
        for command in others
        if not set(lists).isdisjoint(command.screens)
        for key in command.keys.split(",")
    }
    names = {status.key: status.name for status in STANDARD_STATUSES}
    letters = [each for each in ascii_lowercase if each.upper() not in {*taken, *_LIST_CAPITALS}]
    for letter in sorted(letters, key=[*names, *letters].index):
        text = (
            f"Set the claim’s status to {names[letter]}, and go to the next row."
            if letter in names
            else "Set a status of your own, from the settings, and go to the next row."
        )
        name = f"Status {names.get(letter, letter)}"
        yield Command(f"{STATUS_PREFIX}{letter}", name, letter.upper(), text, MARK, lists)
