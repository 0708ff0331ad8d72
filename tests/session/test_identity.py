"""A file that was moved, renamed, edited or comes from another address."""

from __future__ import annotations

import io
import sys
from functools import partial
from pathlib import Path

import pytest

from reader.core.document import TextRange
from reader.session import AnnotationRequest, LoadingArticle, Session
from tests.work import work

TEXT = """# The tide tables

The harbour kept two clocks that never agreed. It closed in March after the second great storm.

The council met twice in June. Nobody knew why the old ferry had been sold for scrap iron.
"""
EDITED = TEXT.replace("closed in March", "closed early in April").replace("twice", "three times")
UNLIKE = "# The tide tables\n\nWhat nobody ever said about the tides will fill another book.\n"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    return written(tmp_path / "tides.md", TEXT)


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def read(session: Session, path: Path) -> str:
    """Read an article with a note on it; returns its id."""
    loading = session.open(str(path))
    assert loading.question is None
    loading.open_article.mark(TextRange(20, 60), ["claim"])
    session.save_all()
    return loading.open_article.state.article.id


def asked(loading: LoadingArticle) -> list[str]:
    """Return the ids of the articles that an opening asks about."""
    return [each.article_id for each in loading.question.candidates] if loading.question else []


def identity(loading: LoadingArticle) -> str:
    assert loading.question is None
    return loading.open_article.state.article.id


def test_a_file_that_moved_is_known_by_its_bytes(session: Session, article: Path) -> None:
    known = read(session, article)
    article.parent.joinpath("old").mkdir()
    moved = article.rename(article.parent / "old" / "moved.txt.md")
    assert identity(session.open(str(moved))) == known


def test_a_file_that_moved_is_known_by_its_text(session: Session, article: Path) -> None:
    known = read(session, article)
    article.unlink()
    other = written(article.with_name("crlf.md"), TEXT.replace("\n\n", "\r\n\r\n\r\n"))
    assert identity(session.open(str(other))) == known


def test_a_copy_does_not_take_the_place_of_what_is_still_there(
    session: Session, article: Path
) -> None:
    known = read(session, article)
    copy = written(article.with_name("copy.md"), TEXT)
    assert identity(session.open(str(copy))) == known
    session.save_all()
    (listed,) = session.articles()
    assert listed.source == str(article)
    written(article, TEXT.replace("two clocks", "three clocks"))
    loading = session.open(str(article))
    assert identity(loading) == known
    assert "three clocks" in loading.open_article.state.document.text
    assert not loading.open_article.state.annotations[0].is_orphaned


def test_an_address_is_known_whatever_its_parameters(session: Session, tmp_path: Path) -> None:
    def page(url: str, words: str) -> Path:
        head = f"---\ntitle: Tides\nurl: {url}\n---\n\n"
        return written(tmp_path / f"{words}.md", f"{head}{words} words of an article.\n")

    known = read(session, page("https://www.example.org/tides/?utm_source=letter&id=4", "First"))
    again = page("http://example.org/tides?id=4&fbclid=x#top", "Second")
    assert identity(session.open(str(again))) == known
    other = page("http://example.org/tides?id=5", "Third")
    assert identity(session.open(str(other))) != known


@pytest.mark.parametrize("name", ["renamed.md", "elsewhere/tides.md"])
def test_a_renamed_and_edited_file_is_asked_about(
    session: Session, article: Path, name: str
) -> None:
    known = read(session, article)
    article.unlink()
    loading = session.open(str(written(article.parent / name, EDITED)))
    assert loading.question is not None
    assert loading.question.title == "The tide tables"
    (candidate,) = loading.question.candidates
    assert (candidate.article_id, candidate.title) == (known, "The tide tables")
    assert (candidate.annotations, candidate.source) == (1, str(article))
    same = loading.question.answer(known)
    session.save_all()
    assert identity(same) == known
    assert len(same.open_article.state.annotations) == 1
    assert not same.open_article.state.annotations[0].is_orphaned
    assert identity(session.open(str(article.parent / name))) == known
    assert len(session.articles()) == 1


def test_another_article_is_a_new_one_and_is_not_asked_about_again(
    session: Session, article: Path
) -> None:
    known = read(session, article)
    article.unlink()
    path = written(article.with_name("renamed.md"), EDITED)
    loading = session.open(str(path))
    assert loading.question is not None
    new = loading.question.answer("")
    session.save_all()
    assert identity(new) != known
    assert new.open_article.state.annotations == ()
    assert identity(Session(session.folder).open(str(path))) == identity(new)


def test_nothing_is_kept_before_the_answer(session: Session, article: Path) -> None:
    read(session, article)
    before = session.articles()
    article.unlink()
    path = written(article.with_name("renamed.md"), EDITED)
    loading = session.open(str(path))
    loading.open_article.set_position(5, 0.5)
    session.save_all()
    assert session.articles() == before
    assert asked(session.open(str(path)))


def test_what_is_unlike_or_still_there_is_not_asked_about(session: Session, article: Path) -> None:
    known = read(session, article)
    copy = session.open(str(written(article.with_name("copy.md"), EDITED)))
    assert identity(copy) != known
    article.unlink()
    unlike = session.open(str(written(article.parent / "other" / "tides.md", UNLIKE)))
    assert identity(unlike) != known


def test_two_that_are_the_same_are_both_asked_about(session: Session, article: Path) -> None:
    first = read(session, article)
    other = written(article.with_name("other.md"), UNLIKE)
    second = read(session, other)
    written(other, TEXT)
    assert identity(session.open(str(other))) == second
    session.save_all()
    article.unlink()
    moved = other.rename(article.with_name("moved.md"))
    loading = session.open(str(moved))
    assert sorted(asked(loading)) == sorted([first, second])
    assert loading.question is not None
    assert identity(loading.question.answer(first)) == first


def test_two_that_are_alike_are_both_asked_about_the_likeliest_first(
    session: Session, article: Path
) -> None:
    first = read(session, article)
    draft = written(article.with_name("draft.md"), TEXT.replace("The council met", "It sat"))
    second = read(session, draft)
    assert second != first
    article.unlink()
    draft.unlink()
    loading = session.open(str(written(article.with_name("final.md"), TEXT + "\nThe end came.\n")))
    assert asked(loading) == [first, second]


def test_standard_input_is_asked_about_and_read_once(
    session: Session, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = read(session, article)
    article.unlink()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(EDITED.encode())))
    loading = session.open("-")
    assert asked(loading) == [known]
    assert loading.question is not None
    answered = loading.question.answer(known)
    assert identity(answered) == known
    assert "early in April" in answered.open_article.state.document.text


def test_a_program_that_annotates_is_told_and_not_asked(session: Session, article: Path) -> None:
    known = read(session, article)
    article.unlink()
    path = written(article.with_name("renamed.md"), EDITED)
    told: list[str] = []
    request = AnnotationRequest("The council met three times in June.")
    _, made_on = session.annotate(str(path), request, told.append)
    assert made_on.id != known
    (sentence,) = told
    assert "new article" in sentence
    assert "“The tide tables” (1 note)" in sentence
    session.annotate(str(path), AnnotationRequest("scrap iron"), told.append)
    assert len(told) == 1


def test_looking_for_what_a_new_file_may_be_takes_milliseconds(
    session: Session, tmp_path: Path
) -> None:
    """Also in a library of articles that all have the same name and title."""

    def open_unasked(path: Path) -> None:
        assert session.open(str(path)).question is None

    for number in range(30):
        lines = "".join(f"Line {n} of article {number} is unlike others.\n\n" for n in range(2000))
        path = written(tmp_path / str(number) / "README.md", f"# Notes\n\n{lines}")
        loading = session.open(str(path))
        for document in loading.rest:
            if document.is_complete:
                loading.open_article.reanchor(
                    session.reanchor(loading.open_article.state, document)
                )
        session.save_all()
        path.unlink()
    new = written(tmp_path / "new" / "README.md", "# Notes\n\nAltogether another text.\n")
    plain = written(tmp_path / "new" / "other.md", "# Other\n\nAltogether another text again.\n")
    opened = []
    for path in (plain, new):
        opened.append(work(partial(open_unasked, path)))
        session.save_all()
    assert opened[1] - opened[0] < 600_000  # some 60 milliseconds
