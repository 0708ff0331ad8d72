"""Updates of the library's index on a thread of their own, beside whatever else is done."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from reader.errors import StoreError

if TYPE_CHECKING:
    from reader.store.index.index import IndexProgress
    from reader.store.lists import Lists


class IndexUpdate:
    """One update, which several callers may wait for."""

    def __init__(self) -> None:
        self.error: StoreError | None = None
        """Why the library's folder could not be read; None where it could."""
        self._is_over = threading.Event()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until the update is over.

        Args:
            seconds: The longest wait; None waits until its end.

        Returns:
            Whether it is over.
        """
        return self._is_over.wait(seconds)

    def run(self, lists: Lists) -> None:
        """Update the index; returns when the update is over."""
        try:
            lists.update()
        except StoreError as error:
            self.error = error
        finally:
            self._is_over.set()


class IndexUpdates:
    """Runs updates of a library's index one after the other."""

    def __init__(self, lists: Lists) -> None:
        """Serve a library; starts no thread yet."""
        self._lists = lists
        self._next: IndexUpdate | None = None
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    @property
    def progress(self) -> IndexProgress | None:
        """How many files an update has read, and of how many; None while none are read."""
        return self._lists.progress

    def begin(self) -> IndexUpdate:
        """Return an update that begins from now on, so that it takes in every earlier change."""
        with self._lock:
            if self._next is None:
                self._next = IndexUpdate()
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="margin-index", daemon=True)
                self._thread.start()
            return self._next

    def _run(self) -> None:
        while True:
            with self._lock:
                update, self._next = self._next, None
                if update is None:
                    self._thread = None
                    return
            update.run(self._lists)
