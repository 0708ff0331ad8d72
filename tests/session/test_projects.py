"""Projects of articles: given and taken in files, kept by open articles, renamed, and undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.core.projects import ProjectCount
from reader.errors import ReaderError
from reader.session import Session
from reader.session.projects import read_project
from reader.session.queue import AddRequest
from reader.session.sources import UNWATCHED
from tests.hostile_text import HOSTILE


def library(folder: Path, count: int = 3) -> tuple[Session, list[str]]:
    session = Session(folder / "library")
    ids = []
    for number in range(count):
        source = folder / f"story-{number}.md"
        source.write_text(f"# Story {number}\n\nThe harbour closed in March.\n", encoding="utf-8")
        ids.append(session.queue.add(AddRequest(str(source)), UNWATCHED).article_id)
    return session, ids


def tags(session: Session) -> list[tuple[str, ...]]:
    return [each.tags for each in sorted(session.articles(), key=lambda each: each.title)]


def test_projects_of_several_articles_change_and_come_back_as_one_step(tmp_path: Path) -> None:
    session, ids = library(tmp_path)
    session.projects.change(ids[:1], given=["Ports"])
    changes = session.projects.change(ids, given=["Water", "ports"], taken=["none"])
    assert tags(session) == [("Ports", "Water"), ("Water", "ports"), ("Water", "ports")]
    assert session.projects.counts() == [ProjectCount("ports", 3), ProjectCount("Water", 3)]
    assert session.projects.change(ids, given=["WATER"]) == []
    session.projects.change(ids[1:2], given=["Later"])
    session.projects.put_back(changes)
    assert tags(session) == [("Ports",), ("Later",), ()]


def test_an_open_article_keeps_what_the_shell_gave_it_and_gives_its_own(tmp_path: Path) -> None:
    session, ids = library(tmp_path, 1)
    article = session.open(str(tmp_path / "story-0.md")).identified().open_article
    article.reanchor(session.reanchor(article.state, article.state.document))
    elsewhere = Session(session.folder)
    elsewhere.projects.change(ids, given=["Water"])
    article.change_projects(["Ports"], [])
    article.set_position(3, 0.5)
    session.save_all()
    assert set(*tags(elsewhere)) == {"Water", "Ports"}
    record = elsewhere.record(ids[0])
    assert record is not None
    article.merge(record)
    elsewhere.projects.change(ids, taken=["ports"])
    article.set_position(4, 0.6)
    session.save_all()
    assert tags(elsewhere) == [("Water",)]


def test_a_project_is_renamed_and_two_become_one(tmp_path: Path) -> None:
    session, ids = library(tmp_path)
    session.projects.change(ids[:2], given=["Water"])
    session.projects.change(ids[1:], given=["Meters"])
    merging = session.projects.plan_merge(["meters"], "water")
    assert merging.label == "rename the project “Meters” to “Water”"
    changes = session.projects.rename(merging)
    assert tags(session) == [("Water",)] * 3
    session.projects.put_back(changes)
    assert tags(session) == [("Water",), ("Water", "Meters"), ("Meters",)]
    with pytest.raises(ReaderError, match="a project “Water” already, of 2 articles"):
        session.projects.plan_rename("meters", "water")
    session.projects.rename(session.projects.plan_rename("water", "WATER"))
    assert tags(session)[0] == ("WATER",)
    assert session.projects.spelled(["water", "new"]) == ("WATER", "new")
    assert {each.id for each in session.projects.articles(["Water"])} == set(ids[:2])
    with pytest.raises(ReaderError, match="'Harbour' is none of the library’s projects; there are"):
        session.projects.plan_rename("Harbour", "Port")


def test_a_change_that_fails_for_one_article_changes_none(tmp_path: Path) -> None:
    session, ids = library(tmp_path)
    with pytest.raises(ReaderError):
        session.projects.change([*ids, "01KNOSUCHARTICLE"], given=["Water"])
    assert tags(session) == [()] * 3


def test_a_name_is_one_line_of_any_letters() -> None:
    assert read_project("  Water \n meters ") == "Water meters"
    for text in ("", "  ", "\x1b", "x" * 101):
        with pytest.raises(ReaderError):
            read_project(text)
    for text in HOSTILE:
        name = read_project(f"a{text}"[:100])
        assert "\n" not in name
