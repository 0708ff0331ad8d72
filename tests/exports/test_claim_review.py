"""ClaimReview: what Google and schema.org require, nothing invented, nothing private."""

from __future__ import annotations

import json
from typing import Any

import pytest
from msgspec.structs import replace

from reader.core.annotation import Annotation, Article, Place, Selector
from reader.core.claims import STANDARD_STATUSES, ClaimStatus, Rating, ReviewPublisher
from reader.core.document import Metadata
from reader.core.evidence import Evidence, Relation, TargetKind, linked
from reader.exports import FORMATS, ExportedArticle, ExportOptions

WHEN = "2026-11-22T12:00:00.000Z"
ARTICLE = Article(
    "01JD0000000000000000000A01",
    "/home/ana/ledger.txt",
    Metadata("The Quiet Ledger", ("Oriel Castane",), "The Courier", "2026-01-31", "en", "https://c.example/a"),
)  # fmt: skip
LINKS = linked((), [Evidence(Relation.REFUTES, TargetKind.ADDRESS, "https://a.example/x")])
CLAIM = Annotation(
    "01JD0000000000000000000B01", Selector("The count\nis wrong"), Place(0, 18), ("claim",), WHEN, WHEN,
    "A private note.", speaker="Imre Dask", status="refuted", links=LINKS,
)  # fmt: skip
PUBLISHER = ReviewPublisher("The Desk", "https://desk.example", "https://desk.example/checks/{id}")
FORMAT = FORMATS["claimreview"]


def reviews(*annotations: Annotation, article: Article = ARTICLE, **options: Any) -> list[Any]:
    given = ExportOptions(WHEN, **{"publisher": PUBLISHER, **options})
    text = FORMAT.whole([ExportedArticle(article, annotations, None)], given)
    assert "/home" not in text
    assert "private" not in text
    document = json.loads(text)
    assert document["@context"] == "https://schema.org"
    return list(document["@graph"])


def test_a_review_has_what_is_required_and_what_is_recommended() -> None:
    (review,) = reviews(CLAIM)
    assert review["@type"] == "ClaimReview"
    assert review["claimReviewed"] == "The count is wrong"
    assert review["url"] == f"https://desk.example/checks/{CLAIM.id}"
    assert review["author"] == {"@type": "Organization", "name": "The Desk", "url": "https://desk.example"}  # fmt: skip
    assert review["reviewRating"] == {
        "@type": "Rating", "ratingValue": 1, "bestRating": 5, "worstRating": 1,
        "alternateName": "Refuted",
    }  # fmt: skip
    assert review["citation"] == ["https://a.example/x"]
    claim = review["itemReviewed"]
    assert (claim["@type"], claim["datePublished"]) == ("Claim", "2026-01-31")
    assert claim["author"] == {"@type": "Person", "name": "Imre Dask"}
    appearance = claim["appearance"]
    assert (appearance["url"], appearance["name"]) == ("https://c.example/a", "The Quiet Ledger")
    assert appearance["publisher"]["name"] == "The Courier"
    assert appearance["author"] == [{"@type": "Person", "name": "Oriel Castane"}]


def test_addresses_and_days_are_such_or_left_out() -> None:
    metadata = Metadata(
        "T", ("Berg & Sons",), published="in spring", url="https://c.example/a|b {c}"
    )
    proof = Evidence(Relation.REFUTES, TargetKind.ADDRESS, "https://a.example/x|y")
    article = replace(ARTICLE, source_metadata=metadata)
    (review,) = reviews(replace(CLAIM, links=linked((), [proof])), article=article)
    assert review["citation"] == ["https://a.example/x%7Cy"]
    claim = review["itemReviewed"]
    assert "datePublished" not in claim
    assert claim["appearance"] == {
        "@type": "CreativeWork",
        "url": "https://c.example/a%7Cb%20%7Bc%7D",
        "name": "T",
        "author": [{"@type": "Organization", "name": "Berg & Sons"}],
    }


def test_what_is_not_known_is_left_out() -> None:
    article = Article("01A", "/home/ana/private.txt", Metadata("A title"))
    (review,) = reviews(
        replace(CLAIM, speaker="", links=()), article=article, publisher=ReviewPublisher()
    )
    assert not {"url", "author", "citation"} & review.keys()
    assert review["itemReviewed"] == {
        "@type": "Claim", "appearance": {"@type": "CreativeWork", "name": "A title"},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("publisher", "sentence"),
    [
        (PUBLISHER, ""),
        (ReviewPublisher(), "The reviews have no author and no url: the settings have no publisher and no address under [claim_review]."),
        (ReviewPublisher("The Desk"), "The reviews have no url: the settings have no address under [claim_review]."),
    ],
)  # fmt: skip
def test_what_the_settings_lack_is_one_sentence(publisher: ReviewPublisher, sentence: str) -> None:
    assert FORMAT.lacks is not None
    assert FORMAT.lacks(ExportOptions(WHEN, publisher=publisher)) == sentence


def test_only_verdicts_are_reviews_with_the_ratings_of_the_settings() -> None:
    statuses = (*STANDARD_STATUSES, ClaimStatus("misleading", "m", "≈", "claim", Rating(2, "Misleading", 0, 10)))  # fmt: skip
    options = ExportOptions(WHEN, statuses=statuses)
    leaves_out = FORMAT.leaves_out
    assert leaves_out is not None
    assert leaves_out(CLAIM, options) == ""
    assert leaves_out(replace(CLAIM, status=None), options) == "without the status of a claim"
    unchecked = replace(CLAIM, status="unchecked")
    assert "“unchecked”, which is no verdict" in leaves_out(unchecked, options)
    misleading = replace(CLAIM, status="misleading", speaker="The Harbour Office Agency")
    assert "misleading" in leaves_out(misleading, ExportOptions(WHEN))
    assert reviews(unchecked) == []
    (review,) = reviews(misleading, unchecked, statuses=statuses)
    assert review["reviewRating"]["alternateName"] == "Misleading"
    assert review["reviewRating"]["bestRating"] == 10
    assert review["itemReviewed"]["author"]["@type"] == "Organization"


def test_reviews_of_others_are_not_taken_for_those_of_margin() -> None:
    text = FORMAT.whole([ExportedArticle(ARTICLE, (CLAIM,), None)], ExportOptions(WHEN))
    assert FORMAT.article_ids(text) == [ARTICLE.id]
    assert FORMAT.article_ids(text.replace("margin-article", "doi")) == []
    document = json.loads(text)
    (review,) = document["@graph"]
    review["identifier"] = {"@type": "PropertyValue", "propertyID": "doi", "value": "10.1000/1"}
    assert FORMAT.article_ids(json.dumps(document)) == []
    document["@graph"] = [*json.loads(text)["@graph"], review]
    assert FORMAT.article_ids(json.dumps(document)) == []
