"""Entries: what the index holds of an article file, as rows of its tables."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

import msgspec

from reader.core.annotation import Annotation, Article
from reader.core.evidence import evidence_in, lookup_key
from reader.core.folding import fold
from reader.core.query.facts import (
    Circumstances,
    NoteFacts,
    SourceFacts,
    note_facts,
    overlapping_ids,
    source_facts,
)
from reader.core.review import due_of
from reader.errors import StoreError
from reader.files import NO_STAMP, Stamp
from reader.store.errors import DamagedFileError
from reader.store.files.article_data import all_snapshots_of
from reader.store.files.article_file import ArticleFile, ArticleRecord
from reader.store.files.records import clean_text
from reader.store.index.keys import NoteSource
from reader.store.index.summaries import AnnotationSummary, keys_of, known_keys, summarise

Row = tuple[Any, ...]

_NOWHERE = Circumstances()

_LAST_PLACE: Final = 2**62
"""The greatest offset of a passage that is told apart; SQLite has no integers from 2**63 on."""


class NoteRows(NamedTuple):
    """What the index holds of an annotation or a tombstone."""

    note: Row
    """Its row among the notes, without its key and that of its article."""
    words: Row
    """Its row among the words, without its key."""
    summary: bytes
    """What a list shows of it."""
    targets: Sequence[str]
    """The targets of its links; a tombstone has none."""


class Entry(NamedTuple):
    """What the index holds of one file; making it takes far longer than writing it."""

    name: str
    """The file's name."""
    file: Row
    """Its row among the files."""
    article: Row | None = None
    """Its row among the articles, without its key; None where the file cannot be read."""
    notes: Sequence[NoteRows] = ()
    """What there is of each annotation and each tombstone."""
    snapshots: Sequence[Row] = ()
    """A row for each snapshot that it refers to."""
    known: Sequence[Row] = ()
    """A row for each key under which it is found when something is imported."""


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
    facts = source_facts(article)
    row = (
        *(file, *stamp, article.id, *keys_of(article).values()),
        *(fold(article.metadata.title), article.opened),
        *(msgspec.json.encode(summarise(clean_text(name), record, words)), problem),
    )
    return Entry(
        name,
        row,
        (file, *_article_row(article, facts)),
        list(_note_rows(record, facts)),
        [(digest, file) for digest in all_snapshots_of(article, record.annotations)],
        [(clean_text(key), file) for key in known_keys(record)],
    )


def put(connection: sqlite3.Connection, entry: Entry) -> None:
    """Write an entry in place of the earlier one of the same file."""
    remove(connection, entry.name)
    _insert(connection, "files", [entry.file])
    connection.executemany("INSERT OR IGNORE INTO snapshots VALUES (?, ?)", entry.snapshots)
    connection.executemany("INSERT OR IGNORE INTO known VALUES (?, ?)", entry.known)
    if entry.article is None:
        return
    _insert(connection, "articles", [(None, *entry.article)])
    ((article,),) = connection.execute("SELECT last_insert_rowid()")
    _insert(connection, "notes", [(None, article, *each.note) for each in entry.notes])
    ((last,),) = connection.execute("SELECT last_insert_rowid()")
    keyed = list(enumerate(entry.notes, last + 1 - len(entry.notes)))
    _insert(connection, "words", [(key, *each.words) for key, each in keyed])
    _insert(connection, "annotations", [(key, each.summary) for key, each in keyed])
    _insert(connection, "links", [(target, key) for key, each in keyed for target in each.targets])


def remove(connection: sqlite3.Connection, name: str) -> None:
    """Delete the entry of the file ``name``."""
    file = os.fsencode(name)
    connection.execute("DELETE FROM files WHERE name = ?", (file,))
    connection.execute("DELETE FROM snapshots WHERE file = ?", (file,))
    connection.execute("DELETE FROM known WHERE file = ?", (file,))
    query = "SELECT key FROM articles WHERE file = ?"
    for article in connection.execute(query, (file,)).fetchall():
        keys = connection.execute("SELECT key FROM notes WHERE article = ?", article).fetchall()
        for table in ("words", "annotations", "links", "notes"):
            connection.executemany(f"DELETE FROM {table} WHERE key = ?", keys)  # noqa: S608 - our names
        connection.execute("DELETE FROM articles WHERE key = ?", article)


def _insert(connection: sqlite3.Connection, table: str, rows: Sequence[Row]) -> None:
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 - our names


def _article_row(article: Article, facts: SourceFacts) -> Row:
    """Return the row of an article among the articles, without its key and its file."""
    metadata, bounds = article.metadata, facts.published
    shown = NoteSource(article.id, metadata.title, metadata.site or facts.sites[-1], article.tags)
    return (
        *(article.id, article.snapshot, article.opened, msgspec.json.encode(shown)),
        *(framed([facts.title]), framed(facts.sites), framed(facts.authors)),
        *(framed(facts.projects), framed(facts.words)),
        *(bounds.first if bounds else None, bounds.end if bounds else None),
        *(facts.added, facts.opened, facts.state),
    )


def _note_rows(record: ArticleRecord, source: SourceFacts) -> Iterator[NoteRows]:
    article, title = record.article, record.article.metadata.title
    overlapping = overlapping_ids(record.annotations)
    for each in record.annotations:
        is_overlapping = each.id in overlapping
        facts = note_facts(each, source, _NOWHERE, is_overlapping=is_overlapping)
        targets = _targets(each) if facts.has_link and not each.is_deleted else ()
        yield NoteRows(
            _note_row(each, facts),
            _words_row(facts),
            msgspec.json.encode(AnnotationSummary(article.id, title, each)),
            targets,
        )


def _note_row(annotation: Annotation, facts: NoteFacts) -> Row:
    return (
        *(annotation.id, annotation.created, _seconds(facts.marked)),
        msgspec.json.encode(annotation.tags).decode(),
        *(clean_text(annotation.speaker), clean_text(annotation.status or "")),
        *(annotation.deleted, max(min(annotation.place.start, _LAST_PLACE), -1)),
        *(facts.marked, framed(facts.tags), framed(facts.speakers), framed([facts.status])),
        *(due_of(annotation), facts.is_deleted, facts.is_open, facts.is_changed),
        *(facts.is_orphaned, facts.is_overlapping, facts.has_link, bool(facts.note)),
    )


def _seconds(moment: str) -> float:
    """Return a time in seconds since 1970; 0 where it is none."""
    return datetime.fromisoformat(moment).timestamp() if moment else 0.0


def _words_row(facts: NoteFacts) -> Row:
    """Return what is searched of a note: its note first, then its passages, then all else."""
    note, passages = framed([facts.note]), framed(facts.passages)
    others = framed([each for each in facts.words[len(facts.passages) + 1 :] if each])
    return f"{note}{passages[1:]}{others[1:]}", len(note), len(note) + len(passages) - 1


def _targets(annotation: Annotation) -> Sequence[str]:
    """Return the keys of what the annotation is linked to, each once."""
    targets = (clean_text(lookup_key(each.target)) for each in evidence_in(annotation.links))
    return tuple(dict.fromkeys(targets))


def framed(texts: Iterable[str]) -> str:
    r"""Return folded texts, each between two newlines, as the index keeps them.

    What SQLite takes for the end of a text is replaced by a character that no query has.
    """
    return clean_text("\n".join(("", *texts, ""))).replace("\0", "\x01")
