"""Changing annotations of any number of articles as one step, with undo and redo of steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from reader.core.annotation import Annotation, Article, PlaceState
from reader.core.changes import reapplied
from reader.errors import ReaderError, StoreError
from reader.progress import CHANGING, Report, reported, unreported
from reader.session.edited import stamped

if TYPE_CHECKING:
    from reader.core.document import Document
    from reader.session.writer import SaveWriter
    from reader.store.library import Library

Change = Callable[[Annotation], Annotation]
"""Returns an annotation as it is after a change; the same where the change does not concern it."""

_FOUND: Final = (PlaceState.EXACT, PlaceState.MOVED)
"""The states of places that hold the words of the selector."""


class NoteId(NamedTuple):
    """Which annotation of which article."""

    article_id: str
    """The ULID of the article."""
    id: str
    """The ULID of the annotation."""


class ChangedNote(NamedTuple):
    """An annotation before a change and after it."""

    article_id: str
    """The ULID of its article."""
    before: Annotation
    """The annotation before the change."""
    after: Annotation
    """The annotation after the change."""

    @property
    def key(self) -> NoteId:
        """Which annotation it is."""
        return NoteId(self.article_id, self.after.id)

    def inverse(self) -> ChangedNote:
        """Return the change that undoes this one."""
        return ChangedNote(self.article_id, self.after, self.before)


class Step(NamedTuple):
    """Changes of annotations that are undone together."""

    label: str = ""
    """What it did, as the reader sees it: ``status refuted``."""
    changed: tuple[ChangedNote, ...] = ()
    """What was changed; what had to be as it was already is not among it."""
    gone: int = 0
    """How many of the annotations were deleted meanwhile, and so were not changed."""
    sentence: str = ""
    """What else it changed, or how much, for the reader; may be empty."""
    problem: ReaderError | None = None
    """Why the rest could not be changed or saved; None where all could. What could not be saved is
    saved later, as everything that the writer has."""

    def inverse(self) -> Step:
        """Return the step that undoes this one."""
        return Step(self.label, tuple(each.inverse() for each in reversed(self.changed)))

    @property
    def articles(self) -> int:
        """How many articles have changed annotations."""
        return len({each.article_id for each in self.changed})

    def joined(self, other: Step) -> Step:
        """Return one step of two that were made together."""
        return Step(
            self.label,
            (*self.changed, *other.changed),
            self.gone + other.gone,
            problem=self.problem or other.problem,
        )


class BatchChanges:
    """Changes annotations in the files of one library, and waits until they are on disk.

    Articles that are open take the changes from the record that the writer reports. Slow, so not
    for the interface's thread.
    """

    def __init__(
        self, library: Library, writer: SaveWriter, snapshot: Callable[[str], Document | None]
    ) -> None:
        """Serve a library.

        Args:
            library: The library.
            writer: Writes the changes.
            snapshot: Returns the document with a digest; None where the library has none.
        """
        self._library = library
        self._writer = writer
        self._snapshot = snapshot

    def apply(
        self, label: str, notes: Iterable[NoteId], change: Change, report: Report = unreported
    ) -> Step:
        """Change annotations; the articles after one that cannot be saved stay as they are.

        Args:
            label: The name of the step.
            notes: The annotations.
            change: The change. A deleted annotation stays as it is, unless this brings it back.
            report: Called before each article; may raise to end the work between two articles.

        Returns:
            The step that was made.
        """
        self._writer.flush()
        by_article: dict[str, list[str]] = {}
        for note in notes:
            by_article.setdefault(note.article_id, []).append(note.id)
        step = Step(label)
        for article_id in reported(tuple(by_article), CHANGING, report):
            if step.problem is None:
                step = step.joined(self._apply_to(article_id, by_article[article_id], change))
        return step

    def revert(self, step: Step, report: Report = unreported) -> Step:
        """Undo a step, and leave alone what was changed since.

        Returns:
            The step that was made by that; undoing it in turn makes ``step`` again.
        """
        return self.repeat(step.inverse(), report)

    def repeat(self, step: Step, report: Report = unreported) -> Step:
        """Make a step again that was undone, and leave alone what was changed since."""
        keys = [each.key for each in step.changed]
        return self.apply(step.label, keys, change_again(step), report)

    def _apply_to(self, article_id: str, ids: Sequence[str], change: Change) -> Step:
        """Change annotations of one article."""
        try:
            if reason := self._library.read_only_reason(article_id):
                raise StoreError("Read-only", reason)
            article, annotations = self._library.load(article_id)
        except ReaderError as error:
            return Step(problem=error)
        present = {each.id: each for each in annotations}
        live = [each for each in ids if not is_gone(present.get(each), change)]
        pairs = ((present[each], self._changed(article, present[each], change)) for each in live)
        changed = tuple(ChangedNote(article_id, *pair) for pair in pairs if pair[0] != pair[1])
        if not changed:
            return Step(gone=len(ids) - len(live))
        self._writer.submit(article_id, annotations=[each.after for each in changed])
        is_saved = self._writer.flush_article(article_id)
        problem = None if is_saved else StoreError("Not saved", self._writer.status.message)
        return Step("", changed, len(ids) - len(live), problem=problem)

    def _changed(self, article: Article, present: Annotation, change: Change) -> Annotation:
        after = change(present)
        if after == present:
            return present
        if present.is_deleted and not after.is_deleted:
            after = self._placed(article, after)
        return stamped(present, after)

    def _placed(self, article: Article, annotation: Annotation) -> Annotation:
        """Return an annotation with its place in the text that the library has now.

        Earlier versions of Margin did not look for the places of deleted annotations when the text
        changed.
        """
        is_found = annotation.place.state in _FOUND
        if annotation.selector.snapshot == article.snapshot or not is_found:
            return annotation
        document = self._snapshot(article.snapshot)
        if document is None or document.quote(annotation.range) == annotation.selector.exact:
            return annotation
        from reader.core.anchoring import anchor_all  # noqa: PLC0415  (rarely needed)

        (placed,) = anchor_all([annotation], document, self._text_of)
        return placed

    def _text_of(self, digest: str) -> str | None:
        document = self._snapshot(digest)
        return None if document is None else document.text


def is_gone(annotation: Annotation | None, change: Change) -> bool:
    """Return whether there is no such annotation, or it is deleted and the change is another."""
    if annotation is None:
        return True
    after = change(annotation)
    return annotation.is_deleted and after.is_deleted and after != annotation


def change_again(step: Step) -> Change:
    """Return the change that makes a step again, of what was not changed since."""
    by_id: Mapping[str, ChangedNote] = {each.after.id: each for each in step.changed}

    def change(present: Annotation) -> Annotation:
        made = by_id[present.id]
        return reapplied(present, made.before, made.after, keeps_newer=True)

    return change


class OtherStep(NamedTuple):
    """A step that is undone in a way of its own: it changed more than notes."""

    label: str
    """What it did."""
    undo: Callable[[], Step]
    """Undoes it; slow. Returns what that changed of notes."""
    redo: Callable[[], Step]
    """Makes it again; slow. Returns what that changed of notes."""


class StepHistory:
    """The steps that were made since the program started, to undo and redo them in order."""

    def __init__(self) -> None:
        """Begin with no step."""
        self._done: list[Step | OtherStep] = []
        self._undone: list[Step | OtherStep] = []

    def add(self, step: Step | OtherStep) -> None:
        """Take a new step; what was undone before can no longer be redone."""
        self._done.append(step)
        self._undone.clear()

    @property
    def last_done(self) -> Step | OtherStep | None:
        """The step to undo next; None where there is none."""
        return self._done[-1] if self._done else None

    @property
    def last_undone(self) -> Step | OtherStep | None:
        """The step to redo next; None where there is none."""
        return self._undone[-1] if self._undone else None

    def has_done(self, step: OtherStep) -> bool:
        """Return whether a step was made and is not undone."""
        return step in self._done

    def note_undo(self, reverted: Step, own: OtherStep | None = None) -> None:
        """Take a step as undone.

        Args:
            reverted: What undoing it changed.
            own: The step; None for the last one.
        """
        last = self._done.pop(-1 if own is None else self._done.index(own))
        self._undone.append(reverted.inverse() if isinstance(last, Step) else last)

    def note_redo(self, repeated: Step) -> None:
        """Take the step that was undone last as made again.

        Args:
            repeated: What making it again changed.
        """
        last = self._undone.pop()
        self._done.append(repeated if isinstance(last, Step) else last)
