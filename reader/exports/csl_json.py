"""The CSL-JSON writer: an item for each source, for Pandoc, Zotero and citeproc."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from reader.core.annotation import Annotation
from reader.exports.json_text import ids_at, json_document
from reader.exports.model import ExportedArticle
from reader.exports.source_facts import Name, SourceFacts, SourceKind, digest_of, facts_of
from reader.safe_text import safe_json

_OWN, _DIGEST = "margin-id", "margin-digest"


def write(
    items: Iterable[ExportedArticle],
    tags: Collection[str],  # noqa: ARG001
    exported: str,  # noqa: ARG001
) -> Iterator[str]:
    """Yield the sources as one array of items (Citation Style Language, 1.0.2).

    Args:
        items: The articles, in any order.
        tags: The tags that the annotations were chosen by; a source is the same for all.
        exported: The time of the export, which is in no item.
    """
    yield json_document([_item(facts) for facts in facts_of(items)])


def article_ids(text: str) -> list[str]:
    """Return the ids of the articles in a file; none if any item is not Margin's."""
    return ids_at(text, (), ("custom", _OWN))


def is_own(text: str, annotations: Mapping[str, Annotation]) -> bool:  # noqa: ARG001
    """Tell whether all of a file is as Margin wrote it, by the digest of each item.

    Args:
        text: A file of Margin's.
        annotations: The annotations by id, which the file does not hold.
    """
    items = json.loads(text)
    return text == json_document(items) and all(
        item["custom"].pop(_DIGEST, "") == digest_of(safe_json(item)) for item in items
    )


def _item(facts: SourceFacts) -> dict[str, Any]:
    fields = {
        "author": [_name(name) for name in facts.authors],
        "container-title": facts.outlet,
        "issued": _date(facts.published),
        "URL": facts.url,
        "accessed": _date(facts.accessed),
        "archive_location": facts.archive,
        "language": facts.language,
        "keyword": ", ".join(facts.keywords),
    }
    item = {
        "id": facts.key,
        "type": "article-newspaper" if facts.kind is SourceKind.NEWS else "document",
        "title": facts.title,
        **{name: value for name, value in fields.items() if value},
        "custom": {_OWN: facts.id},
    }
    item["custom"] = {_OWN: facts.id, _DIGEST: digest_of(safe_json(item))}
    return item


def _name(name: Name) -> dict[str, str]:
    if name.is_organisation:
        return {"literal": name.family}
    parts = {"family": name.family, "given": name.given, "suffix": name.suffix}
    return {key: part for key, part in parts.items() if part}


def _date(parts: tuple[int, ...]) -> dict[str, Any] | None:
    return {"date-parts": [list(parts)]} if parts else None
