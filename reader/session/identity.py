"""Identify an article under another path or address, and decide whether to ask the reader."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from reader.core.shaping import unshaped_digest
from reader.core.source_keys import article_keys, is_same_work, isbn_key, title_key
from reader.errors import StoreError
from reader.safe_text import find_shaping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.core.annotation import Article
    from reader.core.document import Document, Metadata
    from reader.session.sources import Source
    from reader.store.library import Library

MIN_SIMILARITY: Final = 0.3
"""From this similarity on, a text may be an edited version of another. Two articles of one series
share some hundredths, their boilerplate; an edited article shares most of its sentences."""

MAX_COMPARED: Final = 5
"""How many articles of the same title or file name are compared; each takes about 2 ms."""


class Candidate(NamedTuple):
    """An article of the library that a source may be a new version of."""

    article_id: str
    """ULID."""
    title: str
    """Its title; may be empty."""
    source: str
    """The path or URL that it was last opened from."""
    opened: str
    """When it was last opened: ISO 8601, UTC, with milliseconds."""
    annotations: int
    """How many annotations it has."""


class Identification(NamedTuple):
    """What the library knows about a source that it does not know by its path."""

    article: Article | None = None
    """The article that the source certainly is; None where it is not certain."""
    candidates: tuple[Candidate, ...] = ()
    """The articles that the source may be, the likeliest first; empty without a question."""


def identify(
    library: Library, found: Source, first: Document, *, own_id: str = ""
) -> Identification:
    """Find the article of a source whose path or address the library does not know.

    The same canonical URL, the same bytes or the same text identify one article; where they fit
    several, the reader must choose. Otherwise an article with the same title or file name is a
    candidate if its own file is gone and much of its text is in this one.

    Args:
        library: The library to search.
        found: The source.
        first: The document of the source, or its first part.
        own_id: The id of the article that is being identified, if it may be in the library already.
    """
    same = library.finder.all(
        url=first.metadata.url,
        source_digest=found.digest,
        digest=first.digest if first.is_complete else "",
    )
    same = [each for each in same if each.id != own_id]
    if len(same) == 1:
        return Identification(same[0])
    if not same:
        imported, same = _imported(library, first, own_id)
        if imported is not None:
            return Identification(imported)
    if not same and first.is_complete and any(find_shaping(first.text)):
        # It may have been read when Margin left out joiners and variation selectors.
        same = library.finder.all(digest=unshaped_digest(first.text))
        if len(same) == 1:
            return Identification(same[0])
    alike = same or _alike(library, found, first)
    return Identification(candidates=tuple(_candidates(library, alike)))


def _imported(
    library: Library, first: Document, own_id: str
) -> tuple[Article | None, list[Article]]:
    """Return the article without a text that was imported for a document, and what may be it.

    Its ISBN, or its title with its authors, must be that of the document; where only the title is,
    the reader must choose.
    """
    stated = first.metadata
    isbn, title = isbn_key(stated.identifier), title_key(stated.title)
    known = [each for key in (isbn, title) if key for each in library.finder.known([key])]
    waiting = {each.id: each for each in known if not each.snapshot and each.id != own_id}
    same = [each for each in waiting.values() if _is_of(each, stated, isbn)]
    return (same[0] if len(same) == 1 else None), list(waiting.values())


def _is_of(article: Article, stated: Metadata, isbn: str) -> bool:
    """Return whether an article is the work that a document states."""
    if isbn and isbn in article_keys(article):
        return True
    known = article.source_metadata
    return is_same_work(stated.title, stated.authors, known.title, known.authors)


def _alike(library: Library, found: Source, first: Document) -> list[Article]:
    """Return the articles of which the text may be an edited version, the likeliest first."""
    named = library.finder.all(
        title=first.metadata.title, file_name=found.name, limit=2 * MAX_COMPARED
    )
    gone = [each for each in named if _is_gone(each.source)]
    if not gone:
        return []
    from reader.core.similarity import Fingerprint  # noqa: PLC0415  (rarely needed)

    fingerprint = Fingerprint(first.text)
    ranked: list[tuple[float, Article]] = []
    for article in gone[:MAX_COMPARED]:
        try:
            known = next(library.read_snapshot(article.snapshot))
        except StoreError:
            continue  # without its text it cannot be compared
        ranked.append((fingerprint.similarity(Fingerprint(known.text)), article))
    ranked.sort(key=lambda each: each[0], reverse=True)
    return [article for similarity, article in ranked if similarity >= MIN_SIMILARITY]


def _candidates(library: Library, articles: list[Article]) -> Iterator[Candidate]:
    for article in articles:
        annotations = library.load(article.id).annotations
        count = sum(not each.is_deleted for each in annotations)
        title = article.metadata.title
        yield Candidate(article.id, title, article.source, article.opened, count)


def _is_gone(source: str) -> bool:
    """Return whether the file that an article was opened from no longer exists.

    A file that still exists was not moved: two files are two articles.
    """
    return not source or "://" in source or not Path(source).exists()
