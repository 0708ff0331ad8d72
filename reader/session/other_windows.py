"""Takes into an open article what another window wrote to the article's file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from reader.core.annotation import Article
from reader.core.changes import later_of_each
from reader.core.seen_texts import merged_texts
from reader.session.placement import conflicting_edits_notice
from reader.session.reading_state import ReadingState
from reader.store.merge.article_tags import with_merged_tags

if TYPE_CHECKING:
    from reader.store.library import ArticleRecord


def with_record(
    state: ReadingState, record: ArticleRecord, *, is_placed: bool
) -> tuple[ReadingState, str]:
    """Return an open article with the changes that another window wrote.

    Args:
        state: The open article.
        record: What its file holds.
        is_placed: Whether the places of stored annotations are in the text of ``state``; where they
            are not, the annotations are read again once the text is whole.

    Returns:
        The article, and a one-line notice of notes that now hold conflicting edits; empty without
        any.
    """
    before = state.by_id
    fresh = {
        each.id: each
        for each in (record.annotations if is_placed else ())
        if each.id not in before
        or (each != before[each.id] and each.modified >= before[each.id].modified)
    }
    article = _with_validators(state, record.article)
    article = _with_decisions(article, record.article)
    if fresh or article != state.article:
        state = replace(state, by_id={**before, **fresh} if fresh else before, article=article)
    notice = conflicting_edits_notice(
        each
        for each in fresh.values()
        if each.id not in before or each.note != before[each.id].note
    )
    return state, notice


def _with_decisions(present: Article, stored: Article) -> Article:
    """Return an article with the stored verdicts, tags, facts of the source and versions."""
    merged = replace(
        present,
        suggestions=later_of_each(present.suggestions, stored.suggestions),
        overrides=later_of_each(present.overrides, stored.overrides),
        versions=merged_texts(present.versions, stored.versions),
    )
    return with_merged_tags(merged, present, stored, present.tags)


def _with_validators(state: ReadingState, stored: Article) -> Article:
    """Return the article with the stored HTTP validators, where they are those of its text."""
    article = state.article
    is_of_this_text = (
        state.document.is_complete
        and stored.snapshot == article.snapshot
        and stored.opened >= article.opened
    )
    if not is_of_this_text:
        return article
    return replace(
        article,
        source_digest=stored.source_digest,
        etag=stored.etag,
        last_modified=stored.last_modified,
    )
