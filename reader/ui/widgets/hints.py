"""The line at the bottom of a screen with the keys to press next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from reader.core.annotation import Tag
from reader.core.cells import cell_width
from reader.ui.commands import by_id, key_of
from reader.ui.messages import HintChosen

GAP = 2
"""Cells between two hints."""


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


class Hints(Widget):
    """Shows as many hints as fit; a click on one posts ``HintChosen``.

    Its styles are in ``styles/row_list.tcss``.
    """

    ALLOW_SELECT = False

    hints: reactive[tuple[KeyHint, ...]] = reactive[tuple[KeyHint, ...]](())
    """The hints, the most important first."""

    def render(self) -> Content:
        """Return the hints that fit."""
        return Content(" " * GAP).join(
            Content.assemble((f"{hint.keys} ", "$foreground"), (hint.word, "$faint"))
            for hint, _ in self._placed()
        )

    def on_click(self, event: events.Click) -> None:
        """Post the action of the clicked hint."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        for hint, start in self._placed():
            if start <= offset.x < start + hint.width:
                event.stop()
                self.post_message(HintChosen(hint.action))

    def _placed(self) -> Iterator[tuple[KeyHint, int]]:
        """Yield the hints that fit, each with its first cell."""
        start = 0
        for hint in self.hints:
            if start + hint.width > self.content_size.width:
                return
            yield hint, start
            start += hint.width + GAP


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
