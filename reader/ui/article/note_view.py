"""A short text over the article, drawn like the article."""

from __future__ import annotations

from textual.geometry import Size

from reader.core.document import Span
from reader.core.layout import Layout
from reader.core.links import link_at
from reader.ui.article.view import ArticleView


class NoteView(ArticleView):
    """Shows a text without a caret; its links can be clicked."""

    ABOVE = 0
    BELOW = 0
    SHOWS_CARET = False

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Return how many lines the text has in ``width`` cells."""
        return Layout(self.document, self.viewport.fitted(width)).height if self.state else 1

    def link_under(self, x: int, y: int) -> Span | None:
        """Return the link that is drawn at a cell of the widget."""
        offset = self.viewport.offset_under(x, y)
        cell = self.viewport.cell_over(offset)
        if cell is None or cell[1] != y or not 0 <= x - cell[0] < 2:
            return None
        return link_at(self.document, offset)
