"""Painting the article's lines: the column, and the signs beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from reader.core.annotation import Annotation, Tag
from reader.core.layout import LayoutLine
from reader.ui.article.code_highlighting import CodeHighlighting
from reader.ui.article.overlays import Overlays
from reader.ui.article.segments import LinePainter, Overlay
from reader.ui.article.signs import Sign, SignKind, annotations_at_sign, signs_beside
from reader.ui.article.view_state import ViewState
from reader.ui.article.viewport import GUTTER, MARGIN
from reader.ui.palette import OTHER, OTHER_GLYPH, Palette, palette_of

NOTE_SIGN = "✎"
"""Stands right of a line on which an annotation with a note begins."""

REVIEW_SIGN = "≠"
"""Stands there, too, where the words of an annotation have changed and wait for review."""


class Painter:
    """Paints the lines of an article; what was painted is kept until it changes."""

    def __init__(self, widget: Widget, tags: Sequence[Tag]) -> None:
        """Paint nothing yet.

        Args:
            widget: The widget that shows the lines.
            tags: The tags that have a glyph and a colour.
        """
        self._widget = widget
        self._tags: Mapping[str, Tag] = {tag.name: tag for tag in tags}
        self._palette: Palette | None = None
        self._line_painter: LinePainter | None = None
        self._painted: dict[int, tuple[Overlay, Sequence[Annotation], Strip]] = {}
        self._painted_for: tuple[object, ...] = ()
        self._overlays: Overlays | None = None
        self._code = CodeHighlighting(widget)

    def forget_colours(self) -> None:
        """Paint every line again, in the colours of another theme."""
        self._palette = None
        self._painted_for = ()

    @property
    def palette(self) -> Palette:
        """The styles of the present theme."""
        if self._palette is None:
            self._palette = palette_of(self._widget, "article", self._tags.values())
        return self._palette

    def strip(self, view: ViewState, y: int) -> Strip:
        """Return a line of the layout as wide as the widget; a blank one where there is none.

        Args:
            view: The article as it is drawn now.
            y: The line of the layout.
        """
        layout = view.layout
        if not 0 <= y < layout.height:
            return Strip.blank(view.width, self.palette.base)
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
        overlay = overlays.on(line, covering, self._code.of(view.document, line))
        known = self._painted.get(y)
        if known is not None and known[0] == overlay and known[1] == covering:
            return known[2]
        strip = self._paint(view, line, overlay, starting, covering)
        self._painted[y] = (overlay, covering, strip)
        return strip

    def _paint(
        self,
        view: ViewState,
        line: LayoutLine,
        overlay: Overlay,
        starting: Sequence[Annotation],
        covering: Sequence[Annotation],
    ) -> Strip:
        palette = self.palette
        if self._line_painter is None:
            self._line_painter = LinePainter(view.document, palette)
        left = view.column_left - GUTTER
        signs = {
            sign.x: self._segment(sign)
            for sign in signs_beside(starting, covering, view.column_width)
        }
        blank, right = Segment(" ", palette.base), GUTTER + view.column_width
        segments = [
            Segment(" " * left, palette.base),
            *(signs.get(x, blank) for x in range(GUTTER)),
            *self._line_painter.paint(line, view.column_width, overlay),
            *(signs.get(x, blank) for x in range(right, right + MARGIN)),
        ]
        rest = view.width - left - GUTTER - view.column_width - MARGIN
        if rest > 0:
            segments.append(Segment(" " * rest, palette.base))
        return Strip(segments, view.width).crop(0, view.width)

    def annotations_at_sign(self, view: ViewState, x: int, y: int) -> tuple[Annotation, ...]:
        """Return the annotations that a click beside the article means; see ``signs``.

        Args:
            view: The article as it is drawn now.
            x: The clicked cell of the widget.
            y: The line of the layout.
        """
        if not 0 <= y < view.layout.height:
            return ()
        starting, covering = Overlays(view, self._colour).annotations_at(view.layout.line(y))
        cell = x - view.column_left + GUTTER
        return annotations_at_sign(cell, starting, covering, view.column_width)

    def _segment(self, sign: Sign) -> Segment:
        """Return a sign as it is drawn."""
        first, palette = sign.annotations[0], self.palette
        match sign.kind:
            case SignKind.GLYPH:
                return Segment(self._glyph(first), palette.style(f"tag:{self._colour(first)}"))
            case SignKind.BAR:
                return Segment("▎", palette.style(f"tag:{self._colour(first)}"))
            case SignKind.REVIEW:
                return Segment(REVIEW_SIGN, palette.style("review"))
            case SignKind.NOTE:
                return Segment(NOTE_SIGN, palette.style("marker"))
            case SignKind.MORE:
                return Segment("+", palette.style("marker"))

    def _glyph(self, annotation: Annotation) -> str:
        """Return the sign of an annotation's first tag."""
        tag = self._tags.get(annotation.tags[0])
        return tag.glyph if tag else OTHER_GLYPH

    def _colour(self, annotation: Annotation) -> str:
        """Return the name that an annotation's first tag has in the palette."""
        name = annotation.tags[0]
        return name if name in self._tags else OTHER
