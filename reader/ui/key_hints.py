"""Hints: keys with what they do, for the lines at the bottom of screens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from reader.core.annotation import Tag
from reader.core.cells import cell_width
from reader.core.claims import ClaimStatus
from reader.ui.commands import STATUS_PREFIX, TAG_PREFIX, by_id, key_of


class KeyHint(NamedTuple):
    """A key, what it does, and the action of a click on it."""

    keys: str
    """The keys as people write them."""
    word: str
    """What the keys do, in a word or two."""
    action: str
    """The screen's action; empty where a click does nothing."""

    @property
    def width(self) -> int:
        """Cells of the hint."""
        return cell_width(self.keys) + 1 + cell_width(self.word)


def hints_of(commands: Sequence[tuple[str, str]], keymap: Mapping[str, str]) -> tuple[KeyHint, ...]:
    """Return hints for commands, each with the first of its keys.

    Args:
        commands: Pairs of a command's id and a word for it.
        keymap: The reader's own keys by command id.
    """
    return tuple(KeyHint(key_of(id_, keymap), word, by_id()[id_].action) for id_, word in commands)


def status_hint(statuses: Iterable[ClaimStatus], keymap: Mapping[str, str]) -> KeyHint:
    """Return the hint for the keys that set the status of a row: ``U S D R status``.

    Args:
        statuses: The statuses of claims; those without a key in lists are left out.
        keymap: The reader's own keys by command id.
    """
    ids = [f"{STATUS_PREFIX}{status.key}" for status in statuses]
    return KeyHint(" ".join(key_of(id_, keymap) for id_ in ids if id_ in by_id()), "status", "")


def status_of_command(command_id: str, statuses: Iterable[ClaimStatus]) -> str:
    """Return the name of the status that a command sets; empty where none has its letter."""
    letter = command_id.removeprefix(STATUS_PREFIX)
    return next((status.name for status in statuses if status.key == letter), "")


def no_status(command_id: str) -> str:
    """Return a message: no status has the letter of a command."""
    letter = command_id.removeprefix(STATUS_PREFIX)
    where = "under [[statuses]] in the settings file"
    return f"No status has the letter {letter} yet; add one {where}."


def unused_ids(tags: Iterable[Tag], statuses: Iterable[ClaimStatus]) -> frozenset[str]:
    """Return the ids of the commands for tags and statuses that the settings do not have."""
    ids = {id_ for id_ in by_id() if id_.startswith((TAG_PREFIX, STATUS_PREFIX))}
    used = {f"{TAG_PREFIX}{tag.key}" for tag in tags}
    return frozenset(ids - used - {f"{STATUS_PREFIX}{status.key}" for status in statuses})


def tag_key_list(tags: Iterable[Tag], keymap: Mapping[str, str]) -> str:
    """Return the keys of tags with their signs and names: ``1 ❝ quote, 2 ⚑ claim``.

    Args:
        tags: The tags; those without a key are left out.
        keymap: The reader's own keys by command id.
    """
    return ", ".join(
        f"{key_of(f'tag.{tag.key}', keymap)} {tag.glyph} {tag.name}" for tag in tags if tag.key
    )
