"""What was deleted is listed and brought back, also in another session and after a merge."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reader.core.document import TextRange
from reader.errors import ReaderError, StoreError
from reader.session import Session
from reader.store.library import Library
from reader.store.library_merge import merge_library

TEXT = "The pump was paid for twice.\n\nNobody had checked the ledger.\n\nThe tide came in.\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.txt"
    path.write_text(TEXT)
    return path


def session_on(tmp_path: Path, name: str = "library") -> Session:
    return Session(tmp_path / name)


def marked(session: Session, source: Path, *quotes: str) -> tuple[str, list[str]]:
    """Annotate passages, and return the ids of the article and of the annotations."""
    open_article = session.open(str(source)).open_article
    text = open_article.state.document.text
    ids = []
    for quote in quotes:
        start = text.index(quote)
        ids.append(open_article.mark(TextRange(start, start + len(quote)), ["claim"])[1].id)
        open_article.edit(ids[-1], note=f"On {quote}\nmore")
    session.save_all()
    return open_article.state.article.id, ids


def delete(session: Session, source: Path, *ids: str) -> None:
    session.open(str(source)).open_article.delete(ids)
    session.save_all()


def live(session: Session) -> list[str]:
    return sorted(each.annotation.selector.exact for each in session.annotations())


def test_what_was_deleted_is_listed_newest_first_in_another_session(
    tmp_path: Path, source: Path
) -> None:
    session = session_on(tmp_path)
    article_id, (first, second) = marked(session, source, "pump", "ledger")
    assert session.deletions.every() == []
    delete(session, source, second)
    delete(session, source, first)
    later = session_on(tmp_path)
    deletions = later.deletions.every()
    assert [each.id for each in deletions] == [first, second]
    assert [each.article_id for each in deletions] == [article_id] * 2
    assert deletions[0].annotation is not None
    assert deletions[0].annotation.note == "On pump\nmore"
    assert later.annotations() == []


def test_an_annotation_is_brought_back_whole_and_can_be_deleted_again(
    tmp_path: Path, source: Path
) -> None:
    session = session_on(tmp_path)
    _, (_, gone) = marked(session, source, "pump", "ledger")
    before = session.annotations()
    delete(session, source, gone)
    later = session_on(tmp_path)
    deletion = later.deletions.find(gone)
    later.deletions.bring_back(deletion)
    assert later.deletions.every() == []
    after = {each.annotation.id: each.annotation for each in session_on(tmp_path).annotations()}
    for summary in before:
        annotation, old = after[summary.annotation.id], summary.annotation
        assert (annotation.selector, annotation.place) == (old.selector, old.place)
        assert (annotation.note, annotation.tags) == (old.note, old.tags)
    again = later.deletions.delete_again(deletion)
    assert live(later) == ["pump"]
    assert [each.id for each in later.deletions.every()] == [gone]
    assert again.moment > deletion.moment


def test_bringing_back_what_is_back_changes_nothing(tmp_path: Path, source: Path) -> None:
    session = session_on(tmp_path)
    _, (gone,) = marked(session, source, "pump")
    delete(session, source, gone)
    deletion = session.deletions.find(gone)
    session.deletions.bring_back(deletion)
    (path,) = (tmp_path / "library" / "articles").iterdir()
    before = path.read_bytes()
    session.deletions.bring_back(deletion)
    assert path.read_bytes() == before


def test_bringing_back_is_one_step_of_an_open_article(tmp_path: Path, source: Path) -> None:
    session = session_on(tmp_path)
    _, (gone,) = marked(session, source, "pump")
    delete(session, source, gone)
    open_article = session.open(str(source)).open_article
    open_article.restore([gone])
    session.save_all()
    assert live(session) == ["pump"]
    _, edit = open_article.undo()
    assert edit is not None
    session.save_all()
    assert live(session) == []
    open_article.redo()
    session.save_all()
    assert live(session_on(tmp_path)) == ["pump"]
    assert open_article.restore([gone]).history is open_article.state.history


def test_an_annotation_that_is_brought_back_wins_over_its_older_deletion(
    tmp_path: Path, source: Path
) -> None:
    session = session_on(tmp_path)
    _, (gone,) = marked(session, source, "pump")
    delete(session, source, gone)
    shutil.copytree(tmp_path / "library", tmp_path / "other")
    session.deletions.bring_back(session.deletions.find(gone))
    for _ in range(2):
        merge_library(Library(tmp_path / "library"), tmp_path / "other")
        merge_library(Library(tmp_path / "other"), tmp_path / "library")
    for name in ("library", "other"):
        assert live(session_on(tmp_path, name)) == ["pump"]


def test_a_later_deletion_wins_over_what_was_brought_back(tmp_path: Path, source: Path) -> None:
    session = session_on(tmp_path)
    _, (gone,) = marked(session, source, "pump")
    delete(session, source, gone)
    deletion = session.deletions.find(gone)
    session.deletions.bring_back(deletion)
    shutil.copytree(tmp_path / "library", tmp_path / "other")
    session.deletions.delete_again(deletion)
    merge_library(Library(tmp_path / "library"), tmp_path / "other")
    merge_library(Library(tmp_path / "other"), tmp_path / "library")
    for name in ("library", "other"):
        assert live(session_on(tmp_path, name)) == []


def test_a_removed_article_comes_back_with_its_notes_and_its_deleted_ones(
    tmp_path: Path, source: Path
) -> None:
    session = session_on(tmp_path)
    article_id, (gone, _) = marked(session, source, "pump", "ledger")
    delete(session, source, gone)
    session.removals.remove(article_id)
    later = session_on(tmp_path)
    (deletion,) = later.deletions.restorable()
    assert (deletion.article_id, deletion.annotations) == (article_id, 1)
    assert deletion.title == "Ledger"
    later.deletions.bring_back(later.deletions.find(article_id))
    assert live(later) == ["ledger"]
    assert [each.id for each in later.deletions.restorable()] == [gone]
    again = later.deletions.delete_again(deletion)
    assert later.articles() == []
    later.deletions.bring_back(again)
    assert live(session_on(tmp_path)) == ["ledger"]


def test_an_article_that_is_brought_back_stays_when_a_copy_removed_it_earlier(
    tmp_path: Path, source: Path
) -> None:
    session = session_on(tmp_path)
    article_id, _ = marked(session, source, "pump")
    shutil.copytree(tmp_path / "library", tmp_path / "other")
    session.removals.remove(article_id)
    other = Library(tmp_path / "other")
    assert merge_library(other, tmp_path / "library").kept_removed == 1
    back = session_on(tmp_path, "other")
    back.deletions.bring_back(back.deletions.find(article_id))
    for _ in range(2):
        merge_library(Library(tmp_path / "other"), tmp_path / "library")
        merge_library(Library(tmp_path / "library"), tmp_path / "other")
    for name in ("library", "other"):
        assert live(session_on(tmp_path, name)) == ["pump"]
    # Reading on in a window that was open before does not take the time of the return away.
    opened = back.open(str(source)).open_article
    opened.set_position(3, 0.5)
    back.save_all()
    merge_library(Library(tmp_path / "other"), tmp_path / "library")
    assert live(session_on(tmp_path, "other")) == ["pump"]
    # A later removal counts again.
    back.removals.remove(article_id)
    merge_library(Library(tmp_path / "library"), tmp_path / "other")
    assert session_on(tmp_path).articles() == []


def test_a_place_is_right_though_the_text_changed_while_it_was_deleted(
    tmp_path: Path, source: Path
) -> None:
    session = session_on(tmp_path)
    _, (gone,) = marked(session, source, "ledger")
    delete(session, source, gone)
    source.write_text("A new beginning, and a long one.\n\n" + TEXT)
    loading = session.open(str(source))
    document = loading.open_article.state.document
    loading.open_article.reanchor(session.reanchor(loading.open_article.state, document))
    session.save_all()
    later = session_on(tmp_path)
    later.deletions.bring_back(later.deletions.find(gone))
    (summary,) = later.annotations()
    assert document.quote(summary.annotation.range) == "ledger"


def test_what_is_not_known_is_refused_in_a_sentence(tmp_path: Path, source: Path) -> None:
    session = session_on(tmp_path)
    article_id, (gone,) = marked(session, source, "pump")
    for name in (gone, article_id, "", "../articles", "nothing"):
        with pytest.raises(ReaderError, match="margin trash"):
            session.deletions.find(name)
    delete(session, source, gone)
    deletion = session.deletions.find(gone)
    session.removals.remove(article_id)
    with pytest.raises(StoreError):
        session.deletions.bring_back(deletion)


def test_copies_in_the_trash_are_not_offered_to_the_reader(tmp_path: Path, source: Path) -> None:
    session = session_on(tmp_path)
    marked(session, source, "pump")
    (path,) = (tmp_path / "library" / "articles").iterdir()
    path.with_name(f"{path.stem} (1).json").write_bytes(path.read_bytes())
    session.articles()
    assert len(session.deletions.every()) == 1
    assert session.deletions.restorable() == []
