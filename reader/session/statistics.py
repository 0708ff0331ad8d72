"""The statistics of a library, counted from its index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader import clock
from reader.core.statistics import Statistics, count_library

if TYPE_CHECKING:
    from reader.session.writer import SaveWriter
    from reader.store.library import Library

SAVE_SECONDS = 2.0
"""How long counting waits for changes that are being saved, in seconds."""


def count_statistics(library: Library, writer: SaveWriter, weeks: int) -> Statistics:
    """Return the statistics of a library as it is now; slow, so not for the interface's thread.

    Args:
        library: The library.
        writer: What saves changes to it.
        weeks: How many weeks to count, this one among them.

    Raises:
        StoreError: The library's folder cannot be read.
    """
    writer.flush(SAVE_SECONDS)
    library.lists.update()
    notes, answers, due, articles = library.lists.counted()
    today = clock.local(clock.now()).date()
    return count_library(notes, answers, due, articles, today=today, weeks=weeks)
