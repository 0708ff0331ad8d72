"""Updates of the library's index on a thread of their own, beside whatever else is done."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from reader.errors import StoreError

if TYPE_CHECKING:
    from reader.store.index.index import IndexProgress
    from reader.store.lists import Lists


EnterTexts = Callable[[Callable[[], bool], float], object]
"""Enters the texts of the articles that are indexed, until its first argument says that it must
stop. After each batch it rests, as many times as long as the batch took as its second argument."""

REST = 1.0
"""How long entering texts rests where nothing waits for them: the reader presses keys meanwhile."""


class IndexUpdate:
    """One update, which several callers may wait for."""

    def __init__(self) -> None:
        self.has_texts = False
        """Whether the articles' texts are entered, too, before it is over."""
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

    def run(self, lists: Lists, enter_texts: EnterTexts) -> None:
        """Update the index; returns when the update is over."""
        try:
            lists.update()
            if self.has_texts:
                enter_texts(bool, 0.0)
        except StoreError as error:
            self.error = error
        finally:
            self._is_over.set()


class IndexUpdates:
    """Runs updates of a library's index one after the other."""

    def __init__(self, lists: Lists, enter_texts: EnterTexts) -> None:
        """Serve a library; starts no thread yet."""
        self._lists = lists
        self._enter_texts = enter_texts
        self._next: IndexUpdate | None = None
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    @property
    def progress(self) -> IndexProgress | None:
        """How many files an update has read, and of how many; None while none are read."""
        return self._lists.progress

    def begin(self, *, has_texts: bool = False) -> IndexUpdate:
        """Return an update that begins from now on, so that it takes in every earlier change.

        Args:
            has_texts: Whether it is over only when the articles' texts are entered; otherwise that
                is done afterwards, until the next update.
        """
        with self._lock:
            if self._next is None:
                self._next = IndexUpdate()
            self._next.has_texts |= has_texts
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="margin-index", daemon=True)
                self._thread.start()
            return self._next

    def _run(self) -> None:
        update: IndexUpdate | None = None
        while True:
            with self._lock:
                before, update, self._next = update, self._next, None
                if before is None and update is None:
                    self._thread = None
                    return
            if update is not None:
                update.run(self._lists, self._enter_texts)
            elif before is not None and before.error is None:
                self._enter_texts(lambda: self._next is not None, REST)
