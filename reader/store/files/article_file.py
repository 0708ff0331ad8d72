"""One article's TinyDB file: values in and out."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from tinydb import TinyDB
from tinydb.table import Document as Record
from tinydb.table import Table

from reader.core.annotation import Annotation, Article
from reader.errors import StoreError
from reader.files import Stamp
from reader.store.errors import ChangedUnderneathError, DamagedFileError, newer_sentence
from reader.store.files import migrations
from reader.store.files.article_data import (
    ANNOTATION_TABLE,
    ARTICLE_TABLE,
    Copy,
    merge_copies,
    understood,
)
from reader.store.files.migrations import Tables
from reader.store.files.records import from_record, to_record
from reader.store.files.storage import AtomicStorage

ATTEMPTS = 20
"""How often a save is tried again because a program without our lock wrote the file."""


class ArticleRecord(NamedTuple):
    """An article with its annotations."""

    article: Article
    """The article."""
    annotations: tuple[Annotation, ...]
    """Live ones and tombstones, in the order in which they were made."""


class _UlidTable(Table):
    """A table whose document ids are ULIDs.

    TinyDB's numeric ids are counted by each process for itself, so two processes collide. Its
    query cache does not see what another process wrote, so it is off.
    """

    document_id_class: Any = str
    default_query_cache_capacity = 0


class _Database(TinyDB):
    table_class = _UlidTable


class ArticleFile:
    """An article's file; safe to use from several threads and several processes."""

    def __init__(self, path: Path, *, lock: Path, last_good: Path) -> None:
        """Use the file at ``path``, which need not be there; see ``AtomicStorage``."""
        self.path = path
        """The file."""
        self.problems: tuple[str, ...] = ()
        """A sentence for each record that could not be understood when the file was last read."""
        self._storage = AtomicStorage(
            path, lock=lock, last_good=last_good, upgrade=migrations.migrate
        )
        self._database = _Database(storage=lambda: self._storage)
        self._mutex = threading.RLock()
        self._record: ArticleRecord | None = None
        self._record_stamp: Stamp | None = None

    @property
    def stamp(self) -> Stamp | None:
        """The state of the file that was last read or written."""
        return self._storage.stamp

    @property
    def last_good(self) -> Path:
        """Where the file's content before the last write is kept."""
        return self._storage.last_good

    @property
    def last_read(self) -> ArticleRecord | None:
        """What the file held when it was last read or written; None where it never was."""
        return self._record

    def read(self) -> ArticleRecord | None:
        """Return what the file holds, or None where it is not there.

        An annotation's record that cannot be understood is left out, told in ``problems``, and
        stays in the file.

        Raises:
            StoreError: The file cannot be read; ``DamagedFileError`` where it is damaged.
        """
        with self._mutex:
            if not self._storage.read():
                return None
            if self._record is None or self._record_stamp != self._storage.stamp:
                self._record = self._parse()
                self._record_stamp = self._storage.stamp
            return self._record

    def is_newer(self) -> bool:
        """Tell whether a later Margin wrote the file, so that it may be read but not written.

        Raises:
            StoreError: The file cannot be read.
        """
        with self._mutex:
            return migrations.is_newer(self._storage.read() or {})

    def update(self, change: Callable[[ArticleRecord | None], ArticleRecord]) -> ArticleRecord:
        """Read, change and write the file under its lock; write only what has changed.

        Args:
            change: Gets what the file holds, None where it is not there, and returns what it is
                to hold; may be called more than once. It adds and changes, it never takes away.

        Returns:
            What the file holds now.

        Raises:
            StoreError: The file cannot be read or written, or a later Margin wrote it; it is as
                it was.
        """
        with self._mutex:
            for _ in range(ATTEMPTS):
                with contextlib.suppress(ChangedUnderneathError):
                    return self._update(change)
        raise _busy(self.path)

    def absorb(self, copy: Copy) -> Copy:
        """Merge another copy of the article into the file, with all that the copy holds.

        Args:
            copy: Of the same article; where the file is not there, it becomes the file.

        Returns:
            What the file holds now; written only where that is other than before.

        Raises:
            StoreError: The file cannot be read or written, is damaged, or a later Margin wrote
                it; it is as it was.
        """
        with self._mutex:
            for _ in range(ATTEMPTS):
                with contextlib.suppress(ChangedUnderneathError):
                    return self._absorb(copy)
        raise _busy(self.path)

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Keep every other writer from the file.

        Raises:
            StoreError: The lock cannot be had.
        """
        with self._mutex, self._storage.locked():
            yield

    def _update(self, change: Callable[[ArticleRecord | None], ArticleRecord]) -> ArticleRecord:
        with self._storage.transaction():
            if self.is_newer():
                raise StoreError("Read-only", newer_sentence(self.path))
            present = self.read()
            wanted = change(present)
            self._put(present, wanted)
        self._record, self._record_stamp = wanted, self._storage.stamp
        return wanted

    def _absorb(self, copy: Copy) -> Copy:
        with self._storage.transaction():
            if self.is_newer():
                raise StoreError("Read-only", newer_sentence(self.path))
            tables = self._storage.read()
            merged = merge_copies(understood(tables, self.path), copy) if tables else copy
            if tables is None or _encoded(merged.tables) != _encoded(tables):
                self._storage.write(merged.tables)
        return merged

    def _put(self, present: ArticleRecord | None, wanted: ArticleRecord) -> None:
        """Write the records that differ to the tables."""
        tables = self._storage.read() or {}
        if migrations.SCHEMA_TABLE not in tables:
            self._storage.write(migrations.with_schema(tables))
        if present is None or present.article != wanted.article:
            self._replace(ARTICLE_TABLE, [wanted.article])
        known = {each.id: each for each in present.annotations} if present else {}
        changed = [each for each in wanted.annotations if known.get(each.id) != each]
        if changed:
            self._replace(ANNOTATION_TABLE, changed)

    def _replace(self, name: str, values: list[Article] | list[Annotation]) -> None:
        """Replace whole records: TinyDB's own update and upsert keep fields that were dropped."""
        table = self._database.table(name)
        held = [_ulid(each.id) for each in values if table.contains(doc_id=_ulid(each.id))]
        if held:
            table.remove(doc_ids=held)
        table.insert_multiple(Record(to_record(each), _ulid(each.id)) for each in values)

    def _parse(self) -> ArticleRecord:
        articles = self._database.table(ARTICLE_TABLE).all()
        if not articles:
            raise DamagedFileError(self.path, "it holds no article")
        article_record = min(articles, key=lambda record: str(record.doc_id))
        try:
            article = from_record(Article, str(article_record.doc_id), article_record)
        except (msgspec.ValidationError, TypeError) as error:
            raise DamagedFileError(self.path, f"the article: {error}") from error
        annotations: list[Annotation] = []
        problems: list[str] = []
        for record in self._database.table(ANNOTATION_TABLE).all():
            try:
                annotations.append(from_record(Annotation, str(record.doc_id), record))
            except (msgspec.ValidationError, TypeError) as error:
                problems.append(
                    f"{self.path}: the annotation {record.doc_id} cannot be understood ({error});"
                    " it is kept in the file and not shown."
                )
        annotations.sort(key=lambda each: (each.created, each.id))
        self.problems = tuple(problems)
        return ArticleRecord(article, tuple(annotations))


def _encoded(tables: Tables) -> bytes:
    return msgspec.json.encode(tables, order="sorted")


def _busy(path: Path) -> StoreError:
    return StoreError(
        "Not saved", f"{path} is being changed by another program; close that program."
    )


def _ulid(identifier: str) -> Any:
    return identifier
