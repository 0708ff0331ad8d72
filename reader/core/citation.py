"""Cite an article in one line: its authors, its title, where and when it was published."""

from __future__ import annotations

from datetime import date, datetime

from reader.core.annotation import Article
from reader.core.text_formatting import one_line

_DAY_LENGTH = len("2026-01-31")


def citation(article: Article) -> str:
    """Return a one-line citation with the known facts: authors, title, site, day, address.

    For example ``A. Author, “Title”, The Courier, 31 January 2026, https://courier.example/a``.
    """
    metadata = article.metadata
    title = one_line(metadata.title)
    facts = (
        ", ".join(filter(None, map(one_line, metadata.authors))),
        f"“{title}”" if title else "",
        one_line(metadata.site),
        day(metadata.published),
        one_line(metadata.url or article.source),
    )
    return ", ".join(fact for fact in facts if fact)


def day(moment: str) -> str:
    """Return the day of a moment as people write it: ``31 January 2026``.

    Args:
        moment: An ISO 8601 date or time; any other text is returned on one line, unchanged.
    """
    try:
        if len(moment) > _DAY_LENGTH:
            parsed = datetime.fromisoformat(moment).date()
        else:
            parsed = date.fromisoformat(moment)
    except ValueError:
        return one_line(moment)
    return f"{parsed.day} {parsed:%B %Y}"
