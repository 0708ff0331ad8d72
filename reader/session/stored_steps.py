"""Changes of many notes that are stored, to undo them after the program has ended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from msgspec.structs import replace

from reader import clock
from reader.core.annotation import Annotation
from reader.core.changes import reapplied
from reader.core.speaker_names import OtherName, SpeakerNames, speaker_key
from reader.identifiers import new_id
from reader.progress import Report, unreported
from reader.session.batch_changes import BatchChanges, ChangedNote, NoteId, Step
from reader.store.files.steps import Steps, StoredChange, StoredStep

if TYPE_CHECKING:
    from reader.store.library import Library

_PARTS: Final = ("tags", "status", "speaker")
"""The parts of a note that a stored step changes."""


class Undone(NamedTuple):
    """What undoing a step did."""

    label: str
    """What the step had done."""
    step: Step
    """What was changed back."""
    kept: int
    """How many notes were changed since, or deleted, and stay as they are."""


class StoredSteps:
    """The stored steps of one library."""

    def __init__(self, library: Library, batch_changes: BatchChanges) -> None:
        """Serve a library."""
        self._library = library
        self._batch_changes = batch_changes
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
        unfinished = (
            each
            for each in self._steps.all()
            if each.label == label and not each.is_complete and not each.undone
        )
        step = next(unfinished, None) or StoredStep(new_id(), label, clock.now())
        ids = {each.after.id for each in planned}
        earlier = tuple(each for each in step.notes if each.id not in ids)
        self._steps.write(replace(step, notes=(*earlier, *map(_stored, planned))))
        return replace(step, notes=earlier)

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
        by_id = {each.id: each for each in stored.notes}
        keys = [NoteId(each.article, each.id) for each in stored.notes]
        was_other: list[str] = []

        def change(present: Annotation) -> Annotation:
            back = _reapplied(present, by_id[present.id])
            if back == present and not _has(present, by_id[present.id].before):
                was_other.append(present.id)
            return back

        step = self._batch_changes.apply(f"undo: {stored.label}", keys, change, report)
        if step.problem is not None:
            raise step.problem
        self._say_again(stored)
        self._steps.write(replace(stored, undone=clock.now()))
        return Undone(stored.label, step, step.gone + len(set(was_other)))

    def _say_again(self, stored: StoredStep) -> None:
        """Take back what a step said of names, unless something else was said since."""
        if not stored.speakers:
            return

        def taken_back(names: SpeakerNames) -> SpeakerNames:
            moment = later_than(names)
            known = names.all
            said = [
                replace(before, modified=moment)
                for before, after in stored.speakers
                if (now := known.get(speaker_key(after.name))) and now.means == after.means
            ]
            return SpeakerNames([*known.values(), *said])

        self._library.speakers.update(taken_back)


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


def _reapplied(present: Annotation, stored: StoredChange) -> Annotation:
    """Return an annotation as it was before a step, but for what was changed since."""
    before, after = _values(stored.before), _values(stored.after)
    return reapplied(
        present, replace(present, **after), replace(present, **before), keeps_newer=True
    )


def _has(present: Annotation, stored: dict[str, Any]) -> bool:
    return all(getattr(present, part) == value for part, value in _values(stored).items())
