"""The rows of the library, two lines for each article."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import ClassVar

from textual.content import Content

from reader import clock
from reader.core.annotation import ArticleState, Tag
from reader.core.cells import cell_width
from reader.core.text_formatting import one_line
from reader.session import ArticleSummary
from reader.ui.dates import when
from reader.ui.painting.palette import OTHER_GLYPH, find_colour
from reader.ui.widgets.row_list import RowList, sanitise_content

BAR_CELLS = 8
"""Cells of the bar that shows the reading progress."""

WHEN_CELLS = len("59 minutes ago")
"""Cells of the longest text for the time of the last opening."""

UNTITLED = "Untitled"
"""The title of an article that has neither a title nor a source."""

ROOMY = 96
"""The least cells of a row that has the word ``opened``."""


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
        title = Content.styled(one_line(title_of(row)[:1000]), "bold $heading")
        if row.tags:
            tags = one_line(", ".join(row.tags)[:1000])
            title = Content.assemble(title, "  ", (tags, "$faint"))
        is_roomy = width >= ROOMY
        opened = when(row.opened, clock.now()) or "not opened yet"
        if is_roomy and row.opened:
            opened = f"opened {opened}"
        opened_cells = WHEN_CELLS + len("opened ") * is_roomy
        origin = Content.styled(_origin(row), "$faint")
        middle = Content("  ").join(
            [_padded(origin, max(width // 4, 12)), _progress(row), self._counts(row)]
        )
        room = max(width - 2 - opened_cells, 0)
        gap = " " * (2 + max(opened_cells - len(opened), 0))
        return [title, Content.assemble(_padded(middle, room), gap, (opened, "$faint"))]

    def _counts(self, row: ArticleSummary) -> Content:
        """Return the number of annotations with each tag, in columns."""
        variables = self.app.theme_variables
        parts: list[Content] = []
        counted_tags = 0
        for index, tag in enumerate(self._tags):
            count = row.counts.get(tag.name, 0)
            counted_tags += count
            if count:
                colour = find_colour(tag.colour, variables).hex
                parts.append(_padded(Content.assemble((tag.glyph, colour), f" {count}"), 5))
            elif index < 3:  # the standard tags keep their columns, so that the rows align
                parts.append(Content(" " * 5))
        if others := sum(row.counts.values()) - counted_tags:
            parts.append(Content.assemble((OTHER_GLYPH, "$accent"), f" {others}"))
        return Content(" ").join(parts)


def title_of(article: ArticleSummary) -> str:
    """Return an article's title, else its file's name, else its address."""
    return article.title.strip() or PurePath(article.source).name or article.source or UNTITLED


def _origin(article: ArticleSummary) -> str:
    """Return an article's site, else its authors, else its file's name."""
    authors = ", ".join(article.authors)
    return one_line(article.site or authors or PurePath(article.source).name)


def _progress(article: ArticleSummary) -> Content:
    """Return a bar and the percentage that was read."""
    is_finished = article.finished or article.state is ArticleState.FINISHED
    percent = 100 if is_finished else min(max(int(article.progress * 100), 0), 100)
    words = " read" if is_finished else f"{percent:4}%"
    if article.state is ArticleState.UNREAD:
        percent, words = 0, "  new"
    done = -(-BAR_CELLS * percent // 100)
    return Content.assemble(
        ("━" * done, "$accent"),
        ("┄" * (BAR_CELLS - done), "$faint"),
        (words, "$faint"),
    )


def _padded(content: Content, width: int) -> Content:
    """Return ``content`` cut or filled to exactly ``width`` cells."""
    fitted = sanitise_content(content, width)
    return fitted.pad_right(width - cell_width(fitted.plain))
