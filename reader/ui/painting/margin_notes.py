"""Painting the notes in the margin: beside their passages, the caret's whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from reader.core.annotation import Annotation
from reader.core.cells import cell_width
from reader.core.claims import ClaimStatus
from reader.core.document import TextRange
from reader.ui.painting.columns import NotesArea
from reader.ui.painting.note_card import CardPart, NoteCard, clipped, says_something
from reader.ui.painting.note_places import FAR, MOST_LINES, BesideLine, NotePlace, place_notes
from reader.ui.painting.palette import Palette
from reader.ui.painting.styles import Run
from reader.ui.painting.view_state import ViewState

RULE, CURRENT_RULE = "│", "┃"
"""Stands left of the lines of a note, and of the caret's note."""

LOOK_BACK = 2 * (FAR + MOST_LINES)
"""The lines above the window whose notes may reach into it, or push others."""

MOST_CARDS = 1024
"""How many wrapped notes are kept."""

Look = Callable[[Annotation], tuple[str, str]]
"""Returns the glyph of an annotation and the name of its style."""


class ShownNote(NamedTuple):
    """A note of the window and where it stands."""

    card: NoteCard
    """Its text."""
    place: NotePlace
    """Where it stands."""


class MarginNotes:
    """Paints the notes of a window; what is wrapped is kept until it changes."""

    def __init__(self, palette: Palette, look: Look, statuses: Mapping[str, ClaimStatus]) -> None:
        """Paint nothing yet.

        Args:
            palette: The styles of the article.
            look: How the sign of an annotation looks.
            statuses: The statuses of the settings by their names.
        """
        self._palette = palette
        self._look = look
        self._statuses = statuses
        self._cards: dict[str, NoteCard] = {}
        self._view: ViewState | None = None
        self._shown: Sequence[ShownNote] = ()
        self._rows: Mapping[int, Sequence[Run]] = {}
        self._current = ""

    def row(self, view: ViewState, y: int, current: Annotation | None) -> Sequence[Run]:
        """Return the cells beside a line, as many as the area for notes has; none without one.

        Args:
            view: The article as it is drawn now.
            y: The line of the layout.
            current: The annotation at the caret.
        """
        area = view.notes
        if area is None:
            return ()
        if view is not self._view:
            self._view = view
            self._current = current.id if current is not None else ""
            self._shown = self._place(view, area, current)
            self._rows = dict(row for note in self._shown for row in self._paint(note, area))
        return self._rows.get(y - view.first_line) or self._blank(area)

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

    def _place(
        self, view: ViewState, area: NotesArea, current: Annotation | None
    ) -> Sequence[ShownNote]:
        """Return the notes of the window with their places."""
        annotations = self._annotations_near(view)
        tops = [view.layout.y_of(each.place.start) - view.first_line for each in annotations]
        index = None
        if current is not None and says_something(current):
            index = next((at for at, each in enumerate(annotations) if each is current), None)
            if index is None and current.range.overlaps(_on_screen(view)):
                annotations, tops, index = [current, *annotations], [-1, *tops], 0
        cards = [self._card(each, area.text_width) for each in annotations]
        heights = [card.height for card in cards]
        lines = [BesideLine(*each) for each in zip(tops, heights, strict=True)]
        places = place_notes(lines, view.height, index)
        return [ShownNote(cards[place.note], place) for place in places]

    def _annotations_near(self, view: ViewState) -> list[Annotation]:
        """Return the annotations to show whose passages begin in the window or a little above."""
        layout, first = view.layout, max(view.first_line, 0)
        top = max(first - LOOK_BACK, 0)
        while top < first and not layout.is_measured_at(top):
            top += 1  # measuring it would move what is on screen
        start, end = layout.line(top).start, _on_screen(view).end
        found = [
            each
            for each in view.state.places.overlapping(start, end)
            if each.place.start >= start and says_something(each)
        ]
        found.sort(key=lambda each: (each.place.start, each.place.end, each.id))
        return found

    def _card(self, annotation: Annotation, width: int) -> NoteCard:
        card = self._cards.get(annotation.id)
        if card is None or card.annotation is not annotation or card.width != width:
            if len(self._cards) >= MOST_CARDS:
                self._cards.clear()
            card = self._cards[annotation.id] = NoteCard(annotation, self._statuses, width)
        return card

    def _paint(self, note: ShownNote, area: NotesArea) -> list[tuple[int, Sequence[Run]]]:
        """Return the lines of a note by their line of the window, as wide as the area."""
        card, place = note
        is_current = card.annotation.id == self._current
        glyph, colour = self._look(card.annotation)
        top = ("note-current",) if is_current else ()
        first = Run(glyph, self._palette.style(colour, *top))
        rule = Run(RULE, self._palette.style("note-rule"))
        if is_current:
            rule = first._replace(text=CURRENT_RULE)
        lines = card.lines(place.height)
        rows: list[tuple[int, Sequence[Run]]] = []
        for number, line in enumerate(lines):
            sign = rule if number else first
            left_out = place.left_out if number == len(lines) - 1 else 0
            more = f" +{left_out}" if left_out else ""
            text = clipped(line, area.text_width - len(more))
            rest = area.text_width - len(more) - sum(cell_width(part.text) for part in text)
            parts = (
                CardPart(" ", "note"),
                *text,
                CardPart(" " * rest, "note"),
                CardPart(more, "marker"),
                CardPart(" ", "note"),
            )
            runs = (Run(words, self._palette.style(name, *top)) for words, name in parts)
            rows.append((place.y + number, (sign, *runs, Run(" ", self._palette.base))))
        return rows

    def _blank(self, area: NotesArea) -> Sequence[Run]:
        return (Run(" " * area.width, self._palette.base),)


def _on_screen(view: ViewState) -> TextRange:
    """Return the offsets of the lines in the window."""
    first = view.layout.line(max(view.first_line, 0)).start
    last = view.layout.line(max(view.first_line + view.height - 1, 0)).end
    return TextRange(first, max(last, first + 1))
