"""Taking back an import, and making it again: as one step, but for what was changed since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from msgspec.structs import replace

from reader import clock
from reader.core.annotation import Annotation, Origin, Place, PlaceState, Selector
from reader.core.changes import reapplied
from reader.core.evidence import evidence_in
from reader.digests import digest_of_texts
from reader.errors import StoreError
from reader.files import is_there
from reader.garbage_collection import paused_collection
from reader.progress import REMOVING, Report, reported, unreported
from reader.session.batch_changes import BatchChanges, NoteId, Step
from reader.session.edited import with_deletion, with_other_projects, without_deletion
from reader.store.files.steps import MadeArticle, MadeNote, StoredChange, StoredStep

if TYPE_CHECKING:
    from reader.session.removals import Removals
    from reader.store.library import ArticleRecord, Library

PARTS = ("tags", "status", "speaker", "note", "links", "selector", "place")
"""The parts of an annotation that an import changes."""

_PASSAGE = {"selector": Selector, "place": Place}
"""The parts that are its passage, which changes as a whole."""

UNDONE_IMPORT = "undone_import_"
"""The beginning of the name of a removal that undoing an import made: no title of an article begins
so, and what is imported once more comes back."""

_ORIGINS = "origins"


class ImportUndone(NamedTuple):
    """What undoing or redoing an import did."""

    stored: StoredStep
    """The step as it is stored from now on."""
    step: Step
    """What changed of annotations, without those that went or came back with their article."""
    moved: int
    """How many notes went to the trash or came back from it with their articles."""
    kept: int
    """How many notes were changed since, or deleted, and stay as they are."""


class ImportUndo:
    """Takes back imports into one library."""

    def __init__(self, library: Library, batch_changes: BatchChanges, removals: Removals) -> None:
        """Serve a library.

        Args:
            library: The library.
            batch_changes: Changes annotations.
            removals: Moves articles to the trash, and restores them.
        """
        self._library = library
        self._batch_changes = batch_changes
        self._removals = removals

    def undo(self, stored: StoredStep, report: Report = unreported) -> ImportUndone:
        """Delete what an import made, and change back what it changed.

        An article that it made goes to the trash with its notes, unless something was added to it.

        Raises:
            StoreError: A file cannot be written; what was taken back by then is on disk.
        """
        with paused_collection():
            return self._undo(stored, report)

    def _undo(self, stored: StoredStep, report: Report) -> ImportUndone:
        notes: dict[str, list[MadeNote]] = defaultdict(list)
        for note in stored.made_notes:
            notes[note.article].append(note)
        changes = _changes_by_note(stored)
        untouched: list[str] = []
        moved = 0
        for each in reported(stored.made_articles, REMOVING, report):
            record = self._record(each.article)
            if record is None:
                continue
            if each.is_new and _is_untouched(record, each, notes[each.article], changes):
                moved += len(notes.pop(each.article, ()))
                untouched.append(each.article)
            else:
                self._change_projects(each, given=False)
        made = self._trashed(stored, untouched)
        left = [note for of_article in notes.values() for note in of_article]
        new = {each.id: each for each in left}

        def undone(present: Annotation) -> Annotation:
            after = _all_changed_back(present, changes[present.id])
            return _withdrawn(after, new[present.id]) if present.id in new else after

        step, kept = self._change(stored, left, undone, report)
        return ImportUndone(replace(stored, made_articles=made), step, moved, kept)

    def _trashed(self, stored: StoredStep, article_ids: Sequence[str]) -> tuple[MadeArticle, ...]:
        """Move articles that an import made to the trash; return all that it made."""
        if not article_ids:
            return stored.made_articles
        trashed = self._removals.remove_all(article_ids, f"{UNDONE_IMPORT}{stored.id}").name
        ids = set(article_ids)
        return tuple(
            replace(each, trashed=trashed) if each.article in ids else each
            for each in stored.made_articles
        )

    def redo(self, stored: StoredStep, report: Report = unreported) -> ImportUndone:
        """Make an import again that was undone, but for what the trash does not hold any more.

        Raises:
            StoreError: A file cannot be written; what was made by then is on disk.
        """
        notes: dict[str, list[MadeNote]] = defaultdict(list)
        for note in stored.made_notes:
            notes[note.article].append(note)
        moved = lost = 0
        for trashed in dict.fromkeys(each.trashed for each in stored.made_articles):
            if trashed and is_there(self._library.paths.trash / trashed):
                self._removals.restore(self._library.paths.trash / trashed)
        for each in stored.made_articles:
            if not each.trashed:
                self._change_projects(each, given=True)
            elif self._library.has_article(each.article):
                moved += len(notes.pop(each.article, ()))
            else:
                lost += len(notes.pop(each.article, ()))
        left = [note for of_article in notes.values() for note in of_article]
        new, changes = {each.id: each for each in left}, _changes_by_note(stored)

        def redone(present: Annotation) -> Annotation:
            after = _brought_back(present, new[present.id]) if present.id in new else present
            for change in changes[present.id]:
                after = _with_values(after, change.before, change.after)
            return after

        step, kept = self._change(stored, left, redone, report)
        made = tuple(replace(each, trashed="") for each in stored.made_articles)
        return ImportUndone(replace(stored, made_articles=made), step, moved, kept + lost)

    def _change(
        self,
        stored: StoredStep,
        made: Sequence[MadeNote],
        change: Callable[[Annotation], Annotation],
        report: Report,
    ) -> tuple[Step, int]:
        """Change the annotations of a step; return what changed, and how many stay as they are."""
        keys = [NoteId(each.article, each.id) for each in made]
        keys += [NoteId(each.article, each.id) for each in stored.notes]
        present_ids = [key for key in dict.fromkeys(keys) if self._library.has_article(key[0])]
        step = self._batch_changes.apply(stored.label, present_ids, change, report)
        if step.problem is not None:
            raise step.problem
        return step, len(present_ids) - len(step.changed)

    def _change_projects(self, made: MadeArticle, *, given: bool) -> None:
        record = self._record(made.article)
        if record is not None and made.projects:
            add, drop = (made.projects, ()) if given else ((), made.projects)
            article = with_other_projects(record.article, add, drop)
            if article is not record.article:
                self._library.save(article.id, article=article)

    def _record(self, article_id: str) -> ArticleRecord | None:
        try:
            return self._library.load(article_id)
        except StoreError:
            if self._library.has_article(article_id):
                raise
            return None


def made_note(article_id: str, annotation: Annotation) -> MadeNote:
    """Return a note that an import makes, as a step stores it."""
    return MadeNote(article_id, annotation.id, state_of(annotation))


def stored_change(article_id: str, before: Annotation, after: Annotation) -> StoredChange:
    """Return the change of an annotation by an import, as a step stores it."""
    parts = [part for part in PARTS if getattr(before, part) != getattr(after, part)]
    stored: list[dict[str, Any]] = [
        {part: msgspec.to_builtins(getattr(each, part)) for part in parts}
        for each in (before, after)
    ]
    for values, each, other in zip(stored, (before, after), (after, before), strict=True):
        values[_ORIGINS] = {
            key: msgspec.to_builtins(each.origins[key]) if key in each.origins else None
            for key in {**each.origins, **other.origins}
            if each.origins.get(key) != other.origins.get(key)
        }
    return StoredChange(article_id, after.id, *stored)


def state_of(annotation: Annotation) -> str:
    """Return the digest of the parts of an annotation that a person writes."""
    links = sorted(f"{each.relation} {each.target}" for each in evidence_in(annotation.links))
    parts = (annotation.note, *sorted(annotation.tags), annotation.speaker, annotation.status or "")
    parts += tuple(links)
    if annotation.review:
        parts += (f"reviewed {msgspec.json.encode(annotation.review, order='sorted').decode()}",)
    if annotation.place.state is PlaceState.BY_HAND:
        parts += (f"put at {annotation.place.start} {annotation.place.end}",)
    return digest_of_texts(*parts)[:16]


def _changes_by_note(stored: StoredStep) -> dict[str, list[StoredChange]]:
    """Return the changes of each note in their order; several files may change the same one."""
    changes: dict[str, list[StoredChange]] = defaultdict(list)
    for each in stored.notes:
        changes[each.id].append(each)
    return changes


def _all_changed_back(present: Annotation, changes: Sequence[StoredChange]) -> Annotation:
    """Return an annotation as it was before its changes, but for what was changed since."""
    for change in reversed(changes):
        present = _with_values(present, change.after, change.before)
    return present


def _is_untouched(
    record: ArticleRecord,
    made: MadeArticle,
    notes: Iterable[MadeNote],
    changes: Mapping[str, Sequence[StoredChange]],
) -> bool:
    """Return whether an article has nothing but what the import made, as it made it."""
    states = {each.id: each.state for each in notes}
    article = record.article
    return (
        not article.overrides
        and set(article.tags) == set(made.projects)
        and all(
            each.is_deleted
            or states.get(each.id) == state_of(_all_changed_back(each, changes.get(each.id, ())))
            for each in record.annotations
        )
    )


def _withdrawn(present: Annotation, made: MadeNote) -> Annotation:
    """Return a note of an undone import, which is deleted unless it was changed since."""
    if present.is_deleted or state_of(present) != made.state:
        return present
    moment = clock.now()
    origins = {
        key: replace(origin, time=clock.later(moment, than=origin.time), is_withdrawn=True)
        for key, origin in present.origins.items()
    }
    return replace(with_deletion(present), origins=origins)


def _brought_back(present: Annotation, made: MadeNote) -> Annotation:
    """Return a note of an import that is made again."""
    is_withdrawn = any(origin.is_withdrawn for origin in present.origins.values())
    if not (present.is_deleted and is_withdrawn and state_of(present) == made.state):
        return present
    moment = clock.now()
    origins = {
        key: replace(origin, time=clock.later(moment, than=origin.time), is_withdrawn=False)
        for key, origin in present.origins.items()
    }
    return replace(without_deletion(present), origins=origins)


def _with_values(present: Annotation, before: dict[str, Any], after: dict[str, Any]) -> Annotation:
    """Return an annotation with a change of some parts, but for what was changed since."""
    if present.is_deleted:
        return present
    old, new = _parts(before), _parts(after)
    passage = {part: new.pop(part) for part in _PASSAGE if part in new}
    former = {part: old.pop(part) for part in _PASSAGE if part in old}
    made = reapplied(present, replace(present, **old), replace(present, **new), keeps_newer=True)
    if _has_passage(present, former):
        made = replace(made, **passage)
    if made == present and _parts(before) != _parts(after):
        return present
    origins = dict(present.origins)
    for key, value in after.get(_ORIGINS, {}).items():
        known = origins.get(key)
        moment = clock.later(clock.now(), than=known.time if known else "")
        if value is not None:
            origins[key] = replace(msgspec.convert(value, Origin), time=moment)
        elif known is not None:
            origins[key] = replace(known, time=moment, is_withdrawn=True)
    return replace(made, origins=origins)


def _has_passage(present: Annotation, parts: dict[str, Any]) -> bool:
    """Return whether an annotation has the passage that a step had, where the step changed it."""
    place = parts.get("place", present.place)
    is_there = (place.range, place.state) == (present.range, present.place.state)
    return is_there and parts.get("selector", present.selector) == present.selector


def _parts(values: dict[str, Any]) -> dict[str, Any]:
    """Return stored values of parts as an annotation has them."""
    return {
        part: msgspec.convert(value, _PASSAGE[part])
        if part in _PASSAGE
        else tuple(value)
        if isinstance(value, list)
        else value
        for part, value in values.items()
        if part in PARTS
    }
