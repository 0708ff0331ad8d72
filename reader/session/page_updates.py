"""Asks servers whether the pages of articles have changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.core.annotation import Article
from reader.core.shaping import unshaped_digest
from reader.session.article_records import seen_now, with_source
from reader.session.sources import UNWATCHED, Source, Watch, fetch_newer

if TYPE_CHECKING:
    from reader.store.library import Library


class PageUpdates:
    """Finds newer versions of the pages of one library."""

    def __init__(self, library: Library) -> None:
        """Serve a library."""
        self._library = library

    def check(self, article: Article, watch: Watch = UNWATCHED) -> Source | None:
        """Ask the server whether the text of a page has changed.

        Args:
            article: The article of the page, which need not be in the library.
            watch: Reports progress, and may cancel.

        Returns:
            The changed page, for ``Session.open_update``; None where its text is unchanged.

        Raises:
            SourceError: The server cannot be reached, or no longer has an article there.
        """
        from reader.formats import read_document  # noqa: PLC0415  (a snapshot opens without it)

        record = self._library.record(article.id)
        article = record.article if record else article
        fetched = fetch_newer(article, watch)
        if not fetched.is_unchanged and fetched.digest != article.source_digest:
            document = read_document(
                fetched.data,
                name=fetched.name,
                kind=fetched.read_as or "",
                info=fetched.info,
            )
            if article.snapshot not in (document.digest, unshaped_digest(document.text)):
                return fetched
        self._store_validators(article, fetched)
        return None

    def _store_validators(self, asked: Article, fetched: Source) -> None:
        """Store that a page is unchanged, with its HTTP validators for the next request."""
        record = self._library.record(asked.id)
        if record is None:
            return
        present = record.article
        marked = seen_now(with_source(present, fetched))
        if marked != present and present.snapshot == asked.snapshot:
            self._library.save(asked.id, article=marked)
