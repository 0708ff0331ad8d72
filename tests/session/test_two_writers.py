"""Two windows edit one annotation at once: each part is kept, and a note keeps both texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.core.document import TextRange
from reader.session import ArticleRecord, OpenArticle, SaveStatus, Session

Windows = tuple[tuple[Session, OpenArticle], tuple[Session, OpenArticle]]


@pytest.fixture
def windows(tmp_path: Path) -> Windows:
    """Two windows on one article with one annotation, which both have read."""
    article = tmp_path / "tides.md"
    article.write_text("# The tide tables\n\nIt closed in March. It opened in May.\n", "utf-8")
    here = Session(tmp_path / "library")
    open_article = here.open(str(article)).open_article
    open_article.mark(TextRange(18, 37), ["claim"])
    here.save_all()
    there = Session(tmp_path / "library")
    return (here, open_article), (there, there.open(str(article)).open_article)


def test_different_parts_are_both_kept(windows: Windows) -> None:
    (here, mine), (there, theirs) = windows
    identifier = mine.state.annotations[0].id
    mine.edit(identifier, note="When?")
    theirs.edit(identifier, tags=["claim", "dates"], speaker="The keeper")
    here.save_all()
    there.save_all()
    (kept,) = (each.annotation for each in Session(here.folder).annotations())
    assert (kept.note, kept.tags, kept.speaker) == ("When?", ("claim", "dates"), "The keeper")
    assert here.problems == there.problems == []


def test_a_note_edited_in_both_keeps_both_texts_and_that_is_told(windows: Windows) -> None:
    (here, mine), (there, theirs) = windows
    identifier = mine.state.annotations[0].id
    mine.edit(identifier, note="mine")
    here.save_all()
    theirs.edit(identifier, note="theirs")
    there.save_all()
    (kept,) = (each.annotation for each in Session(here.folder).annotations())
    assert kept.note.startswith("mine\n\n")
    assert kept.note.endswith("\n\ntheirs")
    (told,) = there.problems
    assert "keeps both texts" in told
    record = here.record(mine.state.article.id)
    assert record is not None
    assert "keeps both texts" in mine.merge(record)
    assert mine.merge(record) == ""


def test_both_texts_are_told_at_each_opening_until_somebody_edits_them(windows: Windows) -> None:
    (here, mine), (there, theirs) = windows
    identifier = mine.state.annotations[0].id
    mine.edit(identifier, note="mine")
    here.save_all()
    theirs.edit(identifier, note="theirs")
    there.save_all()
    later = Session(here.folder)
    loading = later.open_article(mine.state.article.id)
    passage = loading.open_article.state.annotations[0].selector.exact
    assert 0 < len(passage) < 40
    assert loading.notice == (
        f"The note on “{passage}” was edited in two places at once; it keeps both texts."
    )
    loading.open_article.edit(identifier, note="ours")
    later.save_all()
    assert Session(here.folder).open_article(mine.state.article.id).notice == ""


def test_the_texts_are_one_again_once_somebody_edits_them(windows: Windows) -> None:
    (here, mine), (there, theirs) = windows

    def listen(_: SaveStatus, __: str, record: ArticleRecord | None) -> None:
        if record is not None:
            theirs.merge(record)

    there.writer.listener = listen
    identifier = mine.state.annotations[0].id
    mine.edit(identifier, note="mine")
    here.save_all()
    theirs.edit(identifier, note="theirs")
    there.save_all()
    assert "mine" in theirs.state.by_id[identifier].note
    theirs.edit(identifier, note="ours")
    there.save_all()
    here.save_all()
    (kept,) = (each.annotation for each in Session(here.folder).annotations())
    assert (kept.note, kept.versions) == ("ours", ())
