"""Running operations on a database of the cache, which is replaced where it is damaged."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from reader.files import is_there
from reader.store.files.paths import LibraryPaths
from reader.store.index.database import FAULTS, Schema, database_files, is_on_disk, open_database

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
"""How often a faulty database is replaced before it is kept in memory only."""

_STEPS: Final = 10_000
"""After how many steps of SQLite's machine a query asks whether to stop: a millisecond or two."""

Result = TypeVar("Result")
Operation = Callable[[sqlite3.Connection], Result]


class QueryStopped(Exception):  # noqa: N818 - no error: nobody needs the answer any more
    """A query ended before its end, because its answer is not needed any more."""


class IndexConnection:
    """Runs operations on a database; safe in several threads, one at a time.

    What only reads runs beside what writes, on a connection of its own.
    """

    def __init__(
        self, paths: LibraryPaths, database: Path, schema: Schema, rebuild: Callable[[], object]
    ) -> None:
        """Serve a library; touches no disk yet.

        Args:
            paths: The library.
            database: The file.
            schema: The tables.
            rebuild: Fills a new database with everything that the files hold.
        """
        self._paths = paths
        self._database: Path | None = database
        self._schema = schema
        self._rebuild = rebuild
        self._connection: sqlite3.Connection | None = None
        self._close_connection: Callable[[], object] = lambda: None
        self._is_provisional = False
        self._opened: tuple[int, int] | None = None  # the generation and the inode that is open
        self._reading = threading.RLock()  # never taken by who holds ``mutex``
        self._reader: sqlite3.Connection | None = None
        self._reader_of: tuple[int, int] | None = None
        self._close_reader: Callable[[], object] = lambda: None
        self.mutex = threading.RLock()
        """Held while an operation runs that may write."""
        self.generation = 0
        """How often the database was replaced."""

    def close(self) -> None:
        """Close the database; it is opened again when it is needed."""
        with self._reading:
            self._drop_reader()
            self._close()

    def write(self, change: Operation[object]) -> None:
        """Make a change in one transaction."""

        def transact(connection: sqlite3.Connection) -> None:
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                change(connection)

        self.run(transact, rebuilds=False)

    def run(self, operation: Operation[Result], *, rebuilds: bool = True) -> Result:
        """Run an operation on the database; after a fault again, on a new one.

        Args:
            operation: The operation.
            rebuilds: Whether the new database has everything that the files hold before the
                operation is run again; else it is empty, which takes no time.
        """
        for _ in range(_RECOVERIES):
            with self.mutex:
                try:
                    return operation(self._connect())
                except FAULTS as error:
                    if self.generation > _RECOVERIES:
                        raise  # a database in memory is not damaged: the fault is ours
                    self._recover(error)
            if rebuilds:
                self._rebuild()
        with self.mutex:
            return operation(self._connect())

    def read(
        self, operation: Operation[Result], must_stop: Callable[[], bool] | None = None
    ) -> Result:
        """Run an operation that only reads, beside what other threads write.

        Args:
            operation: The operation.
            must_stop: Tells, again and again, whether the answer is not needed any more.

        Raises:
            QueryStopped: ``must_stop`` said so.
        """
        reading = _stoppable(operation, must_stop) if must_stop is not None else operation
        with self._reading:
            if self._opened is None:  # else nothing waits for who writes
                with self.mutex:
                    self._connect_again()
            opened = self._opened
            if self._reader_of != opened:
                self._open_reader(opened)
            if self._reader is not None:
                try:
                    return reading(self._reader)
                except FAULTS:  # what is damaged is replaced below
                    self._drop_reader()
        return self.run(reading)

    def _connect_again(self) -> None:
        """Open the database if it is not open; what is wrong with it is found when it is used."""
        with contextlib.suppress(*FAULTS):
            self._connect()

    def _open_reader(self, opened: tuple[int, int] | None) -> None:
        """Open a second connection to the file that is open; to none where that is not there."""
        self._drop_reader()
        self._reader_of = opened
        if opened is None or self._database is None or _inode(self._database) != opened[1]:
            return
        with contextlib.suppress(*FAULTS):
            reader = open_database(self._database, self._schema)
            self._close_reader = _closing(self, reader)
            if is_on_disk(reader):
                self._reader = reader

    def _drop_reader(self) -> None:
        self._close_reader()
        self._reader = self._reader_of = None

    def _close(self) -> None:
        with self.mutex:
            self._close_connection()
            self._connection = self._opened = None

    def _connect(self) -> sqlite3.Connection:
        if self._is_provisional and is_there(self._paths.articles):
            self._close()
        if self._connection is None:
            # Looking into a library that does not exist must not make a file.
            self._is_provisional = not is_there(self._paths.articles)
            database = None if self._is_provisional else self._database
            self._connection = open_database(database, self._schema)
            self._close_connection = _closing(self, self._connection)
            if database is not None and is_on_disk(self._connection):
                self._opened = self.generation, _inode(database)
        return self._connection

    def _recover(self, error: Exception) -> None:
        """Delete a damaged database; use one in memory where no file can be used."""
        self._close()
        self.generation += 1
        if (
            getattr(error, "sqlite_errorcode", 0) & 0xFF in _UNUSABLE
            or self.generation >= _RECOVERIES
        ):
            self._database = None
        elif self._database is not None:
            for path in database_files(self._database):
                with contextlib.suppress(OSError):
                    path.unlink()


def _closing(owner: IndexConnection, connection: sqlite3.Connection) -> Callable[[], object]:
    """Return what closes a connection, which is also closed when its owner is gone.

    The end of the program does not close it: a thread that still uses it would crash.
    """
    closing = weakref.finalize(owner, connection.close)
    closing.atexit = False
    return closing


def _inode(path: Path) -> int:
    """Return the number of a file's inode; 0 where there is no file."""
    try:
        return path.stat().st_ino
    except OSError:
        return 0


def _stoppable(operation: Operation[Result], must_stop: Callable[[], bool]) -> Operation[Result]:
    """Return an operation that ends early when ``must_stop`` says so."""

    def run(connection: sqlite3.Connection) -> Result:
        connection.set_progress_handler(must_stop, _STEPS)
        try:
            return operation(connection)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
                raise QueryStopped from None
            raise
        finally:
            connection.set_progress_handler(None, _STEPS)

    return run
