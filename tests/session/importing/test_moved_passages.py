"""A passage that was made longer in the other program since it was imported."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.session import Session
from reader.session.importing import Fate
from tests.imports.test_kindle_clippings import mark
from tests.session.importing.files import TEXT, edit, imported, notes_of

SHORT = mark("Highlight on Location 180-181", "burned the question")
LONG = mark(
    "Highlight on Location 180-182", "told us the answer and burned the question", "9:50:00"
)
NOTE = mark("Note on Location 182", "Is it fair?", "9:51:00")


def clippings(path: Path, *entries: str) -> str:
    path.write_text("".join(entries), encoding="utf-8")
    return str(path)


def fates(session: Session, path: str) -> list[Fate]:
    return [note.fate for each in session.importing.plan([path]).sources() for note in each.notes]


@pytest.mark.parametrize("has_text", [True, False])
def test_a_passage_made_longer_there_is_longer_here(
    session: Session, tmp_path: Path, *, has_text: bool
) -> None:
    if has_text:
        article = tmp_path / "ledger.md"
        article.write_text(TEXT, encoding="utf-8")
        session.open(str(article))
        session.save_all()
    imported(session, clippings(tmp_path / "a.txt", SHORT))
    (before,) = notes_of(session)
    assert before.selector.exact == "burned the question"
    longer = clippings(tmp_path / "b.txt", SHORT, LONG, NOTE)
    assert fates(session, longer) == [Fate.CHANGED]
    made = imported(session, longer)
    (after,) = notes_of(session)
    assert after.id == before.id
    assert after.selector.exact == "told us the answer and burned the question"
    assert after.note == "Is it fair?"
    assert after.is_waiting is not has_text
    if has_text:
        assert TEXT.replace("#", "").count(after.selector.exact) == 1
        assert after.range.end - after.range.start == len(after.selector.exact)
    assert fates(session, longer) == [Fate.SAME]
    session.stored_steps.undo(made.step_id)
    (undone,) = notes_of(session)
    assert (undone.selector.exact, undone.note) == ("burned the question", "")
    assert undone.range == before.range
    session.stored_steps.redo(made.step_id)
    (redone,) = notes_of(session)
    assert (redone.selector.exact, redone.range) == (after.selector.exact, after.range)


def test_a_passage_that_was_changed_here_stays(session: Session, tmp_path: Path) -> None:
    imported(session, clippings(tmp_path / "a.txt", SHORT))
    (before,) = notes_of(session)
    mine = before.selector.__class__("the question")
    edit(session, before.id, selector=mine)
    longer = clippings(tmp_path / "b.txt", SHORT, LONG)
    assert fates(session, longer) == [Fate.EDITED_PASSAGE]
    imported(session, longer)
    (after,) = notes_of(session)
    assert after.selector.exact == "the question"


def test_a_passage_that_is_not_found_stays_where_it_is(session: Session, tmp_path: Path) -> None:
    article = tmp_path / "ledger.md"
    article.write_text(TEXT, encoding="utf-8")
    session.open(str(article))
    session.save_all()
    imported(session, clippings(tmp_path / "a.txt", SHORT))
    unknown = "burned the question and " + "told nobody about any of it, ever again " * 3
    longer = mark("Highlight on Location 180-184", unknown, "9:50:00")
    path = clippings(tmp_path / "b.txt", SHORT, longer)
    assert fates(session, path) == [Fate.EDITED_PASSAGE]
    imported(session, path)
    (after,) = notes_of(session)
    assert after.selector.exact == "burned the question"
