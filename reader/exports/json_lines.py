"""The JSON Lines writer: a line for each annotation, with the data of its article."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any

from reader.core.annotation import Annotation
from reader.core.annotation_record import annotation_record
from reader.exports.model import ExportedArticle, in_order
from reader.safe_text import safe_json

SCHEMA = "margin-annotation-1"
"""Marks each line as Margin's, and names the version of its fields."""


def write(items: Sequence[ExportedArticle], tags: Collection[str], exported: str) -> str:  # noqa: ARG001
    """Return the articles' annotations as JSON Lines; the same annotations give the same text.

    Args:
        items: The articles, in any order.
        tags: Only annotations with one of these; with none, all.
        exported: The time of the export, which is in no line.
    """
    return "".join(
        safe_json(_record(item, annotation)) + "\n"
        for item in in_order(items)
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
        "language": article.metadata.language,
        "article_tags": list(article.tags),
    }
