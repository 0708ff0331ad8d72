"""The databases of the cache: opening one, and making its tables."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from reader.files import PRIVATE_FILE, make_private_folder

_BUSY_TIMEOUT: Final = 5.0
"""The seconds to wait for another program that writes the index."""

FAULTS: Final = (sqlite3.DatabaseError, msgspec.DecodeError, TypeError, ValueError)
"""What a damaged database raises: SQLite detects some damage, decoding its values the rest."""


class Schema(NamedTuple):
    """The tables of a database."""

    version: int
    """The version of the tables; a database of another version is made again."""
    tables: str
    """The statements that make them, with semicolons between them."""
    words: str = ""
    """The statement that makes a table of FTS5, which some builds of SQLite do not have."""


def database_files(database: Path) -> list[Path]:
    """Return the paths of an SQLite database and of the files that SQLite keeps beside it."""
    return [Path(f"{database}{suffix}") for suffix in ("", "-wal", "-shm")]


def open_database(database: Path | None, schema: Schema) -> sqlite3.Connection:
    """Open a database; its tables are empty where it is new or of another version.

    Args:
        database: The file; None for a database in memory, which it is too where there can be no
            file.
        schema: Its tables.
    """
    if database is not None:
        try:
            make_private_folder(database.parent)
            os.close(os.open(database, os.O_RDWR | os.O_CREAT, PRIVATE_FILE))
        except OSError:
            database = None
    connection = sqlite3.connect(
        database or ":memory:", timeout=_BUSY_TIMEOUT, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        if _version(connection) != schema.version:
            _make_tables(connection, schema)
    except FAULTS:
        connection.close()
        raise
    return connection


def is_on_disk(connection: sqlite3.Connection) -> bool:
    """Return whether a database is a file, not in memory."""
    return any(file for _, _, file in connection.execute("PRAGMA database_list"))


def has_table(connection: sqlite3.Connection, name: str) -> bool:
    """Return whether a database has a table of this name."""
    query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    return connection.execute(query, (name,)).fetchone() is not None


def database_id(connection: sqlite3.Connection) -> int:
    """Return a number that tells a database from those that were there before it."""
    return int(connection.execute("PRAGMA application_id").fetchone()[0])


def _version(connection: sqlite3.Connection) -> object:
    return connection.execute("PRAGMA user_version").fetchone()[0]


def _make_tables(connection: sqlite3.Connection, schema: Schema) -> None:
    """Replace the tables, unless another program has just done so."""
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        if _version(connection) == schema.version:
            return
        tables = (
            "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY sql LIKE 'CREATE V%' DESC"
        )
        for (name,) in connection.execute(tables).fetchall():
            if not name.startswith("sqlite_"):  # a virtual table has dropped its own tables
                connection.execute(f'DROP TABLE IF EXISTS "{name}"')
        for statement in schema.tables.split(";"):
            connection.execute(statement)
        with contextlib.suppress(sqlite3.OperationalError):  # there is no FTS5, or no trigrams
            connection.execute(schema.words)
        number = int.from_bytes(os.urandom(4)) >> 1 | 1
        connection.execute(f"PRAGMA application_id = {number}")
        connection.execute(f"PRAGMA user_version = {schema.version}")
