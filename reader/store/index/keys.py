"""Keys: what lists of notes hold of each note, some 150 bytes, and keeping them in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from sys import intern
from typing import Final

import msgspec

from reader import clock
from reader.store.index.database import database_id
from reader.store.index.values import tags_in, text_in

_MOST: Final = 400_000
"""How many keys are kept; when there are more, all are read again."""

_AT_ONCE: Final = 500
"""How many keys are read one by one; where more are missing, all that the index has are read."""

_COLUMNS: Final = "key, article, id, moment, tags, speaker, status, deleted"


class NoteSource(msgspec.Struct, frozen=True, array_like=True):
    """What lists of notes hold of an article; all of its notes share one."""

    id: str
    """ULID."""
    title: str
    """The title; may be empty."""
    site: str
    """The outlet, else the host of the web address; may be empty."""
    projects: tuple[str, ...]
    """The projects that it belongs to."""


class NoteKey(msgspec.Struct, frozen=True, gc=False):
    """What a list of notes needs of each of them, to order, group and count it."""

    id: str
    """ULID."""
    source: NoteSource
    """Its article."""
    tags: tuple[str, ...]
    """Its tags."""
    speaker: str
    """Who said it; may be empty."""
    status: str
    """The status of a claim; empty without one."""
    moment: float
    """When it was created, in seconds since 1970; 0 where that is not known."""
    is_deleted: bool
    """Whether it is a tombstone."""

    @property
    def article_id(self) -> str:
        """The ULID of its article."""
        return self.source.id

    @property
    def created(self) -> str:
        """When it was created: ISO 8601, UTC, with milliseconds; empty where that is not known."""
        return clock.iso(datetime.fromtimestamp(self.moment, UTC)) if self.moment else ""


class NoteKeys:
    """The keys that were read by now, by their numbers in the index."""

    def __init__(self) -> None:
        self._keys: dict[int, NoteKey] = {}
        self._sources: dict[int, NoteSource] = {}
        self._database = 0

    def of(self, connection: sqlite3.Connection, numbers: Sequence[int]) -> list[NoteKey]:
        """Return the keys with some numbers, in their order; those that are gone are left out.

        Args:
            connection: The database of the index.
            numbers: The numbers.
        """
        database = database_id(connection)
        if database != self._database or len(self._keys) > _MOST:
            self._keys, self._sources, self._database = {}, {}, database
        known = self._keys
        missing = [number for number in numbers if number not in known]
        if missing:
            self._read(connection, missing)
        return [known[number] for number in numbers if number in known]

    def _read(self, connection: sqlite3.Connection, missing: Sequence[int]) -> None:
        query = f"SELECT {_COLUMNS} FROM notes"  # noqa: S608 - our names
        if len(missing) > _AT_ONCE:
            rows = connection.execute(query)
        else:
            marks = ", ".join("?" * len(missing))
            rows = connection.execute(f"{query} WHERE key IN ({marks})", missing)
        known = self._keys
        for number, article, identifier, moment, tags, speaker, status, deleted in rows:
            if number not in known:
                source = self._sources.get(article) or self._source(connection, article)
                known[number] = NoteKey(
                    text_in(identifier),
                    source,
                    tags_in(tags),
                    intern(text_in(speaker)),
                    intern(text_in(status)),
                    float(moment),
                    bool(deleted),
                )

    def _source(self, connection: sqlite3.Connection, article: int) -> NoteSource:
        query = "SELECT shown FROM articles WHERE key = ?"
        ((shown,),) = connection.execute(query, (article,))
        source = msgspec.json.decode(shown, type=NoteSource)
        self._sources[article] = source
        return source


def each_once(keys: Sequence[NoteKey]) -> Iterator[NoteKey]:
    """Yield keys without repeats; conflict copies repeat the annotations of their article."""
    seen: set[tuple[str, str]] = set()
    for key in keys:
        this = key.source.id, key.id
        if this not in seen:
            seen.add(this)
            yield key
