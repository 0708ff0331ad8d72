"""The TinyDB file of one article: reading and writing its values."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from tinydb import TinyDB
from tinydb.table import Document as Record
from tinydb.table import Table

from reader.core.annotation import Annotation, Article
from reader.errors import StoreError
from reader.files import Stamp
from reader.store.errors import ChangedUnderneathError, cannot_read, newer_sentence
from reader.store.files import migrations
from reader.store.files.article_data import ArticleData, parse
from reader.store.files.paths import LibraryPaths, is_article_name
from reader.store.files.records import to_record
from reader.store.files.storage import AtomicStorage, encode_within_bounds
from reader.store.files.tables import ANNOTATION_TABLE, ARTICLE_TABLE, encode_tables

Result = TypeVar("Result")

ATTEMPTS = 20
"""How often a save is tried while a program that ignores our lock writes the file."""


class ArticleRecord(NamedTuple):
    """An article with its annotations."""

    article: Article
    """The article."""
    annotations: tuple[Annotation, ...]
    """The live annotations and the tombstones, in the order of their creation."""


class _UlidTable(Table):
    """A table whose document ids are ULIDs.

    Each process counts TinyDB's numeric ids by itself, so two processes collide. TinyDB's query
    cache does not notice what another process wrote, so it is off.
    """

    document_id_class: Any = str
    default_query_cache_capacity = 0


class _Database(TinyDB):
    table_class = _UlidTable


class ArticleFile:
    """The file of an article; safe in several threads and several processes."""

    def __init__(self, path: Path, *, lock: Path, last_good: Path) -> None:
        """Use the file at ``path``, which need not exist; see ``AtomicStorage``."""
        self.path = path
        """The file."""
        self.problems: tuple[str, ...] = ()
        """A sentence for each record that could not be parsed when the file was last read."""
        self._storage = AtomicStorage(
            path, lock=lock, last_good=last_good, upgrade=migrations.migrate
        )
        self._database = _Database(storage=lambda: self._storage)
        self._mutex = threading.RLock()
        self._record: ArticleRecord | None = None
        self._record_stamp: Stamp | None = None

    @classmethod
    def in_library(cls, paths: LibraryPaths, name: str) -> ArticleFile:
        """Return the article file ``name`` of a library; the file need not exist."""
        return cls(paths.article(name), lock=paths.lock(name), last_good=paths.last_good(name))

    @property
    def stamp(self) -> Stamp | None:
        """The stamp of the file when it was last read or written."""
        return self._storage.stamp

    @property
    def folder_change(self) -> tuple[int, int] | None:
        """The times of the folder around the last write, if nothing else changed the folder."""
        return self._storage.folder_change

    @property
    def last_good(self) -> Path:
        """The copy of the content before the last write."""
        return self._storage.last_good

    @property
    def last_read(self) -> ArticleRecord | None:
        """The content when the file was last read or written; None before that."""
        return self._record

    def read(self) -> ArticleRecord | None:
        """Return the content of the file; None where the file does not exist.

        A record that cannot be parsed is left out, reported in ``problems``, and stays in the
        file.

        Raises:
            StoreError: The file cannot be read, or is damaged (``DamagedFileError``).
        """
        with self._mutex:
            tables = self._storage.read()
            if not tables:
                return None
            if self._record is None or self._record_stamp != self._storage.stamp:
                data = parse(tables, self.path)
                self._record = ArticleRecord(
                    data.article, tuple(sorted(data.annotations.values(), key=_by_creation))
                )
                self._record_stamp, self.problems = self._storage.stamp, data.problems
            return self._record

    def is_newer(self) -> bool:
        """Return whether a later Margin wrote the file; such a file may be read, not written.

        Raises:
            StoreError: The file cannot be read.
        """
        with self._mutex:
            return migrations.is_newer(self._storage.read() or {})

    def update(self, change: Callable[[ArticleRecord | None], ArticleRecord]) -> ArticleRecord:
        """Read, change and write the file under its lock; write only changed records.

        Args:
            change: Takes the content, None where the file does not exist, and returns the new
                content; may be called more than once. It adds and changes, and never removes.

        Returns:
            The new content.

        Raises:
            StoreError: The file cannot be read or written, or a later Margin wrote it; the file
                is unchanged.
        """

        def put() -> ArticleRecord:
            before = self.read()
            after = change(before)
            self._put(before, after)
            return after

        with self._mutex:
            record = self._transact(put)
            self._record, self._record_stamp = record, self._storage.stamp
            return record

    def update_data(self, change: Callable[[ArticleData | None], ArticleData]) -> ArticleData:
        """Read, change and write all tables of the file under its lock.

        Args:
            change: As for ``update``.

        Returns:
            The new content; it is written only where its tables differ from the old ones.

        Raises:
            StoreError: As ``update``; also where the file is damaged.
        """

        def put() -> ArticleData:
            tables = self._storage.read()
            data = change(parse(tables, self.path) if tables else None)
            if tables is None or encode_tables(data.tables) != encode_tables(tables):
                self._storage.write(data.tables)
            return data

        with self._mutex:
            return self._transact(put)

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other programs and threads from writing the file.

        Raises:
            StoreError: The lock cannot be taken.
        """
        with self._mutex, self._storage.locked():
            yield

    def _transact(self, put: Callable[[], Result]) -> Result:
        """Call ``put`` under the lock, again where another program wrote the file meanwhile."""
        for _ in range(ATTEMPTS):
            with contextlib.suppress(ChangedUnderneathError), self._storage.transaction():
                if self.is_newer():
                    raise StoreError("Read-only", newer_sentence(self.path))
                return put()
        raise StoreError(
            "Not saved", f"Another program keeps changing {self.path}; close that program."
        )

    def _put(self, before: ArticleRecord | None, after: ArticleRecord) -> None:
        """Write the records that differ."""
        tables = self._storage.read() or {}
        if migrations.SCHEMA_TABLE not in tables:
            self._storage.write(migrations.with_schema(tables))
        if before is None or before.article != after.article:
            self._replace(ARTICLE_TABLE, [after.article])
        present = {annotation.id: annotation for annotation in before.annotations} if before else {}
        changed = [
            annotation
            for annotation in after.annotations
            if present.get(annotation.id) != annotation
        ]
        if changed:
            self._replace(ANNOTATION_TABLE, changed)

    def _replace(self, name: str, values: list[Article] | list[Annotation]) -> None:
        """Replace whole records: TinyDB's own update and upsert keep fields that were dropped."""
        table = self._database.table(name)
        present = [_ulid(value.id) for value in values if table.contains(doc_id=_ulid(value.id))]
        if present:
            table.remove(doc_ids=present)
        table.insert_multiple(Record(to_record(value), _ulid(value.id)) for value in values)


def _ulid(identifier: str) -> Any:
    return identifier


def _by_creation(annotation: Annotation) -> tuple[str, str]:
    return annotation.created, annotation.id


def encoded_record(record: ArticleRecord, path: Path) -> bytes:
    """Return the content of the new file of an article.

    Args:
        record: The article with its annotations.
        path: The file, for an error.

    Raises:
        StoreError: It would be too large.
    """
    tables = migrations.with_schema(
        {
            ARTICLE_TABLE: {record.article.id: to_record(record.article)},
            ANNOTATION_TABLE: {each.id: to_record(each) for each in record.annotations},
        }
    )
    return encode_within_bounds(tables, path)


def article_paths(paths: LibraryPaths) -> list[Path]:
    """Return the paths of a library's article files by name, conflict copies among them.

    Raises:
        StoreError: The folder of articles cannot be read.
    """
    try:
        names = [path.name for path in paths.articles.iterdir()]
    except OSError as error:
        raise cannot_read(error, paths.articles) from error
    return [paths.article(name) for name in sorted(names) if is_article_name(name)]
