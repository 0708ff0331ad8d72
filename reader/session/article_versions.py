"""The versions of articles as screens and the shell use them: listed, opened, compared."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from reader.session.comparing import Comparison, compare
from reader.session.loading_article import LoadingArticle
from reader.session.open_article import OpenArticle, discard
from reader.session.reading_state import ReadingState
from reader.session.versions import Version, earlier_state, known_versions

if TYPE_CHECKING:
    from reader.core.document import Document
    from reader.session.version_choice import VersionDiff
    from reader.store.library import Library


class ArticleVersions:
    """The versions of the articles of one library; nothing of it is saved."""

    def __init__(self, library: Library, snapshot: Callable[[str], Document | None]) -> None:
        """Serve a library.

        Args:
            library: The library.
            snapshot: Returns the document with a digest; None if the library does not have it.
        """
        self._library = library
        self._snapshot = snapshot

    def of(self, state: ReadingState) -> list[Version]:
        """Return the versions of an open article, the present one first.

        A version of which the library has no copy is left out.
        """
        present = state.document.digest if state.document.is_complete else ""
        versions = known_versions(state.article, state.annotations, present=present)
        has_snapshot = self._library.has_snapshot
        return [each for each in versions if each.is_present or has_snapshot(each.digest)]

    def open(self, state: ReadingState, digest: str) -> LoadingArticle | None:
        """Open an earlier version of an open article with the annotations that were made on it.

        Args:
            state: The open article.
            digest: The digest of the earlier text.

        Returns:
            The version; None where the library has no copy of it.
        """
        document = self._snapshot(digest)
        if document is None:
            return None
        open_article = OpenArticle(earlier_state(state, document), discard, is_unchanged=True)
        return LoadingArticle(open_article, iter(()))

    def compare(self, state: ReadingState, old: str, new: str) -> Comparison | None:
        """Compare two versions of an open article as a whole; see ``comparing.compare``."""
        return compare(state, old, new, self._snapshot)

    def diff(self, article_id: str, since: str = "", until: str = "") -> VersionDiff:
        """Compare two versions of an article of the library.

        Args:
            article_id: The article.
            since: As for ``version_choice.diff_versions``.
            until: As for ``version_choice.diff_versions``.

        Raises:
            ReaderError: There is no such version.
        """
        from reader.session.version_choice import diff_versions  # noqa: PLC0415  (only in the shell)

        return diff_versions(self._library.load(article_id), since, until, self._snapshot)
