"""Merging the tags of versions of an article: each tag counts as it was changed last."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from reader import clock
from reader.core.annotation import Article, TagChange
from reader.core.changes import later_of_each


def with_merged_tags(
    article: Article, first: Article, second: Article, order: Sequence[str] = ()
) -> Article:
    """Return an article with the tags of two versions: each tag as it was changed last.

    A tag that was never changed since the article was added stays, unless a version removed it.

    Args:
        article: The article.
        first: A version of it.
        second: Another version of it.
        order: The order of the tags where these are all; else the last given is the last.
    """
    changes = later_of_each(_changes_of(first), _changes_of(second))
    tags = {*first.tags, *second.tags, *changes}
    left = {tag for tag in tags if tag not in changes or not changes[tag].is_removed}

    def rank(tag: str) -> tuple[str, str]:
        return (changes[tag].time if tag in changes else "", tag)

    merged = tuple(order) if left == set(order) else tuple(sorted(left, key=rank))
    return replace(article, tags=merged, tag_changes=changes)


def _changes_of(article: Article) -> dict[str, TagChange]:
    """Return the changes of an article's tags, with those that were made in its file by hand."""
    changes = dict(article.tag_changes)
    for tag, change in article.tag_changes.items():
        if change.is_removed == (tag in article.tags):
            moment = clock.later("", than=change.time)
            changes[tag] = TagChange(moment, is_removed=not change.is_removed)
    return changes
