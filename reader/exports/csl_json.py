"""The CSL-JSON writer: an item for each source, for Pandoc, Zotero and citeproc."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from reader.core.annotation import Annotation
from reader.exports.json_text import ids_at, json_document
from reader.exports.model import ExportedArticle, ExportOptions
from reader.exports.source_facts import Name, SourceFacts, SourceKind, digest_of, facts_of
from reader.safe_text import safe_json

_OWN, _DIGEST = "margin-id", "margin-digest"
_DIGESTS: Final = re.compile(rf'"{_DIGEST}": ?"(\w+)"')

_KINDS: Final = {
    SourceKind.NEWS: "article-newspaper",
    SourceKind.PAPER: "article-journal",
    SourceKind.BOOK: "book",
    SourceKind.DOCUMENT: "document",
}


def write(items: Iterable[ExportedArticle], options: ExportOptions) -> Iterator[str]:  # noqa: ARG001
    """Yield the sources as one array of items (Citation Style Language, 1.0.2).

    Args:
        items: The articles, in any order.
        options: What was asked for; a source is the same for all.
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


def written_digest(text: str) -> str:
    """Return the digests that a file has of what Margin wrote; empty where it has none."""
    return " ".join(_DIGESTS.findall(text))


def as_copy(text: str, new: str) -> str:  # noqa: ARG001
    """Return a file of Margin's that is not known as such.

    Args:
        text: The file.
        new: What replaces it.
    """
    return text.replace(f'"{_OWN}"', '"margin-copy-of"')


def _item(facts: SourceFacts) -> dict[str, Any]:
    fields = {
        "author": [_name(name) for name in facts.authors],
        "publisher" if facts.kind is SourceKind.BOOK else "container-title": facts.outlet,
        "issued": _date(facts.published),
        "ISBN": facts.isbn,
        "DOI": facts.doi,
        "URL": facts.url,
        "accessed": _date(facts.accessed),
        "archive_location": facts.archive,
        "language": facts.language,
        "keyword": ", ".join(facts.keywords),
    }
    item = {
        "id": facts.key,
        "type": _KINDS[facts.kind],
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
