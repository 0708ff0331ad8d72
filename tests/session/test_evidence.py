"""The evidence of a claim: linked, removed, undone, from two windows; the status stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.core.claims import STANDARD_NAMES
from reader.core.document import TextRange
from reader.core.evidence import Evidence, Relation, TargetKind, evidence_in, linked, unlinked
from reader.session import OpenArticle, Session

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
