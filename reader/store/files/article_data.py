"""Copies of an article file, as tables, become one; what this version does not know goes along."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import fields, replace

from reader.core.annotation import Annotation, Article
from reader.errors import StoreError
from reader.store.errors import DamagedFileError, cannot_read, newer_sentence
from reader.store.files.migrations import SCHEMA_TABLE, Tables, is_newer, migrate, with_schema
from reader.store.files.records import from_record, to_record
from reader.store.files.storage import decode_tables
from reader.store.merge.merging import (
    merge_annotations,
    merge_article_copies,
    with_named_places,
    with_plain_places,
    with_times_of_edits,
)

ARTICLE_TABLE = "article"
"""The table that holds the article, a single record."""

ANNOTATION_TABLE = "annotations"
"""The table that holds the annotations, tombstones included."""


class Copy(NamedTuple):
    """What a copy of an article file holds, in the present schema."""

    tables: Tables
    """All tables, as they came."""
    article: Article
    """The article."""
    annotations: dict[str, Annotation]
    """The annotations that can be understood, by id."""

    def with_id(self, article_id: str) -> Copy:
        """Return the copy as one of the article ``article_id``."""
        article = replace(self.article, id=article_id)
        tables = {**self.tables, ARTICLE_TABLE: {article_id: to_record(article)}}
        return Copy(tables, article, self.annotations)


class Absorbed(NamedTuple):
    """What became of a copy of an article file."""

    is_new: bool
    """Whether the library did not have the article."""
    is_changed: bool
    """Whether the library's file is other than before."""
    both_texts: int
    """How many notes were edited on both sides, and hold both texts now."""


def read_copy(path: Path) -> Copy:
    """Read a copy of an article file, wherever it is.

    Raises:
        StoreError: It cannot be read, is damaged, or was written by a later Margin.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise cannot_read(error, path) from error
    tables = migrate(decode_tables(data, path))
    if is_newer(tables):
        raise StoreError("Read-only", newer_sentence(path))
    return understood(tables, path)


def understood(tables: Tables, path: Path) -> Copy:
    """Return what tables of the present schema hold.

    Raises:
        DamagedFileError: They hold no article.
    """
    for article_id, record in sorted(tables.get(ARTICLE_TABLE, {}).items()):
        try:
            article = from_record(Article, article_id, record)
        except (msgspec.ValidationError, TypeError) as error:
            raise DamagedFileError(path, f"the article: {error}") from error
        annotations: dict[str, Annotation] = {}
        for key, value in tables.get(ANNOTATION_TABLE, {}).items():
            try:
                annotations[key] = from_record(Annotation, key, value)
            except (msgspec.ValidationError, TypeError):
                continue  # kept in the tables
        return Copy(tables, article, annotations)
    raise DamagedFileError(path, "it holds no article")


def merge_copies(one: Copy, other: Copy, base: Copy | None = None) -> Copy:
    """Merge two copies of one article's file; see ``store.merge.merging``.

    Args:
        one: A copy.
        other: A copy with the same article id.
        base: What both were made from, where that is known: then an edit that someone made with
            a text editor counts as well, though it has no time.
    """
    article = merge_article_copies(one.article, other.article)
    if base is not None:
        article = _merge_from(base.article, one.article, other.article, article)
    sides = [_timed(each, base) for each in (one, other)]
    merged = merge_annotations(
        *(
            with_named_places(each.article, side)
            for each, side in zip((one, other), sides, strict=True)
        )
    )
    annotations = {each.id: each for each in with_plain_places(article, merged)}
    records = {key: to_record(each) for key, each in annotations.items()}
    raw = _merge_documents(
        one.tables.get(ANNOTATION_TABLE, {}), other.tables.get(ANNOTATION_TABLE, {}), {}
    )
    tables = _merge_other_tables(one.tables, other.tables, base.tables if base else {})
    tables[ARTICLE_TABLE] = {article.id: to_record(article)}
    if raw:
        tables[ANNOTATION_TABLE] = {**raw, **records}
    return Copy(with_schema(tables), article, annotations)


def _timed(copy: Copy, base: Copy | None) -> list[Annotation]:
    known = base.annotations if base else {}
    return [
        with_times_of_edits(known[key], each) if key in known else each
        for key, each in copy.annotations.items()
    ]


def _merge_from(base: Article, one: Article, other: Article, merged: Article) -> Article:
    """Take each field that only one side changed from that side."""
    taken: dict[str, Any] = {}
    for field in fields(Article):
        name = field.name
        before, mine, theirs = (getattr(each, name) for each in (base, one, other))
        if mine == before != theirs:
            taken[name] = theirs
        elif theirs == before != mine:
            taken[name] = mine
    return replace(merged, **taken)


def _merge_other_tables(one: Tables, other: Tables, base: Tables) -> Tables:
    """Merge the tables that this version knows nothing of, record by record."""
    names = (one.keys() | other.keys()) - {ARTICLE_TABLE, ANNOTATION_TABLE}
    tables = {
        name: _merge_documents(one.get(name, {}), other.get(name, {}), base.get(name, {}))
        for name in sorted(names - {SCHEMA_TABLE})
    }
    if SCHEMA_TABLE in names:
        tables[SCHEMA_TABLE] = _merge_documents(
            one.get(SCHEMA_TABLE, {}), other.get(SCHEMA_TABLE, {}), {}
        )
    return tables


def _merge_documents(
    one: Mapping[str, Any], other: Mapping[str, Any], base: Mapping[str, Any]
) -> dict[str, Any]:
    """Merge a table's records by id: the only changed one, else the later one, else by content."""
    merged: dict[str, Any] = {}
    for key in sorted(one.keys() | other.keys()):
        mine, theirs, before = one.get(key), other.get(key), base.get(key)
        if before is not None and before in (mine, theirs):
            mine = theirs if mine == before else mine
            if mine is not None:
                merged[key] = mine
            continue
        merged[key] = max((each for each in (mine, theirs) if each is not None), key=_rank)
    return merged


def _rank(record: Any) -> tuple[str, bytes]:
    time = record.get("modified", "") if isinstance(record, dict) else ""
    return str(time), msgspec.json.encode(record, order="sorted")
