"""The line at the bottom of a screen with the keys to press next."""

from __future__ import annotations

from collections.abc import Iterator

from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from reader.ui.key_hints import KeyHint
from reader.ui.messages import HintChosen

GAP = 2
"""Cells between two hints."""


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
