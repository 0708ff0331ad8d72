"""The names of tags and speakers in the whole library: counting, renaming and merging them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from msgspec.structs import replace

from reader.core.annotation import CLAIM, Annotation
from reader.core.query.tree import EVERYTHING
from reader.core.speaker_names import SpeakerNames, speaker_key
from reader.core.text_formatting import counted, one_line
from reader.errors import ReaderError, StoreError
from reader.progress import Report, unreported
from reader.session.batch_changes import BatchChanges, ChangedNote, Step
from reader.session.edited import with_renamed_tags
from reader.session.stored_steps import StoredSteps, later_than

if TYPE_CHECKING:
    from reader.core.speech.likely_merges import LikelyMerge
    from reader.session.querying import NoteKey, Queries
    from reader.store.library import Library

MAX_LENGTH: Final = 200
"""The longest name, in code points."""

_MOST_NAMED: Final = 8
"""How many names an error names."""


class NameKind(StrEnum):
    """What has names."""

    TAGS = "tags"
    """The tags of notes."""
    SPEAKERS = "speakers"
    """Who said the passages."""

    @property
    def singular(self) -> str:
        """One of them, in words."""
        return str(self)[:-1]


class NameCount(NamedTuple):
    """A name and how often it is used."""

    name: str
    """The name."""
    notes: int
    """How many notes have it."""
    articles: int
    """How many articles have such notes."""
    other_names: tuple[str, ...] = ()
    """The other names of a speaker."""

    def record(self) -> dict[str, Any]:
        """Return it as scripts read it."""
        return self._asdict() | {"other_names": list(self.other_names)}


class NameChange(NamedTuple):
    """A change of names, before it is made."""

    kind: NameKind
    """What has the names."""
    names: tuple[str, ...]
    """The names that go."""
    new_name: str
    """The name that the notes have afterwards."""
    notes: tuple[NoteKey, ...]
    """The notes that change."""
    is_merge: bool = False
    """Whether the new name may be that of other notes already."""

    @property
    def label(self) -> str:
        """What it does: ``rename the tag “a” to “b”``."""
        named = ", ".join(f"“{one_line(name)}”" for name in self.names)
        new_name = one_line(self.new_name)
        kind = self.kind.singular if len(self.names) == 1 else self.kind
        if self.is_merge:
            return f"merge the {kind} {named} into “{new_name}”"
        return f"rename the {kind} {named} to “{new_name}”"

    @property
    def sentence(self) -> str:
        """How much it changes: ``This changes 41 notes in 12 articles.``."""
        return f"This changes {counts_of(self.notes)}."

    def change(self, present: Annotation) -> Annotation:
        """Return an annotation as it is after the change."""
        if self.kind is NameKind.TAGS:
            return with_renamed_tags(present, self.names, self.new_name)
        is_named = self.concerns(present.tags, present.speaker)
        return replace(present, speaker=self.new_name) if is_named else present

    def concerns(self, tags: Collection[str], speaker: str) -> bool:
        """Return whether a note with such tags and such a speaker changes."""
        if self.kind is NameKind.TAGS:
            return not set(self.names).isdisjoint(tags)
        is_named = speaker_key(speaker) in set(map(speaker_key, self.names))
        return is_named and speaker != self.new_name


class Renaming(NamedTuple):
    """A change of names that was made."""

    id: str
    """The id of the stored step that undoes it."""
    step: Step
    """What it changed of notes."""


class Names:
    """The names in one library; slow, so not for the thread of the interface."""

    def __init__(
        self, library: Library, batch_changes: BatchChanges, queries: Queries, steps: StoredSteps
    ) -> None:
        """Serve a library.

        Args:
            library: The library.
            batch_changes: Changes annotations.
            queries: Finds them.
            steps: Stores the changes, to undo them.
        """
        self._library = library
        self._queries = queries
        self._batch_changes = batch_changes
        self._steps = steps

    def counts(self, kind: NameKind) -> list[NameCount]:
        """Return the names with their uses, those of most notes first.

        Raises:
            StoreError: The library cannot be read.
        """
        articles: dict[str, list[str]] = {}
        for note in self._queries.all_notes(EVERYTHING):
            for name in _names_of(kind, note):
                articles.setdefault(name, []).append(note.article_id)
        known = self.speakers if kind is NameKind.SPEAKERS else SpeakerNames()
        counts = [
            NameCount(name, len(ids), len(set(ids)), known.other_names(name))
            for name, ids in articles.items()
        ]
        return sorted(counts, key=lambda each: (-each.notes, each.name))

    @property
    def speakers(self) -> SpeakerNames:
        """What is known of the other names of speakers.

        Raises:
            StoreError: The file with them is damaged or cannot be read.
        """
        return self._library.speakers.read()

    def likely_merges(self, counts: Sequence[NameCount]) -> list[LikelyMerge]:
        """Return the speakers that may be one person; see ``likely_merges.likely_merges``."""
        from reader.core.speech.likely_merges import likely_merges  # noqa: PLC0415  (when needed)

        return likely_merges({each.name: each.notes for each in counts}, self.speakers)

    def plan_rename(self, kind: NameKind, name: str, new_name: str) -> NameChange:
        """Return the change that gives a name to the notes of another one.

        Raises:
            ReaderError: There is no such name, the new one is there already, or is none.
            StoreError: The library cannot be read.
        """
        new_name = _checked(kind, new_name)
        counts = self.counts(kind)
        names = [each for each in _known(kind, [name], counts) if each != new_name]
        if not names:
            raise ReaderError("Not renamed", f"“{new_name}” has this name already.")
        present = next((each for each in counts if each.name == new_name), None)
        if present is not None and _key(kind, name) != _key(kind, new_name):
            raise ReaderError(
                "Not renamed",
                f"There is a {kind.singular} “{new_name}” already, of"
                f" {counted(present.notes, 'note')}; to make one of both, merge them.",
            )
        return self._plan(NameChange(kind, tuple(names), new_name, ()))

    def plan_merge(self, kind: NameKind, names: Sequence[str], new_name: str) -> NameChange:
        """Return the change that makes one name of several.

        Args:
            kind: What has the names.
            names: The names that go. That of a speaker may be one that no note has: it is
                remembered as another name.
            new_name: The name that stays.

        Raises:
            ReaderError: There is no such name, or the new one is none.
            StoreError: The library cannot be read.
        """
        new_name = _checked(kind, new_name)
        counts = self.counts(kind)
        if kind is NameKind.TAGS:
            names = _known(kind, names, counts)
        else:
            spelled = {_key(kind, each.name): each.name for each in counts}
            names = [spelled.get(_key(kind, each), _checked(kind, each)) for each in names]
        names = [each for each in dict.fromkeys(names) if each != new_name]
        if not names:
            raise ReaderError("Nothing to merge", "Name at least two different names.")
        return self._plan(NameChange(kind, tuple(names), new_name, (), is_merge=True))

    def _plan(self, plan: NameChange) -> NameChange:
        """Return a change with the notes that it changes."""
        if plan.kind is NameKind.TAGS and CLAIM in plan.names:
            raise ReaderError(
                "Not renamed",
                f"Margin knows claims, which have a status, by the tag “{CLAIM}”; it keeps its"
                " name.",
            )
        notes = self._queries.all_notes(EVERYTHING)
        values = {(note.tags, note.speaker) for note in notes}
        concerned = {each for each in values if plan.concerns(*each)}
        return plan._replace(
            notes=tuple(note for note in notes if (note.tags, note.speaker) in concerned)
        )

    def apply(self, plan: NameChange, report: Report = unreported) -> Renaming:
        """Make a change of names: as a whole, or not at all where a file cannot be written.

        Where the program is killed meanwhile, the same change goes on; ``undo`` takes back both.

        Args:
            plan: The change.
            report: Called before each article.

        Raises:
            StoreError: A file cannot be written; nothing is changed.
        """
        self._check_writable(plan)
        planned = [
            ChangedNote(each.article_id, each.annotation, plan.change(each.annotation))
            for each in self._queries.summaries(plan.notes)
        ]
        begun = self._steps.begin(plan.label, planned)
        keys = [each.key for each in planned]
        step = self._batch_changes.apply(plan.label, keys, plan.change, report)
        try:
            if step.problem is not None:
                raise step.problem
            said = self._say_same(plan)
        except ReaderError:
            self._batch_changes.revert(step)
            self._steps.give_up(begun)
            raise
        self._steps.complete(begun, step.changed, said)
        return Renaming(begun.id, step)

    def _check_writable(self, plan: NameChange) -> None:
        for article_id in dict.fromkeys(each.article_id for each in plan.notes):
            if reason := self._library.read_only_reason(article_id):
                raise StoreError("Nothing was changed", reason)

    def _say_same(self, plan: NameChange) -> tuple[Any, ...]:
        """Remember the names of a speaker; return what was known before, and is known now."""
        if plan.kind is NameKind.TAGS:
            return ()
        before = self.speakers
        moment = later_than(before)
        after = self._library.speakers.update(
            lambda names: names.with_same(plan.names, plan.new_name, moment)
        )
        return tuple(before.changes_to(after))

    def set_apart(self, name: str) -> None:
        """Say that a name is nobody's other name; notes stay as they are.

        Raises:
            StoreError: The file with the names cannot be written.
        """
        name = _checked(NameKind.SPEAKERS, name)
        moment = later_than(self.speakers)
        self._library.speakers.update(lambda names: names.without(name, moment))


def counts_of(notes: Sequence[NoteKey]) -> str:
    """Return how many notes there are, in how many articles: ``41 notes in 12 articles``."""
    articles = len({each.article_id for each in notes})
    where = f" in {counted(articles, 'article')}" if notes else ""
    return f"{counted(len(notes), 'note')}{where}"


def _names_of(kind: NameKind, note: NoteKey) -> tuple[str, ...]:
    if kind is NameKind.TAGS:
        return note.tags
    return (note.speaker,) if note.speaker.strip() else ()


def _key(kind: NameKind, name: str) -> str:
    """Return what two names have in common that a person does not tell apart."""
    return " ".join(name.split()).casefold() if kind is NameKind.TAGS else speaker_key(name)


def _checked(kind: NameKind, text: str) -> str:
    """Return a name that a person wrote, as it is stored.

    Raises:
        ReaderError: It is empty, too long, or no tag.
    """
    from reader.formats import clean_line  # noqa: PLC0415  (only when something is written)

    name = clean_line(text)
    if kind is NameKind.TAGS:
        name = name.casefold()
    if not name:
        raise ReaderError("No name", f"Write the name of a {kind.singular}.")
    if len(name) > MAX_LENGTH:
        raise ReaderError(
            "Name too long", f"A name has at most {MAX_LENGTH} characters; shorten it."
        )
    if kind is NameKind.TAGS and "," in name:
        raise ReaderError("No tag", f"“{name}” has a comma, which stands between tags.")
    return name


def _known(kind: NameKind, names: Sequence[str], counts: Sequence[NameCount]) -> list[str]:
    """Return names as the library writes them, each in all of its spellings.

    Raises:
        ReaderError: There is no such name.
    """
    spelled: dict[str, list[str]] = {}
    for each in counts:
        spelled.setdefault(_key(kind, each.name), []).append(each.name)
    known: list[str] = []
    for name in names:
        key = _key(kind, name)  # as another program may have written it, too
        if key not in spelled:
            key = _key(kind, _checked(kind, name))
        if key not in spelled:
            some = ", ".join(each.name for each in counts[:_MOST_NAMED])
            more = ", …" if len(counts) > _MOST_NAMED else ""
            there_are = f"there are: {some}{more}" if counts else "no note has one yet"
            raise ReaderError(
                f"No such {kind.singular}",
                f"No note has the {kind.singular} {name!r}; {there_are}.",
            )
        known += spelled[key]
    return known
