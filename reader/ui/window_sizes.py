"""The sizes of windows that the style sheets tell apart, and what is on screen at a size."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.widget import Widget

WIDTHS = [(0, "-thin"), (40, "-slim"), (70, "-broad")]
"""The least columns of a window with the class that its screens get; as Textual declares it."""

HEIGHTS = [(0, "-tiny"), (10, "-low"), (18, "-high"), (34, "-tall")]
"""The least lines, likewise."""


def is_wholly_shown(widget: Widget) -> bool:
    """Return whether all of a widget is on screen, so that a question in it can be answered."""
    cells = widget.screen.find_widget(widget)
    return cells.region.area > 0 and cells.visible_region == cells.region
