"""The W3C Web Annotation writer: a page of annotations as JSON-LD."""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from reader import __version__
from reader.core.addresses import is_web_address
from reader.core.annotation import Annotation, Article
from reader.core.evidence import evidence_in
from reader.exports.json_text import ids_at, json_document, moment_or_none, own_items
from reader.exports.model import ExportedArticle, in_order
from reader.safe_text import sanitise_for_file

CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
"""The context of the Web Annotation Data Model (W3C Recommendation, 23 February 2017)."""

_IDENTIFIER: Final = "schema:identifier"
_QUERY: Final = "schema:query"
_SPEAKER: Final = "schema:spokenByCharacter"
_BASE32: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

Object = dict[str, Any]


def write(
    items: Iterable[ExportedArticle],
    tags: Collection[str],
    exported: str,  # noqa: ARG001
) -> Iterator[str]:
    """Yield the annotations as one ``AnnotationPage``; each one in it can stand alone.

    A note is a body that comments, a tag one that tags, and the status of a claim one that
    assesses. The speaker and what is known of the article have the names of schema.org.

    Args:
        items: The articles, in any order.
        tags: Only annotations with one of these; with none, all.
        exported: The time of the export, which the page does not have.
    """
    queries: set[str] = set()

    def read(item: ExportedArticle) -> list[Object]:
        queries.add(item.query)
        return [_annotation(item.article, each) for each in item.selected(tags)]

    by_article = in_order(items, read)
    annotations = [each for one in by_article for each in one]
    page: Object = {"@context": CONTEXT, "id": "urn:uuid:" + str(_page_id(annotations))}
    if query := max(queries, default=""):
        page[_QUERY] = query
    yield json_document({**page, "type": "AnnotationPage", "items": annotations})


def article_ids(text: str) -> list[str]:
    """Return the ids of the articles in a file; none if it is not Margin's."""
    return ids_at(text, ("items",), ("target", "source", _IDENTIFIER))


def is_own(text: str, annotations: Mapping[str, Annotation]) -> bool:
    """Tell whether all of a file is as Margin wrote it, and holds nothing that is not known.

    Args:
        text: A file of Margin's.
        annotations: The annotations by id, deleted ones too.
    """
    known = {urn_of(each.id): each for each in annotations.values()}
    items = own_items(text, "items")
    return items is not None and all(
        (annotation := known.get(item["id"])) is not None
        and [each for each in item["body"] if each["purpose"] == "commenting"] == _note(annotation)
        and item["target"]["selector"][0] == quote_selector(annotation)
        and item["target"].get(_SPEAKER, "") == sanitise_for_file(annotation.speaker).strip()
        for item in items
    )


def query_of(text: str) -> str:
    """Return what chose the annotations of a file of Margin's; empty where it names nothing."""
    return str(json.loads(text).get(_QUERY, ""))


def shows_tag(text: str, tags: Collection[str]) -> bool:
    """Tell whether an annotation of a file of Margin's has one of some tags."""
    bodies = (body for item in json.loads(text)["items"] for body in item["body"])
    return any(body["purpose"] == "tagging" and body["value"] in tags for body in bodies)


def _page_id(annotations: Iterable[Object]) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, "\n".join(each["id"] for each in annotations))


def _annotation(article: Article, annotation: Annotation) -> Object:
    bodies = list(_bodies(annotation))
    return {
        "@context": CONTEXT,
        "id": urn_of(annotation.id),
        "type": "Annotation",
        "motivation": _motivation(annotation),
        **_moments(annotation),
        "generator": {"type": "Software", "name": f"Margin {__version__}"},
        "body": bodies,
        "target": _target(article, annotation),
    }


def _motivation(annotation: Annotation) -> str:
    if annotation.status:
        return "assessing"
    return "commenting" if annotation.note.strip() else "highlighting"


def _moments(annotation: Annotation) -> Object:
    moments = {"created": annotation.created, "modified": annotation.modified}
    return {name: each for name, moment in moments.items() if (each := moment_or_none(moment))}


def _bodies(annotation: Annotation) -> Iterator[Object]:
    yield from _note(annotation)
    for tag in annotation.tags:
        yield _text(sanitise_for_file(tag), "tagging")
    if annotation.status:
        yield _text(sanitise_for_file(annotation.status), "assessing")
    for each in evidence_in(annotation.links):
        source = each.target if is_web_address(each.target) else urn_of(each.target)
        described = {"schema:additionalType": f"http://purl.org/spar/cito/{each.term}"}
        yield {"type": "SpecificResource", "source": source, "purpose": "linking", **described}


def _note(annotation: Annotation) -> list[Object]:
    note = sanitise_for_file(annotation.note).strip()
    return [{**_text(note, "commenting"), "format": "text/markdown"}] if note else []


def _text(value: str, purpose: str) -> Object:
    return {"type": "TextualBody", "value": value, "purpose": purpose}


def _target(article: Article, annotation: Annotation) -> Object:
    selectors = [quote_selector(annotation)]
    if not annotation.is_orphaned:
        position = {"start": annotation.place.start, "end": annotation.place.end}
        selectors.append({"type": "TextPositionSelector", **position})
    target: Object = {
        "type": "SpecificResource",
        "source": _source(article),
        "selector": selectors,
    }
    if speaker := sanitise_for_file(annotation.speaker).strip():
        target[_SPEAKER] = speaker
    return target


def quote_selector(annotation: Annotation) -> Object:
    """Return the passage with the words around it, as the Web Annotation Data Model has it."""
    selector = annotation.selector
    return {
        "type": "TextQuoteSelector",
        "exact": sanitise_for_file(selector.exact),
        "prefix": sanitise_for_file(selector.prefix),
        "suffix": sanitise_for_file(selector.suffix),
    }


def _source(article: Article) -> Object:
    metadata = article.metadata
    facts = {
        "schema:name": metadata.title,
        "schema:author": list(metadata.authors),
        "schema:publisher": metadata.site,
        "schema:datePublished": metadata.published,
        "language": metadata.language,
        _IDENTIFIER: article.id,
    }
    known = {name: value for name, value in facts.items() if value}
    return {"id": article.address or urn_of(article.id), "type": "Text", **known}


def urn_of(identifier: str) -> str:
    """Return the id of an annotation or an article as a URN: a ULID is a UUID in other letters.

    Any other text, which another library may have, gets the UUID that RFC 9562 makes of a name.
    """
    letters = identifier.upper()
    if len(letters) == 26 and letters[0] in "01234567" and all(each in _BASE32 for each in letters):
        number = 0
        for each in letters:
            number = number << 5 | _BASE32.index(each)
        return f"urn:uuid:{uuid.UUID(int=number)}"
    encoded = json.dumps(identifier)  # also what UTF-8 cannot hold
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, encoded)}"
