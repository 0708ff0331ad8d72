"""Merging does not depend on the order, loses no text, and restores nothing that was deleted."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from reader.core.annotation import Annotation, Article, ArticleState, Place, Verdict
from reader.core.changes import PARTS, changed_at, texts_of, time_of, with_state
from reader.core.document import Metadata
from reader.core.evidence import Evidence, Relation, TargetKind, evidence_in, linked, unlinked
from reader.core.seen_texts import merged_texts
from reader.store.merge.merging import (
    merge_annotations,
    merge_article_versions,
    merge_articles,
    with_named_places,
    with_plain_places,
    with_times_of_edits,
)
from tests.store import strategies
from tests.store.examples import ARTICLE, LATER, NOW, annotation

LAST = "2026-11-22T10:00:09.000Z"

copies = st.lists(strategies.any_annotation(), max_size=4)
articles = strategies.any_article()


def edited(before: Annotation, moment: str, **fields: object) -> Annotation:
    """Return an edited annotation."""
    return replace(changed_at(before, replace(before, **fields), moment), modified=moment)


@settings(max_examples=50)
@given(copies, copies)
def test_commutative(one: list[Annotation], other: list[Annotation]) -> None:
    assert merge_annotations(one, other) == merge_annotations(other, one)


@settings(max_examples=50)
@given(copies, copies, copies)
def test_associative(
    one: list[Annotation], other: list[Annotation], third: list[Annotation]
) -> None:
    left_first = merge_annotations(merge_annotations(one, other), third)
    assert left_first == merge_annotations(one, merge_annotations(other, third))


@settings(max_examples=50)
@given(copies)
def test_idempotent(copy: list[Annotation]) -> None:
    merged = merge_annotations(copy)
    assert merge_annotations(merged, merged) == merged == merge_annotations(merged, copy)


@settings(max_examples=100)
@given(strategies.edited_versions(3))
def test_edited_versions_merge_to_the_same_result_in_any_order(
    copies: list[list[Annotation]],
) -> None:
    one, other, third = copies
    whole = merge_annotations(one, other, third)
    assert whole == merge_annotations(third, other, one)
    assert whole == merge_annotations(merge_annotations(other, third), one)
    assert whole == merge_annotations(whole, third)


@settings(max_examples=100)
@given(strategies.edited_versions(3))
def test_every_text_of_a_note_that_no_other_text_replaced_is_kept(
    copies: list[list[Annotation]],
) -> None:
    merged = {each.id: each for each in merge_annotations(*copies)}
    everything = [each for copy in copies for each in copy]
    for each in everything:
        superseded = {
            mark for rival in everything if rival.id == each.id for mark in rival.superseded
        }
        for text in texts_of(each):
            if text.key not in superseded:
                assert text.text in merged[each.id].note


@settings(max_examples=50)
@given(copies, copies)
def test_each_annotation_is_there_once_with_the_latest_state_of_each_part(
    one: list[Annotation], other: list[Annotation]
) -> None:
    merged = merge_annotations(one, other)
    everything = [*one, *other]
    assert sorted(each.id for each in merged) == sorted({each.id for each in everything})
    for each in merged:
        rivals = [rival for rival in everything if rival.id == each.id]
        assert each.modified == max(rival.modified for rival in rivals)
        for part in ("tags", "speaker", "status", "selector"):
            latest = max(time_of(rival, part) for rival in rivals)
            assert getattr(each, part) in [
                getattr(rival, part) for rival in rivals if time_of(rival, part) == latest
            ]


@settings(max_examples=50)
@given(copies, copies)
def test_no_unknown_field_is_dropped(one: list[Annotation], other: list[Annotation]) -> None:
    merged = {each.id: each for each in merge_annotations(one, other)}
    for each in (*one, *other):
        assert each.extra.keys() <= merged[each.id].extra.keys()
        for name in ("selector", "place"):
            fields = merged[each.id].extra.get(name, {})
            assert each.extra.get(name, {}).keys() <= fields.keys()


def test_parts_that_were_edited_on_different_sides_are_both_kept() -> None:
    start = annotation(1, note="first")
    here = edited(start, LATER, tags=("quote", "dates"), speaker="The keeper")
    there = edited(start, LAST, note="second", links=({"type": "cites", "target": "x"},))
    (merged,) = merge_annotations([here], [there])
    assert merged.tags == ("quote", "dates")
    assert merged.speaker == "The keeper"
    assert merged.note == "second"
    assert merged.links == there.links
    assert merged.modified == LAST
    assert not merged.versions


def test_links_that_were_added_and_removed_on_different_sides_are_merged() -> None:
    first, second, third = (Evidence(Relation.SUPPORTS, TargetKind.ADDRESS, f"https://{name}.example")
        for name in ("a", "b", "c"))  # fmt: skip
    start = edited(annotation(1), NOW, links=linked((), [first, second]))
    here = edited(start, LATER, links=unlinked(start.links, first))
    there = edited(start, LAST, links=linked(start.links, [third]))
    for merged in (*merge_annotations([here], [there]), *merge_annotations([there], [here])):
        assert evidence_in(merged.links) == [second, third]
        (again,) = merge_annotations([start], [merged])
        assert evidence_in(again.links) == [second, third]
        added = edited(merged, "2026-11-22T10:01:00.000Z", links=linked(merged.links, [first]))
        (last,) = merge_annotations([here], [added])
        assert sorted(evidence_in(last.links)) == [first, second, third]


def test_a_link_that_a_text_editor_removed_is_removed_where_the_base_is_known() -> None:
    evidence = Evidence(Relation.REFUTES, TargetKind.ARTICLE, "01KARTICLE")
    base = edited(annotation(1), LATER, links=linked((), [evidence]))
    version = with_times_of_edits(base, replace(base, links=()))
    (merged,) = merge_annotations([base], [version])
    assert evidence_in(merged.links) == []


def test_a_note_edited_on_both_sides_keeps_both_texts_and_marks_them() -> None:
    start = annotation(1, note="first")
    here, there = edited(start, LATER, note="here"), edited(start, LAST, note="there")
    (merged,) = merge_annotations([here], [there])
    assert merged.note == "here\n\n*— Also written, 2026-11-22 10:00 UTC —*\n\nthere"
    assert [each["text"] for each in merged.versions] == ["here", "there"]
    mended = edited(merged, "2026-11-22T10:01:00.000Z", note="here and there")
    for copy in (here, there, start, merged):
        (again,) = merge_annotations([copy], [mended])
        assert (again.note, again.versions) == ("here and there", ())


def test_a_note_cleared_on_one_side_keeps_the_text_of_the_other() -> None:
    start = annotation(1, note="first")
    cleared, written = edited(start, LAST, note=""), edited(start, LATER, note="more")
    assert merge_annotations([cleared], [written])[0].note == "more"
    assert merge_annotations([cleared], [start])[0].note == ""


def test_an_older_live_version_does_not_restore_a_deleted_annotation() -> None:
    live = annotation(1, modified=NOW, note="alive")
    dead = edited(live, LATER, deleted=LATER)
    assert merge_annotations([dead], [live]) == (dead,)


def test_at_the_same_time_deletion_wins() -> None:
    live, dead = annotation(1, note="alive"), annotation(1, deleted=NOW)
    (merged,) = merge_annotations([dead], [live])
    assert (merged,) == merge_annotations([live], [dead])
    assert (merged.deleted, merged.note) == (NOW, "alive")


def test_undoing_a_deletion_later_wins() -> None:
    dead, undone = annotation(1, modified=NOW, deleted=NOW), annotation(1, modified=LATER)
    assert not merge_annotations([undone], [dead])[0].is_deleted


def test_a_text_written_after_a_deletion_restores_the_annotation() -> None:
    start = annotation(1)
    dead = edited(start, LATER, deleted=LATER)
    assert merge_annotations([dead], [edited(start, LAST, note="new")])[0].note == "new"
    assert not merge_annotations([dead], [edited(start, LAST, note="new")])[0].is_deleted
    placed = replace(start, place=Place(5, 12), changed={"place": LAST})
    assert merge_annotations([dead], [placed])[0].is_deleted


def test_the_later_place_counts_and_stays_with_its_selector() -> None:
    start = annotation(1)
    placed = changed_at(start, replace(start, place=Place(50, 57)), LAST)
    assert merge_annotations([placed], [start]) == (placed,)
    selector = replace(start.selector, exact="other words", start=90, end=101)
    moved = edited(start, LATER, selector=selector, place=Place(90, 101))
    (merged,) = merge_annotations([placed], [moved])
    assert (merged.selector, merged.place) == (selector, Place(90, 101))


def test_places_in_another_text_name_it_until_they_are_anchored_again() -> None:
    older = replace(ARTICLE, snapshot="a" * 64)
    newer = replace(ARTICLE, snapshot="b" * 64, opened=LATER)
    merged = merge_article_versions(older, newer)
    annotations = merge_annotations(
        with_named_places(older, [annotation(1)]), with_named_places(newer, [annotation(2)])
    )
    first, second = with_plain_places(merged, annotations)
    assert merged.snapshot == "b" * 64
    assert (first.place.snapshot, second.place.snapshot) == ("a" * 64, "")


@pytest.mark.parametrize("part", ["note", "tags"])
def test_an_edit_with_a_text_editor_counts_without_a_time(part: str) -> None:
    base = annotation(1, note="first")
    fields = {"note": "by hand"} if part == "note" else {"tags": ("by hand",)}
    by_hand = with_times_of_edits(base, replace(base, **fields))
    assert getattr(merge_annotations([base], [by_hand])[0], part) == fields[part]
    assert with_times_of_edits(base, base) is base
    timed = edited(base, LATER, **fields)
    assert with_times_of_edits(base, timed) is timed


@given(st.lists(articles, min_size=3, max_size=3))
def test_versions_of_an_article_merge_to_the_same_result_in_any_order(
    copies: list[Article],
) -> None:
    one, other, third = copies
    merged = merge_article_versions(one, other)
    assert merged == merge_article_versions(other, one)
    assert merge_article_versions(merged, other) == merged == merge_article_versions(merged, merged)
    assert merge_article_versions(merged, third) == merge_article_versions(
        one, merge_article_versions(other, third)
    )
    assert one.extra.keys() <= merged.extra.keys()


def test_the_position_of_the_last_reading_counts() -> None:
    here = replace(ARTICLE, position=900, progress=0.9, changed={"position": LAST})
    there = replace(
        ARTICLE, opened=LATER, source_metadata=Metadata(title="New title"), tags=("law",)
    )
    merged = merge_article_versions(here, there)
    assert (merged.position, merged.metadata.title, merged.opened) == (900, "New title", LATER)


@given(strategies.any_article(), strategies.any_article())
def test_the_given_article_counts_and_drops_nothing_unknown(
    present: Article, given: Article
) -> None:
    merged = merge_articles(present, given)
    assert merged is not None
    assert merged.added == min(present.added, given.added)
    assert merged.extra == {**present.extra, **given.extra}
    manual = {
        "manual_state": given.manual_state,
        "changed": given.changed,
        "tags": given.tags,
        "tag_changes": given.tag_changes,
        "suggestions": given.suggestions,
        "overrides": given.overrides,
        "versions": given.versions,
        "aliases": given.aliases,
    }
    assert set(merged.aliases) == {*present.aliases, *given.aliases}
    assert merged.versions == merged_texts(present.versions, given.versions)
    assert replace(merged, added=given.added, extra=given.extra, **manual) == given


def test_the_later_verdict_on_each_suggestion_counts() -> None:
    here = {"a": Verdict(LATER), "b": Verdict(LATER, is_declined=False), "c": Verdict(LAST)}
    there = {"a": Verdict(LAST, is_declined=False), "b": Verdict(LATER), "d": Verdict(LATER)}
    expected = {
        "a": Verdict(LAST, is_declined=False),
        "b": Verdict(LATER),
        "c": Verdict(LAST),
        "d": Verdict(LATER),
    }
    one, other = replace(ARTICLE, suggestions=here), replace(ARTICLE, suggestions=there)
    assert merge_article_versions(one, other).suggestions == expected
    saved = merge_articles(one, other)
    assert saved is not None
    assert saved.suggestions == expected


def test_a_manual_state_survives_a_save_of_a_window_that_does_not_have_it() -> None:
    archived = with_state(ARTICLE, ArticleState.ARCHIVED, LATER)
    stale = replace(ARTICLE, position=900, progress=0.9, changed={"position": LAST})
    for merged in (merge_articles(archived, stale), merge_article_versions(stale, archived)):
        assert merged is not None
        assert (merged.state, merged.position) == (ArticleState.ARCHIVED, 900)
        assert merged.changed == {"position": LAST, "state_by_hand": LATER}
    taken_back = with_state(archived, None, LAST)
    assert merge_article_versions(archived, taken_back).state is ARTICLE.state


def test_merging_one_article_returns_it() -> None:
    assert merge_articles(None, ARTICLE) is merge_articles(ARTICLE, None) is ARTICLE
    assert merge_articles(None, None) is None


def test_every_part_is_a_field() -> None:
    assert set(PARTS) <= set(Annotation.__struct_fields__)
