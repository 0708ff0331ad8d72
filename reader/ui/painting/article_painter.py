"""Painting the article's lines: the column, the signs and the notes beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from reader.core.annotation import Annotation, Tag
from reader.core.claims import ClaimStatus
from reader.core.document import Document, TextRange
from reader.core.layout import LayoutLine
from reader.ui.painting.columns import GUTTER, MARGIN
from reader.ui.painting.line_painter import LinePainter, Overlay
from reader.ui.painting.margin_notes import MarginNotes
from reader.ui.painting.note_painter import NoteLook
from reader.ui.painting.overlays import Overlays
from reader.ui.painting.palette import (
    OTHER,
    OTHER_GLYPH,
    Palette,
    status_look,
    status_style,
    tag_style,
)
from reader.ui.painting.signs import ROOM, Sign, SignKind, annotations_at_sign, signs_beside
from reader.ui.painting.styles import Run, joined_runs
from reader.ui.painting.view_state import ViewState

if TYPE_CHECKING:
    from reader.core.article_diff import Part

NOTE_SIGN = "✎"
"""Stands right of a line on which an annotation with a note begins."""

REVIEW_SIGN = "≠"
"""Stands there, too, where the words of an annotation have changed and wait for review."""

SUGGESTION_SIGN = "┊"
"""Stands left of the lines of a quotation that is suggested, where a mark has a solid bar."""

CHANGE_SIGNS: Mapping[str, str] = {"added": "+", "removed": "−", "moved": "↕", "changed": "±"}
"""Stand left of the lines that differ from another version, in place of the bar of a mark."""

CodeColours = Callable[[Document, LayoutLine], tuple[tuple[TextRange, str], ...]]
"""Returns the colours of a line of code: ranges with the names of styles."""


def no_colours(_document: Document, _line: LayoutLine) -> tuple[tuple[TextRange, str], ...]:
    """Return no colours: code is plain until they are found."""
    return ()


class _Painted(NamedTuple):
    """A line with what it was painted from."""

    overlay: Overlay
    covering: Sequence[Annotation]
    text: Sequence[Run]
    note: Sequence[Run]
    runs: Sequence[Run]


class ArticlePainter:
    """Paints the lines of an article; what was painted is kept until it changes."""

    def __init__(
        self,
        tags: Sequence[Tag],
        statuses: Sequence[ClaimStatus],
        palette: Palette,
        code_colours: CodeColours = no_colours,
    ) -> None:
        """Paint nothing yet.

        Args:
            tags: The tags that have a glyph and a colour.
            statuses: The statuses of claims, with their signs and colours.
            palette: The styles of the article.
            code_colours: Finds the colours of code.
        """
        self.palette = palette
        """The styles of the article."""
        self._tags: Mapping[str, Tag] = {tag.name: tag for tag in tags}
        self._statuses: Mapping[str, ClaimStatus] = {status.name: status for status in statuses}
        self._code_colours = code_colours
        self._line_painter: LinePainter | None = None
        self._notes = MarginNotes(palette, self._look, self._statuses)
        self._painted: dict[int, _Painted] = {}
        self._painted_for: tuple[object, ...] = ()
        self._overlays: Overlays | None = None

    def line(self, view: ViewState, y: int) -> Sequence[Run]:
        """Return a line of the layout, at least as wide as the view; blank where there is none.

        The same runs are returned until they change.

        Args:
            view: The article as it is drawn now.
            y: The line of the layout.
        """
        layout = view.layout
        if self._overlays is None or self._overlays.view is not view:
            self._overlays = Overlays(view, self._band_style)
        overlays = self._overlays
        note = self._notes.row(view, y, overlays.at_caret)
        if not 0 <= y < layout.height:
            return self._blank(view, note)
        line = layout.line(y)
        painted_for = (layout, layout.revision, view.width, view.column_left, view.notes)
        if painted_for != self._painted_for:
            self._painted_for = painted_for
            self._painted.clear()
            self._line_painter = None
        starting, covering = overlays.annotations_at(line)
        overlay = overlays.on(line, covering, self._code_colours(view.document, line))
        known = self._painted.get(y)
        if known is None or known[:2] != (overlay, covering):
            text: Sequence[Run] = tuple(
                joined_runs(self._paint(view, line, overlay, starting, covering))
            )
        elif known.note == note:
            return known.runs
        else:
            text = known.text
        runs = self._side_by_side(view, text, note)
        self._painted[y] = _Painted(overlay, covering, text, note, runs)
        return runs

    def _blank(self, view: ViewState, note: Sequence[Run]) -> Sequence[Run]:
        """Return a line above or below the article."""
        if view.notes is None:
            return (Run(" " * view.width, self.palette.base),)
        return self._side_by_side(view, (Run(" " * _block_width(view), self.palette.base),), note)

    def _paint(
        self,
        view: ViewState,
        line: LayoutLine,
        overlay: Overlay,
        starting: Sequence[Annotation],
        covering: Sequence[Annotation],
    ) -> Sequence[Run]:
        """Return a line of the column with the signs on both sides of it."""
        if self._line_painter is None:
            self._line_painter = LinePainter(view.document, self.palette)
        has_notes = view.notes is not None
        beside = signs_beside(starting, covering, view.column_width, has_notes=has_notes)
        signs = {sign.x: self._sign(sign) for sign in beside}
        if overlay.suggestions and ROOM not in signs:
            signs[ROOM] = Run(SUGGESTION_SIGN, self.palette.style("border"))
        if overlay.changes:
            signs[ROOM] = self._change_sign(overlay.changes)
        blank, right = Run(" ", self.palette.base), GUTTER + view.column_width
        return (
            *(signs.get(x, blank) for x in range(GUTTER)),
            *self._line_painter.paint(line, view.column_width, overlay),
            *(signs.get(x, blank) for x in range(right, _block_width(view))),
        )

    def _side_by_side(
        self, view: ViewState, text: Sequence[Run], note: Sequence[Run]
    ) -> Sequence[Run]:
        """Return a line of the window: the text with its signs, and the note beside it."""
        blocks = [(view.column_left - GUTTER, _block_width(view), text)]
        if view.notes is not None and note:
            blocks.append((view.notes.left, view.notes.width, note))
        runs: list[Run] = []
        x = 0
        for left, width, block in sorted(blocks, key=itemgetter(0)):
            runs += [Run(" " * (left - x), self.palette.base), *block]
            x = left + width
        # The last run is blank: the scrollbar is drawn over its last cell.
        runs.append(Run(" " * max(view.width - x, 1), self.palette.base))
        return runs

    def annotations_at_sign(self, view: ViewState, x: int, y: int) -> tuple[Annotation, ...]:
        """Return the annotations that a click beside the article means; see ``signs``.

        Args:
            view: The article as it is drawn now.
            x: The clicked cell of the window.
            y: The line of the layout.
        """
        if not 0 <= y < view.layout.height:
            return ()
        starting, covering = Overlays(view, self._band_style).annotations_at(view.layout.line(y))
        cell = x - view.column_left + GUTTER
        has_notes = view.notes is not None
        return annotations_at_sign(cell, starting, covering, view.column_width, has_notes=has_notes)

    def note_at(self, view: ViewState, x: int, y: int) -> Annotation | None:
        """Return the annotation whose note is drawn at a cell of the window, or None."""
        return self._notes.annotation_at(view, x, y)

    def _look(self, annotation: Annotation) -> NoteLook:
        """Return how the signs of an annotation look."""
        glyph, style = self._glyph(annotation), self._tag_style(annotation)
        return NoteLook(glyph, style, self._band_style(annotation))

    def _change_sign(self, changes: Sequence[Part]) -> Run:
        """Return the sign of a line on which something differs from another version."""
        kinds = {str(part.kind) for part in changes}
        kind = kinds.pop() if len(kinds) == 1 else "changed"
        return Run(CHANGE_SIGNS[kind], self.palette.style("change-sign"))

    def _sign(self, sign: Sign) -> Run:
        """Return a sign as it is drawn."""
        first, palette = sign.annotations[0], self.palette
        match sign.kind:
            case SignKind.GLYPH:
                return Run(self._glyph(first), palette.style(self._tag_style(first)))
            case SignKind.STATUS:
                glyph, style = status_look(first.status or "", self._statuses)
                return Run(glyph, palette.style(style))
            case SignKind.BAR:
                return Run("▎", palette.style(self._band_style(first)))
            case SignKind.REVIEW:
                return Run(REVIEW_SIGN, palette.style("review"))
            case SignKind.NOTE:
                return Run(NOTE_SIGN, palette.style("marker"))
            case SignKind.MORE:
                return Run("+", palette.style("marker"))

    def _glyph(self, annotation: Annotation) -> str:
        """Return the sign of an annotation's first tag."""
        tag = self._tags.get(annotation.tags[0])
        return tag.glyph if tag else OTHER_GLYPH

    def _tag_style(self, annotation: Annotation) -> str:
        """Return the name of the style of an annotation's first tag."""
        name = annotation.tags[0]
        return tag_style(name) if name in self._tags else OTHER

    def _band_style(self, annotation: Annotation) -> str:
        """Return the name of the style of an annotation's band: of its status, else of its tag."""
        if annotation.status and annotation.status in self._statuses:
            return status_style(annotation.status)
        return self._tag_style(annotation)


def _block_width(view: ViewState) -> int:
    """Return the cells of the column with the signs on both sides of it."""
    return GUTTER + view.column_width + MARGIN - 1
