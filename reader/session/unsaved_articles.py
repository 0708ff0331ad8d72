"""Articles that are open but not in the library, until the reader adds or annotates them."""

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
    """Holds back the saves of articles that the library does not have.

    It takes the place of the writer for articles that a link led to. Saves of articles in the
    library pass through. Safe on any thread.
    """

    def __init__(self, library: Library, writer: SaveWriter) -> None:
        """Start with no unsaved article."""
        self._library = library
        self._writer = writer
        self._held: dict[str, PendingSave] = {}
        self._added: set[str] = set()
        self._lock = threading.Lock()

    def submit(
        self,
        article_id: str,
        *,
        article: Article | None = None,
        annotations: Sequence[Annotation] = (),
        snapshot: Document | None = None,
    ) -> None:
        """Take changes as ``SaveWriter.submit`` does; the first annotation adds the article."""
        newer = PendingSave(article, {each.id: each for each in annotations}, snapshot)
        with self._lock:
            if article_id not in self._added:
                held = self._held.get(article_id)
                is_new = held is not None or not self._library.has_article(article_id)
                newer = held.updated(newer) if held else newer
                if is_new and not annotations:
                    self._held[article_id] = newer
                    return
                self._added.add(article_id)
                self._held.pop(article_id, None)
        self._pass_on(article_id, newer)

    def holds(self, article_id: str) -> bool:
        """Return whether an article is open without being in the library."""
        return article_id in self._held

    def keep(self, article_id: str) -> None:
        """Add an article to the library; does nothing where it is there already."""
        with self._lock:
            held = self._held.pop(article_id, None)
            self._added.add(article_id)
        if held is not None:
            self._pass_on(article_id, held)

    def forget(self, *, except_for: Collection[str]) -> None:
        """Drop unsaved articles that can no longer be reached.

        Args:
            except_for: The ids of the articles that can still be reached.
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
