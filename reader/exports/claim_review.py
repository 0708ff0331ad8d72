"""The ClaimReview writer: verdicts on claims as schema.org describes them, for search engines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final
from urllib.parse import quote

from reader.core.addresses import is_web_address, percent_encoded
from reader.core.annotation import Annotation, Article
from reader.core.claims import RATING_NAMES, Rating
from reader.core.evidence import basis
from reader.core.text_formatting import one_line
from reader.exports.json_text import (
    ids_at,
    list_document,
    list_items,
    moment_or_none,
    own_items,
)
from reader.exports.linked_data import urn_of
from reader.exports.model import ExportedArticle, ExportOptions, in_order
from reader.exports.signed_items import SignedItems
from reader.exports.source_facts import date_parts, is_organisation
from reader.exports.spool import Spool, Spooled
from reader.safe_text import sanitise_for_file

CONTEXT: Final = "https://schema.org"

_LIST: Final = "@graph"
_OWN: Final = "margin-article"

SIGNED: Final = SignedItems(
    _LIST, ("identifier", "valueReference"), ("identifier", "propertyID"), "name"
)
"""Where a review has its digest."""

Object = dict[str, Any]


def write(items: Iterable[ExportedArticle], options: ExportOptions) -> Iterator[str]:
    """Yield a ``ClaimReview`` for each claim with a verdict, as one JSON-LD document.

    The properties are those that Google requires (``claimReviewed``, ``reviewRating``, ``url``) and
    recommends (``author``, ``itemReviewed``); see
    https://developers.google.com/search/docs/appearance/structured-data/factcheck. Notes are not
    among them, because they were not written to be published.

    Args:
        items: The articles, in any order.
        options: What was asked for; ``publisher`` and ``statuses`` are used.
    """
    with Spool() as spool:

        def put(item: ExportedArticle) -> Spooled:
            return spool.put(
                list_items(
                    SIGNED.sign(_review(item, each, rating, options))
                    for each in item.selected(options.tags)
                    if (rating := _rating(each, options)) is not None
                )
            )

        reviews = map(spool.text, in_order(items, put))
        yield from list_document({"@context": CONTEXT}, _LIST, reviews)


def leaves_out(annotation: Annotation, options: ExportOptions) -> str:
    """Return which annotations are left out as this one is; empty where it has a verdict."""
    if not annotation.status:
        return "without the status of a claim"
    if _rating(annotation, options) is None:
        return f"with the status “{one_line(annotation.status)}”, which is no verdict"
    return ""


def lacks(options: ExportOptions) -> str:
    """Return a sentence on the properties that the settings do not give; empty if they do."""
    publisher = options.publisher
    properties = (("author", "publisher", publisher.name), ("url", "address", publisher.address))
    lacking = [(name, key) for name, key, value in properties if not value]
    if not lacking:
        return ""
    names, keys = (" and no ".join(each) for each in zip(*lacking, strict=True))
    return f"The reviews have no {names}: the settings have no {keys} under [claim_review]."


def article_ids(text: str) -> list[str]:
    """Return the ids of the articles in a file; none if it is not Margin's."""
    ids = ids_at(text, (_LIST,), ("identifier", "value"))
    names = ids_at(text, (_LIST,), ("identifier", "propertyID"))
    return ids if names == [_OWN] else []


def is_own(text: str, annotations: Mapping[str, Annotation]) -> bool:
    """Tell whether all of a file is as Margin wrote it, and holds nothing that is not known.

    Args:
        text: A file of Margin's.
        annotations: The annotations by id, deleted ones too.
    """
    known = {urn_of(each.id): each for each in annotations.values()}
    reviews = own_items(text, _LIST)
    return (
        reviews is not None
        and all(
            (annotation := known.get(review["@id"])) is not None
            and review["claimReviewed"] == _words(annotation)
            and review["itemReviewed"].get("author", {}).get("name", "")
            == _line(annotation.speaker)
            for review in reviews
        )
        and SIGNED.is_as_written(text, annotations)
    )


def query_of(text: str) -> str:
    """Return what chose the annotations of a file of Margin's; empty where it names nothing."""
    reviews = json.loads(text)[_LIST]
    return str(next((each["identifier"].get("description", "") for each in reviews), ""))


def _rating(annotation: Annotation, options: ExportOptions) -> Rating | None:
    ratings = {status.name: status.rating for status in options.statuses}
    return ratings.get(annotation.status or "")


def _review(
    item: ExportedArticle, annotation: Annotation, rating: Rating, options: ExportOptions
) -> Object:
    publisher = options.publisher
    address = publisher.address.replace("{id}", quote(annotation.id, safe=""))
    targets = (each.target for each in basis(annotation.links))
    cited = [percent_encoded(each) for each in targets if is_web_address(each)]
    own: Object = {"@type": "PropertyValue", "propertyID": _OWN, "value": item.article.id}
    if item.query:
        own["description"] = item.query
    return {
        "@type": "ClaimReview",
        "@id": urn_of(annotation.id),
        "identifier": own,
        **_known({"url": address, "author": _organisation(publisher.name, publisher.url)}),
        "claimReviewed": _words(annotation),
        "reviewRating": {
            "@type": "Rating",
            **{RATING_NAMES[each]: getattr(rating, each) for each in RATING_NAMES},
        },
        "itemReviewed": _claim(item.article, annotation),
        **_known(
            {
                "citation": cited,
                "dateCreated": moment_or_none(annotation.created),
                "dateModified": moment_or_none(annotation.modified),
            }
        ),
    }


def _claim(article: Article, annotation: Annotation) -> Object:
    """Return who claimed it, where it appeared, and when that was published."""
    metadata = article.metadata
    speaker = _line(annotation.speaker)
    published = metadata.published if date_parts(metadata.published) else ""
    appearance = {
        "@type": "CreativeWork",
        **_known(
            {
                "url": percent_encoded(article.address),
                "name": _line(metadata.title),
                "author": [_person(each) for each in map(_line, metadata.authors) if each],
                "publisher": _organisation(_line(metadata.site)),
                "datePublished": published,
                "archivedAt": percent_encoded(article.archive),
            }
        ),
    }
    return {
        "@type": "Claim",
        **_known(
            {
                "author": _person(speaker) if speaker else None,
                "datePublished": published,
            }
        ),
        "appearance": appearance,
    }


def _person(name: str) -> Object:
    return {"@type": "Organization" if is_organisation(name) else "Person", "name": name}


def _organisation(name: str, url: str = "") -> Object | None:
    return {"@type": "Organization", **_known({"name": name, "url": url})} if name else None


def _words(annotation: Annotation) -> str:
    return _line(annotation.selector.exact)


def _line(text: str) -> str:
    return sanitise_for_file(one_line(text))


def _known(properties: Object) -> Object:
    """Return the properties that have a value."""
    return {name: value for name, value in properties.items() if value}
