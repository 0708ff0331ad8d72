"""Where the notes stand in the margin: beside their passages, in order, without overlapping."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

MOST_LINES = 4
"""The most lines of a note that is not the caret's."""

FEWEST_LINES = 2
"""So many lines each note keeps in a crowd: who, and what."""

NEAR = 5
"""Where notes would be pushed further down from their passages, in lines, they are in a crowd; and
further down than that, a note in a crowd has one line."""

FAR = 12
"""A note that would stand further from its passage, in lines, is left out."""


class BesideLine(NamedTuple):
    """A note, and where it should stand."""

    line: int
    """The line of the window at which its passage begins; may be outside of the window."""
    height: int
    """The lines that the whole note takes, at least 1."""


class NotePlace(NamedTuple):
    """Where a note stands in the window."""

    note: int
    """Which note it is, from 0."""
    y: int
    """The line of the window of its first line; negative where that is above the window."""
    height: int
    """Its lines, also those outside of the window; fewer than the note has where it is cut."""
    left_out: int = 0
    """How many notes beside it are left out for want of room."""

    @property
    def end(self) -> int:
        """The line after its last one."""
        return self.y + self.height


def place_notes(
    notes: Sequence[BesideLine], height: int, current: int | None = None
) -> list[NotePlace]:
    """Return the places of the notes that can be seen in the window, from above.

    A note stands at the line of its passage, or below the note before it where that is longer; in
    a crowd all notes are cut. The current one is whole and stands at its line, or as near to it as
    the window allows, and the others make room. What is scrolled out of the window has no place.

    Args:
        notes: The notes in the order of their passages, the lines ascending.
        height: The lines of the window.
        current: The index of the caret's note; None where there is none.
    """
    if current is None:
        places = _pushed_down(notes, 0, len(notes))
    else:
        whole = min(notes[current].height, height)
        top = min(max(notes[current].line, 0), height - whole)
        above, missing = _pulled_up(_pushed_down(notes, 0, current), notes, top)
        middle = NotePlace(current, top, whole, missing)
        below = _pushed_down(notes, current + 1, len(notes), middle)
        places = [*above, *below]
    return [place for place in places if place.end > 0 and place.y < height]


def _pushed_down(
    notes: Sequence[BesideLine], first: int, last: int, above: NotePlace | None = None
) -> list[NotePlace]:
    """Place the notes ``first:last`` from above, none of them higher than its passage.

    Args:
        notes: All notes.
        first: The first one to place.
        last: The one after the last.
        above: The note that they stand below, which the result then begins with.
    """
    places = [] if above is None else [above]
    roomy = _have_room(notes[first:last], above.end if above is not None else None)
    for index in range(first, last):
        line, height = notes[index]
        y = max(line, places[-1].end) if places else line
        if y - line > FAR:
            places[-1] = places[-1]._replace(left_out=places[-1].left_out + 1)
            continue
        lines = min(height, MOST_LINES)
        if not roomy[index - first] and index + 1 < len(notes):
            fewest = FEWEST_LINES if y - line <= NEAR else 1
            lines = min(lines, max(notes[index + 1].line - y, fewest))
        places.append(NotePlace(index, y, lines))
    return places


def _have_room(notes: Sequence[BesideLine], end: int | None) -> list[bool]:
    """Return for each note whether all that push each other down stay near with all their lines.

    Args:
        notes: The notes, in order.
        end: The line below which they stand; None where nothing is above them.
    """
    roomy: list[bool] = []
    pushing = furthest = 0  # how many notes push each other, and how far the furthest is pushed
    for line, height in notes:
        if end is None or line >= end:
            roomy += [furthest <= NEAR] * pushing
            pushing = furthest = 0
        y = line if end is None else max(line, end)
        pushing, furthest = pushing + 1, max(furthest, y - line)
        end = y + min(height, MOST_LINES)
    return roomy + [furthest <= NEAR] * pushing


def _pulled_up(
    places: Sequence[NotePlace], notes: Sequence[BesideLine], end: int
) -> tuple[list[NotePlace], int]:
    """Let notes end above a line: cut them there, or move them up with one line each.

    Args:
        places: Where they are, from above.
        notes: All notes.
        end: The line above which the last one ends.

    Returns:
        Their places, and how many notes above the line are left out.
    """
    pulled: list[NotePlace] = []
    missing = 0
    for place in reversed(places):
        line = notes[place.note].line
        if place.y < end:
            pulled.append(place._replace(height=min(place.height, end - place.y)))
        elif end - 1 >= max(line - FAR, min(line, 0)):
            pulled.append(place._replace(y=end - 1, height=1))
        else:
            missing += 1 + place.left_out
            continue
        end = pulled[-1].y
    return pulled[::-1], missing
