"""Counting a library: what is in its files by days here, and nothing that was deleted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from reader import clock
from reader.core.document import Metadata
from reader.core.review import Answer, Card, with_card
from reader.core.statistics import NameCount, Retention, Week
from reader.session import Session
from reader.store.library import Library
from tests.store.examples import ARTICLE, annotation

NOW, MADE = "2026-11-30T12:00:00.000Z", "2026-11-29T12:00:00.000Z"


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Session:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return Session(tmp_path)


def test_a_library_is_counted_as_it_is_on_disk(tmp_path: Path, session: Session) -> None:
    assert session.statistics(2).weeks == (
        Week(date(2026, 11, 23), 0, 0, 0),
        Week(date(2026, 11, 30), 0, 0, 0),
    )
    review = with_card({}, Card(due="2026-12-02T23:30:00.000Z"), Answer(NOW, "again", "review"))
    other = Answer("2026-11-24T10:00:00.000Z", "good", "review")
    review = with_card(review, Card(due="2026-12-02T23:30:00.000Z"), other)
    undone = {**Answer("2026-11-25T10:00:00.000Z", "hard", "review")._asdict(), "undone": NOW}
    review = {**review, "log": [*review["log"], undone]}
    notes = [
        replace(annotation(1), created=MADE, speaker="Prewitt", tags=("quote",), review=review),
        replace(annotation(2), created=MADE, speaker="prewitt", tags=("claim",), status=None),
        replace(annotation(3), created=MADE, tags=("claim",), status="supported"),
        replace(annotation(4), created=MADE, tags=("claim",), deleted=NOW),
        replace(annotation(5), created="no time", tags=("context",)),
    ]
    article = replace(
        ARTICLE, added="2026-11-24T00:00:00.000Z", source_metadata=Metadata("Tides", site="Courier")
    )
    library = Library(tmp_path)
    library.save(article.id, article=article, annotations=notes)
    library.close()
    counted = session.statistics(2)
    assert (counted.articles, counted.notes, counted.today) == (1, 4, date(2026, 11, 30))
    assert [tuple(week)[1:] for week in counted.weeks] == [(3, 1, 1), (0, 1, 0)]
    assert (counted.due.overdue, counted.due.later) == (0, 0)
    assert sum(day.notes for day in counted.due.days) == 1
    assert [age.claims for age in counted.open_claims] == [1, 0, 0, 0, 0]
    assert counted.speakers[0].notes == 2
    assert counted.sources == (NameCount("Courier", 4),)
    assert counted.retention == Retention(2, 1)
