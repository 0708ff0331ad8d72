"""Passages in their surroundings, for lists of the annotations of many articles."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from reader.core.annotation import Annotation
from reader.core.document import Document
from reader.core.surroundings import Surroundings, marked_surroundings, surroundings_in


class PassageSurroundings:
    """Finds the text around passages; safe on any thread, and slow where a document is read."""

    def __init__(self, snapshot: Callable[[str], Document | None]) -> None:
        """Read nothing yet.

        Args:
            snapshot: Returns a document of the library by its digest; None where it is missing.
        """
        self._snapshot = snapshot
        self._lock = Lock()
        self._last: tuple[str, Document | None] = ("", None)

    def of(self, annotation: Annotation) -> Surroundings:
        """Return the paragraph of a passage; the few words marked with it where that is missing."""
        selector = annotation.selector
        with self._lock:
            if self._last[0] != selector.snapshot:
                self._last = selector.snapshot, self._snapshot(selector.snapshot)
            document = self._last[1]
        found = None if document is None else surroundings_in(document, selector)
        return found or marked_surroundings(selector)
