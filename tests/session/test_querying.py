"""Queries of a library that is used, changed and harmed meanwhile."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from reader import clock
from reader.config import Settings
from reader.core.annotation import Annotation, Article
from reader.core.document import Metadata
from reader.core.query.parsing import parse
from reader.core.query.tree import EVERYTHING, Node
from reader.session import Session
from reader.session.querying import NoteKey, NoteOrder
from reader.store.files.drafts import Draft
from reader.store.index import texts
from reader.store.index.tables import TEXTS
from tests.store.examples import ARTICLE, LATER, OTHER, annotation, document

LEDGER = document("The board relied in good faith on a certified product.", "Twice.")
HARBOUR = document("The harbour fund paid for 26 pumps.", "港は静かだ。")

NOTES = (
    replace(annotation(1), speaker="Lucan Prewitt", status="unchecked", note="Ask for it."),
    replace(annotation(2), speaker="Dr. Solvay", status="refuted"),
    replace(annotation(3, tag="quote"), created=LATER),
    annotation(4, deleted=LATER),
)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A session on a library of two articles with texts and notes."""
    session = opened(tmp_path / "library")
    for article, text, notes in ((ARTICLE, LEDGER, NOTES[:2]), (OTHER, HARBOUR, NOTES[2:])):
        put(session, replace(article, snapshot=text.digest), notes)
        session._library.write_snapshot(text)
    yield session
    session.writer.close()
    session._library.close()


def opened(folder: Path) -> Session:
    session = Session(folder)
    session.settings = Settings(backups=0)
    return session


def put(session: Session, article: Article, notes: Sequence[Annotation]) -> None:
    session._library.save(article.id, article=article, annotations=notes)


def query(words: str, *, is_for_articles: bool = False) -> Node:
    return parse(words, datetime.now(), is_for_articles=is_for_articles).tree


def found(session: Session, words: str, order: NoteOrder = NoteOrder.NEWEST) -> list[int]:
    """Return the numbers of the notes that are found, when all are."""
    *_, last = session.queries.notes(query(words), order)
    assert last.is_complete
    return [int(key.id.removeprefix("01K")) for key in last.items]


def found_articles(session: Session, words: str) -> list[str]:
    *_, last = session.queries.articles(query(words, is_for_articles=True))
    return [each.title for each in last.items]


def test_notes_and_articles_are_found_in_order(session: Session) -> None:
    assert found(session, "") == [3, 2, 1]
    assert found(session, "", NoteOrder.OLDEST) == [1, 2, 3]
    assert found(session, "", NoteOrder.PLACE) == [3, 1, 2]
    assert found(session, "ask OR ledger", NoteOrder.RELEVANCE) == [2, 1]
    assert found(session, "prewitt") == [1]
    assert found(session, "ask", NoteOrder.RELEVANCE) == [1]
    assert found(session, "is:deleted") == [4]
    assert found_articles(session, "") == ["港 Harbour", "The Quiet Ledger"]
    assert found_articles(session, "status:open speaker:prewitt") == ["The Quiet Ledger"]
    assert found_articles(session, "text:港は") == ["港 Harbour"]
    assert found(session, 'text:"26"') == [3]
    assert found(session, 'text:"2"') == []


def test_what_is_found_is_read_in_order_also_what_was_deleted(session: Session) -> None:
    keys = session.queries.all_notes(query("is:deleted OR is:open"))
    summaries = list(session.queries.summaries(keys))
    assert [each.annotation for each in summaries] == [NOTES[3], NOTES[0]]
    assert [key.article_id for key in keys] == [OTHER.id, ARTICLE.id]
    assert [key.created for key in keys] == [each.annotation.created for each in summaries]


def test_the_first_answer_does_not_wait_for_files(session: Session) -> None:
    found(session, "")
    (session.folder / "articles").rename(session.folder / "away")
    notes = session.queries.notes(EVERYTHING)
    assert len(next(notes).items) == 3
    (session.folder / "away").rename(session.folder / "articles")
    assert [part.is_complete for part in notes][-1]


def test_facets_count_without_what_the_query_asks_of_them(session: Session) -> None:
    found(session, "")
    facets = session.queries.facets(
        query("tag:claim status:refuted"), ("status", "speaker", "tag", "site", "marked")
    )
    assert facets["status"] == [("refuted", 1), ("unchecked", 1)]
    assert facets["speaker"] == [("Dr. Solvay", 1)]
    assert facets["tag"] == [("claim", 1)]
    assert facets["site"] == [("Example", 1)]
    for name, count in facets["marked"]:
        assert len(found(session, f"tag:claim status:refuted marked:{name}")) == count


def test_notes_of_any_year_are_counted(session: Session) -> None:
    for number, created in enumerate(("0001-01-01", "1971-05-01", "2024-05-01", "9999-12-31"), 20):
        moment = f"{created}T12:00:00.000Z"
        put(session, ARTICLE, [replace(annotation(number), created=moment)])
    found(session, "")
    counts = dict(session.queries.facets(EVERYTHING, ["marked"])["marked"])
    assert counts["2024"] == 1
    keys = session.queries.all_notes(query("in:ledger"))
    assert keys[-1].created == "0001-01-01T12:00:00.000Z"


def test_values_to_complete_are_counted(session: Session) -> None:
    found(session, "")
    assert session.queries.values("tag") == [("claim", 2), ("quote", 1)]
    assert session.queries.values("speaker") == [("Dr. Solvay", 1), ("Lucan Prewitt", 1)]
    assert session.queries.values("site") == [("Example", 2)]
    assert session.queries.values("author") == []


def test_a_saved_change_is_found_at_once(session: Session) -> None:
    found(session, "")
    supported = replace(NOTES[0], status="supported", modified=LATER)
    session._library.save(ARTICLE.id, annotations=[supported])
    keys = next(session.queries.notes(query("status:supported"), has_first=False)).items
    assert [key.id for key in keys] == [NOTES[0].id]


def test_a_draft_is_found_by_it(session: Session) -> None:
    assert found(session, "has:draft") == []
    session.drafts.write(NOTES[2].id, Draft("Or…", (), "", None, clock.now()))
    assert found(session, "has:draft") == [3]


def test_what_another_window_changes_is_found(session: Session) -> None:
    assert found(session, "tides") == []
    other = opened(session.folder)
    assert found(other, "tides") == []
    put(session, replace(ARTICLE, snapshot=LEDGER.digest), [annotation(7, note="Tides")])
    assert found(other, "tides") == found(session, "tides") == [7]
    other._library.removals.remove(ARTICLE.id)
    assert found(session, "tides") == []
    assert found(session, "text:faith") == []
    other.writer.close()
    other._library.close()


def test_what_another_program_writes_into_a_file_is_found(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert found(session, "ask") == [1]
    path = next((session.folder / "articles").glob("the-quiet-ledger*"))
    path.write_text(path.read_text("utf-8").replace("Ask for it.", "Call them."), "utf-8")
    monkeypatch.setattr("reader.session.querying.COMPARED_SECONDS", 0)
    assert found(session, "ask") == []
    assert found(session, "call") == [1]


def test_a_query_whose_answer_is_not_needed_ends(session: Session) -> None:
    found(session, "")
    put(session, OTHER, [annotation(number, note="Tides") for number in range(10, 1500)])
    found(session, "")
    parts = list(session.queries.notes(query("tides"), NoteOrder.PLACE, must_stop=lambda: True))
    assert not any(part.is_complete for part in parts)
    assert session.queries.facets(query("tides"), ["tag"], lambda: True) == {}
    assert len(found(session, "tides")) == 1490


def test_a_query_does_not_wait_for_who_writes_the_index(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    found(session, "")
    monkeypatch.setattr("reader.session.querying.COMPARED_SECONDS", 0)
    is_held, is_asked = threading.Event(), threading.Event()

    def write(connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM files")
        is_held.set()
        assert is_asked.wait(30)
        raise InterruptedError

    def hold() -> None:
        with pytest.raises(InterruptedError):
            session._library._index.database.write(write)

    writer = threading.Thread(target=hold)
    writer.start()
    assert is_held.wait(30)
    answers: list[int] = []

    def ask() -> None:
        answers.append(len(next(session.queries.notes(query("ask"))).items))

    reader = threading.Thread(target=ask)
    reader.start()
    reader.join(20)
    is_asked.set()
    assert answers == [1]
    writer.join(30)
    reader.join(30)
    assert found(session, "ask") == [1]


def harm_words(folder: Path) -> None:
    with sqlite3.connect(folder / "texts.sqlite") as connection:
        connection.execute(f"UPDATE trigrams_data SET block = x'{'f7' * 60}'")
    connection.close()


def harm_text(folder: Path) -> None:
    with sqlite3.connect(folder / "texts.sqlite") as connection:
        connection.execute("UPDATE texts SET folded = x'00ff'")
    connection.close()


def overwrite(folder: Path) -> None:
    for name in ("texts.sqlite", "index.sqlite"):
        (folder / name).write_bytes(b"not a database" * 500)


def delete(folder: Path) -> None:
    for name in ("texts.sqlite", "index.sqlite"):
        (folder / name).unlink(missing_ok=True)


@pytest.mark.parametrize("harm", [harm_words, harm_text, overwrite, delete])
@pytest.mark.parametrize("is_open", [True, False])
def test_a_harmed_index_gives_the_same_answers(
    session: Session, harm: Callable[[Path], None], is_open: bool
) -> None:
    questions = ("", "ask", "text:faith", 'text:"26"', "text:港", "status:open -text:pumps")
    before = [found(session, each) for each in questions]
    if not is_open:
        session._library.close()
    harm(session.folder / "cache")
    assert [found(session, each) for each in questions] == before
    put(session, replace(ARTICLE, snapshot=LEDGER.digest), [annotation(8, note="Ask")])
    assert found(session, "text:faith ask") == [8, 1]


@pytest.mark.parametrize("harm", [harm_words, harm_text, delete])
def test_texts_that_are_entered_again_just_after_an_answer_are_found(
    session: Session, monkeypatch: pytest.MonkeyPatch, harm: Callable[[Path], None]
) -> None:
    monkeypatch.setattr("reader.session.querying.COMPARED_SECONDS", 1000)
    assert found(session, "text:faith") == [2, 1]
    answer = session._library.queries.notes

    def notes(*asked: Any) -> list[NoteKey]:
        keys = answer(*asked)
        session._library.text_updates.run()  # as the thread of the index does when nothing waits
        return keys

    monkeypatch.setattr(session._library.queries, "notes", notes)
    harm(session.folder / "cache")
    assert found(session, "text:faith") == [2, 1]


@pytest.mark.parametrize("harm", [harm_words, harm_text, overwrite, delete])
def test_commands_have_whole_answers_of_a_harmed_index(
    session: Session, harm: Callable[[Path], None]
) -> None:
    tree = query("text:faith OR text:pumps")
    notes = session.queries.all_notes(tree)
    assert len(notes) == 3
    harm(session.folder / "cache")
    assert session.queries.all_notes(tree) == notes
    harm(session.folder / "cache")
    tree = query("text:faith", is_for_articles=True)
    assert [each.title for each in session.queries.all_articles(tree)] == ["The Quiet Ledger"]


def test_the_index_may_vanish_while_it_is_asked(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    found(session, "text:faith")
    monkeypatch.setattr("reader.session.querying.COMPARED_SECONDS", 0)
    parts = session.queries.notes(query("ask OR text:faith"))
    next(parts)
    delete(session.folder / "cache")
    *_, last = parts
    assert len(last.items) == 2
    assert found(session, "ask") == [1]


def test_without_trigrams_the_answers_are_the_same(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(texts, "TEXTS", TEXTS._replace(words="CREATE VIRTUAL TABLE t USING none"))
    assert found(session, "text:faith") == [2, 1]
    assert found(session, "text:faiths") == []
    session._library.removals.remove(ARTICLE.id)
    assert found(session, "text:faith") == []


def entered(session: Session) -> list[str]:
    with sqlite3.connect(session.folder / "cache" / "texts.sqlite") as connection:
        digests = [
            digest for (digest,) in connection.execute("SELECT digest FROM texts ORDER BY key")
        ]
    connection.close()
    return digests


def test_a_text_enters_once_and_goes_with_its_article(session: Session) -> None:
    found(session, "text:faith")
    assert set(entered(session)) == {LEDGER.digest, HARBOUR.digest}
    third = replace(OTHER, id="01KTHIRD", source="/third", snapshot=LEDGER.digest)
    put(session, third, [annotation(9)])
    assert found(session, "text:faith") == [9, 2, 1]
    assert len(entered(session)) == 2
    newer = document("Another text, without that word.")
    session._library.write_snapshot(newer)
    for article in (ARTICLE, third):
        put(session, replace(article, snapshot=newer.digest, opened=clock.now()), [])
    assert found(session, "text:faith") == []
    assert found(session, "text:another") == [9, 2, 1]
    assert set(entered(session)) == {newer.digest, HARBOUR.digest}


def test_of_a_very_long_text_the_beginning_is_searched(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(texts, "LONGEST_TEXT", 36)
    assert found(session, "text:board") == [2, 1]
    assert found(session, "text:certified") == []


def test_the_other_names_of_a_speaker_find_what_is_said(session: Session) -> None:
    names = session._library.speakers
    names.update(lambda known: known.with_same(["The chair"], "Lucan Prewitt", clock.now()))
    assert found(session, "speaker:chair") == [1]
    assert found(session, '"the chair"') == [1]
    assert found(session, "-speaker:chair") == [3, 2]


def test_a_library_that_is_not_there_has_no_notes(tmp_path: Path) -> None:
    session = opened(tmp_path / "none")
    assert found(session, "text:x OR y") == []
    assert session.queries.facets(EVERYTHING, ["tag"]) == {"tag": []}
    assert session.queries.values("site") == []
    assert not (tmp_path / "none").exists()
    session._library.close()


def test_a_quotation_mark_or_a_percent_sign_is_a_character(session: Session) -> None:
    title = Metadata(title="100% a_b 'c' \"d\" \\ [e]* ?")
    put(
        session,
        replace(ARTICLE, id="01KODD", source="/odd", source_metadata=title),
        [annotation(5)],
    )
    for words in ("100%", "a_b", "'c'", "\\", "[e]*", "?"):
        assert found(session, words) == [5], words
    assert found(session, "in:0%_a") == []
