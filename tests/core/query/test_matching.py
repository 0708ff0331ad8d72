"""What a query means, for notes and for articles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from reader.core.annotation import (
    Annotation,
    Article,
    ArticleState,
    Place,
    PlaceState,
    Selector,
)
from reader.core.document import Metadata
from reader.core.evidence import Evidence, Relation, TargetKind, linked
from reader.core.folding import fold
from reader.core.query.facts import (
    ArticleFacts,
    Circumstances,
    NoteFacts,
    article_facts,
    overlapping_ids,
    published_days,
)
from reader.core.query.matching import (
    article_test,
    holds_phrase,
    note_test,
    with_text,
)
from reader.core.query.parsing import parse
from reader.core.query.tree import AllOf, AnyOf, Node, Not, all_of, any_of, asks_for, negated
from reader.core.review import Card, with_card
from tests.core.query.query_strategies import NOW, articles, notes, trees

ARTICLE = Article(
    id="A1",
    source="https://www.courier.example/ledger",
    source_metadata=Metadata(
        title="The Quiet Ledger",
        authors=("Ines Marsh",),
        site="Lower Tamsin Courier",
        published="2026-03-14",
    ),
    tags=("Water Story",),
    added="2026-03-15T12:00:00.000Z",
    opened="2026-11-30T10:00:00.000Z",
)
PASSAGE = "the board “relied in good faith” on 26 per cent of the meters"


def annotation(identifier: str = "N1", **changes: object) -> Annotation:
    first = Annotation(
        id=identifier,
        selector=Selector(exact=PASSAGE, start=10, end=10 + len(PASSAGE)),
        place=Place(10, 10 + len(PASSAGE)),
        tags=("claim",),
        created="2026-11-28T09:00:00.000Z",
        modified="2026-11-28T09:00:00.000Z",
        note="Ask for the **certificate**.",
        speaker="Lucan Prewitt",
        status="unchecked",
    )
    return replace(first, **changes)


def facts(*annotations: Annotation, drafts: frozenset[str] = frozenset()) -> ArticleFacts:
    text = f"Its chair told the council: {PASSAGE}. A laboratory issued it in 1926."
    return article_facts(ARTICLE, annotations, Circumstances(drafts=drafts), text)


def matches_note(tree: Node, note: NoteFacts) -> bool:
    return note_test(tree)(note)


def matches_article(tree: Node, article: ArticleFacts) -> bool:
    return article_test(tree)(article)


def finds(query: str, *annotations: Annotation, drafts: frozenset[str] = frozenset()) -> bool:
    """Return whether a query finds the first of some annotations of an article."""
    parsed = parse(query, NOW)
    assert not parsed.faults, parsed.faults
    note = facts(*(annotations or (annotation(),)), drafts=drafts).notes[0]
    return matches_note(parsed.tree, note)


def finds_article(query: str, *annotations: Annotation) -> bool:
    parsed = parse(query, NOW, is_for_articles=True)
    assert not parsed.faults, parsed.faults
    return matches_article(parsed.tree, facts(*annotations))


@pytest.mark.parametrize(
    "query",
    [
        "", "relied", "RELIÉD", "rel", "elie", "relied good", '"relied in good faith"', "certificate",
        "prewitt", "unchecked", "ledger", "courier", "marsh", "water", "-nowhere", "relied OR nowhere",
        '"26"', '"26 per cent"', "tag:claim", "tag:CLAIM,quote", "speaker:prewitt", "speaker:lucan,x",
        'speaker:"Prewitt"', 'speaker:="lucan prewitt"', "status:open", "status:unchecked", "is:open",
        "in:quiet", 'in:"quiet ledger"', "site:courier", "site:courier.example", "author:marsh",
        "project:water", 'project:="water story"', "after:2026-11", "after:7d", "before:today",
        "on:2026-11-28", "until:2026-11-28", "marked:2026", "published:2026-03", "published:<2026-04",
        "published:2026-03-14", "added:2026-03", "opened:2026-11", "has:note", "has:speaker", "has:project",
        "has:status", "-has:link", "-has:draft", "-is:changed", "-is:orphaned", "-is:due",
        "-is:overlapping", "is:reading", "passage:relied", "note:certificate", "text:laboratory",
        "speaker:prewitt -status:refuted (26 OR 27) after:2026-11-01",
    ],
)  # fmt: skip
def test_a_query_finds_the_note(query: str) -> None:
    assert finds(query)
    if query:
        assert not finds(f"-({query})")


@pytest.mark.parametrize(
    "query",
    [
        "nowhere", "relied nowhere", '"relied in good"x', '"elied"', '"good relied"', "claim", "tag:clai",
        "speaker:=prewitt", 'speaker:"Prewit"', "status:refuted", "status:none", "in:courier",
        "site:ledger", "before:2026-11", "after:today", "on:2026-11-27", "until:2026-11-27",
        "published:2026-04", "published:2026-03-15", "is:unread", "is:archived", "passage:certificate",
        "note:relied", "text:certificate", "laboratory", '"6"', '"ledger lower"',
    ],
)  # fmt: skip
def test_a_query_finds_nothing_else(query: str) -> None:
    assert not finds(query)


def test_a_claim_is_open_while_it_is_unchecked_or_has_no_status() -> None:
    assert finds("status:open", annotation(status=None))
    assert finds("status:open", annotation(status="unchecked", tags=("quote",)))
    assert not finds("status:open", annotation(status=None, tags=("quote",)))
    assert not finds("status:open", annotation(status="supported"))
    assert finds("status:none", annotation(status=None))


def test_each_wording_of_a_passage_is_found() -> None:
    earlier = ({"exact": "about a third of the meters"},)
    changed = annotation(
        selector=Selector(exact=PASSAGE, earlier=earlier),
        place=Place(3, 9, PlaceState.EDITED, words="29 per cent"),
    )
    for words in ('"26 per cent"', "third", '"29 per cent"', "passage:29"):
        assert finds(words, changed)
    assert finds("is:changed", changed)


def test_lost_linked_drafted_and_overlapping_notes_are_found() -> None:
    lost = annotation(place=Place(0, 5, PlaceState.ORPHANED))
    assert finds("is:orphaned", lost)
    evidence = Evidence(Relation.SUPPORTS, TargetKind.ADDRESS, "https://example.org")
    links = linked((), [evidence])
    assert finds("has:link", annotation(links=links))
    assert finds("has:draft", annotation(), drafts=frozenset({"N1"}))
    other = annotation("N2", place=Place(12, 14))
    assert finds("is:overlapping", annotation(), other)
    assert finds("is:overlapping", other, annotation())
    assert not finds("is:overlapping", annotation(), annotation("N2", place=Place(0, 10)))
    assert not finds("is:overlapping", annotation(), annotation("N2", deleted="2026-11-29"))


def test_a_note_is_due_from_its_time_on() -> None:
    note = annotation(review=with_card({}, Card(due="2026-11-30T08:00:00.000Z")))
    for now, is_found in (("2026-11-30T08:00:00.000Z", True), ("2026-11-30T07:59:59.999Z", False)):
        found = article_facts(ARTICLE, [note], Circumstances(now=now))
        assert matches_note(parse("is:due", NOW).tree, found.notes[0]) is is_found


def test_deleted_notes_are_found_where_the_query_names_them() -> None:
    deleted = annotation(deleted="2026-11-29T12:00:00.000Z")
    assert not finds("", deleted)
    assert not finds("relied", deleted)
    assert finds("is:deleted relied", deleted)
    assert not finds("is:deleted", annotation())
    assert finds("is:deleted OR relied", annotation())
    assert finds("-is:deleted", annotation())


def test_articles_are_found_by_what_they_are_and_by_the_notes_that_they_hold() -> None:
    supported = annotation("N2", status="supported", speaker="Dr. Solvay", note="")
    both = (annotation(), supported)
    for query in (
        "ledger marsh", "tag:claim", "status:open", "speaker:solvay", "has:note", "text:laboratory",
        "marked:7d", "status:supported speaker:solvay", "status:open OR nowhere", "-status:refuted",
        "after:2026", "is:reading", "added:2026-03", "water",
    ):  # fmt: skip
        assert finds_article(query, *both), query
    for query in (
        "relied", "status:supported speaker:prewitt", "-status:open", "status:refuted", "has:draft",
        "marked:2025", "has:note speaker:solvay", "tag:claim -has:note", "before:2026", "is:deleted",
    ):  # fmt: skip
        assert not finds_article(query, *both), query
    assert finds_article("is:deleted", annotation(deleted="2026-11-29"))
    assert not finds_article("tag:claim", annotation(deleted="2026-11-29"))
    assert finds_article("-tag:claim")


def test_words_can_be_looked_for_in_the_articles_text_too() -> None:
    tree = parse('laboratory "in 1926" ledger', NOW, is_for_articles=True).tree
    assert not matches_article(tree, facts())
    assert matches_article(with_text(tree), facts())
    assert not matches_article(with_text(negated(tree)), facts())


def test_a_date_of_publication_is_in_a_period_that_holds_all_of_it() -> None:
    assert published_days("2026") == ("2026-01-01", "2027-01-01")
    assert published_days("2026-03") == ("2026-03-01", "2026-04-01")
    assert published_days("14 March 2026") == ("2026-03-14", "2026-03-15")
    assert published_days("2026-03-14T09:00:00Z") == ("2026-03-14", "2026-03-15")
    for text in ("", "last spring", "14 March", "0000", "\x00", "9999", "2026-13-45T99:99"):
        assert published_days(text) is None


@pytest.mark.parametrize(
    ("text", "phrase", "is_held"),
    [
        ("26 per cent", "26", True), ("in 1926", "26", False), ("26%", "26", True),
        ("7,926 and 26", "26", True), ("art", "art", True), ("party", "art", False),
        ("part art", "art", True), ("can't", "can", True), ("日本語の文", "本語", True),
        ("hindi कि", "क", False), ("a_b", "b", False), ("$26", "$26", True), ("x$26", "$26", True),
        ("ภาษาไทย", "ไทย", True), ("", "a", False), ("привет", "рив", False),
    ],
)  # fmt: skip
def test_a_phrase_is_not_continued_as_a_word(text: str, phrase: str, is_held: bool) -> None:
    assert holds_phrase(fold(text), fold(phrase)) is is_held


@given(trees, trees, notes)
def test_the_meaning_of_a_query_is_that_of_its_parts(
    one: Node, other: Node, note: NoteFacts
) -> None:
    live = replace(note, is_deleted=False)
    first, second = matches_note(one, live), matches_note(other, live)
    assert matches_note(all_of([one, other]), live) == (first and second)
    assert matches_note(any_of([one, other]), live) == (first or second)
    assert matches_note(negated(one), live) != first


@given(trees, articles)
def test_deleted_notes_make_no_difference_unless_they_are_named(
    tree: Node, article: ArticleFacts
) -> None:
    live = replace(article, notes=tuple(each for each in article.notes if not each.is_deleted))
    if not asks_for(tree, "is", "deleted"):
        assert matches_article(tree, article) == matches_article(tree, live)


@given(trees, articles)
def test_alternatives_and_exclusions_of_articles_are_decided_one_by_one(
    tree: Node, article: ArticleFacts
) -> None:
    if asks_for(tree, "is", "deleted"):
        return
    holds = matches_article(tree, article)
    assert matches_article(Not(tree), article) != holds
    assert matches_article(AnyOf((tree, AllOf())), article)
    assert matches_article(AnyOf((tree, AnyOf())), article) == holds


RANGES = st.tuples(st.integers(0, 20), st.integers(0, 6))


@given(st.lists(RANGES, max_size=8))
def test_overlapping_notes_are_those_that_share_a_character(ranges: list[tuple[int, int]]) -> None:
    placed = [
        annotation(f"N{index}", place=Place(start, start + length))
        for index, (start, length) in enumerate(ranges)
    ]
    expected = {
        one.id
        for one in placed
        for other in placed
        if one.id != other.id
        and max(one.place.start, other.place.start) < min(one.place.end, other.place.end)
    }
    assert overlapping_ids(placed) == expected


def test_an_archived_article_is_found_by_its_state() -> None:
    archived = replace(ARTICLE, manual_state=ArticleState.ARCHIVED)
    found = article_facts(archived, [], Circumstances())
    assert matches_article(parse("is:archived", NOW).tree, found)
