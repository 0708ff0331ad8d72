"""The sizes of the slices in which a document is read and shown."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from reader.formats.builder import DocumentBuilder


def slice_sizes(first: int, largest: int) -> Iterator[int]:
    """Yield sizes that double from ``first`` until they reach the larger of the two."""
    for step in count():
        size = first << min(step, 40)
        if size >= largest:
            break
        yield size
    while True:
        yield max(first, largest)


class SliceSchedule:
    """Knows when a document has grown by another slice."""

    def __init__(self, builder: DocumentBuilder, first: int, largest: int) -> None:
        """Wait for the first slice.

        Args:
            builder: Builds the document.
            first: Code points of the first slice; the later ones double.
            largest: Code points that a slice does not pass, unless the first one does.
        """
        self._builder = builder
        self._sizes = slice_sizes(first, largest)
        self._due = next(self._sizes)

    def advance(self) -> bool:
        """Return whether the slice is complete; if so, wait for the next one."""
        length = self._builder.text_length
        if length < self._due:
            return False
        self._due = length + next(self._sizes)
        return True
