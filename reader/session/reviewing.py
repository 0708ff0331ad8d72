"""What is reviewed: which notes are due, how many, and a review of these or of any others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec.structs import replace

from reader import clock
from reader.core.query.tree import AnyOf, Match, Node, Term, all_of
from reader.core.review import ReviewMode, due_of, is_claim, mode_of, with_mode
from reader.session.batch_changes import BatchChanges, NoteId
from reader.session.review_session import ReviewSession

if TYPE_CHECKING:
    from reader.core.annotation import Annotation
    from reader.session.querying import NoteKey, Queries
    from reader.session.surroundings import PassageSurroundings
    from reader.store.index.summaries import AnnotationSummary
    from reader.store.library import Library

IS_DUE: Final = Term("is", "due")
"""The query of what is due."""

_STATEMENTS: Final = AnyOf((Term("tag", "quote"), Term("tag", "claim")))


class ReviewRequest(NamedTuple):
    """What to review."""

    title: str = ""
    """The query as the reader wrote it; empty for what is due, and for chosen notes."""
    tree: Node = IS_DUE
    """The query."""
    notes: Sequence[NoteId] | None = None
    """Chosen notes, in their order; None for what the query finds."""

    @property
    def is_of_due(self) -> bool:
        """Whether what is due is reviewed, and not what the reader chose."""
        return self.notes is None and self.tree == IS_DUE


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


class Reviews:
    """Reviews of one library; safe on any thread, and slow, so not for that of the interface."""

    def __init__(
        self,
        library: Library,
        changes: BatchChanges,
        queries: Queries,
        surroundings: PassageSurroundings,
    ) -> None:
        """Serve a library; touches no disk yet.

        Args:
            library: The library.
            changes: Changes annotations of articles.
            queries: Answers queries.
            surroundings: Finds the text around passages.
        """
        self._library, self._changes = library, changes
        self._queries, self._surroundings = queries, surroundings
        self._statements: dict[str, Sequence[NoteKey]] = {}  # the last ones by their speakers

    def due_count(self) -> int:
        """Return how many notes are due now, as far as the library is indexed."""
        return self._library.lists.due(clock.now()).notes

    def next_due(self) -> str:
        """Return when the next note is due that is not due now; empty where none will be."""
        return self._library.lists.due(clock.now()).following

    def chosen(self, tree: Node = IS_DUE) -> list[DueNote]:
        """Return what a review of a query asks: due notes, then new ones, then the others.

        Notes that are not for review are left out. Of due notes the longest due is first.

        Raises:
            StoreError: The library's folder cannot be read.
        """
        now = clock.now()
        return sorted(self._asked(tree), key=lambda each: _order(each, now))

    def begin(self, request: ReviewRequest) -> ReviewSession:
        """Return a review; it has asked nothing yet.

        Raises:
            StoreError: The library's folder cannot be read.
        """
        self._statements.clear()
        keys = request.notes
        if keys is None:
            now = clock.now()
            ranked = sorted(
                (_order(each, now), NoteId(each.article_id, each.annotation.id))
                for each in self._asked(request.tree)
            )
            keys = [key for _, key in ranked]
        return ReviewSession(
            keys, self._library.load, self._surroundings, self._changes, self.other_statement
        )

    def other_statement(self, annotation: Annotation) -> AnnotationSummary | None:
        """Return another statement of an annotation's speaker, the last marked; None without."""
        name = annotation.speaker
        if not name:
            return None
        if name not in self._statements:
            tree = all_of([Term("speaker", name, Match.WHOLE), _STATEMENTS])
            self._statements[name] = self._queries.notes_at_hand(tree)[:2]
        other = next((key for key in self._statements[name] if key.id != annotation.id), None)
        return next(iter(self._queries.summaries([other])), None) if other else None

    def resume(self, tree: Node) -> int:
        """Ask suspended and excluded notes again that a query finds; return how many there were.

        Raises:
            ReaderError: A note cannot be changed, or the library's folder cannot be read.
        """
        away = [
            NoteId(each.article_id, each.annotation.id)
            for each in self._found(tree)
            if mode_of(each.annotation.review)
        ]
        step = self._changes.apply("resume", away, _resumed)
        if step.problem is not None:
            raise step.problem
        return len(step.changed)

    def _asked(self, tree: Node) -> Iterator[DueNote]:
        """Yield what a query finds and may be asked, in any order."""
        return (
            DueNote(each.article_id, each.article_title, each.annotation)
            for each in self._found(tree)
            if mode_of(each.annotation.review) is not ReviewMode.EXCLUDED
        )

    def _found(self, tree: Node) -> Iterator[AnnotationSummary]:
        """Return the live annotations that a query finds."""
        found = self._queries.summaries(self._queries.all_notes(tree))
        return (each for each in found if not each.annotation.is_deleted)


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
