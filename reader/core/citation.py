"""Cite an article in one line: its authors, its title, where and when it was published."""

from __future__ import annotations

from reader.core.annotation import Article
from reader.core.dates import in_words
from reader.core.text_formatting import one_line


def citation(article: Article) -> str:
    """Return a one-line citation with the known facts: authors, title, site, day, addresses.

    For example ``A. Author, “Title”, The Courier, 31 January 2026, https://courier.example/a``, and
    the day on which it was accessed and the address of an archived copy where these are known.
    """
    metadata = article.metadata
    title = one_line(metadata.title)
    facts = (
        ", ".join(filter(None, map(one_line, metadata.authors))),
        f"“{title}”" if title else "",
        one_line(metadata.site),
        day(metadata.published),
        one_line(metadata.url or article.source),
        f"accessed {day(article.accessed)}" if article.accessed else "",
        f"archived at {one_line(article.archive)}" if article.archive else "",
    )
    return ", ".join(fact for fact in facts if fact)


def day(moment: str) -> str:
    """Return the day, the month or the year of a moment as people write it: ``31 January 2026``.

    Args:
        moment: An ISO 8601 date or time, or the start of one; any other text is returned on one
            line, unchanged.
    """
    return one_line(in_words(moment))
