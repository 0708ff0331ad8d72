"""Moves articles to the trash and restores them, though changes of them may wait to be saved."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.session.writer import SaveWriter
    from reader.store.library import Library


class Removals:
    """Removes articles of one library; what is changed of them afterwards is not written."""

    def __init__(self, library: Library, writer: SaveWriter) -> None:
        """Serve a library."""
        self._library = library
        self._writer = writer
        self._removed: dict[Path, tuple[str, ...]] = {}

    def remove(self, article_id: str) -> Path:
        """Move an article and its notes to the trash folder.

        Returns:
            The path in the trash, for ``restore``.

        Raises:
            StoreError: It cannot be moved.
        """
        self._writer.flush()
        return self._closed(self._library.removals.remove(article_id), article_id)

    def remove_all(self, article_ids: Sequence[str], name: str) -> Path:
        """Move articles and their notes to one folder of the trash.

        Args:
            article_ids: As for the library's own ``remove_all``.
            name: As there.
        """
        self._writer.flush()
        trashed = self._library.removals.remove_all(article_ids, name)
        return self._closed(trashed, *article_ids)

    def restore(self, trashed: Path) -> None:
        """Restore what ``remove`` moved to the trash folder.

        Raises:
            StoreError: It cannot be moved.
        """
        self._library.removals.restore(trashed)
        for article_id in self._removed.pop(trashed, ()):
            self._writer.reopen_article(article_id)

    def _closed(self, trashed: Path, *article_ids: str) -> Path:
        """Return a removal, once what is changed of its articles is not written any more."""
        for each in article_ids:
            self._writer.close_article(each)
        self._removed[trashed] = article_ids
        return trashed
