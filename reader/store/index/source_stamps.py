"""The stamps of the sources that were read last, so that an unchanged file is not read again."""

from __future__ import annotations

import sqlite3

from reader.store.index.connection import IndexConnection
from reader.store.index.values import text_in


class SourceStamps:
    """Knows which bytes a source had with a stamp; safe in several threads."""

    def __init__(self, database: IndexConnection) -> None:
        """Keep the stamps in the index; touches no disk yet."""
        self._database = database
        self._unwritten: dict[str, tuple[str, str]] = {}

    def digest_with(self, source: str, stamp: str) -> str:
        """Return the digest of the bytes that a source had with a stamp; empty if not known.

        Args:
            source: Its address in the form of the index.
            stamp: A text that changes whenever the source is written.
        """
        query = "SELECT digest FROM stamps WHERE source = ? AND stamp = ?"
        row = self._database.run(
            lambda connection: connection.execute(query, (source, stamp)).fetchone(),
            rebuilds=False,
        )
        return text_in(row[0]) if row else ""

    def note(self, source: str, stamp: str, digest: str) -> None:
        """Remember a stamp and a digest until ``write``, which may have to wait for the disk."""
        self._unwritten[source] = (stamp, digest)

    def write(self) -> None:
        """Write what was noted of sources whose articles are in the index by now."""
        rows = []
        while self._unwritten:
            source, noted = self._unwritten.popitem()
            rows.append((source, *noted))

        def change(connection: sqlite3.Connection) -> None:
            connection.executemany("INSERT OR REPLACE INTO stamps VALUES (?, ?, ?)", rows)
            drop_unused(connection)

        if rows:
            self._database.write(change)


def drop_unused(connection: sqlite3.Connection) -> None:
    """Delete the stamps of sources that no article has."""
    connection.execute("DELETE FROM stamps WHERE source NOT IN (SELECT source FROM files)")
