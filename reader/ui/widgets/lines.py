"""A widget of lines that depend on its width."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

Draw = Callable[[int], Sequence[Content]]
"""Returns the lines of a text in a width."""


class Lines(Widget):
    """Shows lines that depend on the width."""

    ALLOW_SELECT = False

    draw: reactive[Draw | None] = reactive[Draw | None](None, layout=True)
    """Returns the lines; None for nothing."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Return the number of lines."""
        return len(self.draw(width)) if self.draw else 0

    def render(self) -> Content:
        """Return the lines."""
        lines = self.draw(self.content_size.width) if self.draw else ()
        return Content("\n").join(lines)
