"""The evidence of a claim: linked, removed, undone, from two windows; the status stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader import clock
from reader.core.claims import STANDARD_NAMES
from reader.core.document import TextRange
from reader.core.evidence import Evidence, Relation, TargetKind, evidence_in, linked, unlinked
from reader.session import OpenArticle, Session
from reader.session.evidence import EvidenceChoice, EvidenceLink

PAGE = Evidence(Relation.REFUTES, TargetKind.ADDRESS, "https://a.example/x", seen="2026-11-30")
OTHER = Evidence(Relation.SUPPORTS, TargetKind.ADDRESS, "https://b.example/y", seen="2026-11-30")


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "tides.md"
    path.write_text("# The tide tables\n\nIt closed in March. It opened in May.\n", "utf-8")
    return path


def opened(session: Session, article: Path) -> OpenArticle:
    return session.open(str(article)).open_article


def stored(session: Session) -> list[Evidence]:
    (kept,) = Session(session.folder).annotations()
    return evidence_in(kept.annotation.links)


@pytest.mark.parametrize("status", [None, *sorted(STANDARD_NAMES)])
@pytest.mark.parametrize("relation", Relation)
def test_a_link_never_changes_a_status(
    tmp_path: Path, article: Path, status: str | None, relation: Relation
) -> None:
    session = Session(tmp_path / "library")
    mine = opened(session, article)
    _, made = mine.mark(TextRange(18, 37), ["claim"])
    mine.edit(made.id, status=status)
    before = mine.state.by_id[made.id].status
    mine.link(made.id, linked((), [PAGE._replace(relation=relation)]))
    assert mine.state.by_id[made.id].status == before
    mine.link(made.id, ())
    assert mine.state.by_id[made.id].status == before
    session.save_all()
    assert [each.annotation.status for each in Session(session.folder).annotations()] == [before]


def test_undo_and_redo_of_a_link_reach_the_disk(tmp_path: Path, article: Path) -> None:
    session = Session(tmp_path / "library")
    mine = opened(session, article)
    _, made = mine.mark(TextRange(18, 37), ["claim"])
    mine.link(made.id, linked((), [PAGE]))
    mine.link(made.id, unlinked(mine.state.by_id[made.id].links, PAGE))
    for expected in ([PAGE], []):
        mine.undo()
        session.save_all()
        assert stored(session) == expected
    mine.redo()
    session.save_all()
    assert stored(session) == [PAGE]


def test_two_windows_keep_each_others_links_also_after_an_undo(
    tmp_path: Path, article: Path
) -> None:
    here = Session(tmp_path / "library")
    mine = opened(here, article)
    _, made = mine.mark(TextRange(18, 37), ["claim"])
    here.save_all()
    there = Session(tmp_path / "library")
    theirs = opened(there, article)
    mine.link(made.id, linked((), [PAGE]))
    here.save_all()
    theirs.link(made.id, linked((), [OTHER]))
    there.save_all()
    assert sorted(stored(here)) == sorted([PAGE, OTHER])
    record = here.record(mine.state.article.id)
    assert record is not None
    mine.merge(record)
    mine.undo()
    here.save_all()
    assert stored(here) == [OTHER]


def test_linking_what_is_linked_already_changes_nothing(tmp_path: Path, article: Path) -> None:
    mine = opened(Session(tmp_path / "library"), article)
    _, made = mine.mark(TextRange(18, 37), ["claim"])
    mine.link(made.id, linked((), [PAGE]))
    history = mine.state.history
    mine.link(made.id, linked(mine.state.by_id[made.id].links, [PAGE._replace(seen="")]))
    mine.undo()
    assert evidence_in(mine.state.by_id[made.id].links) != []
    assert mine.state.history is not history


# Both ends of a link


HARBOUR = "# The harbour\n\nThe gate closed in March 1911, the keeper wrote.\n"


def with_harbour(tmp_path: Path, article: Path) -> tuple[Session, OpenArticle, str, str]:
    """Return a session, the open claim's article, the claim's id, and a passage of another one."""
    session = Session(tmp_path / "library")
    path = tmp_path / "harbour.md"
    path.write_text(HARBOUR, "utf-8")
    other = opened(session, path)
    start = other.state.document.text.index("The gate")
    _, passage = other.mark(TextRange(start, start + 29), ["context"])
    mine = opened(session, article)
    _, claim = mine.mark(TextRange(16, 35), ["claim"])
    session.save_all()
    return session, mine, claim.id, passage.id


def links_of(session: Session, open_article: OpenArticle, annotation_id: str) -> list[EvidenceLink]:
    *_, last = session.evidence.links(open_article.state, annotation_id)
    assert last.is_complete
    return list(last.items)


def choices(
    session: Session, open_article: OpenArticle, annotation_id: str, typed: str = ""
) -> list[EvidenceChoice]:
    *_, last = session.evidence.choices(open_article.state, annotation_id, typed, is_first=True)
    return list(last.items)


def test_a_link_is_seen_from_both_ends(tmp_path: Path, article: Path) -> None:
    session, mine, claim, passage = with_harbour(tmp_path, article)
    chosen = next(each for each in choices(session, mine, claim) if each.annotation)
    mine.link(claim, linked((), chosen.related(Relation.DISPUTES)))
    session.save_all()
    (link,) = links_of(session, mine, claim)
    assert (link.evidence.relation, link.is_basis, link.is_incoming) == ("disputes", True, False)
    assert (link.title, link.problem) == ("The harbour", "")
    assert link.annotation is not None
    assert link.annotation.id == passage
    other = session.open(str(tmp_path / "harbour.md")).open_article
    (back,) = links_of(session, other, passage)
    assert (back.evidence.relation, back.is_basis, back.is_incoming) == ("disputes", False, True)
    assert (back.title, back.words) == ("The tide tables", "It closed in March.")


def test_both_ends_in_one_article_are_seen_before_anything_is_saved(
    tmp_path: Path, article: Path
) -> None:
    session = Session(tmp_path / "library")
    mine = opened(session, article)
    _, claim = mine.mark(TextRange(16, 35), ["claim"])
    _, other = mine.mark(TextRange(36, 51), ["quote"])
    chosen = next(each for each in choices(session, mine, claim.id) if each.annotation)
    mine.link(claim.id, linked((), chosen.related(Relation.QUALIFIES)))
    assert [link.is_basis for link in links_of(session, mine, claim.id)] == [True]
    assert [link.is_basis for link in links_of(session, mine, other.id)] == [False]


def test_a_link_to_what_was_removed_stays_and_says_so(tmp_path: Path, article: Path) -> None:
    session, mine, claim, passage = with_harbour(tmp_path, article)
    found = choices(session, mine, claim)
    evidence = [each.evidence[0] for each in found if each.evidence[0].title == "The harbour"]
    assert {each.kind for each in evidence} == {TargetKind.ANNOTATION, TargetKind.ARTICLE}
    mine.link(claim, linked((), evidence))
    session.save_all()
    other = session.open(str(tmp_path / "harbour.md")).open_article
    other.delete([passage])
    session.save_all()
    problems = {link.evidence.kind: link.problem for link in links_of(session, mine, claim)}
    assert problems == {"annotation": "the passage was deleted", "article": ""}
    trashed = session.removals.remove(other.state.article.id)
    gone = links_of(session, mine, claim)
    assert {link.problem for link in gone} == {"the article was removed"}
    assert {link.title for link in gone} == {"The harbour"}
    assert "The gate closed in March 1911" in {link.words for link in gone}
    session.removals.restore(trashed)
    other.undo()
    session.save_all()
    assert {link.problem for link in links_of(session, mine, claim)} == {""}


def test_an_article_shows_what_it_is_evidence_for(tmp_path: Path, article: Path) -> None:
    session, mine, claim, _ = with_harbour(tmp_path, article)
    (found,) = [each for each in choices(session, mine, claim, "harb") if not each.annotation]
    mine.link(claim, linked((), found.related(Relation.SUPPORTS)))
    session.save_all()
    other = session.open(str(tmp_path / "harbour.md")).open_article
    (link,) = links_of(session, other, "")
    assert (link.words, link.is_basis) == ("It closed in March.", False)


# What is offered


def test_the_nearest_passage_is_offered_first(tmp_path: Path, article: Path) -> None:
    session, mine, claim, passage = with_harbour(tmp_path, article)
    mine.mark(TextRange(36, 51), ["quote"])
    first, *others = choices(session, mine, claim)
    assert first.annotation is not None
    assert first.annotation.id == passage  # it names a month and the closing, too
    assert claim not in {each.annotation.id for each in others if each.annotation}
    assert [each.evidence[0].title for each in others if not each.annotation] == [
        "The harbour",
        "The tide tables",
    ]


@pytest.mark.parametrize("words", ["It", "in", ".", "t", " "])
def test_a_passage_without_words_to_compare_is_offered_evidence(
    tmp_path: Path, article: Path, words: str
) -> None:
    session, mine, claim, passage = with_harbour(tmp_path, article)
    start = mine.state.document.text.index(words)
    _, short = mine.mark(TextRange(start, start + len(words)), ["quote"])
    session.save_all()
    offered = {each.annotation.id for each in choices(session, mine, short.id) if each.annotation}
    assert offered == {claim, passage}


def test_what_is_linked_already_is_offered_last(tmp_path: Path, article: Path) -> None:
    session, mine, claim, _ = with_harbour(tmp_path, article)
    first, *others = choices(session, mine, claim)
    mine.link(claim, linked((), first.related(Relation.SUPPORTS)))
    assert choices(session, mine, claim) == [*others, first]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("keeper", []),
        ("GATE 1911", ["annotation"]),
        ("harb", ["article", "annotation"]),
        ("nothing like it", []),
    ],
)
def test_what_is_typed_filters(
    tmp_path: Path, article: Path, typed: str, offered: list[str]
) -> None:
    session, mine, claim, _ = with_harbour(tmp_path, article)
    found = choices(session, mine, claim, typed)
    assert [str(each.evidence[0].kind) for each in found] == offered


@pytest.mark.parametrize(
    ("typed", "targets"),
    [
        ("https://a.example/x", ["https://a.example/x"]),
        (" <https://a.example/x>, ", ["https://a.example/x"]),
        (
            "Minutes https://a.example/x https://b.example",
            ["https://a.example/x", "https://b.example"],
        ),
        ("https://a.example https://a.example", ["https://a.example"]),
        ("www.a.example", ["https://www.a.example"]),
        ("a.example/minutes", ["https://a.example/minutes"]),
        ("doi:10.1000/182", ["https://doi.org/10.1000/182"]),
        ("10.1000/182", ["https://doi.org/10.1000/182"]),
    ],
)
def test_an_address_is_offered_with_the_day_it_was_seen(
    tmp_path: Path, article: Path, typed: str, targets: list[str]
) -> None:
    session, mine, claim, _ = with_harbour(tmp_path, article)
    (found,) = choices(session, mine, claim, typed)
    assert [each.target for each in found.evidence] == targets
    assert {each.kind for each in found.evidence} == {TargetKind.ADDRESS}
    assert {each.seen for each in found.evidence} == {clock.local_day(clock.now())}


@pytest.mark.parametrize(
    "typed",
    [
        "http://",
        "https:///x",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "3.5",
        "U.S.",
        "e.g. a/b",
        "and/or",
    ],
)
def test_what_is_no_address_is_not_offered(tmp_path: Path, article: Path, typed: str) -> None:
    session, mine, claim, _ = with_harbour(tmp_path, article)
    assert choices(session, mine, claim, typed) == []


def test_a_deleted_claim_rests_on_nothing_any_more(tmp_path: Path, article: Path) -> None:
    session = Session(tmp_path / "library")
    mine = opened(session, article)
    _, claim = mine.mark(TextRange(16, 35), ["claim"])
    _, other = mine.mark(TextRange(36, 51), ["quote"])
    chosen = next(each for each in choices(session, mine, claim.id) if each.annotation)
    mine.link(claim.id, linked((), chosen.related(Relation.SUPPORTS)))
    mine.delete([claim.id])
    assert links_of(session, mine, other.id) == []
    mine.undo()
    assert len(links_of(session, mine, other.id)) == 1


def test_an_address_of_any_length_is_no_link(tmp_path: Path, article: Path) -> None:
    session, mine, claim, _ = with_harbour(tmp_path, article)
    assert choices(session, mine, claim, f"https://a.example/{'x' * 10_000}") == []
