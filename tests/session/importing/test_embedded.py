"""The notes that documents hold: imported into the article that the document is, as often as one likes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reader.core.annotation import PlaceState
from reader.errors import SourceError
from reader.formats import registry, sniffing
from reader.session import Session
from reader.session.importing import ArticleFate, Fate
from reader.session.queue import AddRequest
from reader.session.sources import UNWATCHED
from tests.formats.pdfs import marked, pdf
from tests.formats.test_docx_comments import BODY, EXTENDED, comment
from tests.formats.test_pdf_annotations import LINES, PAGE
from tests.formats.word import docx
from tests.session.importing.files import imported, notes_of, row, write_rows

MARKS = [
    marked(LINES, "first week of the infor-|mation strike, the pilots said.", "/Contents(Why?)/C[1 0.4 0.4]"),
    marked(LINES, "nobody was asked.", kind="Underline"),
    marked(LINES, "forty ships in"),
]  # fmt: skip


def a_pdf(*marks: str) -> bytes:
    return pdf([PAGE], info={"Title": "The quiet harbour"}, annotations=[marks])


def a_docx() -> bytes:
    comments = comment(1, "Who?") + comment(2, "The office.", "Bo Lind") + comment(3, "Sure?")
    parts = {"comments": comments, "commentsExtended": EXTENDED}
    return docx(BODY, title="A draft", comments=parts)


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str, bytes], str]:
    def write(name: str, data: bytes) -> str:
        (tmp_path / name).write_bytes(data)
        return str(tmp_path / name)

    return write


@pytest.mark.parametrize(("name", "data"), [("a.pdf", a_pdf(*MARKS)), ("a.docx", a_docx())])
def test_a_document_becomes_an_article_with_its_notes_in_their_places(
    session: Session, written: Callable[[str, bytes], str], name: str, data: bytes
) -> None:
    path = written(name, data)
    plan = session.importing.plan([path])
    (source,) = plan.sources()
    assert (source.fate, source.address) == (ArticleFate.NEW, path)
    assert session.articles() == []
    made = session.importing.make(plan)
    (article,) = session.articles()
    state = session.open(path).open_article.state
    assert state.article.id == article.id
    assert state.document.is_complete
    assert made.new_notes == len(state.annotations) == len(source.notes)
    for note in state.annotations:
        assert note.place.state is PlaceState.EXACT
        assert state.document.quote(note.range) == note.selector.exact
    assert not session.importing.plan([path]).changes
    session.stored_steps.undo(made.step_id)
    assert notes_of(session) == []


def test_the_words_the_colours_and_the_authors_are_there(
    session: Session, written: Callable[[str, bytes], str]
) -> None:
    imported(session, written("a.pdf", a_pdf(*MARKS)), written("a.docx", a_docx()))
    found = {note.selector.exact: (note.note, note.tags) for note in notes_of(session)}
    assert found == {
        "first week of the information strike, the pilots said.": ("Why?", ("red",)),
        "nobody was asked.": ("", ("underline",)),
        "forty ships in": ("", ("quote",)),
        "Forty ships": (
            "**Ann Lee**\n\nWho?\n\n**Reply by Bo Lind, 2026-03-12**\n\nThe office.",
            ("resolved",),
        ),
        "Nobody": ("**Ann Lee**\n\nSure?", ("quote",)),
    }


@pytest.mark.parametrize(
    ("author", "others", "expected"),
    [
        ("", [], "**Ann Lee**\n\nWho?"),
        ("Ann Lee", [], "Who?"),
        ("Ann Lee", ["Bo Lind"], "Who?"),
        ("Bo Lind", [], "**Ann Lee**\n\nWho?"),
    ],
)
def test_comments_are_signed_unless_they_are_the_authors(
    session: Session,
    written: Callable[[str, bytes], str],
    author: str,
    others: list[str],
    expected: str,
) -> None:
    comments = comment(1, "Who?") + "".join(comment(3, "Sure?", each) for each in others)
    data = docx(BODY, title="A draft", author=author, comments={"comments": comments})
    imported(session, written("a.docx", data))
    assert expected in [note.note for note in notes_of(session)]


def test_the_only_one_who_wrote_notes_in_a_pdf_is_the_reader(
    session: Session, written: Callable[[str, bytes], str]
) -> None:
    own = MARKS[0].replace(">>", "/T(me)>>")
    imported(session, written("a.pdf", a_pdf(own, MARKS[1])))
    assert sorted(note.note for note in notes_of(session)) == ["", "Why?"]
    other = marked(LINES, "forty ships in", "/T(Bo)/Contents(So?)")
    imported(session, written("a.pdf", a_pdf(own, MARKS[1], other)))
    assert sorted(note.note for note in notes_of(session)) == [
        "",
        "**Bo**\n\nSo?",
        "**me**\n\nWhy?",
    ]


def test_what_was_changed_there_is_taken_and_what_is_new_is_added(
    session: Session, written: Callable[[str, bytes], str]
) -> None:
    path = written("a.pdf", a_pdf(*MARKS[:2]))
    imported(session, path)
    written("a.pdf", a_pdf(MARKS[0].replace("Why?", "Why so?"), MARKS[1], MARKS[2]))
    plan = session.importing.plan([path])
    assert plan.counts == {Fate.CHANGED: 1, Fate.SAME: 1, Fate.NEW: 1}
    session.importing.make(plan)
    assert len(session.articles()) == 1
    assert sorted(note.note for note in notes_of(session)) == ["", "", "Why so?"]


def test_an_annotated_copy_is_the_article_with_the_same_text(
    session: Session, written: Callable[[str, bytes], str]
) -> None:
    added = session.queue.add(AddRequest(written("plain.pdf", a_pdf())), UNWATCHED)
    plan = session.importing.plan([written("copy.pdf", a_pdf(*MARKS))])
    (source,) = plan.sources()
    assert (source.fate, source.article and source.article.id) == (
        ArticleFate.KNOWN,
        added.article_id,
    )
    session.importing.make(plan)
    (article,) = session.articles()
    assert session.open(article.source).open_article.state.annotations


def test_documents_without_notes_make_nothing(
    session: Session, written: Callable[[str, bytes], str]
) -> None:
    path = written("plain.pdf", a_pdf())
    plan = session.importing.plan([path])
    assert (list(plan.sources()), plan.files[0].remarks) == ([], ("It holds no annotations.",))
    assert not session.importing.make(plan).step_id
    others = [path, written("a.md", b"# Ships\n\n> Forty.\n"), written("b.pdf", a_pdf(*MARKS))]
    assert [file.name for file in session.importing.plan_documents(others).files] == [others[2]]
    assert not session.importing.plan_documents(others[:2]).changes


def test_a_kind_may_be_named_and_must_fit(
    session: Session, tmp_path: Path, written: Callable[[str, bytes], str]
) -> None:
    assert session.importing.plan([written("a", a_pdf(*MARKS))], kind="pdf").changes
    with pytest.raises(SourceError, match="no PDF, DOCX or ODT"):
        session.importing.plan([write_rows(tmp_path / "a.jsonl", row(1))], kind="pdf")


def test_the_format_of_a_document_is_found_out_once(
    session: Session, written: Callable[[str, bytes], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def count(data: bytes) -> str:
        asked.append(len(data))
        return sniffing.kind_of_bytes(data)

    monkeypatch.setattr(registry, "kind_of_bytes", count)
    assert session.importing.plan([written("a.docx", a_docx())]).changes
    assert len(asked) == 1


def test_adding_counts_the_notes_of_the_file(
    session: Session, written: Callable[[str, bytes], str]
) -> None:
    assert (
        session.queue.add(AddRequest(written("a.pdf", a_pdf(*MARKS))), UNWATCHED).embedded_notes
        == 3
    )
    assert session.queue.add(AddRequest(written("a.docx", a_docx())), UNWATCHED).embedded_notes == 2


def test_a_folder_gives_documents_and_notes_that_say_where_they_are_from(
    session: Session, tmp_path: Path, written: Callable[[str, bytes], str]
) -> None:
    (tmp_path / "vault").mkdir()
    annotated = written("vault/a.pdf", a_pdf(*MARKS))
    written("vault/plain.pdf", a_pdf())
    damaged = written("vault/damaged.pdf", b"%PDF-1.4 and nothing more")
    sourced = written("vault/b.md", b"---\nurl: https://a.example/ships\n---\n> Forty ships.\n")
    written("vault/meeting.md", b"# Monday\n\n> Nobody came.\n")
    plan = session.importing.plan([str(tmp_path / "vault")])
    assert {file.name: len(file.sources) for file in plan.files} == {
        annotated: 1,
        sourced: 1,
        damaged: 0,
    }
    (remark,) = next(file.remarks for file in plan.files if file.name == damaged)
    assert remark.startswith("It is left out. damaged.pdf is a PDF that is damaged")
