"""Reads tables of SQLite databases that may be hostile: in memory, within bounds, nothing but rows.

A database may define views, virtual tables, computed columns and expressions on indexes, which run
while it is read. Only stored columns of plain tables are read, one table at a time, without its
indexes, and the steps of the engine are counted.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import Any, Final, NamedTuple

from reader.errors import SourceError
from reader.imports.archive import is_archive
from reader.imports.model import GivenFile

_SUFFIX: Final = ".sqlite"
_MAGIC: Final = b"SQLite format 3\0"
_HEADER: Final = 100
_WAL_VERSION: Final = 2
"""The version at offsets 18 and 19 of a database whose latest changes may be in a second file."""

_MAX_BYTES: Final = 500_000_000
"""The most bytes of all databases in an archive, unpacked: they are in memory together."""

_MAX_LOG: Final = 200_000_000
_LONGEST_ROW: Final = 100_000_000
"""The longest row, in bytes; drawings by pen stand beside notes."""

_STEPS: Final = 1_000
"""After so many steps of the engine their number is checked."""

_FREE_CHECKS: Final = 2_000
_BYTES_OF_CHECK: Final = 500
"""So many bytes of a database allow ``_STEPS`` more; a row of 300 bytes takes some 50."""

_LOG_HEADER = struct.Struct(">8I")
_FRAME_HEADER = struct.Struct(">6I")
_LOG_MAGICS: Final = (0x377F0682, 0x377F0683)

_ALLOWED: Final = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_PRAGMA})


class Database(NamedTuple):
    """A database as a file has it."""

    name: str
    """Its name in messages."""
    data: bytes
    """Its bytes."""
    misses_log: bool = False
    """Whether its latest changes may be in a file beside it (``-wal``) that was not given."""


def is_database(data: bytes) -> bool:
    """Tell whether a file begins as a database of SQLite does."""
    return data.startswith(_MAGIC) and len(data) > _HEADER


def holds_database(file: GivenFile, words: Sequence[str], names: Sequence[str]) -> bool:
    """Tell whether a file is a database of a program, or an archive with one.

    Args:
        file: The file.
        words: Names of tables or columns, of which such a database has one.
        names: How the names of its files begin in an archive.
    """
    if is_database(file.data):
        return any(each.encode() in file.data for each in words)
    bases = [each.rpartition("/")[2] for each in file.names]
    return any(base.startswith(tuple(names)) and base.endswith(_SUFFIX) for base in bases)


def databases_in(file: GivenFile) -> Iterator[Database]:
    """Yield the databases of a file: itself, or those in an archive with their latest changes.

    Raises:
        SourceError: The archive is damaged, or the databases in it are too large.
    """
    if not is_archive(file.data):
        yield Database(file.name, _alone(file.data), misses_log=_is_logged(file.data))
        return
    archive = file.archive
    room = _MAX_BYTES
    for name in archive.names:
        if not name.endswith(_SUFFIX) or name.rpartition("/")[2].startswith("."):
            continue
        data = archive.read(name, room)
        if data is None:
            raise SourceError(
                "Databases too large",
                f"The databases in {file.name} have over {_MAX_BYTES // 10**6} MB.",
            )
        room -= len(data)
        if not is_database(data):
            continue
        has_log = f"{name}-wal" in archive.names
        log = archive.read(f"{name}-wal", min(_MAX_LOG, room)) if has_log else None
        if log:
            room -= len(log)
            data = _with_log(data, log)
        yield Database(name, _alone(data), misses_log=log is None and _is_logged(data))


def rows_of(database: Database, table: str, columns: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of a table in the order in which they are stored.

    Args:
        database: The database.
        table: The name of the table; a database without it has no rows.
        columns: The names of the columns; those that it lacks are None in every row.

    Raises:
        SourceError: The database is damaged, or takes too long to read.
    """
    try:
        with _opened(database) as connection:
            stored = _stored_columns(connection, table)
            chosen = [each for each in columns if each.lower() in stored]
            if not chosen:
                return
            nothing = dict.fromkeys(columns)
            names = ", ".join(f'"{each}"' for each in chosen)
            # The names are our own; a name of the file is only compared.
            query = f'SELECT {names} FROM "{table}" NOT INDEXED'  # noqa: S608
            for row in connection.execute(query):
                yield {**nothing, **dict(zip(chosen, row, strict=True))}
    # What SQLite says of a damaged schema is not always text.
    except (sqlite3.Error, UnicodeDecodeError, OverflowError, MemoryError) as error:
        raise SourceError(
            "Database is damaged",
            f"The table {table} in {database.name} cannot be read; copy the file again while no"
            " program has it open.",
        ) from error


@contextmanager
def _opened(database: Database) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        try:
            connection.deserialize(database.data)
        except AttributeError as error:
            raise SourceError(
                "Database not read",
                "This Python has an SQLite older than 3.36, which cannot do it.",
            ) from error
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_ROW)
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        checks = iter(range(_FREE_CHECKS + len(database.data) // _BYTES_OF_CHECK))
        connection.set_progress_handler(lambda: next(checks, None) is None, _STEPS)
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA query_only = ON")
        connection.set_authorizer(_authorise)
        yield connection


def _authorise(action: int, *_rest: str | None) -> int:
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


def _stored_columns(connection: sqlite3.Connection, table: str) -> frozenset[str]:
    """Return the columns of a plain table that are stored, in lower case."""
    kinds = connection.execute("SELECT type, name, rootpage FROM sqlite_master")
    is_plain = any(
        kind == "table" and str(name).lower() == table.lower() and page
        for kind, name, page in kinds
    )
    if not is_plain:
        return frozenset()
    described = connection.execute(f'PRAGMA table_xinfo("{table}")')
    return frozenset(str(row[1]).lower() for row in described if not row[6])


def _is_logged(data: bytes) -> bool:
    return _WAL_VERSION in data[18:20]


def _alone(data: bytes) -> bytes:
    """Return a database that says that it has no second file, since it is opened without one."""
    return data[:18] + b"\1\1" + data[20:] if _is_logged(data) else data


def _with_log(data: bytes, log: bytes) -> bytes:
    """Return a database with the changes of its write-ahead log.

    The frames of the present log have the same salts as its header. They count up to the last one
    that ends a transaction: https://www.sqlite.org/fileformat2.html#the_write_ahead_log
    """
    if len(log) < _LOG_HEADER.size:
        return data
    magic, _version, size, _sequence, *salts = _LOG_HEADER.unpack_from(log)[:6]
    if magic not in _LOG_MAGICS or size not in {1 << each for each in range(9, 17)}:
        return data
    pages: dict[int, int] = {}
    changed: dict[int, int] = {}
    length = 0
    for start in range(_LOG_HEADER.size, len(log) - size - _FRAME_HEADER.size + 1, size + 24):
        page, committed, *marks = _FRAME_HEADER.unpack_from(log, start)[:4]
        if marks != salts:
            break
        changed[page] = start + _FRAME_HEADER.size
        if committed:
            pages.update(changed)
            length, changed = committed, {}
    if not 0 < length * size <= len(data) + len(log):
        return data
    merged = bytearray(data[: length * size].ljust(length * size, b"\0"))
    for page, start in pages.items():
        if 0 < page <= length:
            merged[(page - 1) * size : page * size] = log[start : start + size]
    return bytes(merged)
