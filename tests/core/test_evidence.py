"""Evidence: links with a relation, as a set that two copies of a library can merge."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.evidence import (
    Evidence,
    Record,
    Relation,
    TargetKind,
    basis,
    evidence_in,
    last_link_change,
    linked,
    merged_links,
    rebased,
    stamped,
    summary,
    unlinked,
)
from tests.store.strategies import any_link, moments, words

any_evidence = st.builds(
    Evidence,
    st.sampled_from(Relation),
    st.sampled_from(TargetKind),
    st.sampled_from(("01KA", "01KB", "https://a.example/x")),
    st.booleans(),
    title=words,
    words=words,
    seen=st.sampled_from(("", "2026-11-30")),
)

any_links = st.lists(any_link, max_size=5).map(tuple)

NOW, LATER, LAST = (f"2026-11-30T10:00:0{second}.000Z" for second in range(3))
PAGE = Evidence(Relation.SUPPORTS, TargetKind.ADDRESS, "https://a.example/x", seen="2026-11-30")
PASSAGE = Evidence(
    Relation.DISPUTES, TargetKind.ANNOTATION, "01KA", article="01KB", words="It did."
)


@given(st.lists(any_evidence, max_size=6))
def test_what_is_linked_is_read_back_once_for_each_relation_and_target(
    evidence: list[Evidence],
) -> None:
    links = linked((), evidence)
    last = {each.key: each for each in evidence}
    assert {each.key: each for each in evidence_in(links)} == last
    assert len(links) == len(last)
    assert linked(links, evidence_in(links)) == links


@given(any_links, any_links, any_links)
def test_merging_is_the_same_in_any_order(
    one: tuple[Record, ...], two: tuple[Record, ...], three: tuple[Record, ...]
) -> None:
    assert merged_links(one, two) == merged_links(two, one)
    assert merged_links(merged_links(one, two), three) == merged_links(
        one, merged_links(two, three)
    )
    merged = merged_links(one, two)
    assert merged_links(merged, one) == merged_links(merged, merged) == merged


@given(any_links, st.lists(any_evidence, max_size=4), moments)
def test_a_change_is_told_from_a_copy_without_it(
    before: tuple[Record, ...], evidence: list[Evidence], moment: str
) -> None:
    later = max(moment, last_link_change(before)) + "1"
    after = stamped(before, linked(before, evidence), later)
    assert sorted(evidence_in(merged_links(before, after))) == sorted(evidence_in(after))
    assert {each.key for each in evidence} <= {each.key for each in evidence_in(after)}
    gone = stamped(after, (), later + "1")
    assert evidence_in(gone) == evidence_in(merged_links(after, gone)) == []
    assert stamped(after, after, later + "2") == after


@given(any_links, any_evidence)
def test_undoing_keeps_what_was_linked_elsewhere_meanwhile(
    elsewhere: tuple[Record, ...], evidence: Evidence
) -> None:
    before: tuple[Record, ...] = ()
    after = stamped(before, linked(before, [evidence]), NOW)
    present = merged_links(after, elsewhere)
    undone = rebased(present, after, before)
    others = [each for each in evidence_in(present) if each.key != evidence.key]
    assert evidence_in(undone) == others
    redone = rebased(undone, before, after)
    assert sorted(each.key for each in evidence_in(redone)) == sorted(
        [*(each.key for each in others), evidence.key]
    )


def test_two_devices_keep_each_others_additions_and_removals() -> None:
    start = stamped((), linked((), [PAGE]), NOW)
    here = stamped(start, unlinked(start, PAGE), LATER)
    there = stamped(start, linked(start, [PASSAGE]), LATER)
    assert evidence_in(merged_links(here, there)) == [PASSAGE]
    again = stamped(here, linked(here, [PAGE]), LAST)
    assert sorted(evidence_in(merged_links(again, there))) == sorted([PASSAGE, PAGE])


def test_an_address_that_is_seen_again_has_the_later_day() -> None:
    links = stamped((), linked((), [PAGE]), NOW)
    again = stamped(links, linked(links, [PAGE._replace(seen="2026-12-01")]), LATER)
    assert [each.seen for each in evidence_in(merged_links(links, again))] == ["2026-12-01"]


def test_a_link_of_the_first_version_is_read() -> None:
    (old,) = evidence_in([{"type": "disputes", "target": "01KA"}])
    assert (old.relation, old.kind, old.target) == (
        Relation.DISPUTES,
        TargetKind.ANNOTATION,
        "01KA",
    )
    assert not old.is_basis
    (page,) = evidence_in([{"type": "cito:isCorrectedBy", "target": "https://a.example"}])
    assert (page.relation, page.kind, page.is_basis) == ("corrects", TargetKind.ADDRESS, True)


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"type": "cites", "target": "01KA"},
        {"type": "supports"},
        {"type": "supports", "target": ""},
        {"type": "supports", "target": 5},
        {"type": None, "target": "01KA"},
        {"type": ["supports"], "target": {"id": "01KA"}},
    ],
)
def test_what_is_no_evidence_stays_in_the_file(record: Record) -> None:
    assert evidence_in([record]) == []
    kept = stamped([record], linked([record], [PAGE]), NOW)
    assert kept[0] == record
    assert record in merged_links(kept, ())


def test_fields_that_are_not_known_are_kept() -> None:
    links = ({"type": "isSupportedBy", "target": PAGE.target, "x-page": 4},)
    after = stamped(links, linked(links, [PAGE]), NOW)
    assert [record["x-page"] for record in after] == [4]


def test_a_tombstone_holds_no_words() -> None:
    links = stamped((), linked((), [PASSAGE]), NOW)
    (gone,) = stamped(links, (), LATER)
    assert gone == {"type": "isDisputedBy", "target": "01KA", "removed": LATER}


@pytest.mark.parametrize(
    ("relations", "sentence"),
    [
        ("", ""),
        ("supports", "1 supports"),
        ("disputes supports supports", "2 support, 1 disputes"),
        ("corrects corrects qualifies qualifies refutes refutes", "2 refute, 2 qualify, 2 correct"),
        ("disputes disputes", "2 dispute"),
    ],
)
def test_the_summary_counts_each_relation(relations: str, sentence: str) -> None:
    evidence = [
        Evidence(Relation(name), TargetKind.ADDRESS, f"https://{number}.example")
        for number, name in enumerate(relations.split())
    ]
    assert summary(evidence) == sentence


def test_what_a_passage_is_evidence_for_is_not_its_basis() -> None:
    links = linked((), [PAGE, PASSAGE._replace(is_basis=False)])
    assert basis(links) == [PAGE]


@pytest.mark.parametrize("hostile", ["\ud800", 10**40, -(10**40), 1e400, None, [], {"a": {"b": 1}}])
def test_whatever_a_file_holds_can_be_read_and_merged(hostile: object) -> None:
    links: tuple[Record, ...] = (
        {"type": "supports", "target": hostile},
        {"type": hostile, "target": "01KA"},
        {
            "type": "isSupportedBy",
            "target": "01KA",
            "words": hostile,
            "time": hostile,
            "x": hostile,
        },
        {"type": "isSupportedBy", "target": "01KA", "removed": hostile},
    )
    evidence_in(links)
    merged = merged_links(links, links[::-1])
    assert merged == merged_links(links[::-1], links)
    assert stamped(links, linked(links, [PAGE]), NOW)
