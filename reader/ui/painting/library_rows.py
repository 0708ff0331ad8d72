"""The rows of the library, two lines for each article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath

from reader import clock
from reader.core.annotation import ArticleState, Tag
from reader.core.text_formatting import one_line
from reader.session import ArticleSummary
from reader.ui.dates import when
from reader.ui.painting.palette import OTHER_GLYPH, find_colour
from reader.ui.painting.parts import Part, joined, padded

BAR_CELLS = 8
"""Cells of the bar that shows the reading progress."""

WHEN_CELLS = len("59 minutes ago")
"""Cells of the longest text for the time of the last opening."""

COUNT_CELLS = 5
"""Cells of the number of annotations with one tag."""

STANDARD_COLUMNS = 3
"""How many tags keep their column where there are no annotations with them."""

UNTITLED = "Untitled"
"""The title of an article that has neither a title nor a source."""

ROOMY = 96
"""The least cells of a row that has the word ``opened``."""


def article_lines(
    row: ArticleSummary, tags: Sequence[Tag], width: int, variables: Mapping[str, str]
) -> Sequence[Sequence[Part]]:
    """Return the title with the article's own tags, and a line of columns.

    Args:
        row: The article.
        tags: The tags that have a glyph and a colour, in the order of their columns.
        width: Cells of a line.
        variables: The colours of the theme.
    """
    title: list[Part] = [(one_line(title_of(row)[:1000]), "bold $heading")]
    if row.tags:
        title += [("  ", ""), (one_line(", ".join(row.tags)[:1000]), "$faint")]
    is_roomy = width >= ROOMY
    opened = when(row.opened, clock.now()) or "not opened yet"
    if is_roomy and row.opened:
        opened = f"opened {opened}"
    opened_cells = WHEN_CELLS + len("opened ") * is_roomy
    origin = padded([(_origin(row), "$faint")], max(width // 4, 12))
    middle = joined([origin, _progress(row), _counts(row, tags, variables)], "  ")
    gap = " " * (2 + max(opened_cells - len(opened), 0))
    return [
        title,
        [*padded(middle, max(width - 2 - opened_cells, 0)), (gap, ""), (opened, "$faint")],
    ]


def title_of(article: ArticleSummary) -> str:
    """Return an article's title, else its file's name, else its address."""
    return article.title.strip() or PurePath(article.source).name or article.source or UNTITLED


def _counts(
    row: ArticleSummary, tags: Sequence[Tag], variables: Mapping[str, str]
) -> Sequence[Part]:
    """Return the number of annotations with each tag, in columns."""
    columns: list[Sequence[Part]] = []
    counted_tags = 0
    for index, tag in enumerate(tags):
        count = row.counts.get(tag.name, 0)
        counted_tags += count
        if count:
            colour = find_colour(tag.colour, variables).hex
            columns.append(padded([(tag.glyph, colour), (f" {count}", "")], COUNT_CELLS))
        elif index < STANDARD_COLUMNS:  # they keep their columns, so that the rows align
            columns.append([(" " * COUNT_CELLS, "")])
    if others := sum(row.counts.values()) - counted_tags:
        columns.append([(OTHER_GLYPH, "$accent"), (f" {others}", "")])
    return joined(columns, " ")


def _origin(article: ArticleSummary) -> str:
    """Return an article's site, else its authors, else its file's name."""
    authors = ", ".join(article.authors)
    return one_line(article.site or authors or PurePath(article.source).name)


def _progress(article: ArticleSummary) -> Sequence[Part]:
    """Return a bar and the percentage that was read."""
    is_finished = article.finished or article.state is ArticleState.FINISHED
    percent = 100 if is_finished else min(max(int(article.progress * 100), 0), 100)
    words = " read" if is_finished else f"{percent:4}%"
    if article.state is ArticleState.UNREAD:
        percent, words = 0, "  new"
    done = -(-BAR_CELLS * percent // 100)
    return [("━" * done, "$accent"), ("┄" * (BAR_CELLS - done), "$faint"), (words, "$faint")]
