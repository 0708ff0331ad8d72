"""Recognising an article under another path or address, and whether to ask a person about it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from reader.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.core.annotation import Article
    from reader.core.document import Document
    from reader.session.sources import Source
    from reader.store.library import Library

LIKE: Final = 0.3
"""From this likeness on a text may be an edited version of another. Two articles of one series
share their boilerplate, some hundredths; one that was worked over shares most of its sentences."""

MOST_COMPARED: Final = 5
"""So many articles of the same title or file name are compared; one takes some 2 ms."""


class Candidate(NamedTuple):
    """An article of the library that a source may be a new version of."""

    article_id: str
    """ULID."""
    title: str
    """Its title; may be empty."""
    source: str
    """The path or URL that it was opened from."""
    opened: str
    """When it was last opened: ISO 8601, UTC, with milliseconds."""
    annotations: int
    """How many annotations it has."""


class Recognised(NamedTuple):
    """What the library knows of a source that it does not know by its path."""

    article: Article | None = None
    """The article that this is for sure."""
    candidates: tuple[Candidate, ...] = ()
    """The articles that this may be, the likeliest first; empty where there is nothing to ask."""


def recognise(library: Library, found: Source, first: Document) -> Recognised:
    """Look for the article that a source is, under a path or an address that is not known.

    The same canonical URL, the same bytes or the same text make it that article; where that fits
    several articles, a person must say which. Else, where an article of the same title or file
    name has gone from where it was and much of its text stands in this one, it may be that.

    Args:
        library: Where to look.
        found: The source.
        first: Its document, or the first part of it.
    """
    same = library.find_all(
        url=first.metadata.url,
        source_digest=found.digest,
        digest=first.digest if first.is_complete else "",
    )
    if len(same) == 1:
        return Recognised(same[0])
    alike = same or _alike(library, found, first)
    return Recognised(candidates=tuple(_candidates(library, alike)))


def _alike(library: Library, found: Source, first: Document) -> list[Article]:
    """Return the articles that the text may be an edited version of, the likeliest first."""
    named = library.find_all(
        title=first.metadata.title, file_name=found.name, limit=2 * MOST_COMPARED
    )
    gone = [each for each in named if _is_gone(each.source)]
    if not gone:
        return []
    from reader.core.similarity import Fingerprint  # noqa: PLC0415  (rarely needed)

    fingerprint = Fingerprint(first.text)
    ranked: list[tuple[float, Article]] = []
    for article in gone[:MOST_COMPARED]:
        try:
            known = next(library.read_snapshot(article.snapshot))
        except StoreError:
            continue  # without its text there is nothing to compare
        ranked.append((fingerprint.likeness(Fingerprint(known.text)), article))
    ranked.sort(key=lambda each: each[0], reverse=True)
    return [article for likeness, article in ranked if likeness >= LIKE]


def _candidates(library: Library, articles: list[Article]) -> Iterator[Candidate]:
    for article in articles:
        annotations = library.load(article.id).annotations
        count = sum(not each.is_deleted for each in annotations)
        title = article.metadata.title
        yield Candidate(article.id, title, article.source, article.opened, count)


def _is_gone(source: str) -> bool:
    """Tell whether there is no file any more that an article was opened from.

    A file that is still there was not moved: then two files are two articles.
    """
    return not source or "://" in source or not Path(source).exists()
