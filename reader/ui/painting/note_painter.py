"""Painting a note beside its passage: a sign or a rule, and the lines of its text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from reader.core.annotation import Annotation
from reader.core.cells import cell_width
from reader.ui.painting.columns import NotesArea
from reader.ui.painting.note_card import NoteCard, clipped
from reader.ui.painting.palette import Palette
from reader.ui.painting.styles import Run, joined_runs

RULE, CURRENT_RULE = "│", "┃"
"""Stands left of the lines of a note, and of the caret's note."""

MOST_PAINTED = 256
"""How many painted notes are kept."""


class NoteLook(NamedTuple):
    """How the signs of an annotation look."""

    glyph: str
    """The glyph of its first tag."""
    glyph_style: str
    """The name of the glyph's style."""
    band_style: str
    """The name of the style of the bar beside its passage."""


Look = Callable[[Annotation], NoteLook]
"""Returns how the signs of an annotation look."""


class NoteFrame(NamedTuple):
    """How much is drawn of a note, and how."""

    height: int
    """The lines."""
    left_out: int
    """How many notes beside it are left out."""
    is_current: bool
    """Whether it is the caret's."""
    area: NotesArea
    """The cells that it stands in."""


class NotePainter:
    """Paints notes in one palette; what was painted is kept."""

    def __init__(self, palette: Palette, look: Look) -> None:
        """Paint nothing yet.

        Args:
            palette: The styles of the article.
            look: How the sign of an annotation looks.
        """
        self._palette = palette
        self._look = look
        self._painted: dict[str, tuple[NoteCard, NoteFrame, Sequence[Sequence[Run]]]] = {}

    def paint(self, card: NoteCard, frame: NoteFrame) -> Sequence[Sequence[Run]]:
        """Return the lines of a note, each as wide as the area; the same ones until they change."""
        known = self._painted.get(card.annotation.id)
        if known is not None and known[0] is card and known[1] == frame:
            return known[2]
        if len(self._painted) >= MOST_PAINTED:
            self._painted.clear()
        lines = [tuple(joined_runs(runs)) for runs in self._lines(card, frame)]
        self._painted[card.annotation.id] = (card, frame, lines)
        return lines

    def _lines(self, card: NoteCard, frame: NoteFrame) -> Iterator[Sequence[Run]]:
        style = self._palette.style
        look = self._look(card.annotation)
        top = ("note-current",) if frame.is_current else ()
        first = Run(look.glyph, style(look.glyph_style, *top))
        rule = Run(RULE, style("note-rule"))
        if frame.is_current:
            rule = Run(CURRENT_RULE, style(look.band_style, *top))
        plain = style("note", *top)
        lines = card.lines(frame.height)
        for number, line in enumerate(lines):
            width = frame.area.text_width
            more = f" +{frame.left_out}" if frame.left_out and number == len(lines) - 1 else ""
            if more:
                width -= len(more)
                line = clipped(line, width)  # noqa: PLW2901
            texts = [Run(text, style(name, *top)) for text, name in line]
            rest = width - sum(cell_width(run.text) for run in texts)
            yield (
                rule if number else first,
                Run(" ", plain),
                *texts,
                Run(" " * rest, plain),
                Run(more, style("marker", *top)),
                Run(" ", plain),
            )
