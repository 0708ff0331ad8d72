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
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

from reader.core.evidence import lookup_key
from reader.files import Stamp, change_time
from reader.store.errors import cannot_read
from reader.store.files.article_file import ArticleFile, ArticleRecord
from reader.store.files.paths import LibraryPaths, is_article_name
from reader.store.files.presence import Presence
from reader.store.files.records import clean_text
from reader.store.files.snapshots import Snapshots
from reader.store.index.connection import IndexConnection
from reader.store.index.entries import NO_STAMP, entry_of, put, read_entry, remove
from reader.store.index.source_stamps import SourceStamps, drop_unused
from reader.store.index.summaries import AnnotationSummary, ArticleSummary
from reader.store.index.values import (
    BEFORE_ALL,
    AnnotationKey,
    Shown,
    decoded,
    key_page,
    nearest_ids,
    tags_in,
    text_in,
)

_BATCH: Final = 64
"""How many files are read for each write to the index, which blocks other writers."""

_BATCH_SIZE: Final = 2_000_000
"""The bytes of these files, of which the last one may have more."""

_FEW: Final = 64
"""How many changed files are read at once where the index is needed at once."""

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

_STAMPS: Final = "SELECT name, mtime_ns, size, inode FROM files"

_SET_STATE: Final = "INSERT OR REPLACE INTO state VALUES (1, ?)"

Result = TypeVar("Result")


class IndexProgress(NamedTuple):
    """How far the index is with the files that have changed."""

    done: int
    """How many of them are read."""
    total: int
    """How many there are."""


class Index:
    """Finds and lists articles with SQLite: on disk, or in memory where that is not possible."""

    def __init__(self, paths: LibraryPaths, presence: Presence) -> None:
        """Index the articles of a library; touches no disk yet."""
        self._paths = paths
        self._presence = presence
        self._snapshots = Snapshots(paths.snapshots)
        self._database = IndexConnection(paths, self.refresh)
        self.stamps = SourceStamps(self._database)
        """The stamps of the sources that were read last."""
        self._updating = threading.RLock()
        self.saving = threading.RLock()
        """Held while a file is written and noted, so that look-ups compare no files for that."""
        self._is_stopped = False
        self.progress: IndexProgress | None = None
        """How many of the changed files are read; None while none are being read."""
        self.on_progress: Callable[[IndexProgress | None], object] = lambda _: None
        """Called with each new ``progress``, on the thread that reads the files."""

    def look_up(self, column: str, value: str) -> list[tuple[str, str]]:
        """Return the articles whose ``column`` is ``value``, the last opened first.

        Args:
            column: ``article``, or a key of ``keys_of``.
            value: The value of the column.

        Returns:
            Pairs of article id and file name; the index may be out of date.
        """
        query = f"SELECT article, name FROM files WHERE {column} = ? ORDER BY opened DESC, name"  # noqa: S608 - our names

        def read(connection: sqlite3.Connection) -> list[tuple[str, str]]:
            rows = connection.execute(query, (clean_text(value),))
            return [(text_in(article_id), os.fsdecode(name)) for article_id, name in rows]

        return self._database.run(read, rebuilds=False)

    def summaries(self, most: int = -1) -> list[ArticleSummary]:
        """Return the articles, the last opened first; the index may be out of date.

        Args:
            most: How many to return; negative for all.
        """
        query = "SELECT summary FROM files WHERE article != '' ORDER BY opened DESC, name LIMIT ?"
        return self._decoded(query, ArticleSummary, most)

    def summaries_with(self, column: str, value: str) -> list[ArticleSummary]:
        """Return the articles whose ``column`` is ``value``, as ``look_up`` does."""
        query = f"SELECT summary FROM files WHERE {column} = ? ORDER BY opened DESC, name"  # noqa: S608 - our names
        value = clean_text(value)
        return self._decoded(query, ArticleSummary, value)

    def summaries_titled(self, words: Sequence[str], most: int = -1) -> list[ArticleSummary]:
        """Return the articles whose folded title contains every word, the last opened first.

        The index may be out of date.

        Args:
            words: Folded words.
            most: How many to return; negative for all.
        """
        conditions = " AND ".join(["instr(shown_title, ?)"] * len(words)) or "1"
        # The inner query is answered by the index of titles alone, which is far smaller.
        query = (
            "SELECT summary FROM files WHERE article != '' AND name IN"  # noqa: S608 - only marks
            f" (SELECT name FROM files WHERE {conditions}) ORDER BY opened DESC, name LIMIT ?"
        )
        return self._decoded(query, ArticleSummary, *words, most)

    def annotations(self) -> list[AnnotationSummary]:
        """Return all live annotations, the newest first; the index may be out of date."""
        query = "SELECT summary FROM annotations WHERE deleted = '' ORDER BY created DESC, id DESC"
        return self._decoded(query, AnnotationSummary)

    def deleted_annotations(self) -> list[AnnotationSummary]:
        """Return all tombstones, the last deleted first; the index may be out of date."""
        query = "SELECT summary FROM annotations WHERE deleted != '' ORDER BY deleted DESC, id DESC"
        return self._decoded(query, AnnotationSummary)

    def annotation_keys(self, first: int, page: int) -> Iterator[list[AnnotationKey]]:
        """Yield the keys of live annotations, the newest first; the index may be out of date.

        Args:
            first: How many keys the first page has.
            page: How many the others have; other threads may use the index between two pages.
        """
        after, most = BEFORE_ALL, first
        while (found := self._database.run(partial(key_page, after=after, most=most)))[0]:
            keys, after = found
            most = page
            yield keys

    def tags(self) -> set[str]:
        """Return the tags of all live annotations; the index may be out of date."""
        query = "SELECT DISTINCT tags FROM annotations WHERE deleted = ''"
        return {tag for tags in self._rows(query, tags_in) for tag in tags}

    def annotations_with(self, ids: Sequence[str]) -> list[AnnotationSummary]:
        """Return the live annotations with some ids, in any order; the index may be out of date."""
        marks = ", ".join("?" * len(ids))
        # The plus keeps SQLite from going through all annotations that are not deleted.
        query = f"SELECT summary FROM annotations WHERE +deleted = '' AND id IN ({marks})"  # noqa: S608 - only marks
        return self._decoded(query, AnnotationSummary, *ids)

    def annotations_linked_to(self, target: str) -> list[AnnotationSummary]:
        """Return the live annotations with a link to a target, the newest first.

        The index may be out of date.

        Args:
            target: The id of an annotation or an article, or an address.
        """
        query = (
            "SELECT summary FROM annotations WHERE key IN (SELECT key FROM links WHERE target = ?)"
            " ORDER BY created DESC, id DESC"
        )
        return self._decoded(query, AnnotationSummary, clean_text(lookup_key(target)))

    def ids_near(self, terms: Sequence[str], words: Sequence[str], most: int) -> list[str]:
        """Return the ids of annotations that contain every term; see ``nearest_ids``."""
        return self._database.run(lambda connection: nearest_ids(connection, terms, words, most))

    def annotations_matching(self, terms: Sequence[str]) -> set[str]:
        """Return the ids of the live annotations whose folded text contains every term."""
        conditions = " AND ".join(["instr(folded, ?)"] * len(terms)) or "1"
        query = f"SELECT id FROM words WHERE {conditions}"  # noqa: S608 - only marks
        return set(self._rows(query, text_in, *terms))

    def problems(self) -> list[str]:
        """Return a sentence for each file that could not be read."""
        return self._rows("SELECT problem FROM files WHERE problem != '' ORDER BY name", str)

    def damaged(self) -> list[str]:
        """Return the names of the files whose article cannot be read."""
        return self._rows("SELECT name FROM files WHERE article = '' ORDER BY name", os.fsdecode)

    def duplicates(self) -> list[str]:
        """Return the ids of the articles that several files hold."""
        return self._rows(
            "SELECT article FROM files WHERE article != '' GROUP BY article"
            " HAVING count(*) > 1 ORDER BY article",
            str,
        )

    def users_of(self, snapshot: str) -> set[str]:
        """Return the names of the files that refer to a snapshot; the index may be out of date."""
        query = "SELECT file FROM snapshots WHERE digest = ?"
        return set(self._rows(query, os.fsdecode, snapshot))

    def owners_of_snapshots(self) -> list[tuple[str, str]]:
        """Return the digests of all texts that articles have had, each with an article's id.

        The index may be out of date.
        """
        query = (
            "SELECT snapshots.digest, files.article FROM snapshots"
            " JOIN files ON files.name = snapshots.file WHERE files.article != ''"
        )
        return self._database.run(
            lambda connection: [(text_in(d), text_in(a)) for d, a in connection.execute(query)]
        )

    def put(self, name: str, stamp: Stamp, record: ArticleRecord, problem: str = "") -> None:
        """Record the content of the file ``name``."""
        words = self._snapshots.words(record.article.snapshot)
        entry = entry_of(name, stamp, record, problem, words)
        self._database.write(lambda connection: put(connection, entry))

    def remove(self, name: str) -> None:
        """Delete what the index holds of the file ``name``."""
        self._database.write(lambda connection: _remove_all(connection, [name]))

    def refresh(self) -> None:
        """Bring the index up to date with the files; stops early after ``stop``.

        A second thread waits until the first one has done it.

        Raises:
            StoreError: The folder of articles cannot be read.
        """
        with self._updating:
            generation = -1
            while generation != self._database.generation and not self._is_stopped:
                generation = self._database.generation
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
        if not self._rows("SELECT folder_time FROM state", int, rebuilds=False):
            with contextlib.suppress(OSError):
                names = os.listdir(self._paths.articles)  # noqa: PTH208 - of 100,000 names, the quickest
                if sum(map(is_article_name, names)) > _FEW + self._count():
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
        if not self._database.mutex.acquire(timeout=_NOTING_SECONDS):
            return
        try:
            if self._is_of(before):
                self._database.write(lambda connection: connection.execute(_SET_STATE, (after,)))
        finally:
            self._database.mutex.release()

    def close(self) -> None:
        """Close the database; it is opened again when it is needed."""
        self._database.close()

    def _refresh(self) -> None:
        folder_time = change_time(self._paths.articles)
        changed = self._changed()
        batch, size, done = [], 0, 0
        try:
            if len(changed) > _BATCH:
                self._report(IndexProgress(0, len(changed)))
            for name, stamp in changed.items():
                batch.append(name)
                size += stamp.size
                if len(batch) == _BATCH or size > _BATCH_SIZE:
                    self._read_files(batch)
                    done += len(batch)
                    batch, size = [], 0
                    self._report(IndexProgress(done, len(changed)))
            self._read_files(batch)
        finally:
            self._report(None)
        if not self._is_stopped:
            self._note_state(folder_time)

    def _report(self, progress: IndexProgress | None) -> None:
        self.progress = progress
        self.on_progress(progress)

    def _is_of(self, folder_time: int) -> bool:
        """Return whether the index was up to date when the folder had this time."""
        return self._rows("SELECT folder_time FROM state", int, rebuilds=False) == [folder_time]

    def _note_state(self, folder_time: int) -> None:
        """Remember that the index is up to date with the folder as it was at this time."""
        if time.time_ns() - folder_time > _RACY_NS:
            self._database.write(lambda connection: connection.execute(_SET_STATE, (folder_time,)))

    def _changed(self) -> dict[str, Stamp]:
        """Return the files that the index lacks, the last written first; drop those that are gone.

        The last written are also the last opened and annotated, which lists show first.
        """
        self._presence.check()
        try:
            present = dict(_scan(self._paths.articles))
        except OSError as error:
            raise cannot_read(error, self._paths.articles) from error
        indexed = self._stamps()
        if gone := indexed.keys() - present.keys():
            self._database.write(lambda connection: _remove_all(connection, gone))
        changed = [(name, stamp) for name, stamp in present.items() if indexed.get(name) != stamp]
        changed.sort(key=lambda file: file[1].mtime_ns, reverse=True)
        return dict(changed)

    def _count(self) -> int:
        return self._rows("SELECT count(*) FROM files", int, rebuilds=False)[0]

    def _stamps(self) -> dict[str, Stamp]:
        return self._database.run(
            lambda connection: {
                os.fsdecode(name): Stamp(*stamp) for name, *stamp in connection.execute(_STAMPS)
            },
            rebuilds=False,
        )

    def _read_files(self, names: list[str]) -> None:
        """Read some files and record their contents; unreadable files are problems."""
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
            self._database.write(put_all)

    def read(self, operation: Callable[[sqlite3.Connection], Result]) -> Result:
        """Return what an operation reads from the database."""
        return self._database.run(operation)

    def _decoded(self, query: str, kind: type[Shown], *values: object) -> list[Shown]:
        return self._database.run(lambda connection: decoded(connection, query, kind, *values))

    def _rows(
        self, query: str, kind: Callable[[Any], Result], *values: str, rebuilds: bool = True
    ) -> list[Result]:
        return self._database.run(
            lambda connection: [kind(value) for (value,) in connection.execute(query, values)],
            rebuilds=rebuilds,
        )


def _scan(folder: Path) -> Iterator[tuple[str, Stamp]]:
    """Yield the name and the stamp of each article file; none where there is no folder."""
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if is_article_name(entry.name):
                    try:
                        yield entry.name, Stamp.of(entry.stat())
                    except OSError:
                        if entry.is_symlink():  # else it was removed meanwhile
                            yield entry.name, NO_STAMP
    except FileNotFoundError:
        return


def _remove_all(connection: sqlite3.Connection, names: Iterable[str]) -> None:
    for name in names:
        remove(connection, name)
    drop_unused(connection)
