"""What the rows of the index hold, as values; in a damaged database a row may hold anything."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import lru_cache
from sys import intern
from typing import Final, NamedTuple, TypeVar

import msgspec

from reader.store.index.summaries import AnnotationSummary, ArticleSummary

Shown = TypeVar("Shown", ArticleSummary, AnnotationSummary)

Cursor = tuple[str, str, int]
"""When an annotation was created, its id, and the number of its article."""

BEFORE_ALL: Final[Cursor] = ("\U0010ffff", "", 0)
"""A time that no annotation was made after."""

_KEYS: Final = (
    "SELECT n.created, n.id, n.article, a.id, n.tags"
    " FROM notes n CROSS JOIN articles a ON a.key = n.article"
    " WHERE n.is_deleted = 0 AND (n.created, n.id, n.article) < (?, ?, ?)"
    " ORDER BY n.created DESC, n.id DESC, n.article DESC LIMIT ?"
)


_MOST_COMPARED: Final = 20_000
"""How many annotations are compared with a passage, which takes some 20 µs each."""

_AMONG_NEWEST: Final = (
    "key IN (SELECT key FROM notes WHERE is_deleted = 0 ORDER BY created DESC"  # noqa: S608 - our number
    f" LIMIT {_MOST_COMPARED})"
)
"""The condition of the newest annotations among the words."""


class AnnotationKey(NamedTuple):
    """What a list of all annotations needs of each of them."""

    id: str
    """ULID."""
    article_id: str
    """The ULID of its article."""
    tags: tuple[str, ...]
    """Its tags."""


def key_page(
    connection: sqlite3.Connection, after: Cursor, most: int
) -> tuple[list[AnnotationKey], Cursor]:
    """Return the keys of live annotations, the newest first.

    Args:
        connection: The database.
        after: Where the page before ended; ``BEFORE_ALL`` for the first page.
        most: How many to return.

    Returns:
        The keys, and where they end; no key where there are no more.
    """
    keys = []
    rows = connection.execute(_KEYS, (*after, most))
    for created, identifier, number, article, tags in rows:
        after = created, identifier, number
        keys.append(AnnotationKey(text_in(identifier), intern(text_in(article)), tags_in(tags)))
    return keys, after


def nearest_ids(
    connection: sqlite3.Connection, terms: Sequence[str], words: Sequence[str], most: int
) -> list[str]:
    """Return the ids of live annotations that contain every term, the nearest first.

    Args:
        connection: The database.
        terms: Folded words that the text must contain; none for all annotations.
        words: Folded words; the more of them the text contains, the nearer it is. Of those that
            are as near, the newest are first.
        most: How many to return. Of very many annotations 20,000 are compared: the newest, or any
            that contain the terms.
    """
    conditions = " AND ".join(["instr(folded, ?)"] * len(terms)) or _AMONG_NEWEST
    shared = " + ".join(["(instr(folded, ?) > 0)"] * len(words))
    order = f"{shared} DESC, id DESC" if words else "id DESC"
    compared = f"SELECT key, folded FROM words WHERE {conditions} LIMIT {_MOST_COMPARED}"  # noqa: S608 - only marks
    query = (
        f"SELECT n.id FROM ({compared}) w CROSS JOIN notes n ON n.key = w.key"  # noqa: S608 - only marks
        f" WHERE n.is_deleted = 0 ORDER BY {order} LIMIT {most:d}"
    )
    return [text_in(value) for (value,) in connection.execute(query, (*terms, *words))]


def text_in(value: object) -> str:
    """Return a value that must be text.

    Raises:
        TypeError: The value is no text.
    """
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def tags_in(value: object) -> tuple[str, ...]:
    """Return the tags that a text in JSON lists; equal ones are one object in memory.

    Raises:
        TypeError: The value is no text.
        msgspec.DecodeError: The text is not such JSON.
    """
    return _known_tags(text_in(value))


@lru_cache(4096)
def _known_tags(encoded: str) -> tuple[str, ...]:
    return tuple(msgspec.json.decode(encoded, type=list[str]))


def decoded(
    connection: sqlite3.Connection, query: str, kind: type[Shown], *values: object
) -> list[Shown]:
    """Return the summaries that a query finds."""
    decode = msgspec.json.Decoder(kind).decode
    return [decode(row) for (row,) in connection.execute(query, values)]
