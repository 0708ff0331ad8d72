"""The documents of a library, whole, by their digests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.core.document import Document
from reader.errors import StoreError

if TYPE_CHECKING:
    from reader.store.library import Library


class StoredDocuments:
    """Reads the documents of one library; safe in several threads."""

    def __init__(self, library: Library) -> None:
        """Serve a library."""
        self._library = library

    def read(self, digest: str) -> Document | None:
        """Return a document of the library; None where its snapshot is missing or damaged."""
        if not digest:
            return None
        try:
            document = None
            for document in self._library.read_snapshot(digest):  # noqa: B007
                pass
        except StoreError:
            return None
        return document

    def text(self, digest: str) -> str | None:
        """Return the text of a document; None where that cannot be read."""
        document = self.read(digest)
        return None if document is None else document.text
