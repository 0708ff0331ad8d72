"""The sizes of windows that the style sheets tell apart, and what is on screen at a size."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.geometry import Size
    from textual.screen import Screen
    from textual.widget import Widget

WIDTHS = [(0, "-thin"), (40, "-slim"), (70, "-broad")]
"""The least columns of a window with the class that its screens get; as Textual declares it."""

HEIGHTS = [(0, "-tiny"), (10, "-low"), (18, "-high"), (34, "-tall")]
"""The least lines of a window with the class that its screens get; as Textual declares it."""

BESIDE = 110
"""From this width on, in cells, a panel stands beside the article and not below it."""

LEAST_WIDTH = 20
"""The least columns of a window in which anything can be used."""

LEAST_HEIGHT = 6
"""The least lines of a window in which a screen can be used; a screen's own ``LEAST_HEIGHT`` counts
first."""


def is_too_small(size: Size, screen: Screen[Any]) -> bool:
    """Return whether a screen cannot be used in a window of a size."""
    least_height: int = getattr(screen, "LEAST_HEIGHT", LEAST_HEIGHT)
    return size.width < LEAST_WIDTH or size.height < least_height


def stands_beside(size: Size) -> bool:
    """Return whether a panel stands beside the article in a window of a size, and not below it."""
    return size.width >= BESIDE


def is_wholly_shown(widget: Widget) -> bool:
    """Return whether all of a widget is on screen, so that a question in it can be answered."""
    cells = widget.screen.find_widget(widget)
    return cells.region.area > 0 and cells.visible_region == cells.region
