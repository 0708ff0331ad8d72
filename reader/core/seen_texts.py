"""The texts that an article has had, each with the times when it was first and last seen."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from msgspec.structs import replace

from reader.core.annotation import UNKNOWN_TEXT, Article, SeenText

MOST_TEXTS: Final = 50
"""The most texts of an article that are kept because they were seen; the texts that annotations
refer to are kept besides, and so is the present one."""


def with_seen_text(article: Article, digest: str, moment: str) -> Article:
    """Return an article that has had a text at a time.

    Args:
        article: The article; whether all of its page is read is noted with the text.
        digest: The digest of the complete text.
        moment: When the source had this text: ISO 8601, UTC, with milliseconds.
    """
    if digest in ("", UNKNOWN_TEXT):
        return article
    text = SeenText(moment, moment, is_whole=article.is_whole)
    return replace(article, versions=merged_texts(article.versions, {digest: text}))


def merged_texts(
    first: Mapping[str, SeenText], second: Mapping[str, SeenText]
) -> dict[str, SeenText]:
    """Return the texts of two versions of an article's record, each with all its times."""
    merged = dict(first)
    for digest, text in second.items():
        known = merged.get(digest)
        merged[digest] = text if known is None else _both(known, text)
    return {digest: merged[digest] for digest in sorted(merged)}


def _both(first: SeenText, second: SeenText) -> SeenText:
    return SeenText(
        min(first.first, second.first),
        max(first.last, second.last),
        is_whole=first.is_whole and second.is_whole,
    )


def with_fewer_texts(article: Article, kept: Collection[str]) -> Article:
    """Return an article without the oldest of more than ``MOST_TEXTS`` texts.

    Every copy of a library drops the same texts, so that copies agree after they are merged.

    Args:
        article: The article.
        kept: The digests of the texts that annotations refer to, which are not counted.
    """
    texts = article.versions
    others = [each for each in texts if each not in kept and each != article.snapshot]
    surplus = len(others) - MOST_TEXTS
    if surplus <= 0:
        return article
    dropped = set(sorted(others, key=lambda each: (texts[each].last, each))[:surplus])
    return replace(
        article, versions={key: text for key, text in texts.items() if key not in dropped}
    )
