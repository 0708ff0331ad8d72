"""Articles that are open before it is known whether the library has them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from reader.session.writer import SaveWriter

Found = TypeVar("Found")


class UnidentifiedArticle(Generic[Found]):
    """Holds back the changes of an article until it is known which one it is.

    Finding an article in a library that is not indexed takes longer than a first screen may.
    """

    def __init__(
        self,
        writer: SaveWriter,
        article_id: str,
        search: Callable[[], Found | None],
        drop_copy: Callable[[str], object],
    ) -> None:
        """Hold back the changes of an article.

        Args:
            writer: Writes the changes. It writes them, too, where all changes must be on disk.
            article_id: The id that the article has if it is new.
            search: Searches the library; returns the article that this one is, or None.
            drop_copy: Takes this article out of the library, where it was written, if the article
                with the given id has its annotations.
        """
        self._writer = writer
        self._article_id = article_id
        self._drop_copy = drop_copy
        self.search = search
        """Searches the library."""
        writer.hold(article_id)

    def identify(self) -> Found | None:
        """Search the library, which may take seconds; a new article is then saved as such.

        Returns:
            The article to show in place of this one, which is given up or released then; None where
            this one is new.

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
        return self._writer.holds_annotations(self._article_id)

    def release(self) -> None:
        """Write what is held back, and every later change, as those of a new article.

        Saving finds out by itself where the library has an article with the same address.
        """
        self._writer.let_go(self._article_id)

    def give_up(self, found_id: str) -> None:
        """Discard what is held back and what comes later: the article that was found has it.

        Where it had to be written meanwhile, it is moved to the trash, which waits for the writer.

        Args:
            found_id: The id of the article that was found.
        """
        if not self._writer.take_back(self._article_id):
            self._drop_copy(found_id)
