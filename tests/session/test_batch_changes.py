"""Changing annotations of several articles as one step, and undoing that."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from reader.core.annotation import Annotation
from reader.core.changes import time_of
from reader.session import Session
from reader.session.batch_changes import Change, NoteId, Step, StepHistory
from reader.session.edited import (
    with_deletion,
    with_status,
    with_tag,
    without_deletion,
    without_tag,
)
from reader.store.library import Library
from tests.store.examples import ARTICLE, NOW, OTHER, annotation

CLAIM = NoteId(ARTICLE.id, annotation(1).id)
QUOTE = NoteId(ARTICLE.id, annotation(2).id)
TOMBSTONE = NoteId(ARTICLE.id, annotation(3).id)
THERE = NoteId(OTHER.id, annotation(4).id)
GONE = NoteId(OTHER.id, annotation(9).id)
LIVE = [CLAIM, QUOTE, THERE]


def fill(folder: Path) -> Path:
    """Make a library with a claim, a quote and a tombstone, and a claim of another article."""
    library = Library(folder)
    quote = annotation(2, tag="quote", note="Ask.")
    library.save(
        ARTICLE.id, article=ARTICLE, annotations=[annotation(1), quote, annotation(3, deleted=NOW)]
    )
    library.save(OTHER.id, article=OTHER, annotations=[annotation(4)])
    library.close()
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return fill(tmp_path / "library")


def stored(folder: Path) -> dict[str, Annotation]:
    """Return all annotations as another program reads them."""
    library = Library(folder)
    records = [library.load(article.id) for article in (ARTICLE, OTHER)]
    library.close()
    return {each.id: each for record in records for each in record.annotations}


def facts(annotations: dict[str, Annotation]) -> dict[str, tuple[Any, ...]]:
    """Return what annotations say, without times."""
    return {
        key: (each.tags, each.status, each.speaker, each.note, each.is_deleted)
        for key, each in annotations.items()
    }


def refuted(each: Annotation) -> Annotation:
    return with_status(each, "refuted")


def test_a_step_is_on_disk_with_times_of_its_own_and_is_undone_whole(folder: Path) -> None:
    session = Session(folder)
    before = stored(folder)
    step = session.batch_changes.apply("status refuted", LIVE, refuted)
    after = stored(folder)
    assert {each.key for each in step.changed} == set(LIVE)
    assert step.articles == 2
    assert all(after[key.id].status == "refuted" for key in LIVE)
    quote = after[QUOTE.id]
    assert (quote.tags, quote.note) == (("quote", "claim"), "Ask.")
    assert time_of(quote, "status") == time_of(quote, "tags") == quote.modified > NOW
    assert time_of(quote, "note") == NOW
    undone = session.batch_changes.revert(step)
    assert facts(stored(folder)) == facts(before)
    assert stored(folder)[QUOTE.id].modified > quote.modified
    session.batch_changes.repeat(undone.inverse())
    assert facts(stored(folder)) == facts(after)
    session.writer.close()


def test_what_is_so_already_is_not_written_and_what_is_deleted_stays(folder: Path) -> None:
    session = Session(folder)
    session.batch_changes.apply("", [CLAIM], refuted)
    files = {path: path.read_bytes() for path in folder.glob("articles/*")}
    step = session.batch_changes.apply("", [CLAIM, TOMBSTONE, GONE], refuted)
    assert (step.changed, step.gone, step.problem) == ((), 2, None)
    assert files == {path: path.read_bytes() for path in folder.glob("articles/*")}
    session.writer.close()


def test_notes_are_deleted_and_brought_back_together_also_after_a_restart(folder: Path) -> None:
    session = Session(folder)
    step = session.batch_changes.apply("delete", [*LIVE, TOMBSTONE], with_deletion)
    assert len(step.changed) == 3
    assert all(each.is_deleted for each in stored(folder).values())
    session.writer.close()
    later = Session(folder)
    back = later.batch_changes.apply("bring back", [*LIVE, TOMBSTONE], without_deletion)
    assert len(back.changed) == 4
    assert not any(each.is_deleted for each in stored(folder).values())
    later.batch_changes.revert(back)
    assert all(each.is_deleted for each in stored(folder).values())
    later.writer.close()


def test_the_file_of_a_later_version_is_left_alone_and_named(folder: Path) -> None:
    path = next(path for path in folder.glob("articles/*.json") if OTHER.id in path.read_text())
    tables = json.loads(path.read_bytes())
    tables["schema"]["article"]["version"] += 1
    path.write_text(json.dumps(tables), encoding="utf-8")
    before = path.read_bytes()
    session = Session(folder)
    step = session.batch_changes.apply("", LIVE, refuted)
    assert step.problem is not None
    assert step.problem.title == "Read-only"
    assert path.read_bytes() == before
    session.batch_changes.revert(step)
    assert facts(stored(folder))[CLAIM.id] == facts({"": annotation(1)})[""]
    session.writer.close()


def test_what_another_window_changed_since_is_not_undone(folder: Path) -> None:
    session, other = Session(folder), Session(folder)
    step = session.batch_changes.apply("", LIVE, refuted)
    other.batch_changes.apply("", [CLAIM], partial(with_status, status="supported"))
    other.batch_changes.apply("", [THERE], lambda each: replace(each, speaker="Prewitt"))
    session.batch_changes.revert(step)
    found = stored(folder)
    assert found[CLAIM.id].status == "supported"
    assert (found[QUOTE.id].status, found[QUOTE.id].tags) == (None, ("quote",))
    assert (found[THERE.id].status, found[THERE.id].speaker) == (None, "Prewitt")
    session.writer.close()
    other.writer.close()


def test_an_article_that_is_open_takes_the_step_when_it_hears_of_the_save(folder: Path) -> None:
    session = Session(folder)
    session.writer.listener = lambda _, article, record: records.append((article, record))
    records: list[tuple[str, Any]] = []
    session.batch_changes.apply("", LIVE, refuted)
    saved = {article for article, record in records if record is not None}
    assert saved == {ARTICLE.id, OTHER.id}
    session.writer.close()


CHANGES: dict[str, Change] = {
    "refuted": refuted,
    "tag": partial(with_tag, tag="claim"),
    "untag": partial(without_tag, tag="claim"),
    "quote": partial(without_tag, tag="quote"),
    "speaker": lambda each: replace(each, speaker="Lucan Prewitt"),
    "note": lambda each: replace(each, note=f"{each.note}!"),
    "delete": with_deletion,
    "back": without_deletion,
}


@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from([*LIVE, TOMBSTONE]), unique=True),
            st.sampled_from(sorted(CHANGES)),
        ),
        max_size=5,
    ),
    st.integers(0, 5),
)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_steps_are_undone_and_redone_in_their_order(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[list[NoteId], str]], back: int
) -> None:
    folder = fill(tmp_path_factory.mktemp("library"))
    session, history = Session(folder), StepHistory()
    states = [facts(stored(folder))]
    for notes, name in steps:
        step = session.batch_changes.apply(name, notes, CHANGES[name])
        if step.changed:
            history.add(step)
            states.append(facts(stored(folder)))
    count = min(back, len(states) - 1)
    for number in range(count):
        last = history.last_done
        assert isinstance(last, Step)
        history.note_undo(session.batch_changes.revert(last))
        assert facts(stored(folder)) == states[-2 - number]
    for number in range(count):
        last = history.last_undone
        assert isinstance(last, Step)
        history.note_redo(session.batch_changes.repeat(last))
        assert facts(stored(folder)) == states[len(states) - count + number]
    assert history.last_undone is None
    session.writer.close()


def test_a_step_that_is_made_again_after_it_was_cut_short_is_whole(folder: Path) -> None:
    session = Session(folder)

    def stop(_stage: object, done: int, _total: int) -> None:
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        session.batch_changes.apply("", LIVE, refuted, stop)
    statuses = [stored(folder)[key.id].status for key in LIVE]
    assert statuses.count("refuted") == 2
    step = session.batch_changes.apply("", LIVE, refuted)
    assert len(step.changed) == 1
    assert isinstance(step, Step)
    session.writer.close()


def test_what_cannot_be_saved_is_told_and_what_follows_is_left_alone(folder: Path) -> None:
    session = Session(folder)
    session.articles()
    path = next(path for path in folder.glob("articles/*.json") if OTHER.id in path.read_text())
    session.batch_changes.apply("", [THERE], refuted)
    path.unlink()
    path.mkdir()
    step = session.batch_changes.apply("", [THERE, CLAIM], said_by_prewitt)
    assert step.problem is not None
    assert CLAIM not in {each.key for each in step.changed}
    path.rmdir()
    session.writer.close(timeout=5)


def said_by_prewitt(each: Annotation) -> Annotation:
    return replace(each, speaker="Prewitt")
