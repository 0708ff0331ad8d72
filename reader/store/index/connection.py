"""Running operations on the index's database, which is replaced where it is damaged."""

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
from reader.store.index.database import FAULTS, database_files, open_database

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


class IndexConnection:
    """Runs operations on the database; safe in several threads, one at a time."""

    def __init__(self, paths: LibraryPaths, rebuild: Callable[[], object]) -> None:
        """Serve a library; touches no disk yet.

        Args:
            paths: The library.
            rebuild: Fills a new database with everything that the files hold.
        """
        self._paths = paths
        self._rebuild = rebuild
        self._database: Path | None = paths.index
        self._connection: sqlite3.Connection | None = None
        self._close_connection: Callable[[], object] = lambda: None
        self._is_provisional = False
        self.mutex = threading.RLock()
        """Held while an operation runs."""
        self.generation = 0
        """How often the database was replaced."""

    def close(self) -> None:
        """Close the database; it is opened again when it is needed."""
        with self.mutex:
            self._close_connection()
            self._connection = None

    def write(self, change: Callable[[sqlite3.Connection], object]) -> None:
        """Make a change in one transaction."""

        def transact(connection: sqlite3.Connection) -> None:
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                change(connection)

        self.run(transact, rebuilds=False)

    def run(
        self, operation: Callable[[sqlite3.Connection], Result], *, rebuilds: bool = True
    ) -> Result:
        """Run an operation on the database; after a fault again, on a new index.

        Args:
            operation: The operation.
            rebuilds: Whether the new index has everything that the files hold before the
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
