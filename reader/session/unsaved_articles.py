"""Articles that are read without being in the library: kept once asked, or once marked."""

from __future__ import annotations

import threading
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from reader.session.writer import PendingSave

if TYPE_CHECKING:
    from reader.core.annotation import Annotation, Article
    from reader.core.document import Document
    from reader.session.writer import SaveWriter
    from reader.store.library import Library


class UnsavedArticles:
    """Stands before the writer for articles that a link led to, and holds back what is new.

    What the library has already is written as always. Safe on any thread.
    """

    def __init__(self, library: Library, writer: SaveWriter) -> None:
        """Hold nothing yet."""
        self._library = library
        self._writer = writer
        self._held: dict[str, PendingSave] = {}
        self._kept: set[str] = set()
        self._lock = threading.Lock()

    def submit(
        self,
        article_id: str,
        *,
        article: Article | None = None,
        annotations: Sequence[Annotation] = (),
        snapshot: Document | None = None,
    ) -> None:
        """Take changes as ``SaveWriter.submit`` does; the first annotation releases the article."""
        newer = PendingSave(article, {each.id: each for each in annotations}, snapshot)
        with self._lock:
            if article_id not in self._kept:
                held = self._held.get(article_id)
                is_new = held is not None or not self._library.has_article(article_id)
                newer = held.under(newer) if held else newer
                if is_new and not annotations:
                    self._held[article_id] = newer
                    return
                self._kept.add(article_id)
                self._held.pop(article_id, None)
        self._pass_on(article_id, newer)

    def holds(self, article_id: str) -> bool:
        """Tell whether an article is being read without being in the library."""
        return article_id in self._held

    def keep(self, article_id: str) -> None:
        """Add an article to the library; one that is there already stays as it is."""
        with self._lock:
            held = self._held.pop(article_id, None)
            self._kept.add(article_id)
        if held is not None:
            self._pass_on(article_id, held)

    def forget(self, *, except_for: Collection[str]) -> None:
        """Let go of the articles that were neither kept nor are to be remembered.

        Args:
            except_for: The ids of those that can still be gone back to.
        """
        with self._lock:
            for article_id in self._held.keys() - set(except_for):
                del self._held[article_id]

    def _pass_on(self, article_id: str, changes: PendingSave) -> None:
        self._writer.submit(
            article_id,
            article=changes.article,
            annotations=list(changes.annotations.values()),
            snapshot=changes.snapshot,
        )
