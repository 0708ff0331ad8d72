"""The bar that shows which part of the article is on screen, as Textual's scrollbar draws it."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

from reader.ui.painting.styles import Colour, Run, Style

EIGHTHS = "▁▂▃▄▅▆▇ "
"""The ends of the bar, by the eighths of a cell that are filled from below; the last is full."""


class BarColours(NamedTuple):
    """The colours of the bar."""

    bar: Colour
    """The part that is on screen."""
    background: Colour
    """What is behind it."""
    foreground: Colour
    """The text of the window; no cell of the bar has any."""


def scrollbar_cells(height: int, content: int, top: int, colours: BarColours) -> Sequence[Run]:
    """Return the cells of the bar, from above.

    Args:
        height: The lines of the window.
        content: The lines of its content.
        top: The line of the content at its top.
        colours: The colours of the bar.
    """
    bar, background, foreground = colours
    blank = Run(" ", Style(foreground, background))
    cells = [blank] * height
    if not height or content <= height:
        return cells
    size = max(1, height / (content / height))
    position = (height - size) * (top / (content - height))
    begin = int(position * len(EIGHTHS))
    end = begin + ceil(size * len(EIGHTHS))
    first, first_part = divmod(max(0, begin), len(EIGHTHS))
    last, last_part = divmod(max(0, end), len(EIGHTHS))
    full = Run(" ", Style(bar, background, reverse=True))
    cells[first:last] = [full] * (min(last, height) - first)
    glyph = EIGHTHS[-1 - first_part]
    if first < height and glyph != " ":
        cells[first] = Run(glyph, Style(bar, background))
    glyph = EIGHTHS[-1 - last_part]
    if last < height and glyph != " ":
        cells[last] = Run(glyph, Style(bar, background, reverse=True))
    return cells
