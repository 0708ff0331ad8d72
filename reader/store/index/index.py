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
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from reader.errors import StoreError
from reader.files import Stamp, change_time, is_there
from reader.store.errors import DamagedFileError, cannot_read
from reader.store.files.article_data import snapshots_of
from reader.store.files.article_file import ArticleFile, ArticleRecord
from reader.store.files.paths import LibraryPaths, is_article_name
from reader.store.files.records import clean_text
from reader.store.index.database import FAULTS, database_files, open_database
from reader.store.index.summaries import (
    AnnotationSummary,
    ArticleSummary,
    keys_of,
    summarise,
)

_BATCH: Final = 500
"""How many files are read for each write to the index, which blocks other writers."""

_BATCH_SIZE: Final = 16_000_000
"""The bytes of these files, of which the last one may have more."""

_RACY_NS: Final = 50_000_000
"""The age in nanoseconds below which a folder's time may hide a change: file systems have
coarse clocks."""

_STAMPS: Final = "SELECT name, mtime_ns, size, inode FROM files"

_SET_STATE: Final = "INSERT OR REPLACE INTO state VALUES (1, ?)"

_NO_STAMP: Final = Stamp(0, 0, 0)
"""The stamp of a file that could not be read: each list tries to read it again."""

_UNUSABLE: Final = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
    }
)
"""The error codes of a database that is not damaged, but cannot be used here."""

_RECOVERIES: Final = 3
"""How often a faulty index is replaced before it is kept in memory only."""

Result = TypeVar("Result")
Shown = TypeVar("Shown", ArticleSummary, AnnotationSummary)


class Index:
    """Finds and lists articles with SQLite: on disk, or in memory where that is not possible."""

    def __init__(self, paths: LibraryPaths) -> None:
        """Index the articles of a library; touches no disk yet."""
        self._paths = paths
        self._database: Path | None = paths.index
        self._generation = 0
        self._connection: sqlite3.Connection | None = None
        self._close_connection: Callable[[], object] = lambda: None
        self._is_provisional = False
        self._mutex = threading.RLock()

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
            return [(_text(article_id), os.fsdecode(name)) for article_id, name in rows]

        return self._run(read)

    def summaries(self) -> list[ArticleSummary]:
        """Return all articles, the last opened first; the index may be out of date."""
        query = "SELECT summary FROM files WHERE article != '' ORDER BY opened DESC, name"
        return self._run(lambda connection: _decode(connection, query, ArticleSummary))

    def annotations(self) -> list[AnnotationSummary]:
        """Return all live annotations, the newest first; the index may be out of date."""
        query = "SELECT summary FROM annotations WHERE deleted = '' ORDER BY created DESC, id DESC"
        return self._run(lambda connection: _decode(connection, query, AnnotationSummary))

    def deleted_annotations(self) -> list[AnnotationSummary]:
        """Return all tombstones, the last deleted first; the index may be out of date."""
        query = "SELECT summary FROM annotations WHERE deleted != '' ORDER BY deleted DESC, id DESC"
        return self._run(lambda connection: _decode(connection, query, AnnotationSummary))

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

    def put(self, name: str, stamp: Stamp, record: ArticleRecord, problem: str = "") -> None:
        """Record the content of the file ``name``."""
        self._write(lambda connection: _put(connection, name, stamp, record, problem))

    def remove(self, name: str) -> None:
        """Delete what the index holds of the file ``name``."""
        self._write(lambda connection: _remove(connection, name))

    def refresh(self, *, is_thorough: bool = True) -> None:
        """Bring the index up to date with the files.

        Args:
            is_thorough: Whether to compare every file in any case; else files are compared only
                where the folder's time says that a file was added, replaced or removed.

        Raises:
            StoreError: The folder of articles cannot be read.
        """
        generation = -1
        while generation != self._generation:
            generation = self._generation
            self._refresh(is_thorough=is_thorough)

    def follow(self, before: int, after: int) -> None:
        """Take note of a change of the folder, after which the index has every file.

        Where another thread uses the index nothing is noted, so that no save waits for it; the
        files are then compared again.

        Args:
            before: The folder's time before the change; see ``files.change_time``.
            after: Its time afterwards.
        """
        if not self._mutex.acquire(blocking=False):
            return
        try:
            if self._rows("SELECT folder_time FROM state", int) == [before]:
                self._write(lambda connection: connection.execute(_SET_STATE, (after,)))
        finally:
            self._mutex.release()

    def close(self) -> None:
        """Close the database; it is opened again when it is needed."""
        with self._mutex:
            self._close_connection()
            self._connection = None

    def _refresh(self, *, is_thorough: bool) -> None:
        folder_time = change_time(self._paths.articles)
        if not is_thorough:
            if self._rows("SELECT folder_time FROM state", int) == [folder_time]:
                return
            # Once the time is certain, further changes of this program's can be followed from it.
            time.sleep(max(0, folder_time + _RACY_NS - time.time_ns()) / 1e9 % 1)
            folder_time = change_time(self._paths.articles)
        try:
            present = dict(_scan(self._paths.articles))
        except OSError as error:
            raise cannot_read(error, self._paths.articles) from error
        indexed = self._run(
            lambda connection: {
                os.fsdecode(name): Stamp(*stamp) for name, *stamp in connection.execute(_STAMPS)
            }
        )
        for name in indexed.keys() - present.keys():
            self.remove(name)
        changed = {name: stamp for name, stamp in present.items() if indexed.get(name) != stamp}
        batch, size = [], 0
        for name, stamp in changed.items():
            batch.append(name)
            size += stamp.size
            if len(batch) == _BATCH or size > _BATCH_SIZE:
                self._read_files(batch)
                batch, size = [], 0
        self._read_files(batch)
        if time.time_ns() - folder_time > _RACY_NS:
            self._write(lambda connection: connection.execute(_SET_STATE, (folder_time,)))

    def _read_files(self, names: list[str]) -> None:
        """Read some files and record their contents; unreadable files are problems."""
        rows: list[tuple[str, Stamp, ArticleRecord | None, str]] = []
        for name in names:
            file = ArticleFile.in_library(self._paths, name)
            record, problem = None, ""
            try:
                record = file.read()
                problem = " ".join(file.problems)
            except StoreError as error:
                problem = error.message
            else:
                if file.stamp is None:
                    continue  # removed meanwhile
                if record is None:
                    problem = DamagedFileError(file.path, "it holds no article").message
            rows.append((name, file.stamp or _NO_STAMP, record, problem))

        def put_all(connection: sqlite3.Connection) -> None:
            for row in rows:
                _put(connection, *row)

        self._write(put_all)

    def _rows(self, query: str, kind: Callable[[Any], Result], *values: str) -> list[Result]:
        return self._run(
            lambda connection: [kind(value) for (value,) in connection.execute(query, values)]
        )

    def _write(self, change: Callable[[sqlite3.Connection], object]) -> None:
        """Make a change in one transaction."""

        def transact(connection: sqlite3.Connection) -> None:
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                change(connection)

        self._run(transact)

    def _run(self, operation: Callable[[sqlite3.Connection], Result]) -> Result:
        """Run an operation on the database; after a fault again, on a new index."""
        with self._mutex:
            for _ in range(_RECOVERIES):
                try:
                    return operation(self._connect())
                except FAULTS as error:
                    if self._generation > _RECOVERIES:
                        raise  # a database in memory is not damaged: the fault is ours
                    self._recover(error)
                    self.refresh()
            return operation(self._connect())

    def _connect(self) -> sqlite3.Connection:
        if self._is_provisional and is_there(self._paths.articles):
            self.close()
        if self._connection is None:
            # Looking into a library that does not exist must not make a file.
            self._is_provisional = not is_there(self._paths.articles)
            self._connection = open_database(None if self._is_provisional else self._database)
            self._close_connection = weakref.finalize(self, self._connection.close)
        return self._connection

    def _recover(self, error: Exception) -> None:
        """Delete a damaged database; use one in memory where no file can be used."""
        self.close()
        self._generation += 1
        if (
            getattr(error, "sqlite_errorcode", 0) & 0xFF in _UNUSABLE
            or self._generation >= _RECOVERIES
        ):
            self._database = None
        elif self._database is not None:
            for path in database_files(self._database):
                with contextlib.suppress(OSError):
                    path.unlink()


def _put(
    connection: sqlite3.Connection,
    name: str,
    stamp: Stamp,
    record: ArticleRecord | None,
    problem: str,
) -> None:
    _remove(connection, name)
    file, problem = os.fsencode(name), clean_text(problem)
    if record is None:
        connection.execute(
            "INSERT INTO files VALUES (?, ?, ?, ?, '', '', '', '', '', '', '', '', NULL, ?)",
            (file, *stamp, problem),
        )
        return
    article = record.article
    connection.execute(
        "INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            file,
            *stamp,
            article.id,
            *keys_of(article).values(),
            article.opened,
            msgspec.json.encode(summarise(clean_text(name), record)),
            problem,
        ),
    )
    connection.executemany(
        "INSERT INTO annotations VALUES (?, ?, ?, ?, ?)",
        (
            (
                file,
                annotation.id,
                annotation.created,
                annotation.deleted,
                msgspec.json.encode(
                    AnnotationSummary(article.id, article.metadata.title, annotation)
                ),
            )
            for annotation in record.annotations
        ),
    )
    connection.executemany(
        "INSERT INTO snapshots VALUES (?, ?)",
        ((digest, file) for digest in snapshots_of(article, record.annotations)),
    )


def _remove(connection: sqlite3.Connection, name: str) -> None:
    file = (os.fsencode(name),)
    connection.execute("DELETE FROM files WHERE name = ?", file)
    connection.execute("DELETE FROM annotations WHERE file = ?", file)
    connection.execute("DELETE FROM snapshots WHERE file = ?", file)


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
                            yield entry.name, _NO_STAMP
    except FileNotFoundError:
        return


def _text(value: object) -> str:
    """Return a value that must be text; in a damaged database it may be anything.

    Raises:
        TypeError: The value is no text.
    """
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _decode(connection: sqlite3.Connection, query: str, kind: type[Shown]) -> list[Shown]:
    rows = b",".join(row for (row,) in connection.execute(query))
    return msgspec.json.decode(b"[%b]" % rows, type=list[kind])  # type: ignore[valid-type]
