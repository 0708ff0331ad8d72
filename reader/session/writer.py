"""The one thread that writes to the library: in order, never cancelled, tried again on failure."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from reader.errors import ReaderError, StoreError

if TYPE_CHECKING:
    from reader.core.annotation import Annotation, Article
    from reader.core.document import Document
    from reader.store.library import ArticleRecord, Library

RETRY_SECONDS = (1.0, 2.0, 5.0, 10.0, 30.0)
"""How long to wait before trying a failed save again; the last one repeats."""


CALM_SECONDS = 0.7
"""How long the mere record of an opened article may wait, in seconds: the first screen goes
before it. What a person did is written at once."""


IDLE_SECONDS = 3.0
"""How long nothing must have been saved before the chore begins, in seconds: listing 10,000 files
takes 85 ms, and no save is to wait for that."""

CHORE_SECONDS = 1.0
"""How long the chore may still take once the program is closing, in seconds."""


class SaveState(StrEnum):
    """How far the changes have come on their way to the disk."""

    SAVED = "saved"
    SAVING = "saving"
    FAILED = "not saved"


class SaveStatus(NamedTuple):
    """What the status line says of saving."""

    state: SaveState = SaveState.SAVED
    """Where the changes are."""
    message: str = ""
    """For ``FAILED``: one sentence that says what is wrong and where."""


@dataclass
class PendingSave:
    """All that waits to be written for one article; written as one."""

    article: Article | None = None
    """The article's record, where it changed."""
    annotations: dict[str, Annotation] = field(default_factory=dict)
    """The changed annotations by id, the last version of each."""
    snapshot: Document | None = None
    """A document to keep before the record that names it."""

    def under(self, newer: PendingSave) -> PendingSave:
        """Return this with ``newer`` on top: what failed, and what came since."""
        return PendingSave(
            article=newer.article or self.article,
            annotations=self.annotations | newer.annotations,
            snapshot=newer.snapshot or self.snapshot,
        )


Listener = Callable[[SaveStatus, str, "ArticleRecord | None"], None]
"""Told of each step, on the writer's thread: how far saving has come, of which article, and what is
on disk after a save."""


class SaveWriter:
    """Writes what is submitted, in order, on one thread of its own."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._pending: dict[str, PendingSave] = {}
        self._closed: set[str] = set()
        self._chore_ends = math.inf  # as time.monotonic counts
        self._wake = threading.Condition()
        self._closing = False
        self._hurry = False
        self._is_writing = False
        self._thread: threading.Thread | None = None
        self._status = SaveStatus()
        self.listener: Listener | None = None
        """Whom to tell; called on the writer's thread. What it raises goes to
        ``threading.excepthook``, and the writer goes on."""
        self.chore: Callable[[Callable[[], bool]], None] = lambda _: None
        """What is done on the writer's thread after a save, while nothing waits: the daily
        backup. It is given a function to ask whether something waits now."""

    @property
    def status(self) -> SaveStatus:
        """How far the changes have come."""
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
            article_id: Whose changes they are.
            article: Its record, where that changed.
            annotations: The annotations that changed, tombstones among them.
            snapshot: A complete document to keep with it.
        """
        newer = PendingSave(article, {each.id: each for each in annotations}, snapshot)
        with self._wake:
            if article_id in self._closed:
                return
            waiting = self._pending.get(article_id)
            self._pending[article_id] = waiting.under(newer) if waiting else newer
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="margin-writer", daemon=True)
                self._thread.start()
            if self._status.state is not SaveState.FAILED:
                self._status = SaveStatus(SaveState.SAVING)
            self._wake.notify_all()

    def close_article(self, article_id: str) -> None:
        """Write nothing more of an article, because it was removed."""
        with self._wake:
            self._closed.add(article_id)
            self._pending.pop(article_id, None)

    def reopen_article(self, article_id: str) -> None:
        """Write an article's changes again, because it was brought back."""
        with self._wake:
            self._closed.discard(article_id)

    def is_closed(self, article_id: str) -> bool:
        """Tell whether an article was removed, and not brought back."""
        return article_id in self._closed

    def flush(self, timeout: float | None = None) -> bool:
        """Wait until all that was submitted is on disk; a failed save is tried again at once.

        Args:
            timeout: Seconds to wait at most; None waits until it is saved or has failed once more.

        Returns:
            Whether all of it is on disk.
        """
        with self._wake:
            self._hurry = True
            self._wake.notify_all()
            self._wake.wait_for(
                lambda: not (self._pending or self._is_writing) or not self._hurry, timeout
            )
            self._hurry = False
            return not (self._pending or self._is_writing)

    def close(self, timeout: float | None = None) -> bool:
        """Write what waits, then end the thread, which may take a moment for its chore.

        Returns:
            Whether everything is on disk.
        """
        is_saved = self.flush(timeout)
        with self._wake:
            self._closing = True
            self._chore_ends = time.monotonic() + CHORE_SECONDS
            self._wake.notify_all()
        if self._thread is not None and is_saved:
            self._thread.join(2 * CHORE_SECONDS)
        return is_saved

    def _run(self) -> None:
        attempt = 0
        while True:
            with self._wake:
                self._wake.wait_for(lambda: bool(self._pending) or self._closing)
                self._wake.wait_for(self._is_urgent, CALM_SECONDS)
                if self._closing and not (self._pending and attempt == 0):
                    return
                article_id = next(iter(self._pending))
                work = self._pending.pop(article_id)
                self._is_writing = True
            self._tell(article_id)
            error, record = self._write(article_id, work)
            attempt = attempt + 1 if error else 0
            self._finish(article_id, work, error, record)
            if error is None:
                self._do_chore()
            if error:
                self._pause(RETRY_SECONDS[min(attempt, len(RETRY_SECONDS)) - 1])

    def _do_chore(self) -> None:
        """Do what may wait, once nothing else is to be done for a while."""
        with self._wake:
            self._wake.wait_for(lambda: bool(self._pending) or self._closing, IDLE_SECONDS)
        if not self._pending:
            self.chore(lambda: bool(self._pending) or time.monotonic() > self._chore_ends)

    def _is_urgent(self) -> bool:
        """Tell whether something waits that a person did, or someone waits for it."""
        is_work = any(each.annotations for each in self._pending.values())
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
            self._is_writing = False
            if error:
                newer = self._pending.pop(article_id, PendingSave())
                self._pending = {article_id: work.under(newer)} | self._pending
                self._status = SaveStatus(SaveState.FAILED, error.message)
                self._hurry = False
            elif self._pending:
                self._status = SaveStatus(SaveState.SAVING)
            else:
                self._status = SaveStatus()
            self._wake.notify_all()
        self._tell(article_id, record)

    def _tell(self, article_id: str, record: ArticleRecord | None = None) -> None:
        if self.listener is None:
            return
        try:
            self.listener(self._status, article_id, record)
        except Exception as error:  # noqa: BLE001  (saving goes on, whoever cannot hear of it)
            # Told as Python tells of what ends a thread, without ending this one.
            threading.excepthook(
                threading.ExceptHookArgs(
                    (type(error), error, error.__traceback__, threading.current_thread())
                )
            )

    def _pause(self, seconds: float) -> None:
        """Wait before the next try, unless someone hurries."""
        with self._wake:
            self._wake.wait_for(lambda: self._hurry or self._closing, seconds)
