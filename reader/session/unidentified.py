"""Articles that are open before it is known whether the library has them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

from reader.session.writer import PendingSave

if TYPE_CHECKING:
    from reader.core.annotation import Annotation, Article
    from reader.core.document import Document
    from reader.session.open_article import Save


Found = TypeVar("Found")


class UnidentifiedArticle(Generic[Found]):
    """Holds back the changes of an article until it is known which one it is.

    Finding an article in a library that is not indexed takes longer than a first screen may.
    """

    def __init__(self, save: Save) -> None:
        """Hold back what goes to ``save``."""
        self._save = save
        self._held: tuple[str, PendingSave] | None = None
        self._is_released = False
        self._lock = threading.Lock()
        self.search: Callable[[], Found | None] = lambda: None
        """Searches the library; returns the article that this one is, None where it is new."""

    def submit(
        self,
        article_id: str,
        *,
        article: Article | None = None,
        annotations: Sequence[Annotation] = (),
        snapshot: Document | None = None,
    ) -> None:
        """Take changes as ``SaveWriter.submit`` does."""
        newer = PendingSave(article, {each.id: each for each in annotations}, snapshot)
        with self._lock:
            if not self._is_released:
                held = self._held[1].updated(newer) if self._held else newer
                self._held = article_id, held
                return
        self._pass_on(article_id, newer)

    def identify(self) -> Found | None:
        """Search the library, which may take seconds; a new article is then saved as such.

        Returns:
            The article to show in place of this one; None where this one is new.

        Raises:
            ReaderError: The library cannot be searched; the article counts as new.
        """
        found = None
        try:
            found = self.search()
        finally:
            if found is None:
                self.release()
        return found

    @property
    def is_annotated(self) -> bool:
        """Whether annotations are held back."""
        held = self._held
        return held is not None and bool(held[1].annotations)

    def release(self) -> None:
        """Pass on what is held back, and every later change, as those of a new article.

        Saving finds out by itself where the library has an article with the same address.
        """
        with self._lock:
            self._is_released = True
            held, self._held = self._held, None
        if held is not None:
            self._pass_on(*held)

    def _pass_on(self, article_id: str, changes: PendingSave) -> None:
        self._save(
            article_id,
            article=changes.article,
            annotations=list(changes.annotations.values()),
            snapshot=changes.snapshot,
        )
