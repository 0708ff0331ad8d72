"""What lies over each line of the article: annotations, hits, selection, caret, code colours."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.core.annotation import Annotation
from reader.core.document import TextRange
from reader.core.graphemes import grapheme_end
from reader.core.layout import Layout, Line
from reader.ui.rendering import Marked, Overlay

if TYPE_CHECKING:
    from reader.ui.widgets.article_view import ArticleView


class Overlays:
    """Cuts what lies over the article into lines."""

    def __init__(self, view: ArticleView, layout: Layout) -> None:
        assert view.state is not None
        self._view = view
        self._state = view.state
        self._layout = layout
        self._here = view.state.at(view.caret)[:1]

    def annotations_at(self, line: Line) -> tuple[tuple[Annotation, ...], tuple[Annotation, ...]]:
        """Return the annotations that begin on a line, and all that cover a part of it.

        The second are ordered so that what lies on top comes last: long before short, and the
        annotation at the caret at the end.
        """
        covering = self._state.places.overlapping(line.start, max(line.end, line.start + 1))
        if line.kind == "gap":
            covering = [each for each in covering if each.place.start < line.start]
        covering.sort(
            key=lambda each: (each in self._here, each.place.start - each.place.end, each.id)
        )
        starting = [
            each
            for each in covering
            if line.kind == "text" and line.start <= each.place.start < line.end
        ]
        starting.sort(key=lambda each: (each.place.start, each.id))
        return tuple(starting), tuple(covering)

    def on(
        self,
        line: Line,
        covering: Sequence[Annotation],
        code: tuple[tuple[TextRange, str], ...],
    ) -> Overlay:
        """Return what lies over a line."""
        view = self._view
        return Overlay(
            annotations=tuple(
                Marked(each.range, view.lines.colour(each), each in self._here) for each in covering
            ),
            hits=self._hits(line),
            current_hit=view.current_hit,
            selection=self._clipped(view.selection, line),
            caret=self._caret(line),
            code=code,
        )

    def _hits(self, line: Line) -> tuple[TextRange, ...]:
        hits = self._view.hits
        first = bisect_left(hits, line.start, key=lambda hit: hit.end)
        last = bisect_left(hits, line.end, key=lambda hit: hit.start)
        return hits[first:last]

    def _clipped(self, selection: TextRange | None, line: Line) -> TextRange | None:
        if selection is None or not selection.overlaps(TextRange(line.start, line.end)):
            return None
        return TextRange(max(selection.start, line.start), min(selection.end, line.end))

    def _caret(self, line: Line) -> TextRange | None:
        """Return the character under the caret where it is on this line.

        Empty where that character is not drawn: a newline, a space that hangs, the text's end.
        """
        caret = self._view.caret
        if not self._view.SHOWS_CARET or line.kind != "text":
            return None
        if not self._layout.line_range(line.y).start <= caret:
            return None
        if self._layout.y_of(caret) != line.y:
            return None
        end = grapheme_end(self._view.document.text, caret)
        is_drawn = any(piece.start <= caret < piece.end for piece in line.pieces)
        return TextRange(caret, end if is_drawn else caret)
