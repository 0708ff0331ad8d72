"""The content of an article file: its tables, and the values that this version knows."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from reader.core.annotation import Annotation, Article
from reader.core.selectors import selector_history
from reader.errors import StoreError
from reader.store.errors import DamagedFileError, newer_sentence
from reader.store.files.migrations import is_newer, migrate
from reader.store.files.reading import read_tables
from reader.store.files.records import from_record, to_record
from reader.store.files.tables import ANNOTATION_TABLE, ARTICLE_TABLE, Tables

_MOST_PROBLEMS = 10
"""How many annotations that cannot be parsed have a sentence of their own."""


class ArticleData(NamedTuple):
    """The content of an article file, in the present schema."""

    tables: Tables
    """All tables, with the fields and the records that this version does not know."""
    article: Article
    """The article."""
    annotations: dict[str, Annotation]
    """The annotations that can be parsed, by id."""
    problems: tuple[str, ...] = ()
    """A sentence for each annotation that cannot be parsed; its record is in ``tables``."""

    def with_id(self, article_id: str) -> ArticleData:
        """Return the same data under the article id ``article_id``."""
        article = replace(self.article, id=article_id)
        tables = {**self.tables, ARTICLE_TABLE: {article_id: to_record(article)}}
        return self._replace(tables=tables, article=article)


def read_article_data(path: Path) -> ArticleData:
    """Read an article file inside or outside a library.

    Raises:
        StoreError: The file cannot be read, is damaged, or was written by a later Margin.
    """
    tables = migrate(read_tables(path)[0])
    if is_newer(tables):
        raise StoreError("Read-only", newer_sentence(path))
    return parse(tables, path)


def parse(tables: Tables, path: Path) -> ArticleData:
    """Return the values in the tables of the file at ``path``, which have the present schema.

    Raises:
        DamagedFileError: The tables hold no article.
    """
    articles = tables.get(ARTICLE_TABLE)
    if not articles:
        raise DamagedFileError(path, "it holds no article")
    article_id = min(articles)
    if not article_id:
        raise DamagedFileError(path, "its article has no id")
    try:
        article = from_record(Article, article_id, articles[article_id])
    except (msgspec.ValidationError, TypeError) as error:
        raise DamagedFileError(path, f"the article: {error}") from error
    annotations: dict[str, Annotation] = {}
    problems: list[str] = []
    unparsed = 0
    for annotation_id, record in tables.get(ANNOTATION_TABLE, {}).items():
        try:
            annotations[annotation_id] = from_record(Annotation, annotation_id, record)
        except (msgspec.ValidationError, TypeError) as error:
            unparsed += 1
            if unparsed <= _MOST_PROBLEMS:
                problems.append(
                    f"{path}: the annotation {annotation_id[:64]} cannot be understood ({error});"
                    " it is kept in the file and not shown."
                )
    if unparsed > _MOST_PROBLEMS:
        problems.append(
            f"{path}: {unparsed - _MOST_PROBLEMS:,} more annotations cannot be understood; they are"
            " kept in the file and not shown."
        )
    return ArticleData(tables, article, annotations, tuple(problems))


def all_snapshots_of(article: Article, annotations: Iterable[Annotation]) -> set[str]:
    """Return the digests of all documents of an article, also of those that were only seen."""
    return snapshots_of(article, annotations) | article.versions.keys()


def snapshots_of(article: Article, annotations: Iterable[Annotation]) -> set[str]:
    """Return the digests of the documents that an article and its annotations refer to.

    The documents that earlier versions of a selector were made on are among them.
    """
    selectors = (
        selector for annotation in annotations for selector in selector_history(annotation.selector)
    )
    return ({selector.snapshot for selector in selectors} | {article.snapshot}) - {""}
