"""The article's lines as strips: what is drawn in the column, and beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.strip import Strip

from reader.core.annotation import Annotation
from reader.core.layout import Layout, Line
from reader.ui.palette import OTHER, OTHER_GLYPH, Palette, palette_of
from reader.ui.rendering import LinePainter, Overlay
from reader.ui.widgets.code_colours import CodeColours
from reader.ui.widgets.overlays import Overlays

if TYPE_CHECKING:
    from reader.ui.widgets.article_view import ArticleView

GUTTER = 4
"""Cells left of the column: glyphs of the annotations that begin on a line, and a bar."""

MARGIN = 3
"""Cells right of the column: a sign for a note, one for changed words."""

NOTE_SIGN = "✎"
"""Stands right of a line on which an annotation with a note begins."""

LOOK_SIGN = "≠"
"""Stands there, too, where the words of an annotation have changed and nobody has looked yet."""


class ArticleLines:
    """Paints the lines of an article; what was painted is kept until it changes."""

    def __init__(self, view: ArticleView) -> None:
        self._view = view
        self._palette: Palette | None = None
        self._painter: LinePainter | None = None
        self._painted: dict[int, tuple[Overlay, Sequence[Annotation], Strip]] = {}
        self._code = CodeColours(view)

    def forget(self, *, is_other_theme: bool = False) -> None:
        """Paint everything anew.

        Args:
            is_other_theme: Whether the colours are others, too.
        """
        self._painted.clear()
        self._painter = None
        if is_other_theme:
            self._palette = None

    @property
    def palette(self) -> Palette:
        """The styles of the present theme."""
        if self._palette is None:
            self._palette = palette_of(self._view, "article", self._view.tags.values())
        return self._palette

    def strip(self, layout: Layout, y: int) -> Strip:
        """Return a line of the layout as wide as the widget; a blank one where there is none."""
        if not 0 <= y < layout.height:
            return Strip.blank(self._view.size.width, self.palette.base)
        line = layout.line(y)
        overlays = Overlays(self._view, layout)
        starting, covering = overlays.annotations_at(line)
        overlay = overlays.on(line, covering, self._code.of(line))
        known = self._painted.get(y)
        if known is not None and known[0] == overlay and known[1] == covering:
            return known[2]
        strip = self._paint(line, overlay, starting, covering)
        self._painted[y] = (overlay, covering, strip)
        return strip

    def _paint(
        self,
        line: Line,
        overlay: Overlay,
        starting: Sequence[Annotation],
        covering: Sequence[Annotation],
    ) -> Strip:
        if self._painter is None:
            self._painter = LinePainter(self._view.document, self.palette)
        view, palette = self._view, self.palette
        left = view.column_left - GUTTER
        note = NOTE_SIGN if any(each.note for each in starting) else " "
        look = LOOK_SIGN if any(each.needs_review for each in starting) else " "
        segments = [
            Segment(" " * left, palette.base),
            *self._gutter(starting, covering),
            *self._painter.paint(line, view.column_width, overlay),
            Segment(f" {note}", palette.style("marker")),
            Segment(look, palette.style("look")),
        ]
        rest = view.size.width - left - GUTTER - view.column_width - MARGIN
        if rest > 0:
            segments.append(Segment(" " * rest, palette.base))
        return Strip(segments, view.size.width).crop(0, view.size.width)

    def _gutter(
        self, starting: Sequence[Annotation], covering: Sequence[Annotation]
    ) -> list[Segment]:
        """Return the glyphs of what begins on a line, and a bar where anything is marked."""
        glyphs = [(self.glyph(each), f"tag:{self.colour(each)}") for each in starting]
        if len(glyphs) > GUTTER - 2:
            glyphs = [glyphs[0], ("+", "marker")]
        segments = [Segment(" " * (GUTTER - 2 - len(glyphs)), self.palette.base)]
        segments += [Segment(glyph, self.palette.style(style)) for glyph, style in glyphs]
        if covering:
            top = covering[-1]
            segments.append(Segment("▎", self.palette.style(f"tag:{self.colour(top)}")))
        else:
            segments.append(Segment(" ", self.palette.base))
        segments.append(Segment(" ", self.palette.base))
        return segments

    def glyph(self, annotation: Annotation) -> str:
        """Return the sign of an annotation's first tag."""
        tag = self._view.tags.get(annotation.tags[0])
        return tag.glyph if tag else OTHER_GLYPH

    def colour(self, annotation: Annotation) -> str:
        """Return the name that an annotation's first tag has in the palette."""
        name = annotation.tags[0]
        return name if name in self._view.tags else OTHER
