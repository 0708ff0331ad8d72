"""The notes in the margin: which ones a window shows, and where each of them stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from reader.core.annotation import Annotation
from reader.core.claims import ClaimStatus
from reader.core.document import TextRange
from reader.core.layout import Layout
from reader.ui.painting.columns import NotesArea
from reader.ui.painting.note_card import NoteCard, heading_of, says_something
from reader.ui.painting.note_painter import Look, NoteFrame, NotePainter
from reader.ui.painting.note_places import FAR, MOST_LINES, BesideLine, NotePlace, place_notes
from reader.ui.painting.palette import Palette
from reader.ui.painting.styles import Run
from reader.ui.painting.view_state import ViewState

AROUND = 2 * (FAR + MOST_LINES)
"""The lines around the window whose notes may reach into it, or push others. Up to twice as many
are looked at, in steps of this number, so that a crowd keeps its places while it is scrolled."""

MOST_KEPT = 1024
"""How many wrapped notes, and lines of passages, are kept."""


class ShownNote(NamedTuple):
    """A note of the window and where it stands."""

    card: NoteCard
    """Its text."""
    place: NotePlace
    """Where it stands."""


class MarginNotes:
    """Finds the notes of a window; what was found is kept until something has changed."""

    def __init__(self, palette: Palette, look: Look, statuses: Mapping[str, ClaimStatus]) -> None:
        """Show nothing yet.

        Args:
            palette: The styles of the article.
            look: How the sign of an annotation looks.
            statuses: The statuses of the settings by their names.
        """
        self._painter = NotePainter(palette, look)
        self._statuses = statuses
        self._cards: dict[tuple[str, int], NoteCard] = {}  # by annotation and most lines
        self._lines: dict[int, int] = {}  # the line of each offset at which a passage begins
        self._measured: tuple[Layout, int] | None = None  # the layout of these lines
        self._view: ViewState | None = None
        self._current: Annotation | None = None
        self._shown: Sequence[ShownNote] = ()
        self._rows: Mapping[int, Sequence[Run]] = {}
        self._near: Sequence[Annotation] = ()

    def row(self, view: ViewState, y: int, current: Annotation | None) -> Sequence[Run]:
        """Return the cells beside a line, as many as the area for notes has; none without a note.

        Args:
            view: The article as it is drawn now.
            y: The line of the layout.
            current: The annotation at the caret.
        """
        if view.notes is None:
            return ()
        if view is not self._view:
            is_same_window = self._is_same_window(view)
            if not is_same_window:
                self._near = self._annotations_near(view)
            if not is_same_window or current is not self._current:
                self._place(view, view.notes, current)
            self._view, self._current = view, current
        return self._rows.get(y - view.first_line, ())

    def annotation_at(self, view: ViewState, x: int, y: int) -> Annotation | None:
        """Return the annotation whose note was drawn last at a cell; None where none was.

        Args:
            view: The article as it is drawn now.
            x: The cell of the window.
            y: The line of the window.
        """
        area = view.notes
        if area is None or not area.left <= x < area.left + area.width:
            return None
        for card, place in self._shown:
            if place.y <= y < place.end:
                return card.annotation
        return None

    def _is_same_window(self, view: ViewState) -> bool:
        """Return whether the window shows the same part of the same text as it did."""
        before = self._view
        return (
            before is not None
            and before.state is view.state
            and self._measured == (view.layout, view.layout.revision)
            and before.first_line == view.first_line
            and before.height == view.height
            and before.notes == view.notes
        )

    def _place(self, view: ViewState, area: NotesArea, current: Annotation | None) -> None:
        """Place the notes of the window, and paint them."""
        annotations = self._near
        tops = self._lines_of(view, annotations)
        index = None
        if (
            current is not None
            and says_something(current)
            and current.range.overlaps(_on_screen(view))
        ):
            index = next((at for at, each in enumerate(annotations) if each is current), None)
            if index is None:  # its passage begins far above
                annotations, tops, index = [current, *annotations], [-1, *tops], 0
        cards = [
            self._card(each, area.text_width, view.height if at == index else MOST_LINES)
            for at, each in enumerate(annotations)
        ]
        heights = [card.height for card in cards]
        beside = [BesideLine(*each) for each in zip(tops, heights, strict=True)]
        places = place_notes(beside, view.height, index)
        self._shown = [ShownNote(cards[place.note], place) for place in places]
        rows: dict[int, Sequence[Run]] = {}
        for card, place in self._shown:
            frame = NoteFrame(place.height, place.left_out, place.note == index, area)
            rows.update(enumerate(self._painter.paint(card, frame), place.y))
        self._rows = rows

    def _annotations_near(self, view: ViewState) -> Sequence[Annotation]:
        """Return the annotations to show whose passages begin in the window or around it."""
        layout, first = view.layout, max(view.first_line, 0)
        top = max((first - AROUND) // AROUND * AROUND, 0)
        while top < first and not layout.is_measured_at(top):
            top += 1  # measuring it would move what is on screen
        last = first + view.height - 1
        bottom = min(((last + AROUND) // AROUND + 1) * AROUND, layout.height) - 1
        if not layout.is_measured_at(bottom):
            bottom = last
        start, end = layout.line(top).start, layout.line(bottom).end
        found = [
            each
            for each in view.state.places.overlapping(start, max(end, start + 1))
            if each.place.start >= start and says_something(each)
        ]
        found.sort(key=lambda each: (each.place.start, each.place.end, each.id))
        return found

    def _lines_of(self, view: ViewState, annotations: Sequence[Annotation]) -> list[int]:
        """Return the lines of the window on which passages begin."""
        layout, lines = view.layout, self._lines
        if self._measured != (layout, layout.revision) or len(lines) >= MOST_KEPT:
            lines.clear()
        starts = [each.place.start for each in annotations]
        for start in starts:
            if start not in lines:
                lines[start] = layout.y_of(start)
        self._measured = (layout, layout.revision)
        return [lines[start] - view.first_line for start in starts]

    def _card(self, annotation: Annotation, width: int, most: int) -> NoteCard:
        card = self._cards.get((annotation.id, most))
        if card is None or card.annotation is not annotation or card.width != width:
            if len(self._cards) >= MOST_KEPT:
                self._cards.clear()
            heading = heading_of(annotation, self._statuses)
            card = self._cards[annotation.id, most] = NoteCard(annotation, heading, width, most)
        return card


def _on_screen(view: ViewState) -> TextRange:
    """Return the offsets of the lines in the window."""
    first = view.layout.line(max(view.first_line, 0)).start
    last = view.layout.line(max(view.first_line + view.height - 1, 0)).end
    return TextRange(first, max(last, first + 1))
