"""Merging article files whole: also the fields and the records that this version does not know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from msgspec.structs import fields, replace

from reader.core.annotation import Annotation, Article
from reader.core.ordering import order_key
from reader.store.files.article_data import ArticleData
from reader.store.files.article_file import ArticleFile
from reader.store.files.migrations import SCHEMA_TABLE, with_schema
from reader.store.files.records import to_record
from reader.store.files.tables import ANNOTATION_TABLE, ARTICLE_TABLE, Tables
from reader.store.merge.merging import (
    merge_annotations,
    merge_article_versions,
    with_named_places,
    with_plain_places,
    with_times_of_edits,
)


class MergeResult(NamedTuple):
    """What merging an article's data into a library changed."""

    is_new: bool
    """Whether the library did not have the article."""
    is_changed: bool
    """Whether the library's file differs from what it was."""
    conflicting_edits: int
    """How many notes were edited on both sides, and hold both texts now."""


def merge_into(file: ArticleFile, data: ArticleData) -> ArticleData:
    """Merge an article's data into its file, which is written only where that changes it.

    Args:
        file: The file; where it is not there, it is made of ``data``.
        data: Data of the same article.

    Returns:
        What the file holds now.

    Raises:
        StoreError: The file cannot be read or written, is damaged, or a later Margin wrote it;
            the file is unchanged.
    """
    return file.update_data(lambda present: merge_data(present, data) if present else data)


def merge_data(
    first: ArticleData, second: ArticleData, base: ArticleData | None = None
) -> ArticleData:
    """Merge two versions of one article's data; see ``store.merge.merging``.

    Args:
        first: A version.
        second: A version with the same article id.
        base: The version that both were made from, where it is known: then an edit made with a
            text editor counts too, though it has no time.
    """
    article = merge_article_versions(first.article, second.article)
    if base is not None:
        article = _merge_from(base.article, first.article, second.article, article)
    merged = merge_annotations(
        *(with_named_places(data.article, _timed(data, base)) for data in (first, second))
    )
    annotations = {annotation.id: annotation for annotation in with_plain_places(article, merged)}
    records = {key: to_record(annotation) for key, annotation in annotations.items()}
    unparsed = _merge_documents(
        first.tables.get(ANNOTATION_TABLE, {}), second.tables.get(ANNOTATION_TABLE, {}), {}
    )
    tables = _merge_other_tables(first.tables, second.tables, base.tables if base else {})
    tables[ARTICLE_TABLE] = {article.id: to_record(article)}
    if unparsed:
        tables[ANNOTATION_TABLE] = {**unparsed, **records}
    return ArticleData(with_schema(tables), article, annotations)


def _timed(data: ArticleData, base: ArticleData | None) -> list[Annotation]:
    """Return the annotations with a time for each edit that was made since ``base``."""
    before = base.annotations if base else {}
    return [
        with_times_of_edits(before[key], annotation) if key in before else annotation
        for key, annotation in data.annotations.items()
    ]


def _merge_from(base: Article, first: Article, second: Article, merged: Article) -> Article:
    """Return ``merged`` with each field that only one side changed taken from that side."""
    changes: dict[str, Any] = {}
    for field in fields(Article):
        before, mine, theirs = (getattr(article, field.name) for article in (base, first, second))
        if mine == before != theirs:
            changes[field.name] = theirs
        elif theirs == before != mine:
            changes[field.name] = mine
    return replace(merged, **changes)


def _merge_other_tables(first: Tables, second: Tables, base: Tables) -> Tables:
    """Merge the tables that this version does not know, record by record."""
    known = {ARTICLE_TABLE, ANNOTATION_TABLE}
    return merge_tables(
        *({name: each[name] for name in each.keys() - known} for each in (first, second, base))
    )


def merge_tables(first: Tables, second: Tables, base: Tables) -> Tables:
    """Merge tables record by record; see ``_merge_documents``.

    Args:
        first: The tables of a version.
        second: The tables of another version.
        base: Those that both were made from, as far as they are known.
    """
    return {
        name: _merge_documents(
            first.get(name, {}),
            second.get(name, {}),
            {} if name == SCHEMA_TABLE else base.get(name, {}),
        )
        for name in sorted(first.keys() | second.keys())
    }


def _merge_documents(
    first: Mapping[str, Any], second: Mapping[str, Any], base: Mapping[str, Any]
) -> dict[str, Any]:
    """Merge a table's records by id.

    The record that alone was changed since ``base`` counts, else the later one, else the one
    whose content comes last in order.
    """
    merged: dict[str, Any] = {}
    for key in sorted(first.keys() | second.keys()):
        mine, theirs, before = first.get(key), second.get(key), base.get(key)
        if before is not None and before in (mine, theirs):
            mine = theirs if mine == before else mine
            if mine is not None:
                merged[key] = mine
            continue
        merged[key] = max((record for record in (mine, theirs) if record is not None), key=_rank)
    return merged


def _rank(record: Any) -> tuple[str, bytes]:
    time = record.get("modified", "") if isinstance(record, dict) else ""
    return str(time), order_key(record)
