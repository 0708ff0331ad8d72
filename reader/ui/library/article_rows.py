"""The list of the library's articles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.content import Content

from reader.core.annotation import Tag
from reader.session import ArticleSummary
from reader.ui.painting.library_rows import article_lines
from reader.ui.widgets.row_list import RowList


class ArticleRows(RowList[ArticleSummary]):
    """Articles: the title and tags; site, progress, annotations by tag, time of last opening."""

    ROW_HEIGHT: ClassVar[int] = 2

    def __init__(self, tags: Sequence[Tag]) -> None:
        """Make an empty list.

        Args:
            tags: The tags that have a glyph and a colour, in the order of their columns.
        """
        super().__init__()
        self._tags = tags

    def key_of(self, row: ArticleSummary) -> str:
        """Return the article's id."""
        return row.id

    def render_row(
        self,
        row: ArticleSummary,
        width: int,
        is_highlighted: bool,  # noqa: ARG002
    ) -> Sequence[Content]:
        """Return the title with the article's own tags, and a line of columns."""
        lines = article_lines(row, self._tags, width, self.app.theme_variables)
        return [Content.assemble(*line) for line in lines]
