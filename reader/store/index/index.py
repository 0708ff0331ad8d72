"""The index of a library: what its lists and look-ups need, in SQLite.

The index is derived from the article files. It may be deleted at any moment; a damaged index is
deleted and made again. A row is valid while its stamp is the file's; a list compares all stamps
first.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from reader.files import NO_STAMP, Stamp, change_time
from reader.store.errors import cannot_read
from reader.store.files.article_file import ArticleFile, ArticleRecord
from reader.store.files.paths import LibraryPaths, is_article_name
from reader.store.files.presence import Presence
from reader.store.files.snapshots import Snapshots
from reader.store.index.connection import IndexConnection
from reader.store.index.lookups import Lookups
from reader.store.index.source_stamps import SourceStamps, drop_unused
from reader.store.index.tables import INDEX

_BATCH: Final = 64
"""How many files are read for each write to the index, which blocks other writers."""

_BATCH_SIZE: Final = 2_000_000
"""The bytes of these files, of which the last one may have more."""

_FEW: Final = 64
"""How many changed files are read at once where the index is needed at once."""

_FEW_NOTES: Final = 400
"""How many annotations of an article are recorded at once with each save, in some 40 ms."""

_FEW_BYTES: Final = 4_000_000
"""The bytes of these files together."""

_RACY_NS: Final = 50_000_000
"""The age in nanoseconds below which a folder's time may hide a change: file systems have
coarse clocks."""

_SAVING_SECONDS: Final = 0.2
"""How long a look-up waits for a save in another thread, in seconds."""

_NOTING_SECONDS: Final = 0.02
"""How long a save waits for another thread's use of the index, in seconds: a look-up takes far
less, a batch of files more."""

_SET_STATE: Final = "INSERT OR REPLACE INTO state VALUES (1, ?)"


class IndexProgress(NamedTuple):
    """How far the index is with the files that have changed."""

    done: int
    """How many of them are read."""
    total: int
    """How many there are."""


class Index:
    """Keeps the index up to date: on disk, or in memory where that is not possible."""

    def __init__(self, paths: LibraryPaths, presence: Presence) -> None:
        """Index the articles of a library; touches no disk yet."""
        self._paths = paths
        self._presence = presence
        self._snapshots = Snapshots(paths.snapshots)
        self.database = IndexConnection(paths, paths.index, INDEX, self.refresh)
        """The database."""
        self.lookups = Lookups(self.database)
        """Reads what is indexed."""
        self.stamps = SourceStamps(self.database)
        """The stamps of the sources that were read last."""
        self._updating = threading.RLock()
        self.saving = threading.RLock()
        """Held while a file is written and noted, so that look-ups compare no files for that."""
        self._is_stopped = False
        self.has_all_saves = True
        """Whether what this program has saved is recorded, or was read again since."""
        self.progress: IndexProgress | None = None
        """How many of the changed files are read; None while none are being read."""
        self.on_progress: Callable[[IndexProgress | None], object] = lambda _: None
        """Called with each new ``progress``, on the thread that reads the files."""

    def put(self, name: str, stamp: Stamp, record: ArticleRecord, problem: str = "") -> None:
        """Record the content of the file ``name``."""
        from reader.store.index.entries import entry_of, put  # noqa: PLC0415  (after the first screen)

        words = self._snapshots.words(record.article.snapshot)
        entry = entry_of(name, stamp, record, problem, words)
        self.database.write(lambda connection: put(connection, entry))

    def put_all(self, files: Sequence[tuple[str, Stamp, ArticleRecord]]) -> None:
        """Record the contents of files by their names, all at once."""
        from reader.store.index.entries import entry_of, put  # noqa: PLC0415  (after the first screen)

        entries = [
            entry_of(name, stamp, record, words=self._snapshots.words(record.article.snapshot))
            for name, stamp, record in files
        ]

        def put_entries(connection: sqlite3.Connection) -> None:
            for entry in entries:
                put(connection, entry)

        self.database.write(put_entries)

    def note(self, name: str, stamp: Stamp, record: ArticleRecord, problem: str = "") -> bool:
        """Record the content of the file ``name`` where that takes but a moment.

        Where the article has very many annotations, or another thread uses the index for long,
        nothing is recorded, so that no save waits for it; the file is then read again.

        Returns:
            Whether no other thread was in the way.
        """
        is_quick = len(record.annotations) <= _FEW_NOTES
        is_free = is_quick and self.database.mutex.acquire(timeout=_NOTING_SECONDS)
        if not is_free:
            self.has_all_saves = False
            return not is_quick
        try:
            self.put(name, stamp, record, problem)
        finally:
            self.database.mutex.release()
        return True

    def remove(self, name: str) -> None:
        """Delete what the index holds of the file ``name``."""
        self.database.write(lambda connection: _remove_all(connection, [name]))

    def remove_all(self, names: Iterable[str]) -> None:
        """Delete what the index holds of some files, all at once."""
        gone = list(names)
        self.database.write(lambda connection: _remove_all(connection, gone))

    def refresh(self) -> None:
        """Bring the index up to date with the files; stops early after ``stop``.

        A second thread waits until the first one has done it.

        Raises:
            StoreError: The folder of articles cannot be read.
        """
        with self._updating:
            generation = -1
            while generation != self.database.generation and not self._is_stopped:
                generation = self.database.generation
                self._refresh()

    def catch_up(self) -> list[str]:
        """Bring the index up to date where that takes but a moment: where few files have changed.

        The files are compared only where the folder's time says that a file was added, replaced
        or removed.

        Returns:
            The names of the files that it does not have as they are now, the last written first;
            none where it is up to date.

        Raises:
            StoreError: The folder of articles cannot be read.
        """
        self._presence.check()
        if self.is_current:
            return []
        # Once the time is certain, further changes of this program's can be followed from it.
        folder_time = change_time(self._paths.articles)
        time.sleep(max(0, folder_time + _RACY_NS - time.time_ns()) / 1e9 % 1)
        folder_time = change_time(self._paths.articles)
        changed = self._changed()
        if len(changed) > _FEW or sum(stamp.size for stamp in changed.values()) > _FEW_BYTES:
            return list(changed)
        with self._updating:
            self._read_files(list(changed))
            self._note_state(folder_time)
        return []

    @property
    def is_stopped(self) -> bool:
        """Whether the program ends."""
        return self._is_stopped

    @property
    def is_current(self) -> bool:
        """Whether no file was added, replaced or removed since the index was up to date."""
        if self._is_of(change_time(self._paths.articles)):
            return True
        is_waited_for = self.saving.acquire(timeout=_SAVING_SECONDS)
        try:
            return self._is_of(change_time(self._paths.articles))
        finally:
            if is_waited_for:
                self.saving.release()

    def is_behind(self) -> bool:
        """Return whether ``catch_up`` has names to return; quick in a new index of many files.

        Raises:
            StoreError: As for ``catch_up``.
        """
        if not self.lookups.folder_time():
            with contextlib.suppress(OSError):
                names = os.listdir(self._paths.articles)  # noqa: PTH208 - of 100,000 names, the quickest
                if sum(map(is_article_name, names)) > _FEW + self.lookups.file_count():
                    return True
        return bool(self.catch_up())

    def stop(self) -> None:
        """Let ``refresh`` end soon, because the program ends; what is indexed by then stays."""
        self._is_stopped = True

    def follow(self, before: int, after: int) -> None:
        """Take note of a change of the folder, after which the index has every file.

        Where another thread uses the index for long nothing is noted, so that no save waits for
        it; the files are then compared again.

        Args:
            before: The folder's time before the change; see ``files.change_time``.
            after: Its time afterwards.
        """
        if not self.database.mutex.acquire(timeout=_NOTING_SECONDS):
            return
        try:
            if self._is_of(before):
                self.database.write(lambda connection: connection.execute(_SET_STATE, (after,)))
        finally:
            self.database.mutex.release()

    def close(self) -> None:
        """Close the database; it is opened again when it is needed."""
        self.database.close()

    def _refresh(self) -> None:
        self.has_all_saves = True
        folder_time = change_time(self._paths.articles)
        changed = self._changed()
        batch, size, done = [], 0, 0
        try:
            if len(changed) > _BATCH:
                self.report(IndexProgress(0, len(changed)))
            for name, stamp in changed.items():
                batch.append(name)
                size += stamp.size
                if len(batch) == _BATCH or size > _BATCH_SIZE:
                    self._read_files(batch)
                    done += len(batch)
                    batch, size = [], 0
                    self.report(IndexProgress(done, len(changed)))
            self._read_files(batch)
        finally:
            self.report(None)
        if not self._is_stopped:
            self._note_state(folder_time)

    def report(self, progress: IndexProgress | None) -> None:
        """Say how much is read; None when nothing is being read any more."""
        self.progress = progress
        self.on_progress(progress)

    def _is_of(self, folder_time: int) -> bool:
        """Return whether the index was up to date when the folder had this time."""
        return self.lookups.folder_time() == [folder_time]

    def _note_state(self, folder_time: int) -> None:
        """Remember that the index is up to date with the folder as it was at this time."""
        if time.time_ns() - folder_time > _RACY_NS:
            self.database.write(lambda connection: connection.execute(_SET_STATE, (folder_time,)))

    def _changed(self) -> dict[str, Stamp]:
        """Return the files that the index lacks, the last written first; drop those that are gone.

        The last written are also the last opened and annotated, which lists show first.
        """
        self._presence.check()
        try:
            present = dict(_scan(self._paths.articles))
        except OSError as error:
            raise cannot_read(error, self._paths.articles) from error
        indexed = self.lookups.stamps()
        if gone := indexed.keys() - present.keys():
            names = list(map(os.fsdecode, gone))
            self.database.write(lambda connection: _remove_all(connection, names))
        changed = [
            (os.fsdecode(name), Stamp(*stamp))
            for name, stamp in present.items()
            if indexed.get(name) != stamp
        ]
        changed.sort(key=lambda file: file[1].mtime_ns, reverse=True)
        return dict(changed)

    def _read_files(self, names: list[str]) -> None:
        """Read some files and record their contents; unreadable files are problems."""
        from reader.store.index.entries import put, read_entry  # noqa: PLC0415  (as above)

        entries = []
        for name in names:
            if self._is_stopped:
                break
            if (
                entry := read_entry(
                    ArticleFile.in_library(self._paths, name), self._snapshots.words
                )
            ) is not None:
                entries.append(entry)

        def put_all(connection: sqlite3.Connection) -> None:
            for entry in entries:
                put(connection, entry)

        if entries:
            self.database.write(put_all)


def _scan(folder: Path) -> Iterator[tuple[bytes, tuple[int, int, int]]]:
    """Yield the name and the stamp of each article file; none where there is no folder.

    They are what the index has, because making other values of them takes longer than the rest.
    """
    try:
        with os.scandir(os.fsencode(folder)) as entries:
            for entry in entries:
                if is_article_name(entry.name):
                    try:
                        status = entry.stat()
                    except OSError:
                        if entry.is_symlink():  # else it was removed meanwhile
                            yield entry.name, NO_STAMP
                    else:
                        yield entry.name, (status.st_mtime_ns, status.st_size, status.st_ino)
    except FileNotFoundError:
        return


def _remove_all(connection: sqlite3.Connection, names: Iterable[str]) -> None:
    from reader.store.index.entries import remove  # noqa: PLC0415  (as above)

    for name in names:
        remove(connection, name)
    drop_unused(connection)
