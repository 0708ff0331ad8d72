"""The database of the index: its tables, and opening it."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Final

import msgspec

from reader.files import PRIVATE_FILE, make_private_folder

_VERSION: Final = 11
"""The version of the tables below; an index of another version is made again."""

_BUSY_TIMEOUT: Final = 5.0
"""The seconds to wait for another program that writes the index."""

FAULTS: Final = (sqlite3.DatabaseError, msgspec.DecodeError, TypeError, ValueError)
"""What a damaged database raises: SQLite detects some damage, decoding its values the rest."""

# File names are bytes: a name that is not UTF-8 cannot be text in SQLite.
_SCHEMA: Final = """
CREATE TABLE files(
    name BLOB PRIMARY KEY, mtime_ns INTEGER, size INTEGER, inode INTEGER,
    article TEXT, url TEXT, source TEXT, source_digest TEXT, snapshot TEXT,
    title TEXT, file_name TEXT, shown_title TEXT, opened TEXT, summary BLOB, problem TEXT
) WITHOUT ROWID;
CREATE INDEX files_by_article ON files(article);
CREATE INDEX files_by_url ON files(url);
CREATE INDEX files_by_source ON files(source);
CREATE INDEX files_by_source_digest ON files(source_digest);
CREATE INDEX files_by_snapshot ON files(snapshot);
CREATE INDEX files_by_title ON files(title);
CREATE INDEX files_by_file_name ON files(file_name);
CREATE INDEX files_by_shown_title ON files(shown_title);
CREATE INDEX files_by_opening ON files(opened DESC, name);
CREATE TABLE annotations(
    key INTEGER PRIMARY KEY, file BLOB, id TEXT, created TEXT, deleted TEXT, article TEXT,
    tags TEXT, summary BLOB
);
CREATE INDEX annotations_by_file ON annotations(file);
CREATE INDEX annotations_by_id ON annotations(id);
CREATE INDEX annotations_by_time ON annotations(deleted, created, id, article, tags);
CREATE TABLE words(key INTEGER PRIMARY KEY, id TEXT, folded TEXT);
CREATE TABLE links(target TEXT, key INTEGER, PRIMARY KEY(target, key)) WITHOUT ROWID;
CREATE INDEX links_by_annotation ON links(key);
CREATE TABLE snapshots(digest TEXT, file BLOB, PRIMARY KEY(digest, file)) WITHOUT ROWID;
CREATE TABLE stamps(source TEXT PRIMARY KEY, stamp TEXT, digest TEXT) WITHOUT ROWID;
CREATE TABLE state(id INTEGER PRIMARY KEY, folder_time INTEGER)
"""


def database_files(database: Path) -> list[Path]:
    """Return the paths of an SQLite database and of the files that SQLite keeps beside it."""
    return [Path(f"{database}{suffix}") for suffix in ("", "-wal", "-shm")]


def open_database(database: Path | None) -> sqlite3.Connection:
    """Open the database; its tables are empty where it is new or of another version."""
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
        if connection.execute("PRAGMA user_version").fetchone()[0] != _VERSION:
            _make_tables(connection)
    except FAULTS:
        connection.close()
        raise
    return connection


def _make_tables(connection: sqlite3.Connection) -> None:
    """Replace the tables, unless another program has just done so."""
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        if connection.execute("PRAGMA user_version").fetchone()[0] != _VERSION:
            tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            for (name,) in tables.fetchall():
                connection.execute(f'DROP TABLE "{name}"')
            for statement in _SCHEMA.split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {_VERSION}")
