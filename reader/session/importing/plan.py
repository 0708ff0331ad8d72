"""What an import would do, and what it did: plain values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from reader.core.annotation import Annotation, Article
from reader.core.text_formatting import counted
from reader.imports.model import BadRow, ImportedNote
from reader.session.archived_copies import ArchivedCopy


class Fate(StrEnum):
    """What becomes of a note of a file."""

    NEW = "new"
    """The library does not have it."""
    ADDED = "added"
    """An annotation of the same words gets its tags or its note."""
    CHANGED = "changed"
    """It was changed in the other program since it was imported, and is changed here."""
    CONFLICT = "conflict"
    """It was changed there and here; a note keeps both texts, everything else stays as it is."""
    SAME = "same"
    """There is nothing to do."""
    EDITED_PASSAGE = "passage edited"
    """The words of its passage were edited in the file; they stay as they are here."""
    DELETED = "deleted here"
    """It was deleted here, and stays deleted."""

    @property
    def in_words(self) -> str:
        """What becomes of it, for a list: ``new``, ``the same``."""
        return _WORDS.get(self, str(self))


_WORDS: Final = {
    Fate.ADDED: "added to an annotation",
    Fate.CONFLICT: "changed on both sides",
    Fate.SAME: "the same",
    Fate.EDITED_PASSAGE: "with an edited passage",
}

VISIBLE: Final = frozenset({Fate.NEW, Fate.ADDED, Fate.CHANGED, Fate.CONFLICT})
"""What becomes of the notes of which a reader sees a change."""


PARTS: Final = ("note", "tags", "speaker", "status")
"""The parts of an annotation that an import may change, by their names."""


class PlannedNote(NamedTuple):
    """A note of a file, and what becomes of it."""

    fate: Fate
    """What becomes of it."""
    note: ImportedNote
    """The note, cleaned."""
    before: Annotation | None
    """The annotation of the library; None for a new one."""
    after: Annotation | None
    """The annotation that is written; None where nothing is."""
    remark: str = ""
    """What else to know of it, as a sentence; may be empty."""

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts of the annotation of the library that change: ``note``, ``tags`` and so on."""
        before, after = self.before, self.after
        if before is None or after is None:
            return ()
        return tuple(each for each in PARTS if getattr(before, each) != getattr(after, each))

    @property
    def in_words(self) -> str:
        """What becomes of it: ``the same``, ``changed: note, status refuted``."""
        status = self.after.status if self.after is not None else None
        named = {"status": f"status {status}"} if status else {}
        parts = ", ".join(named.get(each, each) for each in self.parts)
        return ": ".join(filter(None, (self.fate.in_words, parts)))


class ArticleFate(StrEnum):
    """What becomes of a source of a file."""

    NEW = "new"
    """The library does not have it; it gets an article."""
    KNOWN = "known"
    """It is an article of the library."""
    AMBIGUOUS = "ambiguous"
    """It may be one of several articles; nothing of it is imported."""
    REMOVED = "removed"
    """Its article was removed from the library; nothing of it is imported."""
    EMPTY = "empty"
    """It has neither notes nor an address nor a text, so there is nothing to import."""


class PlannedSource(NamedTuple):
    """A source of a file, the article that it is, and what becomes of its notes."""

    fate: ArticleFate
    """What becomes of it."""
    title: str
    """Its title, or else its address; may be empty."""
    address: str
    """Its web address or path; may be empty."""
    article: Article | None
    """The article: as it is written where it is new or changed, else as the library has it."""
    is_article_changed: bool = False
    """Whether the article itself is new or changed."""
    notes: tuple[PlannedNote, ...] = ()
    """Its notes, in the order of the file."""
    given_projects: tuple[str, ...] = ()
    """The projects that the article is given to."""
    candidates: tuple[str, ...] = ()
    """The titles of the articles that it may be, where that is ambiguous."""
    left_out: int = 0
    """How many notes are not imported, because it is ambiguous or was removed."""
    removal: str = ""
    """The name of its removal in the trash, where it was removed."""
    text: ArchivedCopy | None = None
    """Its text, where the file holds one that the library lacks."""

    @property
    def is_seen(self) -> bool:
        """Whether a reader sees that something of it was written."""
        is_article_seen = self.fate is ArticleFate.NEW or bool(self.given_projects)
        return is_article_seen or any(
            each.fate in VISIBLE and each.after is not None for each in self.notes
        )

    @property
    def changes(self) -> bool:
        """Whether anything of it is written, also what only a later import needs."""
        return self.is_article_changed or any(each.after is not None for each in self.notes)

    def count(self, *fates: Fate) -> int:
        """Return how many of its notes have one of some fates."""
        return sum(each.fate in fates for each in self.notes)

    @property
    def summary(self) -> str:
        """How many of its notes become what: ``12 new, 1 changed on both sides``."""
        if self.left_out:
            return f"{counted(self.left_out, 'note')} not imported"
        counts = ((fate, self.count(fate)) for fate in Fate)
        parts = [f"{count:,} {fate.in_words}" for fate, count in counts if count]
        return ", ".join(parts) or "no notes"


class PlannedFile(NamedTuple):
    """A file, and what is in it."""

    name: str
    """Its path as it was given."""
    kind: str
    """The name of its kind, as the registry has it."""
    title: str
    """What its kind is called."""
    sources: tuple[PlannedSource, ...]
    """Its sources, in the order of the file."""
    bad_rows: tuple[BadRow, ...] = ()
    """What could not be read of it."""
    remarks: tuple[str, ...] = ()
    """Sentences on what else of it is not imported."""


class ImportPlan(NamedTuple):
    """What an import would do."""

    label: str
    """What making it does, in words: ``import of clippings.txt``."""
    files: tuple[PlannedFile, ...]
    """The files, in the order in which they were given."""

    def sources(self) -> Iterator[PlannedSource]:
        """Yield the sources of all files."""
        for file in self.files:
            yield from file.sources

    @property
    def changes(self) -> bool:
        """Whether a reader would see a change of the library."""
        return any(each.is_seen for each in self.sources())

    @property
    def counts(self) -> Mapping[Fate, int]:
        """How many notes have each fate; those that are imported, not those that are ambiguous."""
        return Counter(note.fate for source in self.sources() for note in source.notes)

    @property
    def new_articles(self) -> int:
        """How many articles it makes."""
        return sum(each.fate is ArticleFate.NEW for each in self.sources())

    @property
    def ambiguous(self) -> Sequence[PlannedSource]:
        """The sources that may be several articles."""
        return [each for each in self.sources() if each.fate is ArticleFate.AMBIGUOUS]

    @property
    def summary(self) -> str:
        """What it imports: ``12 new notes, 1 changed, 3 the same, 2 new articles``."""
        counts = self.counts
        changed = sum(counts[each] for each in (Fate.ADDED, Fate.CHANGED, Fate.CONFLICT))
        same = counts[Fate.SAME]
        parts = [
            counted(counts[Fate.NEW], "new note") if counts[Fate.NEW] else "",
            f"{changed:,} changed" if changed else "",
            f"{same:,} the same" if same else "",
            counted(self.new_articles, "new article") if self.new_articles else "",
        ]
        return ", ".join(filter(None, parts)) or "nothing"

    def without(self, article_ids: Collection[str]) -> ImportPlan:
        """Return a plan that leaves out what belongs to some articles."""
        files = (
            file._replace(
                sources=tuple(
                    each
                    for each in file.sources
                    if each.article is None or each.article.id not in article_ids
                )
            )
            for file in self.files
        )
        return self._replace(files=tuple(files))

    @property
    def removed(self) -> Sequence[PlannedSource]:
        """The sources whose articles were removed from the library."""
        return [each for each in self.sources() if each.fate is ArticleFate.REMOVED]

    @property
    def bad_rows(self) -> int:
        """How many rows of all files cannot be read."""
        return sum(len(file.bad_rows) for file in self.files)


class Made(NamedTuple):
    """What an import did."""

    step_id: str
    """The id of the step, for ``StoredSteps.undo``; empty where nothing changed."""
    label: str
    """What was done, in words."""
    new_notes: int
    """How many notes are new."""
    changed_notes: int
    """How many notes of the library were changed."""
    new_articles: int
    """How many articles were made."""
    remarks: tuple[str, ...] = ()
    """Sentences on what came out otherwise than planned."""


class TakenEdits(NamedTuple):
    """What was taken back of files of Margin's that a person edited."""

    made: Made
    """What was changed in the library."""
    notes: tuple[PlannedNote, ...]
    """The notes that are not as they were written: changed, in conflict, or with an edited passage,
    which is not taken."""
