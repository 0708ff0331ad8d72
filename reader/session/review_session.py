"""A review: one note after another, each answer kept before the next note is shown."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

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
    reapplied_review,
    with_card,
    with_mode,
)
from reader.core.review_note import hidden_ranges, with_dated_line, with_hidden
from reader.core.review_schedule import asked_again, decided, graded, interval_in_words, outlook
from reader.errors import ReaderError, StoreError
from reader.session.batch_changes import BatchChanges, Change, NoteId, Step
from reader.session.edited import with_status

if TYPE_CHECKING:
    from reader.core.document import TextRange
    from reader.core.surroundings import Surroundings
    from reader.session.surroundings import PassageSurroundings
    from reader.store.index.summaries import AnnotationSummary
    from reader.store.library import ArticleRecord


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
    intervals: Mapping[Grade, str]
    """In how long it comes again with each grade, in words; empty for a claim."""
    other: AnnotationSummary | None = None
    """Another statement of the same speaker; None without."""

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
    def total(self) -> int:
        """How many answers were given."""
        return sum(self.answers.values())


class _Course(NamedTuple):
    """How far a review is."""

    taken: int = 0
    """How many notes of the list were asked, the present one included."""
    again: tuple[tuple[str, NoteId], ...] = ()
    """The notes that come again in this review, with the times when they are due, in order."""
    current: NoteId | None = None
    """The note that is asked; None at the end."""


class _Taken(NamedTuple):
    """An answer, or another change, that can be undone."""

    course: _Course
    """How far the review was."""
    step: Step
    """What was changed."""
    answer: Answer | None
    """The answer; None for another change."""


def _unchanged(note: Annotation) -> Annotation:
    return note


class ReviewSession:
    """A review of some notes; each method that changes a note returns once that is on disk.

    Where it cannot be saved, the review goes on, and ``problem`` says why.

    Not for two threads at once, and slow, so not for the thread of the interface.
    """

    def __init__(
        self,
        keys: Sequence[NoteId],
        load: Callable[[str], ArticleRecord],
        surroundings: PassageSurroundings,
        changes: BatchChanges,
        other_statement: Callable[[Annotation], AnnotationSummary | None],
    ) -> None:
        """Ask nothing yet; see ``begin``.

        Args:
            keys: The notes, in the order in which they are asked.
            load: Returns the record of an article.
            surroundings: Finds the text around passages.
            changes: Changes annotations of articles.
            other_statement: Returns another statement of an annotation's speaker.
        """
        self._keys = keys
        self._load, self._surroundings, self._changes = load, surroundings, changes
        self._other_statement = other_statement
        self._course = _Course()
        self._taken: list[_Taken] = []
        self._started = time.monotonic()
        self.card: ReviewCard | None = None
        """The note that is asked now; None at the end."""
        self.problem: ReaderError | None = None
        """Why the last change is not on disk yet; the writer goes on trying. None where it is."""
        self.asked = 0
        """How often a card was asked so far; the same card counts again when it comes again."""

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
        return bool(self._taken)

    def begin(self) -> ReviewCard | None:
        """Ask the first note; see ``skip``."""
        self._started = time.monotonic()
        return self.skip()

    def end(self) -> None:
        """Ask nothing more; ``refresh`` and ``undo`` lead back into the review."""
        self.card = None

    def refresh(self) -> ReviewCard | None:
        """Read the present note again, because it may have been changed elsewhere."""
        current = self._course.current
        self.card = None if current is None else self._read(current)
        return self.card if self.card is not None else self.skip()

    # Answers

    def grade(self, grade: Grade) -> ReviewCard | None:
        """Grade the present note, and ask the next one."""
        now = clock.now()
        before = card_of(self._present.review)
        after = graded(before, grade, now)
        comes_again = after.state is not CardState.REVIEW
        answer = Answer(now, grade, before.state)
        self._answer(after, answer, comes_again=comes_again)
        return self.card

    def decide(self, status: str) -> ReviewCard | None:
        """Give the present claim a status; it is not asked again. Ask the next note."""
        now = clock.now()
        card = decided(card_of(self._present.review), now)
        self._answer(card, Answer(now, status, CLAIM), lambda note: with_status(note, status))
        return self.card

    def ask_again(self, due: str) -> ReviewCard | None:
        """Keep the status of the present claim, and ask it again later. Ask the next note.

        Args:
            due: When to ask it: ISO 8601, UTC, with milliseconds.
        """
        now = clock.now()
        present = self._present
        card = asked_again(card_of(present.review), present.status, due, now)
        self._answer(card, Answer(now, ASKED_AGAIN, CLAIM))
        return self.card

    def put_away(self, mode: ReviewMode) -> ReviewCard | None:
        """Suspend the present note, or take it out of review. Ask the next note."""
        self._change(lambda note: replace(note, review=with_mode(note.review, mode)))
        return self.skip()

    def skip(self) -> ReviewCard | None:
        """Ask the next note; what was deleted meanwhile, or is not for review, is left out."""
        self.card = None
        self.asked += 1
        while self.card is None:
            self._course = self._following()
            if self._course.current is None:
                break
            card = self._read(self._course.current)
            if card is not None and mode_of(card.annotation.review) is not ReviewMode.EXCLUDED:
                self.card = card
        return self.card

    # Other changes

    def edit(self, change: Change) -> ReviewCard | None:
        """Change the present note, and ask it still.

        Args:
            change: Returns the note as it is to be.
        """
        self._change(change)
        return self.refresh()

    def add_dated_line(self, line: str) -> ReviewCard | None:
        """Add a line with the present day to the note."""
        day = clock.local_day(clock.now())
        return self.edit(lambda note: replace(note, note=with_dated_line(note.note, day, line)))

    def hide(self, words: str) -> ReviewCard | None:
        """Hide words of the passage of the present note."""
        return self.edit(lambda note: replace(note, note=with_hidden(note.note, words)))

    def undo(self) -> ReviewCard | None:
        """Undo the last answer or change, and ask its note again; None where there is nothing.

        Raises:
            ReaderError: It was deleted meanwhile, or cannot be written.
        """
        if not self._taken:
            return None
        last = self._taken[-1]
        self._check(self._changes.revert(last.step))
        self._taken.pop()
        self._course = last.course
        self.asked += 1
        return self.refresh()

    def summary(self) -> ReviewSummary:
        """Return what the review came to so far."""
        answered = [(each.answer, each.step) for each in self._taken if each.answer is not None]
        dues = {
            each.key: card_of(each.after.review).due
            for _, step in answered
            for each in step.changed
        }
        return ReviewSummary(
            Counter(answer.grade for answer, _ in answered),
            self.seconds,
            min(filter(None, dues.values()), default=""),
        )

    @property
    def _present(self) -> Annotation:
        if self.card is None:
            raise StoreError("Nothing to review", "The review has ended.")
        return self.card.annotation

    def _answer(
        self,
        card: Card,
        answer: Answer,
        change: Change = _unchanged,
        *,
        comes_again: bool = False,
    ) -> None:
        """Keep an answer to the present note, and ask the next one.

        Args:
            card: The card as it is from now on.
            answer: The answer.
            change: What else is changed of the note.
            comes_again: Whether the note is asked again in this review.
        """
        asked = self._present
        key = self._course.current
        review = with_mode(with_card(asked.review, card, answer), ReviewMode.ACTIVE)

        def answered(note: Annotation) -> Annotation:
            merged = reapplied_review(note.review, asked.review, review)
            return replace(change(note), review=merged)

        self._change(answered, answer)
        if comes_again and key is not None:
            again = tuple(sorted([*self._course.again, (card.due, key)]))
            self._course = self._course._replace(again=again)
        self.skip()

    def _change(self, change: Change, answer: Answer | None = None) -> None:
        key = self._course.current
        if key is None:
            raise StoreError("Nothing to review", "The review has ended.")
        step = self._changes.apply("review", [key], change)
        self._check(step)
        if step.changed:
            self._taken.append(_Taken(self._course, step, answer))

    def _check(self, step: Step) -> None:
        """Raise the error that kept a step from being made; keep one that kept it from the disk."""
        if step.problem is not None and not step.changed:
            raise step.problem
        if step.gone:
            raise StoreError("Not changed", "The note was deleted meanwhile.")
        self.problem = step.problem

    def _following(self) -> _Course:
        """Return the course with the next note: one that is due again, else one of the list."""
        course = self._course
        is_at_end = course.taken >= len(self._keys)
        if course.again and (is_at_end or course.again[0][0] <= clock.now()):
            return course._replace(again=course.again[1:], current=course.again[0][1])
        if is_at_end:
            return course._replace(current=None)
        return course._replace(taken=course.taken + 1, current=self._keys[course.taken])

    def _read(self, key: NoteId) -> ReviewCard | None:
        """Return a note as it is on disk; None where it is gone, or its file cannot be read."""
        try:
            article, annotations = self._load(key.article_id)
        except StoreError:
            return None
        for each in annotations:
            if each.id == key.id and not each.is_deleted:
                around = self._surroundings.of(each)
                hidden = hidden_ranges(each.note, around.passage)
                other = self._other_statement(each)
                return ReviewCard(article, each, around, hidden, _intervals(each), other)
        return None


def _intervals(note: Annotation) -> dict[Grade, str]:
    """Return in how long a note comes again with each grade, in words; nothing for a claim."""
    if is_claim(note):
        return {}
    now = clock.now()
    cards = outlook(card_of(note.review), now)
    return {grade: interval_in_words(card.due, now) for grade, card in cards.items()}
