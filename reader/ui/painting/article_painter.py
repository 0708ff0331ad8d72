"""Painting the article's lines: the column, and the signs beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from reader.core.annotation import Annotation, Tag
from reader.core.document import Document, TextRange
from reader.core.layout import LayoutLine
from reader.ui.painting.line_painter import LinePainter, Overlay
from reader.ui.painting.overlays import Overlays
from reader.ui.painting.palette import OTHER, OTHER_GLYPH, Palette
from reader.ui.painting.signs import ROOM, Sign, SignKind, annotations_at_sign, signs_beside
from reader.ui.painting.styles import Run
from reader.ui.painting.view_state import ViewState
from reader.ui.painting.viewport import GUTTER, MARGIN

NOTE_SIGN = "✎"
"""Stands right of a line on which an annotation with a note begins."""

REVIEW_SIGN = "≠"
"""Stands there, too, where the words of an annotation have changed and wait for review."""

SUGGESTION_SIGN = "┊"
"""Stands left of the lines of a quotation that is suggested, where a mark has a solid bar."""

CodeColours = Callable[[Document, LayoutLine], tuple[tuple[TextRange, str], ...]]
"""Returns the colours of a line of code: ranges with the names of styles."""


def no_colours(_document: Document, _line: LayoutLine) -> tuple[tuple[TextRange, str], ...]:
    """Return no colours: code is plain until they are found."""
    return ()


class ArticlePainter:
    """Paints the lines of an article; what was painted is kept until it changes."""

    def __init__(
        self, tags: Sequence[Tag], palette: Palette, code_colours: CodeColours = no_colours
    ) -> None:
        """Paint nothing yet.

        Args:
            tags: The tags that have a glyph and a colour.
            palette: The styles of the article.
            code_colours: Finds the colours of code.
        """
        self.palette = palette
        """The styles of the article."""
        self._tags: Mapping[str, Tag] = {tag.name: tag for tag in tags}
        self._code_colours = code_colours
        self._line_painter: LinePainter | None = None
        self._painted: dict[int, tuple[Overlay, Sequence[Annotation], Sequence[Run]]] = {}
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
        if not 0 <= y < layout.height:
            return (Run(" " * view.width, self.palette.base),)
        line = layout.line(y)
        painted_for = (layout, layout.revision, view.width, view.column_left)
        if painted_for != self._painted_for:
            self._painted_for = painted_for
            self._painted.clear()
            self._line_painter = None
        if self._overlays is None or self._overlays.view is not view:
            self._overlays = Overlays(view, self._colour)
        overlays = self._overlays
        starting, covering = overlays.annotations_at(line)
        overlay = overlays.on(line, covering, self._code_colours(view.document, line))
        known = self._painted.get(y)
        if known is not None and known[0] == overlay and known[1] == covering:
            return known[2]
        runs = self._paint(view, line, overlay, starting, covering)
        self._painted[y] = (overlay, covering, runs)
        return runs

    def _paint(
        self,
        view: ViewState,
        line: LayoutLine,
        overlay: Overlay,
        starting: Sequence[Annotation],
        covering: Sequence[Annotation],
    ) -> Sequence[Run]:
        base = self.palette.base
        if self._line_painter is None:
            self._line_painter = LinePainter(view.document, self.palette)
        left = view.column_left - GUTTER
        signs = {
            sign.x: self._sign(sign) for sign in signs_beside(starting, covering, view.column_width)
        }
        if overlay.suggestions and ROOM not in signs:
            signs[ROOM] = Run(SUGGESTION_SIGN, self.palette.style("border"))
        blank, right = Run(" ", base), GUTTER + view.column_width
        runs = [
            Run(" " * left, base),
            *(signs.get(x, blank) for x in range(GUTTER)),
            *self._line_painter.paint(line, view.column_width, overlay),
            *(signs.get(x, blank) for x in range(right, right + MARGIN)),
        ]
        rest = view.width - left - GUTTER - view.column_width - MARGIN
        if rest > 0:
            runs.append(Run(" " * rest, base))
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
        starting, covering = Overlays(view, self._colour).annotations_at(view.layout.line(y))
        cell = x - view.column_left + GUTTER
        return annotations_at_sign(cell, starting, covering, view.column_width)

    def _sign(self, sign: Sign) -> Run:
        """Return a sign as it is drawn."""
        first, palette = sign.annotations[0], self.palette
        match sign.kind:
            case SignKind.GLYPH:
                return Run(self._glyph(first), palette.style(f"tag:{self._colour(first)}"))
            case SignKind.BAR:
                return Run("▎", palette.style(f"tag:{self._colour(first)}"))
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

    def _colour(self, annotation: Annotation) -> str:
        """Return the name that an annotation's first tag has in the palette."""
        name = annotation.tags[0]
        return name if name in self._tags else OTHER
