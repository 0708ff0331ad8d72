"""The writer goes on whatever happens to those who listen to it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from reader.core.document import TextRange
from reader.session import ArticleRecord, SaveState, SaveStatus, Session

PATIENCE = 10.0
"""Seconds after which a save is held never to come."""


def test_a_listener_that_raises_stops_no_save(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", told.append)

    def listen(_: SaveStatus, __: str, ___: ArticleRecord | None) -> None:
        raise RuntimeError("the screen is gone")

    article = tmp_path / "tides.md"
    article.write_text("# The tide tables\n\nIt closed in March. It opened in May.\n", "utf-8")
    session = Session(tmp_path / "library")
    session.writer.listener = listen
    open_article = session.open(str(article)).open_article
    for start, end in ((18, 37), (38, 54)):
        open_article.mark(TextRange(start, end), ["claim"])
        assert session.writer.flush(PATIENCE)
    assert session.writer.status.state is SaveState.SAVED
    assert len(Session(tmp_path / "library").annotations()) == 2
    assert {str(each.exc_value) for each in told} == {"the screen is gone"}
    assert session.writer.close(PATIENCE)
