"""The rows of the library: two lines an article, in columns."""

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
from reader.ui.palette import OTHER_GLYPH, colour_of
from reader.ui.widgets.row_list import RowList, sanitise_content

BAR_CELLS = 8
"""Cells of the bar that shows how far an article was read."""

WHEN_CELLS = len("59 minutes ago")
"""Cells of the longest wording of when an article was opened."""

UNTITLED = "Untitled"
"""What an article is called that has neither a title nor a file."""

ROOMY = 96
"""From how many cells on a row says in full that it is about the last opening."""


class ArticleRows(RowList[ArticleSummary]):
    """The articles: the title; site, progress, counts of tags, when last opened."""

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
        """Return the title, and a line of columns."""
        title = Content.styled(one_line(title_of(row)[:1000]), "bold $heading")
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
        """Return how many annotations have each tag, a column for each tag with a key."""
        variables = self.app.theme_variables
        parts: list[Content] = []
        known = 0
        for index, tag in enumerate(self._tags):
            count = row.counts.get(tag.name, 0)
            known += count
            if count:
                colour = colour_of(tag.colour, variables).hex
                parts.append(_padded(Content.assemble((tag.glyph, colour), f" {count}"), 5))
            elif index < 3:  # the standard tags keep their columns, so that they stand aligned
                parts.append(Content(" " * 5))
        if others := sum(row.counts.values()) - known:
            parts.append(Content.assemble((OTHER_GLYPH, "$accent"), f" {others}"))
        return Content(" ").join(parts)


def title_of(article: ArticleSummary) -> str:
    """Return an article's title; the name of its file or its address where it has none."""
    return article.title.strip() or PurePath(article.source).name or article.source or UNTITLED


def _origin(article: ArticleSummary) -> str:
    """Return where an article is from: its site, else its authors, else its file's name."""
    authors = ", ".join(article.authors)
    return one_line(article.site or authors or PurePath(article.source).name)


def _progress(article: ArticleSummary) -> Content:
    """Return a bar and the per cent read."""
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
