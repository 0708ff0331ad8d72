"""What is reviewed: which notes are due, how many, and a review of these or of any others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from reader import clock
from reader.core.review import (
    Answer,
    ReviewMode,
    answers_of,
    due_of,
    is_claim,
    mode_of,
    with_mode,
)
from reader.session.batch_changes import BatchChanges, NoteId
from reader.session.review_session import ReviewSession

if TYPE_CHECKING:
    from reader.core.annotation import Annotation
    from reader.session.surroundings import PassageSurroundings
    from reader.store.index.summaries import AnnotationSummary
    from reader.store.library import Library

Found = Callable[[str], Iterable["AnnotationSummary"]]
"""Returns the annotations that a query finds, deleted ones left out."""


class DueNote(NamedTuple):
    """A note that a review asks."""

    article_id: str
    """The article of the note."""
    title: str
    """The title of the article."""
    annotation: Annotation
    """The note."""

    @property
    def due(self) -> str:
        """When it is due: ISO 8601, UTC, with milliseconds; empty where it was never reviewed."""
        return due_of(self.annotation)


class LoggedAnswer(NamedTuple):
    """An answer given in a review, with the note that it was about."""

    article_id: str
    """The article of the note."""
    annotation: Annotation
    """The note, as it is now."""
    answer: Answer
    """The answer."""


class Reviews:
    """Reviews of one library; safe on any thread, and slow, so not for that of the interface."""

    def __init__(
        self,
        library: Library,
        changes: BatchChanges,
        found: Found,
        surroundings: PassageSurroundings,
    ) -> None:
        """Serve a library; touches no disk yet.

        Args:
            library: The library.
            changes: Changes annotations of articles.
            found: Returns what a query finds; everything for an empty one.
            surroundings: Finds the text around passages.
        """
        self._library, self._changes = library, changes
        self._found, self._surroundings = found, surroundings

    def due_count(self) -> int:
        """Return how many notes are due now, as far as the library is indexed."""
        return len(self._due(clock.now()))

    def due(self) -> list[DueNote]:
        """Return the notes that are due now, the longest due first."""
        self._library.lists.update()
        return self._due(clock.now())

    def next_due(self) -> str:
        """Return when the next note is due that is not due now; empty where none will be."""
        self._library.lists.update()
        now = clock.now()
        dues = (due_of(each.annotation) for each in self._found(""))
        return min((due for due in dues if due > now), default="")

    def chosen(self, query: str) -> list[DueNote]:
        """Return what a review of a query asks: due notes, then new ones, then the others.

        Notes that are not for review are left out.

        Raises:
            ReaderError: The query cannot be understood.
        """
        self._library.lists.update()
        now = clock.now()
        notes = [_note(each) for each in self._found(query)]
        asked = [each for each in notes if mode_of(each.annotation.review) != ReviewMode.EXCLUDED]
        return sorted(asked, key=lambda each: _order(each, now))

    def begin(self, query: str = "") -> ReviewSession:
        """Return a review of what a query finds; of what is due without one."""
        return self.of(self.chosen(query) if query.strip() else self.due())

    def of(self, notes: Iterable[DueNote]) -> ReviewSession:
        """Return a review of some notes, in their order."""
        keys = [NoteId(each.article_id, each.annotation.id) for each in notes]
        return ReviewSession(keys, self._library.load, self._surroundings, self._changes)

    def of_ids(self, ids: Sequence[str]) -> ReviewSession:
        """Return a review of the notes with some ids, in their order."""
        notes = {each.annotation.id: each for each in self._library.lists.annotations_with(ids)}
        return self.of(_note(notes[each]) for each in ids if each in notes)

    def resume(self, query: str) -> int:
        """Ask suspended and excluded notes again that a query finds; return how many there were.

        Raises:
            ReaderError: The query cannot be understood, or a note cannot be changed.
        """
        self._library.lists.update()
        away = [
            NoteId(each.article_id, each.annotation.id)
            for each in self._found(query)
            if mode_of(each.annotation.review)
        ]
        step = self._changes.apply("resume", away, _resumed)
        if step.problem is not None:
            raise step.problem
        return len(step.changed)

    def log(self) -> Iterator[LoggedAnswer]:
        """Yield every answer of the library's notes that was not undone, in no certain order."""
        self._library.lists.update()
        for each in self._found(""):
            for answer in answers_of(each.annotation.review):
                yield LoggedAnswer(each.article_id, each.annotation, answer)

    def _due(self, now: str) -> list[DueNote]:
        due = [
            _note(each)
            for each in self._found("")
            if each.annotation.review and "" < due_of(each.annotation) <= now
        ]
        return sorted(due, key=lambda each: (each.due, each.annotation.id))


def _note(summary: AnnotationSummary) -> DueNote:
    return DueNote(summary.article_id, summary.article_title, summary.annotation)


def _order(note: DueNote, now: str) -> tuple[int, str, str]:
    """Order what is due, then what was never reviewed or has to be decided, then the rest."""
    annotation = note.annotation
    if "" < note.due <= now:
        return 0, note.due, annotation.id
    if not note.due and (not annotation.review or is_claim(annotation)):
        return 1, annotation.created, annotation.id
    return 2, note.due, annotation.id


def _resumed(annotation: Annotation) -> Annotation:
    return replace(annotation, review=with_mode(annotation.review, ReviewMode.ACTIVE))
