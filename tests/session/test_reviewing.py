"""Reviewing: what is asked, what each answer makes of it, and that it is kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from reader.core.annotation import Annotation
from reader.core.changes import changed_at
from reader.core.document import TextRange
from reader.core.query.tree import WORDS, Term
from reader.core.review import (
    ASKED_AGAIN,
    Answer,
    Card,
    CardState,
    Grade,
    ReviewMode,
    answers_of,
    card_of,
    due_of,
    mode_of,
    with_card,
)
from reader.core.review_schedule import day_after
from reader.errors import ReaderError
from reader.session import Session
from reader.session.batch_changes import NoteId
from reader.session.review_session import ReviewSession
from reader.session.reviewing import ReviewRequest
from reader.store.library import Library
from tests.store.examples import ARTICLE, NOW, OTHER, annotation

GRADED = "2099-11-30T10:00:00.000Z"


def graded_elsewhere(folder: Path) -> Annotation:
    """Grade the only annotation of a library as another window would, and return it."""
    session = Session(folder)
    (summary,) = session.annotations()
    before = summary.annotation
    answer = Answer(GRADED, Grade.GOOD, CardState.NEW)
    after = replace(before, review=with_card({}, Card(GRADED), answer))
    after = replace(changed_at(before, after, GRADED), modified=GRADED)
    session.writer.submit(summary.article_id, annotations=[after])
    session.writer.close()
    return after


def test_undo_in_the_article_keeps_what_was_graded_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "tides.md"
    path.write_text("# The tide tables\n\nIt closed in March. It opened in May.\n", "utf-8")
    session = Session(tmp_path / "library")
    mine = session.open(str(path)).open_article
    _, made = mine.mark(TextRange(18, 37), ["quote"])
    mine.edit(made.id, note="Ask.")
    session.save_all()
    graded = graded_elsewhere(tmp_path / "library")
    record = session.record(mine.state.article.id)
    assert record is not None
    mine.merge(record)
    mine.undo()
    assert mine.state.by_id[made.id].review == graded.review
    session.save_all()
    (stored,) = Session(tmp_path / "library").annotations()
    assert stored.annotation.note == ""
    assert stored.annotation.review == graded.review
    assert len(answers_of(stored.annotation.review)) == 1


CLAIM, QUOTE, OTHER_QUOTE = (annotation(number).id for number in (1, 2, 4))
PASSAGE = Term(WORDS, "passage")
FUTURE = "2099-01-01T00:00:00.000Z"


pytestmark = pytest.mark.usefixtures("midday")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library with a claim, two quotes and a tombstone; none was reviewed."""
    return filled(tmp_path / "library")


def filled(folder: Path) -> Path:
    library = Library(folder)
    quote = annotation(2, tag="quote", note="Ask {{pass}}.")
    library.save(
        ARTICLE.id, article=ARTICLE, annotations=[annotation(1), quote, annotation(3, deleted=NOW)]
    )
    library.save(OTHER.id, article=OTHER, annotations=[annotation(4, tag="quote")])
    library.close()
    return folder


def stored(folder: Path) -> dict[str, Annotation]:
    """Return all annotations as another program reads them."""
    library = Library(folder)
    records = [library.load(article.id) for article in (ARTICLE, OTHER)]
    library.close()
    return {each.id: each for record in records for each in record.annotations}


def begun(session: Session, *ids: str) -> ReviewSession:
    """Return a review of some notes that asks the first one."""
    session.iterate_annotations()  # so that the library is indexed
    notes = [NoteId(OTHER.id if id_ == OTHER_QUOTE else ARTICLE.id, id_) for id_ in ids]
    review = session.reviews.begin(ReviewRequest(notes=notes))
    review.begin()
    return review


def asked(review: ReviewSession) -> str:
    """Return the id of the note that is asked; empty at the end."""
    return review.card.annotation.id if review.card else ""


def test_nothing_is_due_until_it_is_reviewed_and_a_query_reviews_anything(folder: Path) -> None:
    session = Session(folder)
    session.iterate_annotations()
    assert (session.reviews.due_count(), session.reviews.next_due()) == (0, "")
    assert session.reviews.begin(ReviewRequest()).begin() is None
    found = session.reviews.chosen(PASSAGE)
    assert {each.annotation.id for each in found} == {CLAIM, QUOTE, OTHER_QUOTE}
    session.writer.close()


def test_each_grade_is_on_disk_before_the_next_note_is_asked(folder: Path) -> None:
    session = Session(folder)
    review = begun(session, QUOTE, OTHER_QUOTE)
    assert (asked(review), review.total, review.finished) == (QUOTE, 2, 0)
    assert review.card is not None
    intervals = review.card.intervals
    assert list(intervals) == list(Grade)
    assert intervals[Grade.AGAIN] == "10 min"
    review.grade(Grade.GOOD)
    kept = stored(folder)[QUOTE].review
    assert [each.grade for each in answers_of(kept)] == ["good"]
    assert card_of(kept).state is CardState.REVIEW
    assert (asked(review), review.finished) == (OTHER_QUOTE, 1)
    review.grade(Grade.AGAIN)
    assert (asked(review), review.finished) == (OTHER_QUOTE, 1)  # it comes again
    review.grade(Grade.GOOD)
    assert (asked(review), review.finished) == ("", 2)
    summary = review.summary()
    assert (summary.total, summary.answers) == (3, {"good": 2, "again": 1})
    assert summary.next_due == min(due_of(each) for each in stored(folder).values() if each.review)
    session.writer.close()


@pytest.mark.parametrize(("status", "tags"), [("refuted", ("claim",)), ("half true", ("claim",))])
def test_a_claim_is_answered_by_its_status(
    folder: Path, status: str, tags: tuple[str, ...]
) -> None:
    session = Session(folder)
    review = begun(session, CLAIM)
    review.decide(status)
    claim = stored(folder)[CLAIM]
    assert (claim.status, claim.tags, due_of(claim)) == (status, tags, "")
    assert [each[1:] for each in answers_of(claim.review)] == [(status, "claim")]
    session.writer.close()


def test_a_claim_that_is_kept_open_is_asked_again_on_the_day(folder: Path) -> None:
    session = Session(folder)
    review = begun(session, CLAIM)
    due = day_after(NOW, 1)  # long past
    review.add_dated_line("asked the press office:  no answer")
    review.ask_again(due)
    claim = stored(folder)[CLAIM]
    assert claim.note.endswith("asked the press office: no answer")
    assert claim.note.startswith("- 20")
    assert answers_of(claim.review)[-1].grade == ASKED_AGAIN
    assert [each.annotation.id for each in session.reviews.chosen()] == [CLAIM]
    assert session.reviews.due_count() == 1
    review = session.reviews.begin(ReviewRequest())
    review.begin()
    assert asked(review) == CLAIM
    review.decide("supported")
    assert session.reviews.chosen() == []
    session.writer.close()


def test_suspended_and_excluded_notes_are_not_asked_until_they_are_resumed(folder: Path) -> None:
    session = Session(folder)
    review = begun(session, QUOTE, OTHER_QUOTE)
    review.put_away(ReviewMode.SUSPENDED)
    assert asked(review) == OTHER_QUOTE
    review.put_away(ReviewMode.EXCLUDED)
    assert asked(review) == ""
    modes = {each.id: mode_of(each.review) for each in stored(folder).values()}
    assert (modes[QUOTE], modes[OTHER_QUOTE]) == (ReviewMode.SUSPENDED, ReviewMode.EXCLUDED)
    assert OTHER_QUOTE not in {each.annotation.id for each in session.reviews.chosen(PASSAGE)}
    assert begun(session, OTHER_QUOTE).card is None
    assert session.reviews.resume(PASSAGE) == 2
    assert not any(mode_of(each.review) for each in stored(folder).values())
    session.writer.close()


def test_a_suspended_note_that_is_graded_is_asked_again(folder: Path) -> None:
    session = Session(folder)
    begun(session, QUOTE).put_away(ReviewMode.SUSPENDED)
    begun(session, QUOTE).grade(Grade.EASY)
    assert due_of(stored(folder)[QUOTE])
    session.writer.close()


def test_hidden_words_are_set_in_the_note_and_found_in_the_passage(folder: Path) -> None:
    session = Session(folder)
    review = begun(session, QUOTE)
    assert review.card is not None
    assert [(each.start, each.end) for each in review.card.hidden] == [(0, 4)]
    review.hide("age")
    assert review.card.hidden
    assert stored(folder)[QUOTE].note == "Ask {{pass}}.\n\n{{age}}"
    assert [(each.start, each.end) for each in review.card.hidden] == [(0, 7)]
    session.writer.close()


def test_what_was_deleted_meanwhile_is_left_out(folder: Path) -> None:
    session, other = Session(folder), Session(folder)
    review = begun(session, QUOTE, CLAIM)
    deleted = replace(changed_at(annotation(2), annotation(2, deleted=FUTURE), FUTURE))
    other.writer.submit(ARTICLE.id, annotations=[replace(deleted, modified=FUTURE)])
    other.writer.close()
    with pytest.raises(ReaderError, match="deleted meanwhile"):
        review.grade(Grade.GOOD)
    review.refresh()
    assert asked(review) == CLAIM
    session.writer.close()


def test_a_note_that_cannot_be_changed_is_named_and_can_be_passed_over(folder: Path) -> None:
    path = next(path for path in folder.glob("articles/*.json") if OTHER.id in path.read_text())
    tables = json.loads(path.read_bytes())
    tables["schema"]["article"]["version"] += 1
    path.write_text(json.dumps(tables), encoding="utf-8")
    session = Session(folder)
    review = begun(session, OTHER_QUOTE, QUOTE)
    with pytest.raises(ReaderError) as caught:
        review.grade(Grade.GOOD)
    assert caught.value.title == "Read-only"
    assert (asked(review), review.can_undo, review.summary().total) == (OTHER_QUOTE, False, 0)
    review.skip()
    assert asked(review) == QUOTE
    session.writer.close()


def test_two_windows_that_grade_the_same_note_keep_both_answers(folder: Path) -> None:
    here, there = Session(folder), Session(folder)
    first, second = begun(here, QUOTE), begun(there, QUOTE)
    first.grade(Grade.AGAIN)
    second.grade(Grade.EASY)
    kept = stored(folder)[QUOTE].review
    assert {each.grade for each in answers_of(kept)} == {"again", "easy"}
    assert card_of(kept).state is CardState.REVIEW
    here.writer.close()
    there.writer.close()


any_act = st.sampled_from(
    [*Grade, "supported", "half true", "ask again", "line", "hide", "suspend", "exclude", "skip"]
)


def act(review: ReviewSession, name: str) -> None:
    """Do what a key does, where the present note allows it."""
    if review.card is None:
        return
    match name:
        case "supported" | "half true":
            if review.card.is_claim:
                review.decide(name)
        case "ask again":
            if review.card.is_claim:
                review.ask_again(FUTURE)
        case "line":
            review.add_dated_line("asked")
        case "hide":
            review.hide("age")
        case "suspend":
            review.put_away(ReviewMode.SUSPENDED)
        case "exclude":
            review.put_away(ReviewMode.EXCLUDED)
        case "skip":
            review.skip()
        case _:
            if not review.card.is_claim:
                review.grade(Grade(name))


def seen(folder: Path) -> object:
    """Return what a reader sees of all notes."""
    return [
        (each.id, each.note, each.status, each.tags, due_of(each), answers_of(each.review),
         mode_of(each.review), card_of(each.review))
        for each in stored(folder).values()
    ]  # fmt: skip


@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(any_act, max_size=8))
def test_undo_leads_back_through_every_step_to_the_beginning(
    tmp_path_factory: pytest.TempPathFactory, acts: list[str]
) -> None:
    folder = filled(tmp_path_factory.mktemp("review"))
    session = Session(folder)
    review = begun(session, QUOTE, CLAIM, OTHER_QUOTE)
    start = seen(folder)
    states = []
    for name in acts:
        before = (asked(review), review.finished, seen(folder))
        act(review, name)
        if before[2] != seen(folder):
            states.append(before)
    while review.can_undo:
        review.undo()
        assert (asked(review), review.finished, seen(folder)) == states.pop()
    assert not states
    assert seen(folder) == start
    assert review.undo() is None
    session.writer.close()
