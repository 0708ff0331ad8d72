"""The thread that writes to the library: in order, never cancelled, repeated after a failure."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from reader.errors import ReaderError, StoreError

if TYPE_CHECKING:
    from reader.core.annotation import Annotation, Article
    from reader.core.document import Document
    from reader.store.library import ArticleRecord, Library

RETRY_SECONDS = (1.0, 2.0, 5.0, 10.0, 30.0)
"""Pauses before a failed save is repeated; the last one repeats."""

CALM_SECONDS = 0.7
"""How long the record of an opened article may wait, in seconds, so that the first screen comes
first. Annotations are written at once."""

IDLE_SECONDS = 3.0
"""How long the writer must be idle before the idle task starts, in seconds: listing 10,000 files
takes 85 ms, and no save should wait for that."""

IDLE_TASK_SECONDS = 1.0
"""How long the idle task may still run while the program closes, in seconds."""


class SaveState(StrEnum):
    """Whether the changes are on disk."""

    SAVED = "saved"
    SAVING = "saving"
    FAILED = "not saved"


class SaveStatus(NamedTuple):
    """The state of saving, for the status line."""

    state: SaveState = SaveState.SAVED
    """Whether the changes are on disk."""
    message: str = ""
    """For ``FAILED``: one sentence that says what is wrong and where."""


class PendingSave(NamedTuple):
    """The changes of one article that wait to be written together."""

    article: Article | None = None
    """The changed article; None where only annotations changed."""
    annotations: Mapping[str, Annotation] = {}
    """The changed annotations by id, the last version of each."""
    snapshot: Document | None = None
    """A document to write before the record that refers to it."""

    def updated(self, newer: PendingSave) -> PendingSave:
        """Return these changes with ``newer`` changes applied on top."""
        return PendingSave(
            article=newer.article or self.article,
            annotations={**self.annotations, **newer.annotations},
            snapshot=newer.snapshot or self.snapshot,
        )


Listener = Callable[[SaveStatus, str, "ArticleRecord | None"], None]
"""Called on the writer's thread with the status, the id of the article, and the record on disk
after a save."""


class SaveWriter:
    """Writes submitted changes in order, on a thread of its own."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._pending: dict[str, PendingSave] = {}
        self._closed: set[str] = set()
        self._held: set[str] = set()
        self._failed: set[str] = set()  # what could not be saved when it was last tried
        self._idle_task_deadline = math.inf  # as time.monotonic counts
        self._wake = threading.Condition()
        self._closing = False
        self._has_ended = False  # the thread
        self._hurry = False
        self._written: tuple[str, PendingSave] | None = None  # what is being written
        self._thread: threading.Thread | None = None
        self._status = SaveStatus()
        self.listener: Listener | None = None
        """Called on the writer's thread after each step. An exception it raises goes to
        ``threading.excepthook``, and the writer continues."""
        self.idle_task: Callable[[Callable[[], bool]], None] = lambda _: None
        """Runs on the writer's thread after a save, while nothing is pending: the daily backup.
        Its argument tells whether it must stop now."""

    @property
    def status(self) -> SaveStatus:
        """The state of saving."""
        return self._status

    def submit(
        self,
        article_id: str,
        *,
        article: Article | None = None,
        annotations: Sequence[Annotation] = (),
        snapshot: Document | None = None,
    ) -> None:
        """Queue changes of one article; returns at once.

        Args:
            article_id: The id of the article.
            article: The article, where it changed.
            annotations: The changed annotations, including tombstones.
            snapshot: A complete document to write with them.
        """
        newer = PendingSave(article, {each.id: each for each in annotations}, snapshot)
        with self._wake:
            if article_id in self._closed:
                return
            waiting = self._pending.get(article_id)
            self._pending[article_id] = waiting.updated(newer) if waiting else newer
            if self._thread is None or not self._thread.is_alive():
                self._has_ended = False
                self._thread = threading.Thread(target=self._run, name="margin-writer", daemon=True)
                self._thread.start()
            if self._status.state is not SaveState.FAILED and self._is_waiting():
                self._status = SaveStatus(SaveState.SAVING)
            self._wake.notify_all()

    def hold(self, article_id: str) -> None:
        """Write no changes of an article until ``let_go``; a flush writes its annotations."""
        with self._wake:
            self._held.add(article_id)

    def let_go(self, article_id: str) -> None:
        """Write the changes of an article that was held, and those that come later."""
        with self._wake:
            self._held.discard(article_id)
            self._wake.notify_all()

    def take_back(self, article_id: str) -> bool:
        """Discard the changes of an article that is held, also later ones: another takes them.

        Returns:
            Whether it was still held; otherwise its changes are written.
        """
        with self._wake:
            if article_id not in self._held:
                return False
            self._closed.add(article_id)
            self._pending.pop(article_id, None)
            if self._status.state is SaveState.SAVING and not self._is_waiting():
                self._status = SaveStatus()
            return True

    def holds_annotations(self, article_id: str) -> bool:
        """Return whether annotations of an article are held back."""
        with self._wake:
            work = self._pending.get(article_id)
            return article_id in self._held and work is not None and bool(work.annotations)

    def close_article(self, article_id: str) -> None:
        """Discard the changes of an article from now on, because it was removed."""
        with self._wake:
            self._closed.add(article_id)
            self._pending.pop(article_id, None)
            self._failed.discard(article_id)

    def reopen_article(self, article_id: str) -> None:
        """Write the changes of an article again, because it was restored."""
        with self._wake:
            self._closed.discard(article_id)

    def is_closed(self, article_id: str) -> bool:
        """Return whether an article was removed and not restored."""
        return article_id in self._closed

    def flush(self, timeout: float | None = None) -> bool:
        """Wait until all submitted changes are on disk; a failed save is repeated at once.

        Args:
            timeout: The longest wait in seconds; None waits until the save succeeds or fails.

        Returns:
            Whether all changes are on disk.
        """
        with self._wake:
            self._hurry = True
            self._held -= {each for each, work in self._pending.items() if work.annotations}
            self._wake.notify_all()
            self._wake.wait_for(lambda: not self._has_changes or not self._hurry, timeout)
            self._hurry = False
            return not self._has_changes

    def flush_article(self, article_id: str) -> bool:
        """Wait until the changes of one article are on disk, or could not be saved.

        Changes that could not be saved stay queued.

        Returns:
            Whether they are on disk.
        """
        with self._wake:
            self._hurry = True
            self._held.discard(article_id)
            self._failed.discard(article_id)
            self._wake.notify_all()
            self._wake.wait_for(
                lambda: (
                    article_id in self._failed
                    or not self._is_pending(article_id)
                    or self._has_ended
                )
            )
            if not self._has_changes:
                self._hurry = False
            return article_id not in self._failed and not self._is_pending(article_id)

    def _is_pending(self, article_id: str) -> bool:
        """Return whether an article has changes that are not on disk yet."""
        written = self._written[0] if self._written is not None else ""
        return article_id in self._pending or article_id == written

    def close(self, timeout: float | None = None) -> bool:
        """Write the pending changes and end the thread; waits briefly for the idle task.

        Returns:
            Whether all changes are on disk.
        """
        is_saved = self.flush(timeout)
        with self._wake:
            self._closing = True
            self._idle_task_deadline = time.monotonic() + IDLE_TASK_SECONDS
            self._wake.notify_all()
        if self._thread is not None and is_saved:
            self._thread.join(2 * IDLE_TASK_SECONDS)
        return is_saved

    def rescue(self) -> bool:
        """Write the pending changes beside the files of their articles, without waiting.

        The library merges them later. This is for the end of the program, where another program
        keeps the changes from being saved; nothing is written twice where they are saved after all.

        Returns:
            Whether all changes are on disk.
        """
        with self._wake:
            pending = dict(self._waiting())
            if self._written is not None:
                article_id, work = self._written
                newer = pending.get(article_id)
                pending[article_id] = work.updated(newer) if newer is not None else work
        is_saved = True
        for article_id, work in pending.items():
            try:
                if work.snapshot is not None:
                    self._library.write_snapshot(work.snapshot)
            except (ReaderError, OSError):
                is_saved = False  # a text can be read again from its source, a note cannot
            try:
                self._library.save_beside(
                    article_id, article=work.article, annotations=list(work.annotations.values())
                )
            except (ReaderError, OSError):
                is_saved = False
        return is_saved

    def _next(self) -> str | None:
        """Return the id of the article to write next; None where nothing may be written."""
        return next((each for each in tuple(self._pending) if each not in self._held), None)

    def _waiting(self) -> Iterator[tuple[str, PendingSave]]:
        """Yield what must be written: of articles that are held, only what is annotated."""
        for article_id, work in self._pending.items():
            if work.annotations or article_id not in self._held:
                yield article_id, work

    def _is_waiting(self) -> bool:
        """Return whether something must be written."""
        return any(True for _ in self._waiting())

    @property
    def _has_changes(self) -> bool:
        """Whether there are changes that are not on disk yet."""
        return self._is_waiting() or self._written is not None

    def _run(self) -> None:
        attempt = 0
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._next() is not None or self._closing)
                self._wake.wait_for(self._is_urgent, CALM_SECONDS)
                article_id = self._next()
                if article_id is None or (self._closing and attempt > 0):
                    if self._closing:
                        self._has_ended = True
                        self._wake.notify_all()
                        return
                    continue  # it was taken back
                work = self._pending.pop(article_id)
                self._written = article_id, work
            self._notify(article_id)
            error, record = self._write(article_id, work)
            attempt = attempt + 1 if error else 0
            self._finish(article_id, work, error, record)
            if error is None:
                self._run_idle_task()
            if error:
                self._pause(RETRY_SECONDS[min(attempt, len(RETRY_SECONDS)) - 1])

    def _run_idle_task(self) -> None:
        """Run the idle task if nothing is pending for ``IDLE_SECONDS``."""
        with self._wake:
            self._wake.wait_for(lambda: self._next() is not None or self._closing, IDLE_SECONDS)
        if self._next() is None:
            self.idle_task(self._must_stop_idling)

    def _must_stop_idling(self) -> bool:
        """Return whether the idle task must give way to a save or to the end of the program."""
        return self._next() is not None or time.monotonic() > self._idle_task_deadline

    def _is_urgent(self) -> bool:
        """Return whether annotations are pending, or somebody waits for the save."""
        works = self._pending.items()
        is_work = any(work.annotations and each not in self._held for each, work in works)
        return is_work or self._hurry or self._closing

    def _write(
        self, article_id: str, work: PendingSave
    ) -> tuple[ReaderError | None, ArticleRecord | None]:
        try:
            if work.snapshot is not None:
                self._library.write_snapshot(work.snapshot)
            return None, self._library.save(
                article_id, article=work.article, annotations=list(work.annotations.values())
            )
        except ReaderError as error:
            return error, None
        except OSError as error:
            return StoreError("Not saved", f"{error.strerror or error}."), None

    def _finish(
        self,
        article_id: str,
        work: PendingSave,
        error: ReaderError | None,
        record: ArticleRecord | None,
    ) -> None:
        with self._wake:
            self._written = None
            self._failed.discard(article_id)
            if error:
                newer = self._pending.pop(article_id, PendingSave())
                self._pending[article_id] = work.updated(newer)  # the others come first
                self._failed.add(article_id)
                self._status = SaveStatus(SaveState.FAILED, error.message)
                self._hurry = False
            elif self._failed:
                pass  # the status says why another article could not be saved
            elif self._is_waiting():
                self._status = SaveStatus(SaveState.SAVING)
            else:
                self._status = SaveStatus()
            self._wake.notify_all()
        self._notify(article_id, record)

    def _notify(self, article_id: str, record: ArticleRecord | None = None) -> None:
        if self.listener is None:
            return
        try:
            self.listener(self._status, article_id, record)
        except Exception as error:  # noqa: BLE001  (saving continues, whatever the listener raises)
            # Reported as Python reports what ends a thread, without ending this one.
            threading.excepthook(
                threading.ExceptHookArgs(
                    (type(error), error, error.__traceback__, threading.current_thread())
                )
            )

    def _pause(self, seconds: float) -> None:
        """Wait before the next attempt; ``flush``, ``close`` and other articles end the pause."""
        with self._wake:
            self._wake.wait_for(
                lambda: (
                    self._hurry or self._closing or self._pending.keys() - self._failed - self._held
                ),
                seconds,
            )
