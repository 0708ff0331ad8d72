"""Answering queries from the index: keys of notes in order, articles, values with their counts."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import partial
from typing import Any, Final, NamedTuple

import msgspec

from reader.core.query.tree import WORDS, AllOf, Node, Term, asks_for
from reader.store.index.conditions import (
    FUNCTIONS,
    HOLDS_PHRASE,
    HOLDS_TEXT,
    Condition,
    Conditions,
    Surroundings,
)
from reader.store.index.connection import IndexConnection
from reader.store.index.database import database_id
from reader.store.index.keys import NoteKey, NoteKeys, each_once
from reader.store.index.summaries import AnnotationSummary, ArticleSummary
from reader.store.index.texts import ArticleTexts
from reader.store.index.values import decoded, tags_in, text_in

FIRST_NOTES: Final = 2_000
"""Among how many of the newest or the oldest notes the first answer is looked for."""

FIRST_ARTICLES: Final = 200
"""Among the notes of how many of the last opened articles it is looked for in their order."""

MustStop = Callable[[], bool]


class NoteOrder(StrEnum):
    """The order of notes."""

    NEWEST = "newest"
    """The last created first."""
    OLDEST = "oldest"
    """The first created first."""
    PLACE = "place"
    """By article, the last opened first, and by place in its text."""
    RELEVANCE = "relevance"
    """Words of the query in the note or the passage before others, whole words before parts."""


_ORDERS: Final = {
    NoteOrder.NEWEST: "n.created DESC, n.id DESC, n.article DESC",
    NoteOrder.OLDEST: "n.created, n.id, n.article",
    NoteOrder.PLACE: "a.last_opened DESC, a.id, n.start, n.id",
}


class Statement(NamedTuple):
    """A statement of SQL with its values."""

    sql: str
    """The statement, with question marks for its values."""
    values: tuple[Any, ...]
    """The values."""


class IndexQueries:
    """Answers queries from the index as it is; safe in several threads."""

    def __init__(self, database: IndexConnection, texts: ArticleTexts) -> None:
        """Read a database; touches no disk yet.

        Args:
            database: The index.
            texts: The texts of the articles.
        """
        self._database = database
        self._texts = texts
        self._keys = NoteKeys()
        self._known_digests: tuple[object, Mapping[int, str]] = (None, {})

    def first_notes(
        self, tree: Node, surroundings: Surroundings, order: NoteOrder, most: int
    ) -> list[NoteKey]:
        """Return the first notes that a query asks for, if a quick look finds as many.

        Args:
            tree: The query.
            surroundings: What does not stand in the article files.
            order: The order.
            most: How many to return; none where a quick look finds fewer.
        """
        if order is NoteOrder.RELEVANCE:
            return []
        conditions = Conditions(surroundings, is_joined=True)
        condition = conditions.of_notes(tree)
        if order is NoteOrder.PLACE:
            near = (
                f"(SELECT key FROM articles ORDER BY last_opened DESC, id LIMIT {FIRST_ARTICLES})"  # noqa: S608 - our number
                " AS near CROSS JOIN notes n ON n.article = near.key"
            )
        else:
            live = "" if asks_for(tree, "is", "deleted") else "WHERE is_deleted = 0 "
            way = "DESC" if order is NoteOrder.NEWEST else "ASC"
            near = (
                f"(SELECT key FROM notes {live}ORDER BY created {way}, id {way}"  # noqa: S608 - as above
                f" LIMIT {FIRST_NOTES}) AS near CROSS JOIN notes n ON n.key = near.key"
            )
        joins = _joins(condition, "a" if order is NoteOrder.PLACE else "")
        sql = (
            f"SELECT n.key FROM {near}{joins} WHERE {condition.sql}"  # noqa: S608 - our names
            f" ORDER BY {_ORDERS[order]} LIMIT {most:d}"
        )
        keys = self._note_keys(Statement(sql, condition.values), conditions.texts, None)
        return keys if len(keys) == most else []

    def notes(
        self,
        tree: Node,
        surroundings: Surroundings,
        order: NoteOrder,
        must_stop: MustStop | None = None,
    ) -> list[NoteKey]:
        """Return all notes that a query asks for, each once.

        Args:
            tree: The query.
            surroundings: What does not stand in the article files.
            order: The order.
            must_stop: Tells, again and again, whether the answer is not needed any more.

        Raises:
            QueryStopped: ``must_stop`` said so.
        """
        conditions = Conditions(surroundings)
        condition = conditions.of_notes(tree)
        if order is NoteOrder.RELEVANCE:
            statement = _by_relevance(condition, tree)
        else:
            joins = " JOIN articles a ON a.key = n.article" if order is NoteOrder.PLACE else ""
            sql = (
                f"SELECT n.key FROM notes n{joins} WHERE {condition.sql}"  # noqa: S608 - as above
                f" ORDER BY {_ORDERS[order]}"
            )
            statement = Statement(sql, condition.values)
        return self._note_keys(statement, conditions.texts, must_stop)

    def article_ids(
        self, tree: Node, surroundings: Surroundings, must_stop: MustStop | None = None
    ) -> list[str]:
        """Return the ids of the articles that a query asks for, the last opened first.

        Args:
            tree: The query.
            surroundings: As for ``notes``.
            must_stop: As for ``notes``.

        Raises:
            QueryStopped: ``must_stop`` said so.
        """
        rows = self._articles("a.id", tree, surroundings, must_stop, -1)
        return list(dict.fromkeys(text_in(identifier) for (identifier,) in rows))

    def articles(
        self,
        tree: Node,
        surroundings: Surroundings,
        must_stop: MustStop | None = None,
        most: int = -1,
    ) -> list[ArticleSummary]:
        """Return the articles that a query asks for, the last opened first.

        Args:
            tree: The query.
            surroundings: As for ``notes``.
            must_stop: As for ``notes``.
            most: How many to return; negative for all.

        Raises:
            QueryStopped: ``must_stop`` said so.
        """
        column = "(SELECT summary FROM files WHERE name = a.file)"
        decode = msgspec.json.Decoder(ArticleSummary).decode
        rows = self._articles(column, tree, surroundings, must_stop, most)
        found = [decode(summary) for (summary,) in rows if summary is not None]
        return list({each.id: each for each in found}.values())

    def summaries(self, ids: Sequence[str]) -> list[AnnotationSummary]:
        """Return the annotations with some ids, tombstones among them, in any order."""
        marks = ", ".join("?" * len(ids))
        query = (
            "SELECT summary FROM annotations WHERE key IN"  # noqa: S608 - only marks
            f" (SELECT key FROM notes WHERE id IN ({marks}))"
        )
        return self._database.read(
            lambda connection: decoded(connection, query, AnnotationSummary, *ids)
        )

    def counts(self, field: str) -> list[tuple[str, int]]:
        """Return the values of a field with how many live notes have each, the most used first.

        Args:
            field: ``tag``, ``speaker``, ``status``, ``site``, ``author`` or ``project``.
        """
        values: Iterable[tuple[str, int]]
        match field:
            case "speaker" | "status":
                query = f"SELECT {field}, count(*) FROM notes WHERE is_deleted = 0 GROUP BY 1"  # noqa: S608 - our names
                rows = self._rows(query)
                values = ((text_in(value), count) for value, count in rows)
            case "tag":
                rows = self._rows(
                    "SELECT tags, count(*) FROM notes WHERE is_deleted = 0 GROUP BY 1"
                )
                values = ((tag, count) for tags, count in rows for tag in tags_in(tags))
            case _:
                values = self._counts_of_articles(field)
        return most_used(values)

    def digests(self) -> list[str]:
        """Return the digests of all texts that articles have had.

        Those of the present texts come first, of the last opened article before others.
        """
        rows = self._rows("SELECT snapshot FROM articles ORDER BY last_opened DESC")
        rows += self._rows("SELECT DISTINCT digest FROM snapshots ORDER BY digest")
        return list(dict.fromkeys(text_in(digest) for (digest,) in rows if digest))

    def total(self) -> int:
        """Return how many live notes there are."""
        ((count,),) = self._rows("SELECT count(*) FROM notes WHERE is_deleted = 0")
        return int(count)

    def state(self) -> tuple[int, ...]:
        """Return what changes whenever an article or a note is indexed again."""
        rows = self._rows("SELECT seq FROM sqlite_sequence ORDER BY name")
        return (self._database.read(database_id), *(sequence for (sequence,) in rows))

    def _counts_of_articles(self, field: str) -> Iterator[tuple[str, int]]:
        """Yield what articles have in a field, with their numbers of notes."""
        counts = dict(
            self._rows("SELECT article, count(*) FROM notes WHERE is_deleted = 0 GROUP BY article")
        )
        decode = msgspec.json.Decoder(_Sources).decode
        query = "SELECT key, summary FROM articles a JOIN files f ON f.name = a.file"
        for key, summary in self._rows(query):
            for value in decode(summary).values(field):
                yield value, counts.get(key, 0)

    def _rows(self, query: str) -> list[tuple[Any, ...]]:
        return self._database.read(lambda connection: connection.execute(query).fetchall())

    def _articles(
        self,
        column: str,
        tree: Node,
        surroundings: Surroundings,
        must_stop: MustStop | None,
        most: int,
    ) -> list[tuple[Any, ...]]:
        conditions = Conditions(surroundings)
        condition = conditions.of_articles(tree)
        sql = (
            f"SELECT {column} FROM articles a WHERE {condition.sql}"  # noqa: S608 - as above
            f" ORDER BY a.last_opened DESC, a.id LIMIT {most:d}"
        )

        def read(connection: sqlite3.Connection) -> list[tuple[Any, ...]]:
            self._prepare(connection, conditions.texts)
            return connection.execute(sql, condition.values).fetchall()

        return self._database.read(read, must_stop)

    def _note_keys(
        self, statement: Statement, texts: Sequence[Term], must_stop: MustStop | None
    ) -> list[NoteKey]:
        def read(connection: sqlite3.Connection) -> list[NoteKey]:
            self._prepare(connection, texts)
            numbers = [number for (number,) in connection.execute(*statement)]
            keys = self._keys.of(connection, numbers)
            query = "SELECT 1 FROM articles GROUP BY id HAVING count(*) > 1 LIMIT 1"
            has_copies = connection.execute(query).fetchone() is not None
            return list(each_once(keys)) if has_copies else keys

        return self._database.read(read, must_stop)

    def _prepare(self, connection: sqlite3.Connection, texts: Sequence[Term]) -> None:
        """Give a connection the functions of a query."""
        for name, function in FUNCTIONS.items():
            connection.create_function(name, 2, function, deterministic=True)
        if not texts:
            return
        digests = self._digests_of(connection)
        finders = [self._texts.finder(term.folded, term.match, digests) for term in texts]
        holds_text = partial(_asked, finders)
        connection.create_function(HOLDS_TEXT, 2, holds_text, deterministic=True)

    def _digests_of(self, connection: sqlite3.Connection) -> Mapping[int, str]:
        """Return the digests of the articles' texts by the articles' numbers."""
        query = "SELECT seq FROM sqlite_sequence WHERE name = 'articles'"
        state = (database_id(connection), connection.execute(query).fetchone())
        known, digests = self._known_digests
        if known != state:
            digests = dict(connection.execute("SELECT key, snapshot FROM articles"))
            self._known_digests = state, digests
        return digests


class _Sources(msgspec.Struct):
    """What is counted of an article's summary."""

    site: str
    authors: tuple[str, ...]
    tags: tuple[str, ...]

    def values(self, field: str) -> Sequence[str]:
        """Return the values of ``site``, ``author`` or ``project``."""
        if field == "author":
            return self.authors
        return self.tags if field == "project" else (self.site,)


def most_used(values: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return each value once with its count, the most used first; empty ones are left out."""
    counts: Counter[str] = Counter()
    for value, count in values:
        if value:
            counts[value] += count
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _asked(finders: Sequence[Callable[[int], bool]], article: int, term: int) -> bool:
    return finders[term](article)


def _joins(condition: Condition, more: str = "") -> str:
    """Return the joins of the tables that a condition asks besides the notes, and of ``more``."""
    tables = condition.tables | set(more)
    words = " CROSS JOIN words w ON w.key = n.key" if "w" in tables else ""
    articles = " CROSS JOIN articles a ON a.key = n.article" if "a" in tables else ""
    return words + articles


def _by_relevance(condition: Condition, tree: Node) -> Statement:
    """Return the statement for notes by their relevance: see ``NoteOrder.RELEVANCE``."""
    parts = tree.parts if isinstance(tree, AllOf) else (tree,)
    sought = [
        part.folded
        for part in parts
        if isinstance(part, Term) and part.field in {WORDS, "note", "passage"}
    ]
    own = "substr(w.folded, 1, w.passage_end)"
    score = f"2 * (instr({own}, ?) > 0) + {HOLDS_PHRASE}({own}, ?)"
    scores = f"{' + '.join([score] * len(sought))} DESC, " if sought else ""
    sql = (
        "SELECT n.key FROM notes n CROSS JOIN words w ON w.key = n.key"  # noqa: S608 - as above
        f" WHERE {condition.sql} ORDER BY {scores}{_ORDERS[NoteOrder.NEWEST]}"
    )
    values = tuple(value for each in sought for value in (each, each))
    return Statement(sql, (*condition.values, *values))
