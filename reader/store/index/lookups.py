"""Lookups: what the index has, as lists and searches read it; it may be out of date."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, Final, NamedTuple, TypeVar

from reader.core.evidence import lookup_key
from reader.store.files.records import clean_text
from reader.store.index.connection import IndexConnection
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

_SUMMARIES: Final = "SELECT s.summary FROM notes n CROSS JOIN annotations s ON s.key = n.key"

Result = TypeVar("Result")


class Due(NamedTuple):
    """What is due for review."""

    notes: int
    """How many notes are due."""
    following: str
    """When the next one is due after that: ISO 8601, UTC; empty where none will be."""


class Lookups:
    """Reads the index as it is; safe in several threads. ``Index`` brings it up to date."""

    def __init__(self, database: IndexConnection) -> None:
        """Read a database; touches no disk yet."""
        self._database = database

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

    def known(self, keys: Sequence[str]) -> list[str]:
        """Return the ids of the articles with some keys of ``known_keys``, each once."""
        query = (
            "SELECT f.article FROM known k CROSS JOIN files f ON f.name = k.file WHERE k.key = ?"
            " ORDER BY f.opened DESC, f.name"
        )

        def read(connection: sqlite3.Connection) -> list[str]:
            found: dict[str, None] = {}
            for key in keys:
                rows = connection.execute(query, (clean_text(key),))
                found.update(dict.fromkeys(text_in(article_id) for (article_id,) in rows))
            return list(found)

        return self._database.run(read, rebuilds=False)

    def summaries(self, most: int = -1) -> list[ArticleSummary]:
        """Return the articles, the last opened first; the index may be out of date.

        Args:
            most: How many to return; negative for all.
        """
        query = "SELECT summary FROM files WHERE article != '' ORDER BY opened DESC, name LIMIT ?"
        return self._decoded(query, ArticleSummary, most)

    def due(self, now: str) -> Due:
        """Return how many notes are due for review, and when the next one will be.

        Args:
            now: The present time: ISO 8601, UTC, with milliseconds.
        """
        query = (
            "SELECT count(DISTINCT CASE WHEN due <= ? THEN id END),"
            " min(CASE WHEN due > ? THEN due END) FROM notes WHERE due != ''"
        )
        ((count, following),) = self._database.read(
            lambda connection: connection.execute(query, (now, now)).fetchall()
        )
        return Due(int(count), text_in(following or ""))

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
        query = f"{_SUMMARIES} WHERE n.is_deleted = 0 ORDER BY n.created DESC, n.id DESC"
        return self._decoded(query, AnnotationSummary)

    def deleted_annotations(self) -> list[AnnotationSummary]:
        """Return all tombstones, the last deleted first; the index may be out of date."""
        query = f"{_SUMMARIES} WHERE n.is_deleted = 1 ORDER BY n.deleted DESC, n.id DESC"
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
        query = "SELECT DISTINCT tags FROM notes WHERE is_deleted = 0"
        return {tag for tags in self._rows(query, tags_in) for tag in tags}

    def annotations_with(self, ids: Sequence[str]) -> list[AnnotationSummary]:
        """Return the live annotations with some ids, in any order; the index may be out of date."""
        marks = ", ".join("?" * len(ids))
        # The plus keeps SQLite from going through all notes that are not deleted.
        query = f"{_SUMMARIES} WHERE +n.is_deleted = 0 AND n.id IN ({marks})"
        return self._decoded(query, AnnotationSummary, *ids)

    def annotations_linked_to(self, target: str) -> list[AnnotationSummary]:
        """Return the live annotations with a link to a target, the newest first.

        The index may be out of date.

        Args:
            target: The id of an annotation or an article, or an address.
        """
        query = (
            f"{_SUMMARIES} WHERE n.key IN (SELECT key FROM links WHERE target = ?)"  # noqa: S608 - our names
            " ORDER BY n.created DESC, n.id DESC"
        )
        return self._decoded(query, AnnotationSummary, clean_text(lookup_key(target)))

    def ids_near(self, terms: Sequence[str], words: Sequence[str], most: int) -> list[str]:
        """Return the ids of annotations that contain every term; see ``nearest_ids``."""
        return self._database.run(lambda connection: nearest_ids(connection, terms, words, most))

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

    def folder_time(self) -> list[int]:
        """Return the time of the folder of articles when all was indexed; empty if never."""
        return self._rows("SELECT folder_time FROM state", int, rebuilds=False)

    def file_count(self) -> int:
        """Return how many files are indexed."""
        return self._rows("SELECT count(*) FROM files", int, rebuilds=False)[0]

    def stamps(self) -> dict[bytes, tuple[int, int, int]]:
        """Return the stamps of the files that are indexed, by their names."""
        query = "SELECT name, mtime_ns, size, inode FROM files"
        return self._database.run(
            lambda connection: {row[0]: row[1:] for row in connection.execute(query)},
            rebuilds=False,
        )

    def _decoded(self, query: str, kind: type[Shown], *values: object) -> list[Shown]:
        return self._database.run(lambda connection: decoded(connection, query, kind, *values))

    def _rows(
        self, query: str, kind: Callable[[Any], Result], *values: str, rebuilds: bool = True
    ) -> list[Result]:
        return self._database.run(
            lambda connection: [kind(value) for (value,) in connection.execute(query, values)],
            rebuilds=rebuilds,
        )
