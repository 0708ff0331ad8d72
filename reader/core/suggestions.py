"""Quotations that are suggested: those that are neither marked nor turned down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from reader.core.annotation import Verdict
from reader.core.overlay import IntervalIndex
from reader.digests import digest_of_text

if TYPE_CHECKING:
    from reader.core.document import TextRange
    from reader.core.speech import Quotation

_DIGITS = 16
"""Hexadecimal digits of a key; it only tells the quotations of one article apart."""


def key_of(words: str) -> str:
    """Return the key of a quotation: a digest of its words, whatever white space is in them."""
    return digest_of_text(" ".join(words.split()))[:_DIGITS]


def suggested(
    quotations: Iterable[Quotation],
    text: str,
    marked: IntervalIndex[Any],
    verdicts: Mapping[str, Verdict],
) -> tuple[Quotation, ...]:
    """Return the quotations to suggest.

    Args:
        quotations: The quotations of the article.
        text: The text of the article.
        marked: What is annotated; a quotation that overlaps it is not suggested.
        verdicts: What the reader turned down, by the keys of quotations.
    """
    return tuple(
        quotation
        for quotation in quotations
        if not marked.overlapping(*quotation.range)
        and not is_declined(verdicts, words_of(text, quotation.range))
    )


def is_declined(verdicts: Mapping[str, Verdict], words: str) -> bool:
    """Return whether the reader turned down a quotation with these words."""
    verdict = verdicts.get(key_of(words))
    return verdict is not None and verdict.is_declined


def words_of(text: str, passage: TextRange) -> str:
    """Return the words of a passage."""
    return text[passage.start : passage.end]
