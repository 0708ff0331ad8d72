"""A review: one note after another, each answer kept before the next note is shown."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec.structs import replace

from reader import clock
from reader.core.annotation import CLAIM, Annotation, Article
from reader.core.review import (
    ASKED_AGAIN,
    Answer,
    Card,
    CardState,
    Grade,
    ReviewMode,
    card_of,
    is_claim,
    mode_of,
    with_card,
    with_mode,
    without_answer,
)
from reader.core.review_note import hidden_ranges, with_dated_line, with_hidden
from reader.core.review_schedule import asked_again, decided, graded, interval_in_words, outlook
from reader.core.surroundings import Surroundings, marked_surroundings, surroundings_in
from reader.errors import StoreError
from reader.session.edited import with_status

if TYPE_CHECKING:
    from reader.core.document import Document, TextRange
    from reader.session.stored_changes import StoredChanges
    from reader.store.library import ArticleRecord


class ReviewKey(NamedTuple):
    """Which note is asked."""

    article_id: str
    """Its article."""
    annotation_id: str
    """Its id."""


class ReviewCard(NamedTuple):
    """A note as a review asks it."""

    article: Article
    """Its article."""
    annotation: Annotation
    """The note."""
    surroundings: Surroundings
    """Its passage with the text around it."""
    hidden: Sequence[TextRange]
    """The ranges of the passage that its note hides."""

    @property
    def is_claim(self) -> bool:
        """Whether it is reviewed by its status."""
        return is_claim(self.annotation)

    @property
    def reviews(self) -> int:
        """How often it was asked before."""
        return card_of(self.annotation.review).reviews


class ReviewSummary(NamedTuple):
    """What a review came to."""

    answers: Mapping[str, int]
    """How often each grade was given, and each status; ``ASKED_AGAIN`` for claims kept open."""
    seconds: float
    """How long it took."""
    next_due: str
    """When the first of the notes that were answered is due; empty where none is."""

    @property
    def count(self) -> int:
        """How many answers were given."""
        return sum(self.answers.values())


class _Course(NamedTuple):
    """How far a review is."""

    taken: int = 0
    """How many notes of the list were asked, the present one included."""
    again: tuple[tuple[str, ReviewKey], ...] = ()
    """The notes that come again in this review, with the times when they are due, in order."""
    current: ReviewKey | None = None
    """The note that is asked; None at the end."""


class _Step(NamedTuple):
    """An answer, or another change, that can be undone."""

    course: _Course
    """How far the review was."""
    key: ReviewKey
    """The note."""
    before: Annotation
    """The note before the change."""
    after: Annotation
    """The note after it."""
    answer: Answer | None
    """The answer; None for another change."""


class ReviewSession:
    """A review of some notes; each method that changes a note returns once that is on disk.

    Not for two threads at once, and slow, so not for the thread of the interface.
    """

    def __init__(
        self,
        keys: Sequence[ReviewKey],
        load: Callable[[str], ArticleRecord],
        snapshot: Callable[[str], Document | None],
        changes: StoredChanges,
    ) -> None:
        """Ask nothing yet; see ``begin``.

        Args:
            keys: The notes, in the order in which they are asked.
            load: Returns the record of an article.
            snapshot: Returns a document by its digest.
            changes: Changes annotations of articles.
        """
        self._keys = keys
        self._load, self._snapshot, self._changes = load, snapshot, changes
        self._course = _Course()
        self._steps: list[_Step] = []
        self._started = time.monotonic()
        self._document: tuple[str, Document | None] = ("", None)
        self.card: ReviewCard | None = None
        """The note that is asked now; None at the end."""

    @property
    def total(self) -> int:
        """How many notes there are."""
        return len(self._keys)

    @property
    def finished(self) -> int:
        """How many of them will not come again."""
        course = self._course
        return course.taken - len(course.again) - (course.current is not None)

    @property
    def seconds(self) -> float:
        """How long the review has taken so far."""
        return time.monotonic() - self._started

    @property
    def can_undo(self) -> bool:
        """Whether there is something to undo."""
        return bool(self._steps)

    def begin(self) -> ReviewCard | None:
        """Ask the first note; see ``skip``."""
        self._started = time.monotonic()
        return self.skip()

    def refresh(self) -> ReviewCard | None:
        """Read the present note again, because it may have been changed elsewhere."""
        course = self._course
        self.card = None if course.current is None else self._read(course.current)
        return self.card if self.card is not None else self.skip()

    # Answers

    def intervals(self) -> dict[Grade, str]:
        """Return in how long the present note comes again with each grade, in words."""
        now = clock.now()
        cards = outlook(card_of(self._present.review), now)
        return {grade: interval_in_words(card.due, now) for grade, card in cards.items()}

    def grade(self, grade: Grade) -> ReviewCard | None:
        """Grade the present note, and ask the next one."""
        now = clock.now()
        before = card_of(self._present.review)
        after = graded(before, grade, now)
        comes_again = after.state is not CardState.REVIEW
        answer = Answer(now, grade, before.state)
        self._answer({}, after, answer, comes_again=comes_again)
        return self.card

    def decide(self, status: str) -> ReviewCard | None:
        """Give the present claim a status; it is not asked again. Ask the next note."""
        now = clock.now()
        present = with_status(self._present, status)
        fields = {"tags": present.tags, "status": present.status}
        card = decided(card_of(present.review), now)
        self._answer(fields, card, Answer(now, status, CLAIM))
        return self.card

    def ask_again(self, due: str) -> ReviewCard | None:
        """Keep the status of the present claim, and ask it again later. Ask the next note.

        Args:
            due: When to ask it: ISO 8601, UTC, with milliseconds.
        """
        now = clock.now()
        present = self._present
        card = asked_again(card_of(present.review), present.status, due, now)
        self._answer({}, card, Answer(now, ASKED_AGAIN, CLAIM))
        return self.card

    def put_away(self, mode: ReviewMode) -> ReviewCard | None:
        """Suspend the present note, or take it out of review. Ask the next note."""
        review = with_mode(self._present.review, mode, clock.now())
        self._change({"review": review})
        return self.skip()

    def skip(self) -> ReviewCard | None:
        """Ask the next note; what was deleted meanwhile is left out."""
        self.card = None
        while self.card is None:
            self._course = self._following()
            if self._course.current is None:
                break
            self.card = self._read(self._course.current)
        return self.card

    # Other changes

    def edit(self, fields: Mapping[str, Any]) -> ReviewCard | None:
        """Change fields of the present note."""
        self._change(fields)
        return self.refresh()

    def add_dated_line(self, line: str) -> ReviewCard | None:
        """Add a line with the present day to the note."""
        day = clock.local_day(clock.now())
        return self.edit({"note": with_dated_line(self._present.note, day, line)})

    def hide(self, words: str) -> ReviewCard | None:
        """Hide words of the passage of the present note."""
        return self.edit({"note": with_hidden(self._present.note, words)})

    def undo(self) -> Annotation | None:
        """Undo the last answer or change, and ask its note again; None where there is nothing.

        Returns:
            The note as it is now.

        Raises:
            StoreError: It was deleted meanwhile, or cannot be written.
        """
        if not self._steps:
            return None
        step = self._steps[-1]
        _, after = self._changes.change(
            step.key.article_id, step.key.annotation_id, lambda present: _undone(step, present)
        )
        self._steps.pop()
        self._course = step.course
        self.refresh()
        return after

    def summary(self) -> ReviewSummary:
        """Return what the review came to so far."""
        answered = [step for step in self._steps if step.answer is not None]
        latest = {step.key: card_of(step.after.review).due for step in answered}
        return ReviewSummary(
            Counter(step.answer.grade for step in answered if step.answer is not None),
            self.seconds,
            min(filter(None, latest.values()), default=""),
        )

    @property
    def _present(self) -> Annotation:
        if self.card is None:
            raise StoreError("Nothing to review", "The review has ended.")
        return self.card.annotation

    def _answer(
        self, fields: Mapping[str, Any], card: Card, answer: Answer, *, comes_again: bool = False
    ) -> None:
        """Keep an answer to the present note, and ask the next one."""
        key = self._course.current
        review = with_card(self._present.review, card, answer.time, answer)
        review = with_mode(review, ReviewMode.ACTIVE, answer.time) if mode_of(review) else review
        self._change({**fields, "review": review}, answer)
        if comes_again and key is not None:
            again = tuple(sorted([*self._course.again, (card.due, key)]))
            self._course = self._course._replace(again=again)
        self.skip()

    def _change(self, fields: Mapping[str, Any], answer: Answer | None = None) -> None:
        key = self._course.current
        if key is None:
            raise StoreError("Nothing to review", "The review has ended.")
        before, after = self._changes.change(
            key.article_id, key.annotation_id, lambda present: replace(present, **fields)
        )
        if after != before:
            self._steps.append(_Step(self._course, key, before, after, answer))

    def _following(self) -> _Course:
        """Return the course with the next note: one that is due again, else one of the list."""
        course = self._course
        is_at_end = course.taken >= len(self._keys)
        if course.again and (is_at_end or course.again[0][0] <= clock.now()):
            return course._replace(again=course.again[1:], current=course.again[0][1])
        if is_at_end:
            return course._replace(current=None)
        return course._replace(taken=course.taken + 1, current=self._keys[course.taken])

    def _read(self, key: ReviewKey) -> ReviewCard | None:
        """Return a note as it is on disk; None where it is gone, or its file cannot be read."""
        try:
            article, annotations = self._load(key.article_id)
        except StoreError:
            return None
        for each in annotations:
            if each.id == key.annotation_id and not each.is_deleted:
                passage = each.selector.exact
                return ReviewCard(
                    article, each, self._around(each), hidden_ranges(each.note, passage)
                )
        return None

    def _around(self, annotation: Annotation) -> Surroundings:
        selector = annotation.selector
        if self._document[0] != selector.snapshot:
            self._document = selector.snapshot, self._snapshot(selector.snapshot)
        document = self._document[1]
        around = None if document is None else surroundings_in(document, selector)
        return around or marked_surroundings(selector)


def _undone(step: _Step, present: Annotation) -> Annotation:
    """Return a note without the change of a step; what was changed elsewhere since is kept."""
    now = clock.now()
    before, after = step.before, step.after
    fields = {
        name: getattr(before, name)
        for name in ("tags", "status", "note", "speaker")
        if getattr(before, name) != getattr(after, name) == getattr(present, name)
    }
    review = present.review
    if step.answer is not None:
        review = without_answer(review, step.answer.time, now)
        review = with_card(review, card_of(before.review), now)
    if mode_of(before.review) != mode_of(after.review):
        review = with_mode(review, mode_of(before.review), now)
    return replace(present, **fields, review=review)
