"""What lies over each line of the article: annotations, hits, selection, caret, code colours."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from reader.core.annotation import Annotation
from reader.core.document import TextRange
from reader.core.graphemes import grapheme_end
from reader.core.layout import LayoutLine
from reader.ui.painting.line_painter import Marked, Overlay
from reader.ui.painting.view_state import ViewState

if TYPE_CHECKING:
    from reader.core.article_diff import Part


class Overlays:
    """Finds, for each line, the part of every layer that lies over it."""

    def __init__(self, view: ViewState, colour_of: Callable[[Annotation], str]) -> None:
        """Prepare for the lines of one frame.

        Args:
            view: The article as it is drawn now.
            colour_of: Returns the name of the style of an annotation's band in the palette.
        """
        self.view = view
        """What is drawn."""
        self._colour_of = colour_of
        self._at_caret = view.state.at(view.caret, view.just_made)[:1]

    @property
    def at_caret(self) -> Annotation | None:
        """The annotation at the caret, the innermost one; None where there is none."""
        return self._at_caret[0] if self._at_caret else None

    def annotations_at(
        self, line: LayoutLine
    ) -> tuple[tuple[Annotation, ...], tuple[Annotation, ...]]:
        """Return the annotations that begin on a line, and all that cover a part of it.

        The second are ordered so that what lies on top comes last: long before short, and the
        annotation at the caret at the end.
        """
        covering = self.view.state.places.overlapping(line.start, max(line.end, line.start + 1))
        if line.kind == "gap":
            covering = [each for each in covering if each.place.start < line.start]
        covering.sort(
            key=lambda each: (each in self._at_caret, each.place.start - each.place.end, each.id)
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
        line: LayoutLine,
        covering: Sequence[Annotation],
        code: tuple[tuple[TextRange, str], ...],
    ) -> Overlay:
        """Return what lies over a line.

        Args:
            line: The line.
            covering: The annotations that cover a part of it, the topmost last.
            code: The colours of its code.
        """
        return Overlay(
            annotations=tuple(
                Marked(each.range, self._colour_of(each), each in self._at_caret)
                for each in covering
            ),
            suggestions=_on_line(self.view.suggestions, line),
            hits=_on_line(self.view.hits, line),
            current_hit=self.view.current_hit,
            selection=self._clipped(self.view.selection, line),
            caret=self._caret(line),
            code=code,
            changes=self._changes_on(line),
        )

    def _changes_on(self, line: LayoutLine) -> tuple[Part, ...]:
        """Return the parts on a line that differ from another version."""
        changes = self.view.changes
        first = bisect_right(changes, line.start, key=lambda part: part.range.end)
        last = bisect_left(changes, line.end, key=lambda part: part.range.start)
        return changes[first:last] if line.kind == "text" else ()

    def _clipped(self, selection: TextRange | None, line: LayoutLine) -> TextRange | None:
        if selection is None or not selection.overlaps(TextRange(line.start, line.end)):
            return None
        return TextRange(max(selection.start, line.start), min(selection.end, line.end))

    def _caret(self, line: LayoutLine) -> TextRange | None:
        """Return the character under the caret where it is on this line.

        Empty where that character is not drawn: a newline, a space that hangs, the text's end.
        """
        view, caret = self.view, self.view.caret
        if not view.shows_caret or line.kind != "text":
            return None
        if not view.layout.line_range(line.y).start <= caret:
            return None
        if view.layout.y_of(caret) != line.y:
            return None
        end = grapheme_end(view.document.text, caret)
        is_drawn = any(piece.start <= caret < piece.end for piece in line.pieces)
        return TextRange(caret, end if is_drawn else caret)


def _on_line(passages: tuple[TextRange, ...], line: LayoutLine) -> tuple[TextRange, ...]:
    """Return those of some passages in order that are on a line."""
    first = bisect_left(passages, line.start, key=lambda passage: passage.end)
    last = bisect_left(passages, line.end, key=lambda passage: passage.start)
    return passages[first:last]
