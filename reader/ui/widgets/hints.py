"""The line at the bottom of a screen with the keys to press next."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from reader.ui.key_hints import KeyHint
from reader.ui.messages import HintChosen
from reader.ui.painting.hint_line import hint_parts, placed_hints


class Hints(Widget):
    """Shows as many hints as fit; a click on one posts ``HintChosen``.

    Its styles are in ``styles/row_list.tcss``.
    """

    ALLOW_SELECT = False

    hints: reactive[tuple[KeyHint, ...]] = reactive[tuple[KeyHint, ...]](())
    """The hints, the most important first."""

    def render(self) -> Content:
        """Return the hints that fit."""
        return Content.assemble(*hint_parts(self.hints, self.content_size.width))

    def on_click(self, event: events.Click) -> None:
        """Post the action of the clicked hint."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        for hint, start in placed_hints(self.hints, self.content_size.width):
            if start <= offset.x < start + hint.width:
                event.stop()
                self.post_message(HintChosen(hint.action))
