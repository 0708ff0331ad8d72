"""Opening articles while the library is not indexed: at once, and in the end the right one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.core.document import TextRange
from reader.session import SaveState, Session

TEXT = (
    "# Tides\n\nThe tide comes in. The tide goes out.\n\nNobody at the harbour wondered.\n\n"
    + "\n\n".join(
        f"On day {day} the water rose to the mark of {day * 3} hands before the boats went out."
        for day in range(1, 20)
    )
)


@pytest.fixture(autouse=True)
def _is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """No library is small enough to be indexed at once."""
    monkeypatch.setattr("reader.store.index.index._FEW", 0)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """An article that was opened and annotated, in a library that has lost its index."""
    path = tmp_path / "tides.md"
    path.write_text(TEXT, encoding="utf-8")
    session = Session(tmp_path / "library")
    open_article = session.open(str(path)).identified().open_article
    open_article.mark(passage(open_article.state.document.text, "tide comes"), ["claim"])
    open_article.set_position(10, 0.5)
    session.save_all()
    session.writer.close()
    shutil.rmtree(tmp_path / "library" / "cache")
    return path


def passage(text: str, words: str) -> TextRange:
    start = text.index(words)
    return TextRange(start, start + len(words))


def articles(folder: Path) -> list[tuple[str, int]]:
    return [(each.title, each.annotations) for each in Session(folder).articles()]


def test_an_article_opens_by_its_own_file(source: Path, tmp_path: Path) -> None:
    loading = Session(tmp_path / "library").open(str(source))
    assert loading.unidentified is None
    state = loading.open_article.state
    assert len(state.annotations) == 1
    assert state.article.position == 10


def test_an_article_that_has_changed_opens_by_its_own_file(source: Path, tmp_path: Path) -> None:
    source.write_text(TEXT.replace("# Tides\n", "# Tides\n\nNew."), encoding="utf-8")
    session = Session(tmp_path / "library")
    loading = session.open(str(source))
    assert loading.unidentified is None
    assert len(loading.open_article.state.annotations) == 1
    session.writer.close()


def test_an_article_with_a_new_title_is_found_afterwards(source: Path, tmp_path: Path) -> None:
    source.write_text(TEXT.replace("# Tides", "# Ebb and flow"), encoding="utf-8")
    session = Session(tmp_path / "library")
    loading = session.open(str(source))
    assert loading.unidentified is not None
    open_article = loading.open_article
    assert open_article.state.annotations == ()
    _, made = open_article.mark(passage(open_article.state.document.text, "Nobody"), ["quote"])
    assert session.writer.status.state is SaveState.SAVING
    assert articles(tmp_path / "library") == [("Tides", 1)]
    found = loading.unidentified.identify()
    assert found is not None
    assert len(found.open_article.state.annotations) == 1
    state = found.open_article.adopt(open_article.state.by_id.values())
    loading.unidentified.give_up(state.article.id)
    assert len(state.annotations) == 2
    session.save_all()
    session.writer.close()
    assert articles(tmp_path / "library") == [("Ebb and flow", 2)]
    again = Session(tmp_path / "library").open(str(source)).identified().open_article.state
    assert again.document.quote(again.by_id[made.id].range) == "Nobody"


def test_a_moved_article_is_found_by_its_text(source: Path, tmp_path: Path) -> None:
    moved = source.rename(tmp_path / "moved.md")
    session = Session(tmp_path / "library")
    loading = session.open(str(moved))
    assert loading.unidentified is not None
    found = loading.identified()
    assert found is not loading
    assert len(found.open_article.state.annotations) == 1
    assert found.open_article.state.article.source == str(moved)
    session.save_all()
    session.writer.close()
    assert articles(tmp_path / "library") == [("Tides", 1)]


@pytest.mark.parametrize("is_moved", [True, False])
def test_marks_that_had_to_be_saved_before_are_there_once(
    source: Path, tmp_path: Path, *, is_moved: bool
) -> None:
    """A list, or another article, waits until all marks are on disk."""
    if is_moved:
        source = source.rename(tmp_path / "moved.md")
    else:
        source.write_text(TEXT.replace("# Tides", "# Ebb and flow"), encoding="utf-8")
    session = Session(tmp_path / "library")
    loading = session.open(str(source))
    assert loading.unidentified is not None
    open_article = loading.open_article
    _, made = open_article.mark(passage(open_article.state.document.text, "Nobody"), ["quote"])
    session.save_all()
    assert made.id in {each.annotation.id for each in Session(tmp_path / "library").annotations()}
    found = loading.unidentified.identify()
    assert found is not None
    found.open_article.adopt(open_article.state.by_id.values())
    loading.unidentified.give_up(found.open_article.state.article.id)
    session.save_all()
    assert [count for _, count in articles(tmp_path / "library")] == [2]
    state = found.open_article.state
    assert state.document.quote(state.by_id[made.id].range) == "Nobody"
    session.writer.close()


def test_a_mark_that_another_article_could_not_take_stays(source: Path, tmp_path: Path) -> None:
    moved = source.rename(tmp_path / "moved.md")
    session = Session(tmp_path / "library")
    loading = session.open(str(moved))
    assert loading.unidentified is not None
    open_article = loading.open_article
    open_article.mark(passage(open_article.state.document.text, "Nobody"), ["quote"])
    session.save_all()
    found = loading.unidentified.identify()
    assert found is not None
    loading.unidentified.give_up(found.open_article.state.article.id)  # nothing was adopted
    assert sorted(count for _, count in articles(tmp_path / "library")) == [1, 1]
    session.writer.close()


def test_a_moved_and_edited_article_is_asked_for(source: Path, tmp_path: Path) -> None:
    source.unlink()
    moved = tmp_path / "other" / "tides.md"
    moved.parent.mkdir()
    moved.write_text(TEXT.replace("wondered", "was surprised"), encoding="utf-8")
    session = Session(tmp_path / "library")
    found = session.open(str(moved)).identified()
    assert found.question is not None
    (candidate,) = found.question.candidates
    assert found.question.answer(candidate.article_id).open_article.state.annotations
    session.writer.close()


def test_a_new_article_is_saved_once_it_is_known_to_be_new(source: Path, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.md"
    fresh.write_text("# Fresh\n\nA text of its own.\n", encoding="utf-8")
    session = Session(tmp_path / "library")
    loading = session.open(str(fresh))
    loading.open_article.begin_reading()
    session.save_all()
    assert len(list((tmp_path / "library" / "articles").iterdir())) == 1
    assert loading.identified() is loading
    loading.open_article.mark(TextRange(0, 5), ["claim"])
    session.save_all()
    session.writer.close()
    assert sorted(articles(tmp_path / "library")) == [("Fresh", 1), ("Tides", 1)]


def test_what_is_released_early_goes_to_the_article_with_the_same_address(
    source: Path, tmp_path: Path
) -> None:
    source.write_text(TEXT.replace("# Tides", "# Ebb and flow"), encoding="utf-8")
    session = Session(tmp_path / "library")
    loading = session.open(str(source))
    assert loading.unidentified is not None
    loading.open_article.mark(
        passage(loading.open_article.state.document.text, "Nobody"), ["quote"]
    )
    assert loading.unidentified.is_annotated
    loading.unidentified.release()  # the program ends
    session.save_all()
    session.writer.close()
    assert [count for _, count in articles(tmp_path / "library")] == [2]
    state = Session(tmp_path / "library").open(str(source)).identified().open_article.state
    for each in state.annotations:
        assert state.document.quote(each.range) == each.selector.exact
    assert state.article.position > 0  # where it was left


@pytest.mark.parametrize("way", [Session.save_all, lambda session: session.writer.rescue()])
def test_what_is_held_back_is_written_where_everything_must_be(
    source: Path, tmp_path: Path, way: Callable[[Session], object]
) -> None:
    source.write_text(TEXT.replace("# Tides", "# Ebb and flow"), encoding="utf-8")
    session = Session(tmp_path / "library")
    loading = session.open(str(source))
    assert loading.unidentified is not None
    loading.open_article.mark(
        passage(loading.open_article.state.document.text, "Nobody"), ["quote"]
    )
    way(session)
    again = Session(tmp_path / "library")
    assert "Nobody" in {each.annotation.selector.exact for each in again.annotations()}
    again.writer.close()
    session.writer.close()


def test_an_article_that_is_only_read_is_not_rescued(source: Path, tmp_path: Path) -> None:
    source.write_text(TEXT.replace("# Tides", "# Ebb and flow"), encoding="utf-8")
    session = Session(tmp_path / "library")
    loading = session.open(str(source))
    assert loading.unidentified is not None
    loading.open_article.begin_reading()
    assert session.writer.rescue()
    assert articles(tmp_path / "library") == [("Tides", 1)]
    session.writer.close()


def test_a_text_without_an_address_is_found_by_its_text(source: Path, tmp_path: Path) -> None:
    session = Session(tmp_path / "library")
    found = session.open_text(TEXT).identified()
    assert len(found.open_article.state.annotations) == 1
    session.writer.close()


def test_a_missing_file_opens_from_the_library(source: Path, tmp_path: Path) -> None:
    source.unlink()
    loading = Session(tmp_path / "library").open(str(source))
    assert "is gone" in loading.notice
    assert len(loading.open_article.state.annotations) == 1
