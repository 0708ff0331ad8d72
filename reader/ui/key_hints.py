"""Hints: keys with what they do, for the lines at the bottom of screens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from reader.core.annotation import Tag
from reader.core.cells import cell_width
from reader.ui.commands import by_id, key_of


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


def tag_key_list(tags: Iterable[Tag], keymap: Mapping[str, str]) -> str:
    """Return the keys of tags with their signs and names: ``1 ❝ quote, 2 ⚑ claim``.

    Args:
        tags: The tags; those without a key are left out.
        keymap: The reader's own keys by command id.
    """
    return ", ".join(
        f"{key_of(f'tag.{tag.key}', keymap)} {tag.glyph} {tag.name}" for tag in tags if tag.key
    )
