"""The JSON Lines writer: a line for each annotation, with the data of its article."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from reader.core.annotation import Annotation
from reader.core.annotation_record import annotation_record
from reader.core.json_values import string_in
from reader.exports.model import ExportedArticle, ExportOptions, in_order
from reader.exports.signed_items import SignedItems
from reader.exports.spool import Spool
from reader.safe_text import safe_json

SCHEMA = "margin-annotation-1"
"""Marks each line as Margin's, and names the version of its fields."""

SIGNED: Final = SignedItems("", ("digest",), ("schema",), "copy_of", has_unsigned=True)
"""Where a line has its digest; those of Margin 0.1.0 have none."""


def write(items: Iterable[ExportedArticle], options: ExportOptions) -> Iterator[str]:
    """Yield the articles' annotations as JSON Lines; the same annotations give the same text.

    Args:
        items: The articles, in any order; they are taken one at a time.
        options: What was asked for.
    """
    with Spool() as spool:
        lines = in_order(items, lambda item: spool.put(_lines(item, options.tags)))
        yield from map(spool.text, lines)


def _lines(item: ExportedArticle, tags: Collection[str]) -> str:
    return "".join(
        safe_json(SIGNED.sign(_record(item, annotation))) + "\n"
        for annotation in item.selected(tags)
    )


def article_ids(text: str) -> list[str]:
    """Return the ids of the articles in a file; none if any line of it is not Margin's."""
    ids: dict[str, None] = {}
    for line in filter(str.strip, text.split("\n")):
        try:
            record = json.loads(line)
        except ValueError:
            return []
        if not isinstance(record, dict) or record.get("schema") != SCHEMA:
            return []
        ids[str(record.get("article", ""))] = None
    return list(ids)


def query_of(text: str) -> str:
    """Return what chose the annotations of a file of Margin's; empty where it names nothing."""
    line = next(filter(str.strip, text.split("\n")), "{}")
    return string_in(json.loads(line), "query")


def is_own(text: str, annotations: Mapping[str, Annotation]) -> bool:
    """Tell whether all of a file is as Margin wrote it, and holds nothing that is not known.

    The library must have the annotation of each line, deleted or not, with the same words.

    Args:
        text: A file of Margin's.
        annotations: The annotations by id, deleted ones too.
    """
    for line in filter(str.strip, text.split("\n")):
        record = json.loads(line)
        annotation = annotations.get(str(record.get("id")))
        if annotation is None or line != safe_json(record):
            return False
        present = annotation_record(annotation, "", "")
        if any(record.get(name) != present[name] for name in ("quote", "note", "speaker")):
            return False
    return SIGNED.is_as_written(text, annotations)


def shows_tag(text: str, tags: Collection[str]) -> bool:
    """Tell whether a line of a file of Margin's has one of some tags."""
    lines = (json.loads(line) for line in text.split("\n") if line.strip())
    return any(not set(tags).isdisjoint(line.get("tags", ())) for line in lines)


def _record(item: ExportedArticle, annotation: Annotation) -> dict[str, Any]:
    article = item.article
    return {
        "schema": SCHEMA,
        **annotation_record(annotation, article.id, article.metadata.title),
        "orphaned": annotation.is_orphaned,
        "source": article.source,
        "url": article.metadata.url,
        "authors": list(article.metadata.authors),
        "site": article.metadata.site,
        "published": article.metadata.published,
        "accessed": article.accessed,
        "archive": article.archive,
        "language": article.metadata.language,
        "article_tags": list(article.tags),
        **({"query": item.query} if item.query else {}),
    }
