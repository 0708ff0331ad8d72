"""Makes an import that was planned: whole, or not at all where a file cannot be written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec.structs import replace

from reader import clock
from reader.core.annotation import Annotation, Article
from reader.core.changes import reapplied
from reader.core.document import Document
from reader.core.seen_texts import with_seen_text
from reader.errors import SourceError, StoreError
from reader.progress import IMPORTING, Report, reported, unreported
from reader.session.archived_copies import read_copy
from reader.session.article_records import first_offset, with_source
from reader.session.edited import stamped, with_other_projects
from reader.session.first_places import with_first_places
from reader.session.import_undo import made_note, stored_change
from reader.session.importing.plan import (
    ArticleFate,
    Fate,
    ImportPlan,
    Made,
    PlannedNote,
    PlannedSource,
)
from reader.store.files.article_file import ArticleRecord
from reader.store.files.steps import MadeArticle, MadeNote, StoredChange

if TYPE_CHECKING:
    from reader.session.stored_steps import StoredSteps
    from reader.session.writer import SaveWriter
    from reader.store.library import Library


_BATCH: Final = 512
"""How many new articles are written at once."""


class _Fresh(NamedTuple):
    """What an import does, as a step stores it."""

    notes: Sequence[StoredChange]
    made_notes: Sequence[MadeNote]
    made_articles: Sequence[MadeArticle]


class Maker:
    """Makes imports into one library."""

    def __init__(self, library: Library, writer: SaveWriter, steps: StoredSteps) -> None:
        """Serve a library.

        Args:
            library: The library.
            writer: Writes the changes; articles that are open take them from it.
            steps: Stores what is done, to undo it.
        """
        self._library = library
        self._writer = writer
        self._steps = steps
        self._new: list[PlannedSource] = []

    def make(self, plan: ImportPlan, report: Report = unreported) -> Made:
        """Make a planned import.

        What was changed in the library since it was planned is kept. Where the program is killed
        meanwhile, importing the same files goes on, and undoing takes back what was made.

        Args:
            plan: The plan.
            report: Called before each article; may raise to end the work, which takes back what was
                made by then.

        Raises:
            StoreError: A file cannot be written; nothing is changed.
        """
        work = [each for each in plan.sources() if each.changes]
        if not work:
            return Made("", plan.label, 0, 0, 0)
        self._writer.flush()
        self._check_writable(work)
        remarks: list[str] = []
        if not plan.changes:  # only what the notes remember of the file
            for source in work:
                remarks += self._write(source)
            return Made("", plan.label, 0, 0, 0, tuple(remarks))
        fresh = _fresh(work)
        step = self._steps.begin_import(plan.label, *fresh)
        try:
            for source in reported(work, IMPORTING, report):
                remarks += self._take(source)
            remarks += self._add_new()
            self._steps.complete_import(step)
        except BaseException:
            self._steps.take_back_import(step, *fresh)
            raise
        notes = [note for source in work for note in source.notes if note.after is not None]
        return Made(
            step.id,
            plan.label,
            new_notes=sum(each.fate is Fate.NEW for each in notes),
            changed_notes=sum(each.fate not in (Fate.NEW, Fate.SAME) for each in notes),
            new_articles=plan.new_articles,
            remarks=tuple(remarks),
        )

    def _take(self, source: PlannedSource) -> list[str]:
        """Write an article, a new one maybe later; return sentences on what went wrong."""
        if source.fate is not ArticleFate.NEW:
            return [*self._add_new(), *self._write(source)]
        self._new.append(source)
        return self._add_new() if len(self._new) == _BATCH else []

    def _add_new(self) -> list[str]:
        """Write the new articles that wait for it; return sentences on what went wrong."""
        if not self._new:
            return []
        remarks: list[str] = []
        records: dict[str, ArticleRecord] = {}
        sources = {_article_of(each).id: each for each in self._new}
        self._new = []
        for article_id, source in sources.items():
            article, document, problems = _with_text(source)
            annotations = _planned_annotations(source)
            if document is not None:
                annotations = list(with_first_places(annotations, document))
                self._library.write_snapshot(document)
            self._writer.reopen_article(article_id)  # where an import of it was undone before
            records[article_id] = ArticleRecord(article, tuple(annotations))
            remarks += problems
        for known in self._library.add_articles(list(records.values())):
            remarks += self._write(sources[known.article.id])
        return remarks

    def _check_writable(self, work: Sequence[PlannedSource]) -> None:
        for source in work:
            if source.fate is ArticleFate.KNOWN and source.article is not None:
                reason = self._library.read_only_reason(source.article.id)
                if reason:
                    raise StoreError("Nothing was changed", reason)

    def _write(self, source: PlannedSource) -> list[str]:
        """Write an article with its notes, in one save; return sentences on what went wrong."""
        source = self._rebased(source)
        article, document, remarks = _with_text(source)
        annotations = _planned_annotations(source)
        if document is not None:
            annotations = list(with_first_places(annotations, document))
        self._writer.reopen_article(article.id)  # where an import of it was undone before
        is_written = source.is_article_changed or document is not None
        self._writer.submit(
            article.id,
            article=article if is_written else None,
            annotations=annotations,
            snapshot=document,
        )
        if not self._writer.flush_article(article.id):
            message = self._writer.status.message
            self._writer.close_article(article.id)
            self._writer.reopen_article(article.id)
            raise StoreError("Nothing was changed", message)
        return remarks

    def _rebased(self, source: PlannedSource) -> PlannedSource:
        """Return a source with what was changed in the library since it was planned."""
        article = _article_of(source)
        if not self._library.has_article(article.id):
            return source
        present, annotations = self._library.load(article.id)
        aliases = tuple(sorted({*present.aliases, *article.aliases}))
        given = with_other_projects(present, source.given_projects, ())
        by_id = {each.id: each for each in annotations}
        return source._replace(
            article=replace(given, aliases=aliases) if aliases != given.aliases else given,
            notes=tuple(
                each._replace(after=_rebased(by_id.get(each.after.id), each))
                if each.after is not None
                else each
                for each in source.notes
            ),
            text=None if self._library.has_snapshot(present.snapshot) else source.text,
        )


def _planned_annotations(source: PlannedSource) -> list[Annotation]:
    """Return the annotations of a source that are written, the last state of each."""
    planned = {each.after.id: each.after for each in source.notes if each.after is not None}
    return list(planned.values())


def _fresh(work: Sequence[PlannedSource]) -> _Fresh:
    """Return what is done to some sources, as a step stores it."""
    changes: list[StoredChange] = []
    made_notes: list[MadeNote] = []
    made_articles: list[MadeArticle] = []
    for source in work:
        article_id = _article_of(source).id
        is_new = source.fate is ArticleFate.NEW
        if is_new or source.given_projects:
            made_articles.append(MadeArticle(article_id, is_new, source.given_projects))
        for note in source.notes:
            if note.after is None:
                continue
            if note.before is None or note.before.is_deleted:
                made_notes.append(made_note(article_id, note.after))
            else:
                changes.append(stored_change(article_id, note.before, note.after))
    return _Fresh(changes, made_notes, made_articles)


def _rebased(present: Annotation | None, planned: PlannedNote) -> Annotation:
    """Return an annotation as it was planned, but for what was changed since."""
    before, after = planned.before, planned.after
    assert after is not None
    if present is None or present == before:
        return after
    if before is None:
        return present  # the same import was made meanwhile
    made = reapplied(present, before, after, keeps_newer=True)
    return replace(stamped(present, made), origins={**present.origins, **after.origins})


def _article_of(source: PlannedSource) -> Article:
    assert source.article is not None
    return source.article


def _with_text(source: PlannedSource) -> tuple[Article, Document | None, list[str]]:
    """Return an article with the text that the file holds, that text, and what went wrong."""
    article = _article_of(source)
    if source.text is None:
        return article, None, []
    try:
        fetched, document = read_copy(article.source, source.text)
    except SourceError as error:
        return article, None, [f"{source.title}: {error.message}"]
    article = replace(
        with_source(article, fetched),
        source_metadata=document.metadata,
        snapshot=document.digest,
        caret_distance=first_offset(document),
    )
    return with_seen_text(article, document.digest, article.added or clock.now()), document, []
