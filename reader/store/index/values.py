"""What the rows of the index hold, as values; in a damaged database a row may hold anything."""

from __future__ import annotations

import sqlite3
from functools import lru_cache
from sys import intern
from typing import Final, NamedTuple, TypeVar

import msgspec

from reader.store.index.summaries import AnnotationSummary, ArticleSummary

Shown = TypeVar("Shown", ArticleSummary, AnnotationSummary)

Cursor = tuple[str, str, str]
"""When an annotation was created, its id, and the id of its article."""

BEFORE_ALL: Final[Cursor] = ("\U0010ffff", "", "")
"""A time that no annotation was made after, and no ids."""

_KEYS: Final = (
    "SELECT created, id, article, tags FROM annotations"
    " WHERE deleted = '' AND (created, id, article) < (?, ?, ?)"
    " ORDER BY created DESC, id DESC, article DESC LIMIT ?"
)


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
    for created, identifier, article, tags in connection.execute(_KEYS, (*after, most)):
        after = created, identifier, article
        keys.append(AnnotationKey(text_in(identifier), intern(text_in(article)), tags_in(tags)))
    return keys, after


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
