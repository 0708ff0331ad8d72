"""The W3C Web Annotation writer: a page of annotations as JSON-LD."""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from reader import __version__
from reader.core.addresses import is_web_address, percent_encoded
from reader.core.annotation import Annotation, Article
from reader.core.evidence import evidence_in
from reader.exported_outlines.urns import uuid_of
from reader.exports.json_text import (
    ids_at,
    list_document,
    list_items,
    moment_or_none,
    own_items,
)
from reader.exports.model import ExportedArticle, ExportOptions, in_order
from reader.exports.signed_items import SignedItems
from reader.exports.spool import Spool, Spooled
from reader.safe_text import sanitise_for_file

CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
"""The context of the Web Annotation Data Model (W3C Recommendation, 23 February 2017)."""

_IDENTIFIER: Final = "schema:identifier"
_QUERY: Final = "schema:query"
_SPEAKER: Final = "schema:spokenByCharacter"

SIGNED: Final = SignedItems(
    "items",
    ("schema:sha256",),
    ("target", "source", _IDENTIFIER),
    "schema:isBasedOn",
    length=64,
    beside=(_QUERY,),
)
"""Where an annotation has its digest, which is that of its JSON without it."""

Object = dict[str, Any]


def write(items: Iterable[ExportedArticle], options: ExportOptions) -> Iterator[str]:
    """Yield the annotations as one ``AnnotationPage``; each one in it can stand alone.

    A note is a body that comments, a tag one that tags, and the status of a claim one that
    assesses. The speaker and what is known of the article have the names of schema.org.

    Args:
        items: The articles, in any order.
        options: What was asked for.
    """
    queries: set[str] = set()

    with Spool() as spool:

        def put(item: ExportedArticle) -> tuple[str, Spooled]:
            queries.add(item.query)
            chosen = item.selected(options.tags)
            made = [SIGNED.sign(_annotation(item.article, each)) for each in chosen]
            return "\n".join(each["id"] for each in made), spool.put(list_items(made))

        articles = in_order(items, put)
        page: Object = {
            "@context": CONTEXT,
            "id": "urn:uuid:" + str(_page_id(ids for ids, _ in articles if ids)),
        }
        if query := max(queries, default=""):
            page[_QUERY] = query
        page["type"] = "AnnotationPage"
        yield from list_document(page, "items", (spool.text(place) for _, place in articles))


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
    return (
        items is not None
        and all(
            (annotation := known.get(item["id"])) is not None
            and [each for each in item["body"] if each["purpose"] == "commenting"]
            == _note(annotation)
            and item["target"]["selector"][0] == quote_selector(annotation)
            and item["target"].get(_SPEAKER, "") == sanitise_for_file(annotation.speaker).strip()
            for item in items
        )
        and SIGNED.is_as_written(text, annotations)
    )


def query_of(text: str) -> str:
    """Return what chose the annotations of a file of Margin's; empty where it names nothing."""
    return str(json.loads(text).get(_QUERY, ""))


def shows_tag(text: str, tags: Collection[str]) -> bool:
    """Tell whether an annotation of a file of Margin's has one of some tags."""
    bodies = (body for item in json.loads(text)["items"] for body in item["body"])
    return any(body["purpose"] == "tagging" and body["value"] in tags for body in bodies)


def _page_id(ids: Iterable[str]) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, "\n".join(ids))


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
        is_address = is_web_address(each.target)
        source = percent_encoded(each.target) if is_address else urn_of(each.target)
        described = {"schema:additionalType": f"http://purl.org/spar/cito/{each.term}"}
        yield {"type": "SpecificResource", "source": source, "purpose": "linking", **described}


def _note(annotation: Annotation) -> list[Object]:
    note = sanitise_for_file(annotation.note).strip()
    return [{**_text(note, "commenting"), "format": "text/markdown"}] if note else []


def _text(value: str, purpose: str) -> Object:
    return {"type": "TextualBody", "value": value, "purpose": purpose}


def _target(article: Article, annotation: Annotation) -> Object:
    selectors = [quote_selector(annotation)]
    if annotation.has_place:
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
    return {"id": percent_encoded(article.address) or urn_of(article.id), "type": "Text", **known}


def urn_of(identifier: str) -> str:
    """Return the id of an annotation or an article as a URN; see ``uuid_of``."""
    return f"urn:uuid:{uuid_of(identifier)}"
