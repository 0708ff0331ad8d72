"""The line at the bottom of a screen with the keys to press next."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from reader.ui.key_hints import KeyHint
from reader.ui.messages import HintChosen
from reader.ui.painting.hint_line import hint_lines, hint_parts, placed_hints


class Hints(Widget):
    """Shows as many hints as fit; a click on one posts ``HintChosen``.

    Its styles are in ``styles/row_list.tcss``.
    """

    ALLOW_SELECT = False

    hints: reactive[tuple[KeyHint, ...]] = reactive[tuple[KeyHint, ...]]((), layout=True)
    """The hints, the most important first; those that do not fit are left out."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Return how many lines all hints take, for where the style sheet lets them."""
        return max(len(hint_lines(self.hints, width)), 1)

    def render(self) -> Content:
        """Return the hints that fit."""
        width = self.content_size.width
        lines = (Content.assemble(*hint_parts(line, width)) for line in self._lines)
        return Content("\n").join(lines)

    @property
    def _lines(self) -> list[list[KeyHint]]:
        return hint_lines(self.hints, self.content_size.width)[: self.content_size.height]

    def on_click(self, event: events.Click) -> None:
        """Post the action of the clicked hint."""
        offset = event.get_content_offset(self)
        lines = self._lines
        if offset is None or offset.y >= len(lines):
            return
        for hint, start in placed_hints(lines[offset.y], self.content_size.width):
            if start <= offset.x < start + hint.width:
                event.stop()
                self.post_message(HintChosen(hint.action))
