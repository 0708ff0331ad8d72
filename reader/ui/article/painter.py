"""The painter of an article's widget: lines as strips, in the colours of the present theme."""

from __future__ import annotations

from collections.abc import Sequence

from textual.strip import Strip
from textual.widget import Widget

from reader.core.annotation import Annotation, Tag
from reader.core.claims import ClaimStatus
from reader.ui.article.code_highlighting import CodeHighlighting
from reader.ui.painting.article_painter import ArticlePainter
from reader.ui.painting.palette import Palette
from reader.ui.painting.styles import Run
from reader.ui.painting.view_state import ViewState
from reader.ui.strips import palette_of, strip_of

MOST_STRIPS = 1024
"""How many drawn lines are kept."""


class Painter:
    """Draws the lines of an article; a strip is kept until its line changes."""

    def __init__(
        self, widget: Widget, tags: Sequence[Tag], statuses: Sequence[ClaimStatus]
    ) -> None:
        """Draw nothing yet.

        Args:
            widget: The widget that shows the lines.
            tags: The tags that have a glyph and a colour.
            statuses: The statuses of claims.
        """
        self._widget = widget
        self._tags = tags
        self._statuses = statuses
        self._code = CodeHighlighting(widget)
        self._painter: ArticlePainter | None = None
        self._strips: dict[int, tuple[Sequence[Run], int, Strip]] = {}

    def forget_colours(self) -> None:
        """Draw every line again, in the colours of another theme."""
        self._painter = None
        self._strips.clear()

    @property
    def palette(self) -> Palette:
        """The styles of the present theme."""
        return self._article.palette

    @property
    def _article(self) -> ArticlePainter:
        if self._painter is None:
            palette = palette_of(self._widget, "article", self._tags, self._statuses)
            self._painter = ArticlePainter(self._tags, self._statuses, palette, self._code.of)
        return self._painter

    def strip(self, view: ViewState, y: int) -> Strip:
        """Return a line of the layout as wide as the widget; a blank one where there is none.

        Args:
            view: The article as it is drawn now.
            y: The line of the layout.
        """
        runs = self._article.line(view, y)
        known = self._strips.get(y)
        if known is not None and known[0] is runs and known[1] == view.width:
            return known[2]
        strip = strip_of(runs, view.width).crop(0, view.width)
        if len(self._strips) > MOST_STRIPS:
            self._strips.clear()
        self._strips[y] = (runs, view.width, strip)
        return strip

    def annotations_at_sign(self, view: ViewState, x: int, y: int) -> tuple[Annotation, ...]:
        """Return the annotations that a click beside the article means; see ``ArticlePainter``."""
        return self._article.annotations_at_sign(view, x, y)

    def note_at(self, view: ViewState, x: int, y: int) -> Annotation | None:
        """Return the annotation whose note stands at a cell; see ``ArticlePainter``."""
        return self._article.note_at(view, x, y)
