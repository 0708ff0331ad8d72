"""Which article of the library a source of another program is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reader.core.source_keys import is_same_work, is_title_key, title_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.core.annotation import Article
    from reader.session.importing.incoming import IncomingSource
    from reader.store.library import Library


class Match(NamedTuple):
    """What the library knows about a source."""

    article: Article | None = None
    """The article that the source is; None where there is none, or it is not certain."""
    candidates: tuple[Article, ...] = ()
    """The articles that it may be, where that is not certain."""


class ArticleMatcher:
    """Finds articles by what identifies a source; guesses nothing."""

    def __init__(self, library: Library) -> None:
        """Serve a library."""
        self._library = library

    def match(self, incoming: IncomingSource) -> Match:
        """Return the article that a source is.

        Its id, its address, its path and its ISBN identify it, and so does what was imported of it
        before. A title identifies it together with its authors.

        Raises:
            StoreError: The library cannot be read.
        """
        source = incoming.source
        if source.article and self._library.has_article(source.article):
            return Match(self._library.load(source.article).article)
        if source.url and (found := self._library.finder.all(url=source.url)):
            return Match(found[0])
        if source.path and (known := self._library.finder.first(source=source.path)):
            return Match(known)
        origins = tuple(note.origin for note in incoming.notes)
        sure = [key for key in incoming.keys if not is_title_key(key)]
        articles = self._library.finder.known([*sure, *origins])
        if articles:
            return _one_of(articles)
        titles = list(filter(is_title_key, incoming.keys))
        fitting = [each for each in self._library.finder.known(titles) if _fits(incoming, each)]
        words = title_words(incoming.source.title)
        whole = [each for each in fitting if title_words(each.metadata.title) == words]
        return _one_of(whole or fitting)


def _one_of(articles: Sequence[Article]) -> Match:
    return Match(articles[0]) if len(articles) == 1 else Match(candidates=tuple(articles))


def _fits(incoming: IncomingSource, article: Article) -> bool:
    """Return whether an article of the same title is the same work, and no page of another one."""
    source = incoming.source
    if source.url and article.address:
        return False  # the addresses differ, else they would have matched
    return any(
        is_same_work(source.title, source.authors, metadata.title, metadata.authors)
        for metadata in (article.metadata, article.source_metadata)
    )
