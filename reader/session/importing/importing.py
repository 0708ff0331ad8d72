"""Importing notes of other programs: planned first, then made as one step."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Final

from reader.core.annotation import Article
from reader.core.text_formatting import counted
from reader.garbage_collection import paused_collection
from reader.imports.left_out import left_out
from reader.imports.model import ImportedSource
from reader.progress import PLANNING, Report, reported, unreported
from reader.session.importing.colours import ColourTags, tag_in_form
from reader.session.importing.files import FileContent, read_all, read_document
from reader.session.importing.incoming import SourceCleaner
from reader.session.importing.making import Maker
from reader.session.importing.plan import (
    Fate,
    ImportPlan,
    Made,
    PlannedFile,
    PlannedNote,
    TakenEdits,
)
from reader.session.importing.planning import Planner, Snapshot

if TYPE_CHECKING:
    from reader.config import Settings
    from reader.session.stored_steps import StoredSteps
    from reader.session.writer import SaveWriter
    from reader.store.library import Library

EDITED: Final = frozenset({Fate.CHANGED, Fate.CONFLICT, Fate.EDITED_PASSAGE})
"""What becomes of notes that are not as Margin wrote them to a file."""


class Importing:
    """Imports notes into one library; slow, so not for the thread of the interface."""

    def __init__(
        self,
        library: Library,
        writer: SaveWriter,
        snapshot: Snapshot,
        steps: StoredSteps,
        settings: Settings,
    ) -> None:
        """Serve a library.

        Args:
            library: The library.
            writer: Writes the changes.
            snapshot: Returns the document with a digest; None where the library has none.
            steps: Stores what is done, to undo it with ``StoredSteps.undo``.
            settings: The person's settings: the tags of colours.
        """
        self._library = library
        self._writer = writer
        self._snapshot = snapshot
        self._steps = steps
        self._settings = settings

    def plan(
        self,
        paths: Sequence[str],
        *,
        kind: str = "",
        tags: Collection[str] = (),
        projects: Collection[str] = (),
        article: Article | None = None,
        report: Report = unreported,
    ) -> ImportPlan:
        """Return what importing some files would do; changes nothing.

        Args:
            paths: The paths of the files, and of folders, of which the files of a known kind count;
                ``-`` for standard input.
            kind: The name of their kind in the registry; empty to recognise each.
            tags: Tags that all notes get.
            projects: Projects that all articles are given to.
            article: The article that all notes belong to; None to find out.
            report: Called before each source; may raise to end the work.

        Raises:
            SourceError: A file cannot be read, or is of no kind that Margin knows.
            StoreError: The library cannot be read.
        """
        planner = self._planner(tuple(projects), article)
        with paused_collection():
            contents = list(read_all(paths, kind, self._library, report))
            return self._plan(contents, planner, tags, report)

    def plan_documents(self, sources: Iterable[str], report: Report = unreported) -> ImportPlan:
        """Return what importing the notes that some documents hold would do; changes nothing.

        Args:
            sources: The paths and addresses of documents. Those that are of no kind with notes,
                and those that hold none, are left out.
            report: As for ``plan``.

        Raises:
            SourceError: A document cannot be read.
            StoreError: The library cannot be read.
        """
        planner = self._planner()
        with paused_collection():
            contents = (read_document(each, self._library) for each in dict.fromkeys(sources))
            with_notes = [each for each in contents if each is not None and each.sources]
            return self._plan(with_notes, planner, (), report)

    def _plan(
        self,
        contents: Sequence[FileContent],
        planner: Planner,
        tags: Collection[str],
        report: Report,
    ) -> ImportPlan:
        files = [self._planned_file(each, planner, tags, report) for each in contents]
        return ImportPlan(_label([each.name for each in files]), tuple(files))

    def _planned_file(
        self, content: FileContent, planner: Planner, tags: Collection[str], report: Report
    ) -> PlannedFile:
        cleaner = self._cleaner(content.kind.name, tags)
        cleaned = cleaner.clean(content.sources)
        content.sources.clear()  # a fifth of what planning takes in memory
        sources = tuple(planner.plan(each) for each in reported(cleaned, PLANNING, report))
        return PlannedFile(
            content.name,
            content.kind.name,
            content.kind.title,
            sources,
            content.bad_rows,
            (*content.remarks, *(each.message for each in left_out(cleaner.left_out))),
        )

    def make(self, plan: ImportPlan, report: Report = unreported) -> Made:
        """Make a planned import; see ``Maker.make``."""
        with paused_collection():
            return Maker(self._library, self._writer, self._steps).make(plan, report)

    def take_edits(
        self, sources: Iterable[ImportedSource], label: str, report: Report = unreported
    ) -> TakenEdits:
        """Take back what a person edited in files that Margin wrote, as one step.

        Only notes that the library has count, and deleted ones stay deleted. Where nothing was
        edited, nothing is written and no step is stored.

        Args:
            sources: What the files hold, with the base of each note.
            label: What that is, for the list of steps: ``edits in Vault``.
            report: Called before each article; may raise to end the work, which takes back what was
                made by then.

        Raises:
            StoreError: A file cannot be written; nothing is changed.
        """
        plan = self.plan_edits(sources, label)
        made = self.make(plan, report)
        return TakenEdits(made, edited_notes(plan))

    def plan_edits(self, sources: Iterable[ImportedSource], label: str) -> ImportPlan:
        """Return what ``take_edits`` would do; changes nothing."""
        planner = self._planner()
        cleaned = self._cleaner("").clean(sources)
        edited = tuple(filter(None, map(planner.plan_edits, cleaned)))
        return ImportPlan(label, (PlannedFile(label, "", "", edited),))

    def _planner(self, projects: Sequence[str] = (), article: Article | None = None) -> Planner:
        """Return a planner of the library as it is now, with all that was done in this program."""
        self._writer.flush()
        self._library.lists.update()
        return Planner(self._library, self._snapshot, projects, article)

    def _cleaner(self, kind: str, tags: Iterable[str] = ()) -> SourceCleaner:
        given = tuple(filter(None, map(tag_in_form, tags)))
        return SourceCleaner(kind, ColourTags(self._settings.import_colours), given)


def edited_notes(plan: ImportPlan) -> tuple[PlannedNote, ...]:
    """Return the notes of a plan that are not as Margin wrote them to a file."""
    notes = (note for source in plan.sources() for note in source.notes)
    return tuple(note for note in notes if note.fate in EDITED)


def _label(names: Sequence[str]) -> str:
    """Return what importing some files does, in words: ``import of clippings.txt``."""
    if not names:
        return "import of nothing"
    first, *others = (re.split(r"[/\\]", each)[-1] for each in names)
    more = f" and {counted(len(others), 'other file')}" if others else ""
    return f"import of {first}{more}"
