"""Entries: what the index holds of an article file, as rows of its tables."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import msgspec

from reader.core.annotation import Annotation
from reader.core.evidence import evidence_in, lookup_key
from reader.core.folding import fold
from reader.errors import StoreError
from reader.files import Stamp
from reader.store.errors import DamagedFileError
from reader.store.files.article_data import all_snapshots_of
from reader.store.files.article_file import ArticleFile, ArticleRecord
from reader.store.files.records import clean_text
from reader.store.index.summaries import AnnotationSummary, keys_of, summarise

NO_STAMP = Stamp(0, 0, 0)
"""The stamp of a file that could not be read: each list tries to read it again."""

Row = tuple[Any, ...]


class Entry(NamedTuple):
    """What the index holds of one file; making it takes far longer than writing it."""

    name: str
    """The file's name."""
    file: Row
    """Its row among the files."""
    annotations: Sequence[Row] = ()
    """A row for each annotation and each tombstone, without its key; the last two fields are the
    text that filters search, and the targets of its links, which tombstones do not have."""
    snapshots: Sequence[Row] = ()
    """A row for each snapshot that it refers to."""


def read_entry(file: ArticleFile, words_of: Callable[[str], int]) -> Entry | None:
    """Read a file for the index; an unreadable file is a problem. None where there is no file.

    Args:
        file: The file.
        words_of: Returns the number of words of a snapshot.
    """
    record, problem = None, ""
    try:
        record = file.read()
        problem = " ".join(file.problems)
    except StoreError as error:
        problem = error.message
    else:
        if file.stamp is None:
            return None
        if record is None:
            problem = DamagedFileError(file.path, "it holds no article").message
    words = words_of(record.article.snapshot) if record is not None else 0
    return entry_of(file.path.name, file.stamp or NO_STAMP, record, problem, words)


def entry_of(
    name: str, stamp: Stamp, record: ArticleRecord | None, problem: str = "", words: int = 0
) -> Entry:
    """Return the entry of the file ``name``.

    Args:
        name: The file's name.
        stamp: The file's stamp.
        record: Its content; None where it cannot be read.
        problem: A sentence about what cannot be read; may be empty.
        words: The number of words of the article.
    """
    file, problem = os.fsencode(name), clean_text(problem)
    if record is None:
        return Entry(name, (file, *stamp, *[""] * 9, None, problem))
    article = record.article
    summary = msgspec.json.encode(summarise(clean_text(name), record, words))
    keys = keys_of(article)
    title = article.metadata.title
    folded_title = fold(title)
    row = (
        *(file, *stamp, article.id, *keys.values()),
        *(folded_title, article.opened, summary, problem),
    )
    return Entry(
        name,
        row,
        [
            (
                file,
                each.id,
                each.created,
                each.deleted,
                article.id,
                msgspec.json.encode(each.tags).decode(),
                msgspec.json.encode(AnnotationSummary(article.id, title, each)),
                _folded(each, folded_title),
                _targets(each),
            )
            for each in record.annotations
        ],
        [(digest, file) for digest in all_snapshots_of(article, record.annotations)],
    )


def put(connection: sqlite3.Connection, entry: Entry) -> None:
    """Write an entry in place of the earlier one of the same file."""
    remove(connection, entry.name)
    connection.execute(f"INSERT INTO files VALUES ({', '.join('?' * 15)})", entry.file)  # noqa: S608
    ((last,),) = connection.execute("SELECT coalesce(max(key), 0) FROM annotations")
    keyed = list(enumerate(entry.annotations, last + 1))
    connection.executemany(
        "INSERT INTO annotations VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        ((key, *row[:-2]) for key, row in keyed),
    )
    connection.executemany(
        "INSERT INTO words VALUES (?, ?, ?)",
        ((key, row[1], row[-2]) for key, row in keyed if row[-2]),
    )
    connection.executemany(
        "INSERT INTO links VALUES (?, ?)",
        ((target, key) for key, row in keyed for target in row[-1]),
    )
    connection.executemany("INSERT INTO snapshots VALUES (?, ?)", entry.snapshots)


def remove(connection: sqlite3.Connection, name: str) -> None:
    """Delete the entry of the file ``name``."""
    file = (os.fsencode(name),)
    connection.execute("DELETE FROM files WHERE name = ?", file)
    for table in ("words", "links"):
        connection.execute(
            f"DELETE FROM {table} WHERE key IN (SELECT key FROM annotations WHERE file = ?)",  # noqa: S608 - our names
            file,
        )
    connection.execute("DELETE FROM annotations WHERE file = ?", file)
    connection.execute("DELETE FROM snapshots WHERE file = ?", file)


def _targets(annotation: Annotation) -> set[str]:
    """Return the keys of what the annotation is linked to; none for a tombstone."""
    if annotation.is_deleted:
        return set()
    return {clean_text(lookup_key(each.target)) for each in evidence_in(annotation.links)}


def _folded(annotation: Annotation, folded_title: str) -> str:
    """Return the text that a filter searches: a line for each part, so that no word spans two.

    It is empty for a tombstone.
    """
    if annotation.is_deleted:
        return ""
    parts = (
        annotation.selector.exact,
        annotation.note,
        annotation.speaker,
        annotation.status or "",
    )
    return clean_text("\n".join((*map(fold, parts), folded_title)))
