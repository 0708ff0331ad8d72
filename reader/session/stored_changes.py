"""Changing annotations of articles that are not open."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reader import clock
from reader.core.annotation import Annotation
from reader.core.changes import changed_at, last_change
from reader.errors import StoreError
from reader.session.edited import with_status

if TYPE_CHECKING:
    from reader.session.writer import SaveWriter
    from reader.store.library import Library


class StoredChanges:
    """Changes annotations in the files of a library, and waits until they are on disk."""

    def __init__(self, library: Library, writer: SaveWriter) -> None:
        self._library = library
        self._writer = writer

    def set_status(self, article_id: str, annotation_id: str, status: str) -> Annotation:
        """Give an annotation a status; what is not a claim becomes one.

        Returns:
            The annotation before the change.

        Raises:
            StoreError: It is not there any more, or cannot be written.
        """
        return self._change(article_id, annotation_id, lambda each: with_status(each, status))

    def put_status_back(self, article_id: str, before: Annotation) -> None:
        """Undo ``set_status``.

        Args:
            article_id: The annotation's article.
            before: The annotation before the change.

        Raises:
            StoreError: As for ``set_status``.
        """
        self._change(
            article_id,
            before.id,
            lambda each: replace(each, tags=before.tags, status=before.status),
        )

    def _change(
        self, article_id: str, annotation_id: str, change: Callable[[Annotation], Annotation]
    ) -> Annotation:
        self._writer.flush()
        if reason := self._library.read_only_reason(article_id):
            raise StoreError("Read-only", reason)
        _, annotations = self._library.load(article_id)
        present = next((each for each in annotations if each.id == annotation_id), None)
        if present is None or present.is_deleted:
            raise StoreError("Not changed", f"The annotation {annotation_id} was deleted.")
        after = change(present)
        if after != present:
            moment = clock.later(clock.now(), than=last_change(present))
            after = replace(changed_at(present, after, moment), modified=moment)
            self._writer.submit(article_id, annotations=[after])
            if not self._writer.flush():
                raise StoreError("Not saved", self._writer.status.message)
        return present
