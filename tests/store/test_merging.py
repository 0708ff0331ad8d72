"""Merging is the same whichever way round, and brings nothing back from the dead."""

from __future__ import annotations

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.core.annotation import Annotation, Article
from reader.store.merging import merge_annotations, merge_articles
from tests.store import strategies
from tests.store.examples import ARTICLE, LATER, NOW, annotation

copies = st.lists(strategies.any_annotation(), max_size=4)


@settings(max_examples=50)
@given(copies, copies)
def test_commutative(one: list[Annotation], other: list[Annotation]) -> None:
    assert merge_annotations(one, other) == merge_annotations(other, one)


@settings(max_examples=50)
@given(copies, copies, copies)
def test_associative(
    one: list[Annotation], other: list[Annotation], third: list[Annotation]
) -> None:
    left = merge_annotations(merge_annotations(one, other), third)
    assert left == merge_annotations(one, merge_annotations(other, third))


@settings(max_examples=50)
@given(copies)
def test_idempotent(copy: list[Annotation]) -> None:
    merged = merge_annotations(copy)
    assert merge_annotations(merged, merged) == merged == merge_annotations(merged, copy)


@settings(max_examples=50)
@given(copies, copies)
def test_every_id_is_there_once_in_its_latest_state(
    one: list[Annotation], other: list[Annotation]
) -> None:
    merged = merge_annotations(one, other)
    everything = [*one, *other]
    assert sorted(each.id for each in merged) == sorted({each.id for each in everything})
    for each in merged:
        rivals = [rival for rival in everything if rival.id == each.id]
        assert each in rivals
        latest = max(max(rival.modified, rival.deleted) for rival in rivals)
        assert max(each.modified, each.deleted) == latest


def test_an_older_live_copy_does_not_bring_back_what_was_deleted() -> None:
    live = annotation(1, modified=NOW, note="alive")
    dead = annotation(1, modified=LATER, deleted=LATER)
    assert merge_annotations([dead], [live]) == (dead,)


def test_at_the_same_time_deletion_wins() -> None:
    live, dead = annotation(1, note="alive"), annotation(1, deleted=NOW)
    assert merge_annotations([dead], [live]) == merge_annotations([live], [dead]) == (dead,)


def test_undoing_a_deletion_later_wins() -> None:
    dead, undone = annotation(1, modified=NOW, deleted=NOW), annotation(1, modified=LATER)
    assert merge_annotations([undone], [dead]) == (undone,)


@given(strategies.any_article(), strategies.any_article())
def test_the_given_article_counts_and_drops_nothing_unknown(
    present: Article, given: Article
) -> None:
    merged = merge_articles(present, given)
    assert merged is not None
    assert merged.added == min(present.added, given.added)
    assert merged.extra == {**present.extra, **given.extra}
    assert msgspec.structs.replace(merged, added=given.added, extra=given.extra) == given


def test_one_article_alone_is_itself() -> None:
    assert merge_articles(None, ARTICLE) is merge_articles(ARTICLE, None) is ARTICLE
    assert merge_articles(None, None) is None
