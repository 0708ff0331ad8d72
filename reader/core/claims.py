"""Claims: the statuses that the reader gives them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

import msgspec

from reader.core.annotation import CLAIM, Annotation

RATING_NAMES: Final = {
    "value": "ratingValue",
    "name": "alternateName",
    "worst": "worstRating",
    "best": "bestRating",
}
"""The names of a rating's fields in schema.org."""


class Rating(msgspec.Struct, frozen=True, rename=RATING_NAMES):
    """What a status means as a rating of schema.org's ``ClaimReview``."""

    value: float
    """From ``worst`` to ``best``."""
    name: str
    """The verdict in a word or two."""
    worst: float = 1
    """The rating of what is entirely false."""
    best: float = 5
    """The rating of what is entirely true."""


class ClaimStatus(msgspec.Struct, frozen=True):
    """How far a claim has been checked: a name with a sign, a key and a colour."""

    name: str
    """The stored name: lower case, without white space at its ends."""
    key: str
    """The letter that chooses it, ``a`` to ``z``; empty for a status without a key."""
    sign: str
    """One character of one cell, shown beside the claim."""
    colour: str
    """A theme variable (``supported``) or a colour such as ``#ff8800``."""
    rating: Rating | None = None
    """Its rating; None for a status that is no verdict."""


class ReviewPublisher(msgspec.Struct, frozen=True):
    """Who publishes the reviews of claims, and where; what is empty is not known."""

    name: str = ""
    """The name of the organisation."""
    url: str = ""
    """Its web address."""
    address: str = ""
    """The web address of a review, with ``{id}`` for the id of the annotation."""


UNCHECKED, SUPPORTED, DISPUTED, REFUTED = "unchecked", "supported", "disputed", "refuted"

STANDARD_STATUSES: Final = (
    ClaimStatus(UNCHECKED, "u", "?", UNCHECKED),
    ClaimStatus(SUPPORTED, "s", "✓", SUPPORTED, Rating(5, "Supported")),
    ClaimStatus(DISPUTED, "d", "~", DISPUTED, Rating(3, "Disputed")),
    ClaimStatus(REFUTED, "r", "✗", REFUTED, Rating(1, "Refuted")),
)
"""The four statuses that a new library has; a claim may have others, from settings or files."""

STANDARD_NAMES: Final = frozenset(status.name for status in STANDARD_STATUSES)
"""The names of these four."""


def is_open_claim(annotation: Annotation) -> bool:
    """Return whether an annotation is a claim that nobody has checked: unchecked or no status."""
    return annotation.status == UNCHECKED or (not annotation.status and CLAIM in annotation.tags)


def claim_among(annotations: Sequence[Annotation]) -> Annotation | None:
    """Return the first claim among annotations, else the first annotation; None without any.

    Where annotations overlap, this one gets the status and the evidence that the reader gives.
    """
    claims = (each for each in annotations if CLAIM in each.tags)
    return next(claims, annotations[0] if annotations else None)


def status_with_tags(
    status: str | None, tags: Collection[str], before: Collection[str] = ()
) -> str | None:
    """Return the status of an annotation whose tags change.

    A new claim is unchecked. What is no longer a claim is no longer unchecked; any other status
    is kept, because the reader has checked something.

    Args:
        status: The status so far.
        tags: The new tags.
        before: The tags so far; none for a new annotation.
    """
    if status is None and CLAIM in tags and CLAIM not in before:
        return UNCHECKED
    if status == UNCHECKED and CLAIM in before and CLAIM not in tags:
        return None
    return status
