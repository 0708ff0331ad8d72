"""The articles' own texts in the cache: entering each once, and searching them.

A text is that of a snapshot and is known by its digest, so an entry is never out of date. Texts
are searched by which three characters stand next to each other (the trigrams of SQLite's FTS5), and
what is found so is compared with the text itself. Without FTS5 every text is compared.
"""

from __future__ import annotations

import sqlite3
import threading
import time
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from reader.core.folding import fold
from reader.core.query.matching import holds
from reader.core.query.tree import Match
from reader.errors import StoreError
from reader.store.files.paths import LibraryPaths
from reader.store.files.records import clean_text
from reader.store.files.snapshots import Snapshots
from reader.store.index.connection import IndexConnection
from reader.store.index.database import database_id, has_table
from reader.store.index.tables import TEXTS

LONGEST_TEXT: Final = 5_000_000
"""How many code points of a text are searched, about 800,000 words; what is longer is cut there."""

_BATCH: Final = 64
"""How many texts are entered at once."""

_BATCH_SIZE: Final = 1_000_000
"""The code points of these texts, of which the last one may have more."""

_LEVEL: Final = 1
"""How hard zlib tries: a third of the time of the usual level, for a seventh more bytes."""

_TRIGRAM: Final = 3
_MOST_TRIGRAMS: Final = 16
"""How many of the trigrams of a value are looked up; the texts that have them all are compared."""

Report = Callable[[int, int], object]
"""Called with how many texts are entered, and how many there are to enter."""


class TextEntry(NamedTuple):
    """A text as the cache has it."""

    digest: str
    """The digest of the document."""
    folded: str
    """The folded text, as much of it as is searched."""


class ArticleTexts:
    """Searches the texts of articles; safe in several threads."""

    def __init__(self, paths: LibraryPaths, snapshots: Snapshots) -> None:
        """Serve a library; touches no disk yet."""
        self._snapshots = snapshots
        self._database = IndexConnection(paths, paths.texts, TEXTS, lambda: None)
        self._unreadable: set[str] = set()
        self._entered: object = None
        self._updating = threading.RLock()

    def missing(self, digests: Collection[str]) -> list[str]:
        """Return those of some digests whose texts could be entered, in their order."""
        present = self._database.read(_digests)
        return [
            digest
            for digest in digests
            if digest not in present
            and digest not in self._unreadable
            and self._snapshots.has(digest)
        ]

    def update(
        self,
        digests: Collection[str],
        report: Report,
        must_stop: Callable[[], bool],
        rest: float = 0.0,
    ) -> bool:
        """Enter the texts that are missing, and drop those that no article has any more.

        Args:
            digests: The digests of all articles, the most important first.
            report: Called after each batch, where there are many.
            must_stop: Tells whether to end early; what is entered by then stays.
            rest: How long to rest after each batch, as a part of the time that it took.

        Returns:
            Whether it came to its end.
        """
        with self._updating:
            missing = self.missing(digests)
            done = 0
            while done < len(missing):
                if must_stop():
                    return False
                start = time.monotonic()
                done = self._enter_batch(missing, done)
                if len(missing) > _BATCH:
                    report(done, len(missing))
                time.sleep(rest * (time.monotonic() - start))
            self._drop_unused(frozenset(digests))
            return True

    def finder(self, value: str, match: Match, digests: Mapping[int, str]) -> Callable[[int], bool]:
        """Return what decides whether the text of an article has a value.

        A text is compared when it is asked for, and once.

        Args:
            value: A folded value.
            match: How it is compared.
            digests: The digests of the articles' documents by the articles' numbers.
        """
        candidates = self._candidates(value)
        answers: dict[str, bool] = {}

        def has_value(article: int) -> bool:
            digest = digests.get(article, "")
            if candidates is not None and digest not in candidates:
                return False
            if digest not in answers:
                folded = self._folded(digest)
                answers[digest] = folded is not None and holds(folded, value, match)
            return answers[digest]

        return has_value

    def database_id(self) -> int:
        """Return the number of the database; another one is made where it is damaged or deleted."""
        return self._database.read(database_id)

    def having(self, values: Collection[str]) -> dict[str, set[str]]:
        """Return for each of some folded values the digests of the texts that may have it.

        What is found has the value's trigrams, and is not compared with the text itself. Values
        for which that says nothing are left out.
        """
        found = {value: self._candidates(value) for value in values}
        return {value: digests for value, digests in found.items() if digests is not None}

    def read(self, digests: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Yield digests with their folded texts, also those that are not entered.

        What the library has no copy of is left out.
        """
        for digest in digests:
            folded = self._folded(digest)
            if folded is None and self._snapshots.has(digest):
                entry = self._read(digest)
                folded = entry.folded if entry is not None else None
            if folded is not None:
                yield digest, folded

    def close(self) -> None:
        """Close the database; it is opened again when it is needed."""
        self._database.close()

    def _enter_batch(self, missing: Sequence[str], start: int) -> int:
        """Enter some texts from an index on, and return the index after them."""
        entries: list[TextEntry] = []
        size, index = 0, start
        while index < len(missing) and len(entries) < _BATCH and size < _BATCH_SIZE:
            if (entry := self._read(missing[index])) is not None:
                entries.append(entry)
                size += len(entry.folded)
            index += 1
        rows = [
            (each.digest, zlib.compress(each.folded.encode(), _LEVEL), each.folded)
            for each in entries
        ]
        self._database.write(lambda connection: _enter(connection, rows))
        return index

    def _read(self, digest: str) -> TextEntry | None:
        try:
            text = self._snapshots.read_text(digest, LONGEST_TEXT)
        except StoreError:
            self._unreadable.add(digest)
            return None
        folded = clean_text(fold(text[:LONGEST_TEXT]).strip()).replace("\0", "\x01")
        return TextEntry(digest, folded)

    def _drop_unused(self, digests: Collection[str]) -> None:
        unused = self._database.read(_digests) - set(digests)
        if unused:
            self._database.write(lambda connection: _drop(connection, unused))

    def _candidates(self, value: str) -> set[str] | None:
        """Return the digests of the texts that may have a value; None for all."""
        if len(value) < _TRIGRAM:
            return None
        query = (
            "SELECT digest FROM texts WHERE key IN"
            " (SELECT rowid FROM trigrams WHERE trigrams MATCH ?)"
        )

        def read(connection: sqlite3.Connection) -> set[str] | None:
            if not has_table(connection, "trigrams"):
                return None
            return {digest for (digest,) in connection.execute(query, (_trigrams(value),))}

        return self._database.read(read)

    def _folded(self, digest: str) -> str | None:
        """Return a folded text; None where it is not entered."""
        query = "SELECT folded FROM texts WHERE digest = ?"

        def read(connection: sqlite3.Connection) -> str | None:
            row = connection.execute(query, (digest,)).fetchone()
            return _unpacked(row[0]) if row else None

        return self._database.read(read)


def _unpacked(folded: bytes) -> str:
    """Return a text as it was before it was compressed.

    Raises:
        ValueError: The bytes are damaged.
    """
    try:
        return zlib.decompress(folded).decode()
    except zlib.error as error:
        raise ValueError(str(error)) from error


def _digests(connection: sqlite3.Connection) -> set[str]:
    return {digest for (digest,) in connection.execute("SELECT digest FROM texts")}


def _enter(connection: sqlite3.Connection, rows: Sequence[tuple[str, bytes, str]]) -> None:
    """Enter texts, unless another program has just done so."""
    has_trigrams = has_table(connection, "trigrams")
    for digest, packed, folded in rows:
        query = "INSERT OR IGNORE INTO texts(digest, folded) VALUES (?, ?)"
        cursor = connection.execute(query, (digest, packed))
        if cursor.rowcount and has_trigrams:
            query = "INSERT INTO trigrams(rowid, folded) VALUES (?, ?)"
            connection.execute(query, (cursor.lastrowid, folded))


def _drop(connection: sqlite3.Connection, digests: Collection[str]) -> None:
    has_trigrams = has_table(connection, "trigrams")
    for key, folded in _rows_of(connection, digests):
        if has_trigrams:
            query = "INSERT INTO trigrams(trigrams, rowid, folded) VALUES ('delete', ?, ?)"
            connection.execute(query, (key, _unpacked(folded)))
        connection.execute("DELETE FROM texts WHERE key = ?", (key,))


def _rows_of(
    connection: sqlite3.Connection, digests: Collection[str]
) -> Iterator[tuple[int, bytes]]:
    for digest in digests:
        query = "SELECT key, folded FROM texts WHERE digest = ?"
        yield from connection.execute(query, (digest,)).fetchall()


def _trigrams(value: str) -> str:
    """Return the expression of FTS5 for texts that have the trigrams of a value."""
    trigrams = list(dict.fromkeys(value[at : at + 3] for at in range(len(value) - 2)))
    step = max(1, len(trigrams) // _MOST_TRIGRAMS)
    chosen = trigrams[::step][:_MOST_TRIGRAMS]
    return " AND ".join('"{}"'.format(each.replace('"', '""')) for each in chosen)
