"""The Hypothesis writer: annotations as the API of that service gives and takes them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from reader.core.annotation import Annotation
from reader.core.text_formatting import one_line
from reader.exports.json_text import ids_at, list_document, list_items, own_items
from reader.exports.linked_data import quote_selector, urn_of
from reader.exports.model import ExportedArticle, ExportOptions, in_order
from reader.exports.signed_items import SignedItems
from reader.exports.spool import Spool, Spooled
from reader.safe_text import sanitise_for_file

_OWN: Final = "margin"
"""The field with what Hypothesis does not know."""

SIGNED: Final = SignedItems("rows", (_OWN, "digest"), (_OWN, "article"), "copy_of")
"""Where an annotation has its digest."""


def write(items: Iterable[ExportedArticle], options: ExportOptions) -> Iterator[str]:
    """Yield the annotations as an answer of the API's search: ``total`` and ``rows``.

    Hypothesis knows no speaker and no status: these are tags (``speaker: Ana Lind``), and fields of
    their own under ``margin``.

    Args:
        items: The articles, in any order.
        options: What was asked for.
    """
    total = 0
    with Spool() as spool:

        def put(item: ExportedArticle) -> Spooled:
            nonlocal total
            chosen = item.selected(options.tags)
            total += len(chosen)
            return spool.put(list_items(SIGNED.sign(_row(item, each)) for each in chosen))

        rows = map(spool.text, in_order(items, put))
        yield from list_document({"total": total}, "rows", rows)


def article_ids(text: str) -> list[str]:
    """Return the ids of the articles in a file; none if it is not Margin's."""
    return ids_at(text, ("rows",), (_OWN, "article"))


def is_own(text: str, annotations: Mapping[str, Annotation]) -> bool:
    """Tell whether all of a file is as Margin wrote it, and holds nothing that is not known.

    Args:
        text: A file of Margin's.
        annotations: The annotations by id, deleted ones too.
    """
    rows = own_items(text, "rows")
    return (
        rows is not None
        and all(
            (annotation := annotations.get(row["id"])) is not None
            and row["text"] == sanitise_for_file(annotation.note)
            and row[_OWN]["speaker"] == sanitise_for_file(annotation.speaker)
            and row["target"][0]["selector"][0] == quote_selector(annotation)
            for row in rows
        )
        and SIGNED.is_as_written(text, annotations)
    )


def shows_tag(text: str, tags: Collection[str]) -> bool:
    """Tell whether an annotation of a file of Margin's has one of some tags."""
    return any(not set(tags).isdisjoint(row["tags"]) for row in json.loads(text)["rows"])


def query_of(text: str) -> str:
    """Return what chose the annotations of a file of Margin's; empty where it names nothing."""
    return str(next((row[_OWN].get("query", "") for row in json.loads(text)["rows"]), ""))


def _row(item: ExportedArticle, annotation: Annotation) -> dict[str, Any]:
    article = item.article
    uri = article.address or urn_of(article.id)
    selectors = [quote_selector(annotation)]
    if annotation.has_place:
        position = {"start": annotation.place.start, "end": annotation.place.end}
        selectors.append({"type": "TextPositionSelector", **position})
    return {
        "id": annotation.id,
        "created": annotation.created,
        "updated": annotation.modified,
        "uri": uri,
        "text": sanitise_for_file(annotation.note),
        "tags": list(_tags(annotation)),
        "target": [{"source": uri, "selector": selectors}],
        "document": {"title": [sanitise_for_file(one_line(article.metadata.title))]},
        "references": [],
        _OWN: {
            "article": article.id,
            "speaker": sanitise_for_file(annotation.speaker),
            "status": annotation.status or None,
            **({"query": item.query} if item.query else {}),
        },
    }


def _tags(annotation: Annotation) -> Iterator[str]:
    yield from map(sanitise_for_file, annotation.tags)
    if speaker := sanitise_for_file(one_line(annotation.speaker)):
        yield f"speaker: {speaker}"
    if annotation.status:
        yield f"status: {sanitise_for_file(annotation.status)}"
