"""Imported notes whose article has no text yet: usable at once, and placed when it is opened."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader.core.annotation import PlaceState
from reader.errors import SourceError
from reader.session import Session
from tests.session.importing.files import TEXT, imported, notes_of, row, write_rows

BOOK = f'---\ntitle: "The Quiet Ledger: A History"\nauthor: Oriel Castane\n---\n{TEXT}'


def wait_for_text(session: Session, tmp_path: Path) -> str:
    """Import three notes of a book that the library does not have; return the article's id."""
    rows = [
        row(1, url="", tags=["quote"]),
        row(2, url="", quote="The town kept a second book.", start=180, state="exact"),
        row(3, url="", quote="", note="On the whole book", tags=["book"]),
        row(4, url="", quote="Not a word of this is in it"),
    ]
    imported(session, write_rows(tmp_path / "a.jsonl", *rows))
    (article,) = session.articles()
    return article.id


def test_they_are_listed_and_exported_without_a_place(session: Session, tmp_path: Path) -> None:
    wait_for_text(session, tmp_path)
    notes = notes_of(session)
    assert not any(each.has_place or each.is_orphaned for each in notes)
    assert notes[2].selector.exact == "The Quiet Ledger"
    for kind in ("markdown", "jsonl", "hypothesis", "webannotation", "csv", "html"):
        exported = session.export(None, format_name=kind)
        assert isinstance(exported, str)
        assert "On the whole book" in exported
        assert "TextPositionSelector" not in exported
    lines = session.export(None, format_name="jsonl")
    assert isinstance(lines, str)
    assert json.loads(lines.split("\n")[0])["state"] == "waiting"


def test_opening_an_article_without_a_text_says_what_to_do(
    session: Session, tmp_path: Path
) -> None:
    article = wait_for_text(session, tmp_path)
    with pytest.raises(SourceError, match=r"The Quiet Ledger.*open its file"):
        session.open_article(article)


@pytest.mark.parametrize("is_added", [False, True])
def test_the_file_of_the_book_is_recognised_and_its_notes_find_their_places(
    session: Session, tmp_path: Path, is_added: bool
) -> None:
    article = wait_for_text(session, tmp_path)
    path = tmp_path / "book.md"
    path.write_text(BOOK, encoding="utf-8")
    if is_added:
        from reader.session.queue import AddRequest
        from reader.session.sources import UNWATCHED

        assert session.queue.add(AddRequest(str(path)), UNWATCHED).article_id == article
    else:
        loading = session.open(str(path))
        assert loading.question is None
        assert loading.open_article.state.article.id == article
        assert "Of 4 imported notes, 3 have their places" in loading.notice
    first, second, third, lost = notes_of(session)
    text = session.open(str(path)).open_article.state.document.text
    assert text[slice(*first.range)] == "Nobody asked who wrote it"
    assert second.range.start == text.rindex("The town kept")
    assert text[slice(*third.range)] == "The Quiet Ledger"
    assert lost.place.state is PlaceState.ORPHANED
    assert not any(each.is_waiting for each in notes_of(session))


def test_a_book_of_the_same_title_by_another_author_is_asked_about(
    session: Session, tmp_path: Path
) -> None:
    wait_for_text(session, tmp_path)
    path = tmp_path / "book.md"
    path.write_text(BOOK.replace("Oriel Castane", "Imre Dask"), encoding="utf-8")
    question = session.open(str(path)).question
    assert question is not None
    assert [each.annotations for each in question.candidates] == [4]


def test_once_opened_a_later_import_of_the_book_goes_to_it(
    session: Session, tmp_path: Path
) -> None:
    article = wait_for_text(session, tmp_path)
    path = tmp_path / "book.md"
    path.write_text(BOOK, "utf-8")
    session.open(str(path))
    session.save_all()
    path.write_text(BOOK.replace("The Quiet Ledger: A History", "Ledger, volume 2"), "utf-8")
    session.open(str(path))
    session.save_all()
    rows = row(9, 3, url="", title="The Quiet Ledger", quote="nobody read it")
    plan = session.importing.plan([write_rows(tmp_path / "b.jsonl", rows)])
    assert [each.article.id for each in plan.sources() if each.article] == [article]
    session.importing.make(plan)
    assert len([each for each in notes_of(session) if each.has_place]) == 4


def test_the_next_unread_article_is_one_that_can_be_read(session: Session, tmp_path: Path) -> None:
    wait_for_text(session, tmp_path)
    assert session.queue.next_unread() is None
    imported(session, write_rows(tmp_path / "b.jsonl", row(9, 3)))
    unread = session.queue.next_unread()
    assert unread is not None
    assert unread.source == "https://example.org/ledger/3"
