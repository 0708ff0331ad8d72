"""Reviewing: what is asked, what each answer makes of it, and that it is kept."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from reader.core.annotation import Annotation
from reader.core.changes import changed_at
from reader.core.document import TextRange
from reader.core.review import Answer, Card, CardState, Grade, answers_of, with_card
from reader.session import Session

GRADED = "2099-11-30T10:00:00.000Z"


def graded_elsewhere(folder: Path) -> Annotation:
    """Grade the only annotation of a library as another window would, and return it."""
    session = Session(folder)
    (summary,) = session.annotations()
    before = summary.annotation
    answer = Answer(GRADED, Grade.GOOD, CardState.NEW)
    after = replace(before, review=with_card({}, Card(GRADED), GRADED, answer))
    after = replace(changed_at(before, after, GRADED), modified=GRADED)
    session.writer.submit(summary.article_id, annotations=[after])
    session.writer.close()
    return after


def test_undo_in_the_article_keeps_what_was_graded_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "tides.md"
    path.write_text("# The tide tables\n\nIt closed in March. It opened in May.\n", "utf-8")
    session = Session(tmp_path / "library")
    mine = session.open(str(path)).open_article
    _, made = mine.mark(TextRange(18, 37), ["quote"])
    mine.edit(made.id, note="Ask.")
    session.save_all()
    graded = graded_elsewhere(tmp_path / "library")
    record = session.record(mine.state.article.id)
    assert record is not None
    mine.merge(record)
    mine.undo()
    assert mine.state.by_id[made.id].review == graded.review
    session.save_all()
    (stored,) = Session(tmp_path / "library").annotations()
    assert stored.annotation.note == ""
    assert stored.annotation.review == graded.review
    assert len(answers_of(stored.annotation.review)) == 1
