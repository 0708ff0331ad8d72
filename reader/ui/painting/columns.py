"""Dividing the width of a window between the column of text, the notes and a panel beside it."""

from __future__ import annotations

from typing import NamedTuple

from reader.config import RIGHT

GUTTER = 4
"""Cells left of the column: glyphs of the annotations that begin on a line, and a bar."""

MARGIN = 4
"""Cells right of the column: a space, a sign for a note, one for changed words, the scrollbar."""

MIN_COLUMN = 10
"""The narrowest column, in cells, whatever the screen."""

NARROWEST_NOTES, WIDEST_NOTES = 32, 50
"""The least and the most cells of the notes with those around them; beside a column of 72 cells
they fit from 112 on."""

GOOD_NOTES = 42
"""The cells that the column moves aside for."""

_STAYS = 120
"""From this width on, in cells, a panel stays open beside the article while the reader reads."""

_PANEL_SHARE = 40
"""The share of the window that a panel takes, in hundredths; as ``docked.tcss`` says."""

_NARROWEST_PANEL, _WIDEST_PANEL = 44, 66
"""The least and the most cells of a panel beside the article; as ``docked.tcss`` says."""

AROUND_NOTE = 3
"""The cells of a note that are not text: a sign or a rule, a space, and a space after the text."""


class NotesArea(NamedTuple):
    """The cells of the window in which the notes stand."""

    left: int
    """The first cell."""
    width: int
    """The cells: a sign, a space, the text and a space."""

    @property
    def text_width(self) -> int:
        """The cells of a line of a note."""
        return self.width - AROUND_NOTE


class Columns(NamedTuple):
    """Where the text and the notes stand in a window."""

    text_left: int
    """The first cell of the column of text."""
    text_width: int
    """Its cells."""
    notes: NotesArea | None
    """Where the notes stand; None where there is no room, or they are not shown."""


def divide(width: int, column: int, side: str) -> Columns:
    """Divide a window: the text in its middle, moved aside as far as the notes need it.

    Args:
        width: The cells of the window, with the scrollbar, which is the last one.
        column: The cells of the column, if there is room.
        side: Where the notes are to stand, see ``config.SIDES``; empty where they are not shown.
    """
    text = text_width(width, column)
    free = max(width - GUTTER - text - MARGIN, 0)
    middle = free // 2
    if not side or free < NARROWEST_NOTES:
        return Columns(middle + GUTTER, text, None)
    notes = min(max(middle, GOOD_NOTES), WIDEST_NOTES, free)
    outside = min(middle, free - notes)
    if side == RIGHT:
        left = outside + GUTTER
        return Columns(left, text, NotesArea(left + text + MARGIN - 1, notes - 1))
    left = free - outside + GUTTER
    return Columns(left, text, NotesArea(left - GUTTER - notes + 1, notes - 2))


def has_room_for_panel(width: int) -> bool:
    """Return whether a panel stays open beside the article in a window of ``width`` cells."""
    return width >= _STAYS


def panel_width(width: int) -> int:
    """Return the cells of a panel that stays open beside the article; 0 in a narrower window.

    Args:
        width: The cells of the window.
    """
    if not has_room_for_panel(width):
        return 0
    return min(max(width * _PANEL_SHARE // 100, _NARROWEST_PANEL), _WIDEST_PANEL)


def text_width(width: int, column: int) -> int:
    """Return the cells of the column of text in a window.

    Args:
        width: The cells of the window.
        column: The cells of the column, if there is room.
    """
    return max(min(column, width - GUTTER - MARGIN), MIN_COLUMN)


def width_with_notes(column: int) -> int:
    """Return the cells of the narrowest window with notes beside a column of ``column`` cells."""
    return GUTTER + column + MARGIN + NARROWEST_NOTES
