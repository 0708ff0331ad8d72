"""Changes of many notes that are stored, to undo them after the program has ended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from msgspec.structs import replace

from reader import clock
from reader.core.annotation import Annotation
from reader.core.changes import reapplied
from reader.core.speaker_names import OtherName, SpeakerNames, speaker_key
from reader.core.text_formatting import counted
from reader.identifiers import new_id
from reader.progress import Report, unreported
from reader.session.batch_changes import BatchChanges, ChangedNote, NoteId, OtherStep, Step
from reader.store.files.steps import MadeArticle, MadeNote, Steps, StoredChange, StoredStep

if TYPE_CHECKING:
    from reader.session.import_undo import ImportUndo
    from reader.store.library import Library

_PARTS: Final = ("tags", "status", "speaker")
"""The parts of a note that a stored step changes."""


class Undone(NamedTuple):
    """What undoing a step did."""

    label: str
    """What was done, in words."""
    step: Step
    """What was changed back."""
    kept: int
    """How many notes were changed since, or deleted, and stay as they are."""
    moved: int = 0
    """How many notes went to the trash or came back from it with their articles."""

    @property
    def notes(self) -> int:
        """How many notes it concerned."""
        return len(self.step.changed) + self.moved

    @property
    def sentence(self) -> str:
        """What was undone, and what was not: ``Undone: rename … (41 notes).``."""
        done = f"{self.label[0].upper()}{self.label[1:]} ({counted(self.notes, 'note')})."
        if not self.kept:
            return done
        stay = "was changed since, and stays" if self.kept == 1 else "were changed since, and stay"
        return f"{done} {counted(self.kept, 'note')} {stay}."


class StoredSteps:
    """The stored steps of one library."""

    def __init__(self, library: Library, batch_changes: BatchChanges, imports: ImportUndo) -> None:
        """Serve a library.

        Args:
            library: The library.
            batch_changes: Changes annotations.
            imports: Takes back imports.
        """
        self._library = library
        self._batch_changes = batch_changes
        self._imports = imports
        self._steps = Steps(library.paths.steps)

    def begin(self, label: str, planned: Sequence[ChangedNote]) -> StoredStep:
        """Store a step before it is made, so that it can be undone however it ends.

        A step of the same label that was cut short goes on.

        Args:
            label: What it does, in words.
            planned: What it will change, as far as that is known.

        Raises:
            StoreError: It cannot be written.
        """
        step = self._unfinished(label) or StoredStep(new_id(), label, clock.now())
        ids = {each.after.id for each in planned}
        earlier = tuple(each for each in step.notes if each.id not in ids)
        self._steps.write(replace(step, notes=(*earlier, *map(_stored, planned))))
        return replace(step, notes=earlier)

    def begin_import(
        self,
        label: str,
        notes: Sequence[StoredChange],
        made_notes: Sequence[MadeNote],
        made_articles: Sequence[MadeArticle],
    ) -> StoredStep:
        """Store an import before it is made, so that it can be undone however it ends.

        An import of the same label that was cut short goes on.

        Args:
            label: What it does, in words.
            notes: What it will change.
            made_notes: The notes that it will make.
            made_articles: The articles that it will make, or give to projects.

        Raises:
            StoreError: It cannot be written.
        """
        step = self._unfinished(label) or StoredStep(new_id(), label, clock.now())
        step = replace(
            step,
            notes=(*step.notes, *notes),
            made_notes=tuple({each.id: each for each in (*step.made_notes, *made_notes)}.values()),
            made_articles=(*step.made_articles, *made_articles),
            is_import=True,
        )
        self._steps.write(step)
        return step

    def complete_import(self, step: StoredStep) -> None:
        """Store that an import was made to its end.

        Raises:
            StoreError: It cannot be written.
        """
        self._steps.write(replace(step, is_complete=True))

    def take_back_import(
        self,
        step: StoredStep,
        notes: Sequence[StoredChange],
        made_notes: Sequence[MadeNote],
        made_articles: Sequence[MadeArticle],
    ) -> None:
        """Undo what an import made before it failed.

        Args:
            step: What ``begin_import`` returned.
            notes: What ``begin_import`` was given, as the other two.
            made_notes: See ``notes``.
            made_articles: See ``notes``.

        Raises:
            StoreError: A file cannot be written; the step stays, to be undone later.
        """
        taken_back = set(made_notes)
        fresh = replace(
            step,
            notes=tuple(notes),
            made_notes=tuple(made_notes),
            made_articles=tuple(made_articles),
        )
        undone = self._imports.undo(fresh).stored
        earlier = replace(
            step,
            notes=step.notes[: len(step.notes) - len(notes)],
            made_notes=tuple(each for each in step.made_notes if each not in taken_back),
            made_articles=step.made_articles[: len(step.made_articles) - len(made_articles)],
        )
        if earlier.note_count or earlier.made_articles:
            self._steps.write(earlier)
            undone = replace(undone, id=new_id())
        self._steps.write(replace(undone, undone=clock.now()))

    def _unfinished(self, label: str) -> StoredStep | None:
        """Return the step of a label that was cut short; None where there is none."""
        unfinished = (
            each
            for each in self._steps.all()
            if each.label == label and not each.is_complete and not each.undone
        )
        return next(unfinished, None)

    def complete(
        self,
        step: StoredStep,
        changed: Sequence[ChangedNote],
        speakers: Sequence[tuple[OtherName, OtherName]],
    ) -> None:
        """Store what a step has changed.

        Args:
            step: What ``begin`` returned.
            changed: What it has changed.
            speakers: What was known of names before, and is known now.

        Raises:
            StoreError: It cannot be written.
        """
        notes = (*step.notes, *map(_stored, changed))
        self._steps.write(replace(step, notes=notes, speakers=tuple(speakers), is_complete=True))

    def give_up(self, step: StoredStep) -> None:
        """Forget a step that was taken back; what was made before it was cut short stays stored."""
        if step.notes:
            self._steps.write(step)
        else:
            self._steps.drop(step.id)

    def all(self) -> list[StoredStep]:
        """Return the steps, the newest first.

        Raises:
            StoreError: They cannot be read.
        """
        return self._steps.all()

    def undo(self, step_id: str = "", report: Report = unreported) -> Undone | None:
        """Undo a step, and leave alone what was changed since.

        Args:
            step_id: Which step; empty for the last one that is not undone.
            report: Called before each article.

        Returns:
            What that did; None where there is nothing to undo.

        Raises:
            StoreError: A file cannot be written; what was changed back by then is on disk, and the
                same call goes on.
        """
        steps = [each for each in self._steps.all() if not each.undone]
        stored = next((each for each in steps if step_id in ("", each.id)), None)
        if stored is None:
            return None
        label = f"undone: {stored.label}"
        if stored.is_import:
            done = self._imports.undo(stored, report)
            stored, undone = done.stored, Undone(label, done.step, done.kept, done.moved)
        else:
            undone = self._make(label, _inverse(stored), report)
        self._steps.write(replace(stored, undone=clock.now()))
        return undone

    def redo(self, step_id: str, report: Report = unreported) -> Undone | None:
        """Make a step again that was undone; returns and raises the same as ``undo``."""
        stored = next((each for each in self._steps.all() if each.id == step_id), None)
        if stored is None or not stored.undone:
            return None
        if stored.is_import:
            done = self._imports.redo(stored, report)
            stored, redone = done.stored, Undone(stored.label, done.step, done.kept, done.moved)
        else:
            redone = self._make(stored.label, stored, report)
        self._steps.write(replace(stored, undone=""))
        return redone

    def as_other(self, step_id: str, label: str) -> OtherStep:
        """Return a stored step as one of the program's run, which its keys undo and redo."""

        def made(make: Callable[[str], Undone | None]) -> Step:
            done = make(step_id)
            return done.step._replace(sentence=done.sentence) if done else Step(label)

        return OtherStep(label, partial(made, self.undo), partial(made, self.redo))

    def _make(self, label: str, stored: StoredStep, report: Report) -> Undone:
        """Make what a step did, of what was not changed since."""
        by_id = {each.id: each for each in stored.notes}
        keys = [NoteId(each.article, each.id) for each in stored.notes]
        others = set[str]()

        def change(present: Annotation) -> Annotation:
            made = by_id[present.id]
            after = _reapplied(present, made)
            if after == present and not _has(present, made.after):
                others.add(present.id)
            return after

        step = self._batch_changes.apply(label, keys, change, report)
        if step.problem is not None:
            raise step.problem
        self._say(stored)
        return Undone(label, step, step.gone + len(others))

    def _say(self, stored: StoredStep) -> None:
        """Say of names what a step says, unless something else was said since it was made."""
        if not stored.speakers:
            return

        def said(names: SpeakerNames) -> SpeakerNames:
            moment, known = later_than(names), names.all
            changed = (
                replace(after, modified=moment)
                for before, after in stored.speakers
                if (now := known.get(speaker_key(after.name)))
                and (now.means, now.is_apart) == (before.means, before.is_apart)
            )
            return SpeakerNames([*known.values(), *changed])

        self._library.speakers.update(said)


def later_than(names: SpeakerNames) -> str:
    """Return the present time, or one that is later than what is known of every name."""
    last = max((each.modified for each in names.all.values()), default="")
    return clock.later(clock.now(), than=last)


def _stored(changed: ChangedNote) -> StoredChange:
    before, after = changed.before, changed.after
    parts = [part for part in _PARTS if getattr(before, part) != getattr(after, part)]
    return StoredChange(
        changed.article_id,
        after.id,
        {part: getattr(before, part) for part in parts},
        {part: getattr(after, part) for part in parts},
    )


def _values(stored: dict[str, Any]) -> dict[str, Any]:
    return {
        part: tuple(value) if isinstance(value, list) else value
        for part, value in stored.items()
        if part in _PARTS
    }


def _inverse(stored: StoredStep) -> StoredStep:
    """Return the step that undoes a step."""
    notes = (StoredChange(each.article, each.id, each.after, each.before) for each in stored.notes)
    speakers = ((after, before) for before, after in stored.speakers)
    return replace(stored, notes=tuple(notes), speakers=tuple(speakers))


def _reapplied(present: Annotation, made: StoredChange) -> Annotation:
    """Return an annotation with a change, but for what was changed since."""
    before, after = _values(made.before), _values(made.after)
    return reapplied(
        present, replace(present, **before), replace(present, **after), keeps_newer=True
    )


def _has(present: Annotation, stored: dict[str, Any]) -> bool:
    return all(getattr(present, part) == value for part, value in _values(stored).items())
