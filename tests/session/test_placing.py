"""Many annotations of a changed article: placed in parts, nearest first, while the reader goes on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from reader.core.annotation import Annotation, PlaceState
from reader.core.document import Document, TextRange
from reader.errors import GivenUp
from reader.session import LoadingArticle, Placing, Session

COUNT = 60


def sentence(number: int) -> str:
    return f"Sentence number {number} tells of the tide at the harbour of town {number * 7}."


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An article with a note on each sentence, of which every fifth has changed since."""
    monkeypatch.setattr("reader.session.article_loader.MOST_AT_ONCE", 10)
    monkeypatch.setattr("reader.session.reanchoring.BATCH", 4)
    monkeypatch.setattr("reader.session.reanchoring.STEP_SECONDS", 0)
    path = tmp_path / "tides.md"
    path.write_text("\n\n".join(map(sentence, range(COUNT))), encoding="utf-8")
    session = Session(tmp_path / "library")
    open_article = session.open(str(path)).open_article
    for number in range(COUNT):
        open_article.mark(place_of(open_article.state.document, sentence(number)), ["claim"])
    open_article.set_position(place_of(open_article.state.document, sentence(40)).start, 0.5)
    session.save_all()
    session.writer.close()
    changed = [
        f"A new beginning {each}. " * (each % 5 == 0) + sentence(each) for each in range(COUNT)
    ]
    path.write_text("\n\n".join(changed), encoding="utf-8")
    return path


def place_of(document: Document, words: str) -> TextRange:
    start = document.text.index(words)
    return TextRange(start, start + len(words))


def finish(
    session: Session, loading: LoadingArticle, placing: Placing | None = None
) -> Sequence[Annotation]:
    """Read the rest and place the annotations, as the screen does."""
    for document in loading.rest:
        if document.is_complete:
            open_article = loading.open_article
            open_article.reanchor(session.reanchor(open_article.state, document, placing))
    return loading.open_article.state.annotations


def test_the_article_is_open_before_its_notes_are_placed(source: Path, tmp_path: Path) -> None:
    session = Session(tmp_path / "library")
    loading = session.open(str(source))
    state = loading.open_article.state
    assert "A new beginning 55" in state.document.text
    assert not state.document.is_complete
    assert state.annotations == ()
    annotations = finish(session, loading)
    assert len(annotations) == COUNT
    document = loading.open_article.state.document
    assert document.is_complete
    assert [document.quote(each.range) for each in annotations] == list(map(sentence, range(COUNT)))
    session.save_all()
    again = Session(tmp_path / "library").open(str(source)).open_article.state
    assert again.annotations == annotations
    session.writer.close()


@pytest.mark.parametrize("number", [0, 31, COUNT - 1])
def test_parts_come_nearest_first_and_agree_with_the_whole(
    source: Path, tmp_path: Path, number: int
) -> None:
    session = Session(tmp_path / "library")
    loading = session.open(str(source))
    position = place_of(loading.open_article.state.document, sentence(number)).start
    parts: list[list[Annotation]] = []
    counts: list[tuple[int, int]] = []

    def take(annotations: Sequence[Annotation], done: int, total: int) -> None:
        parts.append(list(annotations))
        counts.append((done, total))
        state = loading.open_article.show_placed(annotations)
        assert len(state.annotations) == sum(map(len, parts))

    annotations = finish(session, loading, Placing(lambda: position, take))
    assert sentence(number) in {each.selector.exact for each in parts[0]}
    spread = [max(abs(each.place.start - position) for each in part) for part in parts]
    assert spread == sorted(spread)
    shown = [each for part in parts for each in part]
    assert len({each.id for each in shown}) == len(shown)
    assert {each.id: each for each in shown}.items() <= {
        each.id: each for each in annotations
    }.items()
    assert counts == sorted(counts)
    assert {total for _, total in counts} == {COUNT}
    session.writer.close()


def test_what_is_done_while_the_notes_are_placed_stays(source: Path, tmp_path: Path) -> None:
    session = Session(tmp_path / "library")
    loading = session.open(str(source))
    open_article = loading.open_article
    fresh = place_of(open_article.state.document, "A new beginning 35")
    _, early = open_article.mark(fresh, ["quote"])
    session.save_all()  # the other notes must not come back with their old places
    record = session.record(open_article.state.article.id)
    assert record is not None
    open_article.merge(record)
    assert [each.id for each in open_article.state.annotations] == [early.id]
    edited: list[str] = []

    def take(annotations: Sequence[Annotation], done: int, total: int) -> None:
        open_article.show_placed(annotations)
        if not edited:
            first, second = annotations[:2]
            open_article.edit(first.id, note="seen meanwhile")
            open_article.delete([second.id])
            _, late = open_article.mark(
                place_of(open_article.state.document, "A new beginning 45"), ["quote"]
            )
            edited.extend([first.id, second.id, late.id])

    finish(session, loading, Placing(lambda: 0, take))
    session.save_all()
    for state in (
        open_article.state,
        Session(tmp_path / "library").open(str(source)).open_article.state,
    ):
        by_id, document = state.by_id, state.document
        assert len(state.annotations) == COUNT + 1
        assert by_id[edited[0]].note == "seen meanwhile"
        assert by_id[edited[1]].is_deleted
        assert document.quote(by_id[early.id].range) == "A new beginning 35"
        assert document.quote(by_id[edited[2]].range) == "A new beginning 45"
        assert by_id[early.id].place.state is PlaceState.EXACT
        for each in state.annotations:
            assert document.quote(each.range) == each.selector.exact
    session.writer.close()


def test_work_that_is_given_up_changes_nothing(source: Path, tmp_path: Path) -> None:
    session = Session(tmp_path / "library")
    loading = session.open(str(source))

    def give_up(annotations: Sequence[Annotation], done: int, total: int) -> None:
        raise GivenUp("Given up", "The article was closed.")

    with pytest.raises(GivenUp):
        finish(session, loading, Placing(lambda: 0, give_up))
    session.save_all()
    session.writer.close()
    again = Session(tmp_path / "library")
    assert len(finish(again, again.open(str(source)))) == COUNT
    again.writer.close()


def test_a_mark_in_a_changed_text_is_found_again_after_a_kill(source: Path, tmp_path: Path) -> None:
    """Its words stand there many times, and it was made before the text was read whole."""
    line = "The same line stands here again and again."
    source.write_text("\n\n".join([source.read_text("utf-8"), *[line] * 40]), encoding="utf-8")
    session = Session(tmp_path / "library")
    finish(session, session.open(str(source)))
    source.write_text("\n\n".join(["New words."] * 50 + [source.read_text("utf-8")]), "utf-8")
    loading = session.open(str(source))
    document = loading.open_article.state.document
    assert not document.is_complete
    start = place_of(document, line).start + 10 * len(line + "\n\n")
    passage = TextRange(start, start + len(line))
    _, made = loading.open_article.mark(passage, ["quote"])
    session.save_all()  # the program is killed
    again = Session(tmp_path / "library")
    loading = again.open(str(source))
    finish(again, loading)
    found = loading.open_article.state.by_id[made.id]
    assert found.range == made.range
    assert found.place.snapshot == ""
    assert found.selector.snapshot == loading.open_article.state.document.digest
    again.writer.close()
    session.writer.close()


def test_a_mark_in_a_new_text_that_changes_after_a_kill_is_found_by_its_words(
    tmp_path: Path,
) -> None:
    path = tmp_path / "tides.txt"
    text = "\n\n".join(map(sentence, range(4000)))
    path.write_text(text, encoding="utf-8")
    session = Session(tmp_path / "library")
    loading = session.open(str(path))
    document = loading.open_article.state.document
    assert not document.is_complete
    _, made = loading.open_article.mark(place_of(document, sentence(7)), ["quote"])
    session.save_all()  # the program is killed
    path.write_text(f"A new beginning.\n\n{text}", encoding="utf-8")
    again = Session(tmp_path / "library")
    loading = again.open(str(path))
    finish(again, loading)
    state = loading.open_article.state
    assert state.document.quote(state.by_id[made.id].range) == made.selector.exact
    again.writer.close()
    session.writer.close()
