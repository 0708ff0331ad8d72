"""The session: the use cases on one library."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from reader import helper_processes
from reader.config import Settings, load_settings
from reader.core.addresses import is_web_address
from reader.core.annotation import Annotation, Article
from reader.core.document import Document
from reader.errors import ReaderError, SettingsError, SourceError, StoreError
from reader.paths import settings_file, typed_path_exists
from reader.progress import Report, unreported
from reader.session.article_loader import ArticleLoader
from reader.session.library_lists import LibraryLists
from reader.session.loading_article import LoadingArticle
from reader.session.reading_state import AnchoringResult, ReadingState
from reader.session.reanchoring import Placing
from reader.session.requests import MAX_LISTED, AnnotationRequest, ChosenNotes, Exported
from reader.session.sources import UNWATCHED, Source, Watch, address_of, fetch
from reader.session.stored_documents import StoredDocuments
from reader.session.unsaved_articles import UnsavedArticles
from reader.session.writer import SaveWriter
from reader.store.files.drafts import Drafts
from reader.store.files.paths import LibraryPaths
from reader.store.library import AnnotationSummary, ArticleRecord, ArticleSummary, Library

if TYPE_CHECKING:
    from reader.core.statistics import Statistics
    from reader.session.article_versions import ArticleVersions
    from reader.session.batch_changes import BatchChanges
    from reader.session.deletions import Deletions
    from reader.session.desk_memory import DeskMemory
    from reader.session.draft_checking import DraftChecking
    from reader.session.evidence import EvidenceLists
    from reader.session.exporting import ExportSource
    from reader.session.import_undo import ImportUndo
    from reader.session.importing import Importing
    from reader.session.names import Names
    from reader.session.projects import Projects
    from reader.session.querying import Queries
    from reader.session.queue import Queue
    from reader.session.removals import Removals
    from reader.session.reviewing import Reviews
    from reader.session.source_editing import SourceEditing
    from reader.session.stored_steps import StoredSteps
    from reader.session.surroundings import PassageSurroundings
    from reader.session.vault_export import VaultUpdate
    from reader.store.archive.daily import DailyBackup

RECORD_SECONDS = 2.0
"""How long opening waits for pending saves, in seconds, so that an article that is opened again
is identified and has all of its notes."""


class Session:
    """The use cases on one library."""

    def __init__(self, folder: Path) -> None:
        """Use the library in ``folder``; touches no disk yet."""
        self._library = Library(folder)
        self.folder = folder
        """The library's folder."""
        self.writer = SaveWriter(self._library)
        """The thread that writes to the library."""
        self.writer.idle_task = self._back_up
        self.lists = LibraryLists(self._library, self.writer)
        """The lists of articles and annotations, for screens."""
        self._documents = StoredDocuments(self._library)
        self._loader = ArticleLoader(
            self._library, self._documents, self.writer, self.writer.submit
        )
        self.unsaved_articles = UnsavedArticles(self._library, self.writer)
        """The open articles that are not in the library."""
        self._unsaved_loader = ArticleLoader(
            self._library, self._documents, self.writer, self.unsaved_articles.submit
        )
        self.drafts = Drafts(LibraryPaths(folder).drafts)
        """The unsaved notes of open editors."""

    @cached_property
    def daily_backup(self) -> DailyBackup:
        """The backup after the first save of a day."""
        from reader.store.archive.daily import DailyBackup  # noqa: PLC0415  (after the first screen)

        return DailyBackup(self.folder, keep=Settings().backups)

    @cached_property
    def batch_changes(self) -> BatchChanges:
        """Changes of annotations of any number of articles, as steps."""
        from reader.session.batch_changes import BatchChanges  # noqa: PLC0415  (when needed)

        return BatchChanges(self._library, self.writer, self._documents.read)

    @cached_property
    def reviews(self) -> Reviews:
        """What is due for a review, and reviews of that or of anything else."""
        from reader.session.reviewing import Reviews  # noqa: PLC0415  (when something is reviewed)

        return Reviews(self._library, self.batch_changes, self.queries, self.surroundings)

    def statistics(self, weeks: int) -> Statistics:
        """Return the statistics of the library; see ``statistics.count_statistics``."""
        from reader.session.statistics import count_statistics  # noqa: PLC0415  (when shown)

        return count_statistics(self._library, self.writer, weeks)

    @cached_property
    def names(self) -> Names:
        """The names of tags and speakers."""
        from reader.session.names import Names  # noqa: PLC0415  (rarely needed)

        return Names(self._library, self.batch_changes, self.queries, self.stored_steps)

    @cached_property
    def stored_steps(self) -> StoredSteps:
        """Changes of many notes that can be undone after the program has ended."""
        from reader.session.stored_steps import StoredSteps  # noqa: PLC0415  (rarely needed)

        return StoredSteps(self._library, self.batch_changes, self._import_undo)

    @cached_property
    def _import_undo(self) -> ImportUndo:
        from reader.session.import_undo import ImportUndo  # noqa: PLC0415  (rarely needed)

        return ImportUndo(self._library, self.batch_changes, self.removals)

    @cached_property
    def importing(self) -> Importing:
        """What imports the notes of other programs."""
        from reader.session.importing import Importing  # noqa: PLC0415  (rarely needed)

        return Importing(
            self._library, self.writer, self._documents.read, self.stored_steps, self.settings
        )

    @cached_property
    def removals(self) -> Removals:
        """What moves articles to the trash, and restores them."""
        from reader.session.removals import Removals  # noqa: PLC0415  (rarely needed)

        return Removals(self._library, self.writer)

    @cached_property
    def deletions(self) -> Deletions:
        """What was deleted, and bringing it back."""
        from reader.session.deletions import Deletions  # noqa: PLC0415  (rarely needed)

        return Deletions(self._library, self.writer, self.batch_changes, self.removals)

    @cached_property
    def desk_memory(self) -> DeskMemory:
        """What was open in the list of notes last."""
        from reader.session.desk_memory import DeskMemory  # noqa: PLC0415  (when it is shown)

        return DeskMemory(LibraryPaths(self.folder).desk)

    @cached_property
    def surroundings(self) -> PassageSurroundings:
        """Passages in the text around them."""
        from reader.session.surroundings import (  # noqa: PLC0415  (when a list shows them)
            PassageSurroundings,
        )

        return PassageSurroundings(self._documents.read)

    @cached_property
    def queries(self) -> Queries:
        """What answers queries of notes and articles."""
        from reader.session.querying import Queries  # noqa: PLC0415  (after the first screen)

        return Queries(self._library, self.lists, self.writer, self.drafts)

    @cached_property
    def evidence(self) -> EvidenceLists:
        """The evidence of passages."""
        from reader.session.evidence import EvidenceLists  # noqa: PLC0415  (when it is shown)

        return EvidenceLists(self._library, self.lists)

    @cached_property
    def projects(self) -> Projects:
        """The projects that articles belong to."""
        from reader.session.projects import Projects  # noqa: PLC0415  (the reader does without)

        return Projects(self._library, self.writer)

    @cached_property
    def draft_checking(self) -> DraftChecking:
        """What checks the quotations and figures of drafts."""
        from reader.session.draft_checking import DraftChecking  # noqa: PLC0415  (rarely needed)

        return DraftChecking(self._library, self.writer, self._documents.read)

    @cached_property
    def queue(self) -> Queue:
        """The articles that are saved for later."""
        from reader.session.queue import Queue  # noqa: PLC0415  (the reader does without)

        return Queue(self._library, self.writer)

    @cached_property
    def versions(self) -> ArticleVersions:
        """The versions of articles."""
        from reader.session.article_versions import (  # noqa: PLC0415  (rarely needed)
            ArticleVersions,
        )

        return ArticleVersions(self._library, self._documents.read)

    @cached_property
    def source_editing(self) -> SourceEditing:
        """What corrects the facts about the sources of articles."""
        from reader.session.source_editing import SourceEditing  # noqa: PLC0415  (rarely needed)

        return SourceEditing(self._library, self.writer)

    @cached_property
    def settings(self) -> Settings:
        """The person's settings, read from their file when they are first asked for.

        Raises:
            SettingsError: The file cannot be read or has a fault.
        """
        return load_settings(settings_file())

    def _back_up(self, must_stop: Callable[[], bool]) -> None:
        """Make the daily backup; a fault in the settings leaves their defaults."""
        with suppress(SettingsError):
            self.daily_backup.keep = self.settings.backups
        self.daily_backup(must_stop)

    def read(
        self,
        source: str,
        watch: Watch = UNWATCHED,
        tell: Callable[[str], object] = str,
        *,
        is_whole: bool = False,
        read_as: str = "",
    ) -> Document:
        """Return the whole document of a source without saving anything.

        A page that cannot be fetched is read from the library's copy, if there is one.

        Args:
            source: A path, an http or https URL, or ``-`` for standard input.
            watch: Reports progress, and may cancel.
            tell: Called with a sentence that the person should read.
            is_whole: True for all text of a page, False for its article.
            read_as: The format of the source; empty to detect it.

        Raises:
            SourceError: The source is missing or not a text.
            GivenUp: ``watch`` cancelled.
        """
        from reader.formats import read_document  # noqa: PLC0415  (a snapshot opens without it)

        try:
            fetched = fetch(source, watch)
        except SourceError as error:
            stored = self._loader.stored_copy(source)
            if stored is None:
                raise
            tell(f"{error.title}: this is the library's copy of {source}.")
            return stored
        fetched.is_whole = is_whole
        return read_document(fetched.data, name=fetched.name, kind=read_as, info=fetched.info)

    def open(
        self,
        source: str,
        watch: Watch = UNWATCHED,
        *,
        is_whole: bool | None = None,
        read_as: str | None = None,
    ) -> LoadingArticle:
        """Open a source and read what its first screens need; see ``ArticleLoader.open``.

        Args:
            source: A path, an http or https URL, or ``-`` for standard input.
            watch: Reports progress, and may cancel.
            is_whole: True for all text of a page, False for its article; None as stored.
            read_as: The format of the source, empty to detect it; None as stored.
        """
        self.writer.flush(RECORD_SECONDS)
        if is_whole is None and read_as is None:
            return self._loader.open(source, watch)
        return self._loader.open_as(source, watch, is_whole=is_whole, read_as=read_as)

    def open_text(self, text: str, *, is_whole: bool | None = None) -> LoadingArticle:
        """Open a text without a source, such as a pasted one; see ``ArticleLoader.open_text``."""
        return self._loader.open_text(text, is_whole=is_whole)

    def visit(
        self,
        source: str,
        otherwise: str = "",
        watch: Watch = UNWATCHED,
        *,
        is_whole: bool | None = None,
    ) -> LoadingArticle:
        """Open the target of a link; a new article stays in ``unsaved_articles``.

        Args:
            source: A path or a URL.
            otherwise: The URL to open if there is no file at ``source``; may be empty.
            watch: Reports progress, and may cancel.
            is_whole: As for ``open``.

        Raises:
            SourceError: As for ``open``.
            GivenUp: ``watch`` cancelled.
        """
        self.writer.flush(RECORD_SECONDS)
        source = otherwise if otherwise and not typed_path_exists(source) else source
        if is_whole is None:
            return self._unsaved_loader.open(source, watch)
        return self._unsaved_loader.open_as(source, watch, is_whole=is_whole)

    def open_article(self, article_id: str, watch: Watch = UNWATCHED) -> LoadingArticle:
        """Open an article of the library by its id; see ``ArticleLoader.open_article``."""
        self.writer.flush(RECORD_SECONDS)
        return self._loader.open_article(article_id, watch)

    def check_for_update(self, article: Article, watch: Watch = UNWATCHED) -> Source | None:
        """Ask whether a page has changed; see ``PageUpdates.check``."""
        from reader.session.page_updates import PageUpdates  # noqa: PLC0415  (rarely needed)

        return PageUpdates(self._library).check(article, watch)

    def open_update(self, article: Article, update: Source) -> LoadingArticle:
        """Open what ``check_for_update`` returned, and re-anchor all annotations."""
        self.writer.flush()
        return self._loader_of(article).open_update(article, update)

    def reload(
        self, article: Article, watch: Watch = UNWATCHED, *, is_whole: bool
    ) -> LoadingArticle:
        """Open all text of a page in place of its article, or its article in place of all text.

        All annotations are re-anchored; see ``ArticleLoader.reload``.
        """
        self.writer.flush()
        return self._loader_of(article).reload(article, watch, is_whole=is_whole)

    def is_page(self, article: Article) -> bool:
        """Return whether an article is taken from a page of the web, fetched or saved."""
        from reader.formats import is_page  # noqa: PLC0415  (a snapshot opens without it)

        if not article.read_as and is_web_address(article.source):
            return True
        return is_page(article.read_as, article.source)

    def _loader_of(self, article: Article) -> ArticleLoader:
        return self._unsaved_loader if self.unsaved_articles.holds(article.id) else self._loader

    def reanchor(
        self, state: ReadingState, document: Document, placing: Placing | None = None
    ) -> AnchoringResult:
        """Find the places of annotations; see ``ArticleLoader.reanchor``."""
        return self._loader.reanchor(state, document, placing)

    def record(self, article_id: str) -> ArticleRecord | None:
        """Return the stored record of an article; None where the library does not have it.

        Raises:
            StoreError: Its file cannot be read.
        """
        return self._library.record(article_id)

    def document(self, digest: str) -> Document | None:
        """Return a document of the library by its digest; None where it cannot be read."""
        return self._documents.read(digest)

    def articles(self) -> list[ArticleSummary]:
        """Return all articles of the library, the last opened first."""
        return self._library.articles()

    def annotations(self) -> list[AnnotationSummary]:
        """Return all annotations of all articles, the newest first, without deleted ones."""
        return self._library.annotations()

    def iterate_annotations(self, article_id: str = "") -> Iterator[AnnotationSummary]:
        """Return all annotations, the newest first, without deleted ones and with few in memory.

        Args:
            article_id: Those of one article; empty for all articles.

        Raises:
            StoreError: The library or the article cannot be read.
        """
        if not article_id:
            self._library.lists.update()
            return self._library.lists.annotations()
        article, annotations = self._library.load(article_id)
        live = (each for each in annotations if not each.is_deleted)
        newest = sorted(live, key=lambda each: (each.created, each.id), reverse=True)
        return (AnnotationSummary(article.id, article.metadata.title, each) for each in newest)

    @property
    def problems(self) -> Sequence[str]:
        """A sentence for each file that could not be read for the last list."""
        told = [self.daily_backup.problem] if self.daily_backup.problem else []
        return [*self._library.problems, *told]

    def find_article(self, name: str) -> ArticleSummary:
        """Return the article that ``name`` identifies: an id, a source, or a part of a title.

        Raises:
            ReaderError: No article, or more than one, fits.
        """
        is_named = bool(name.strip())  # every title has the empty text in it
        named = self._library.lists.articles_called(name, address_of(name)) if is_named else []
        if not named:
            raise ReaderError(
                "No such article",
                f"No article of the library is called {name!r}; see: margin library",
            )
        if len(named) > 1:
            titles = "; ".join(each.title for each in named[:MAX_LISTED])
            raise ReaderError(
                "More than one article",
                f"{name!r} may mean {len(named)} articles, name one more closely: {titles}.",
            )
        return named[0]

    def annotate(
        self,
        source: str,
        request: AnnotationRequest,
        tell: Callable[[str], object] = str,
        watch: Watch = UNWATCHED,
    ) -> tuple[Annotation, Article]:
        """Annotate a passage of a source, and wait until the annotation is on disk.

        Args:
            source: A path, a URL, or ``-`` for standard input. A source that may be one of several
                articles becomes a new article.
            request: The passage and the annotation.
            tell: Called with a sentence that the person should read.
            watch: Reports progress, and may cancel.

        Raises:
            QuoteError: The quote is not in the article, or is there more than once.
            SourceError: The source cannot be read.
            StoreError: It could not be saved.
        """
        from reader.session.annotating import annotated  # noqa: PLC0415  (the reader does without)

        loading = self.open(source, watch).identified()
        open_article, annotation_id = annotated(loading, source, request, self.reanchor, tell)
        self.save_all()
        return open_article.state.by_id[annotation_id], open_article.state.article

    def give_up_reading(self) -> None:
        """End at once what is still being read of files, so that no thread waits for it."""
        helper_processes.kill_all()
        self._library.lists.stop()

    def save_all(self) -> None:
        """Wait until every change is on disk.

        Raises:
            StoreError: It could not be saved; the changes are still queued.
        """
        if not self.writer.flush():
            raise StoreError("Not saved", self.writer.status.message)

    def export(
        self,
        article_ids: Sequence[str] | None,
        *,
        target: Path | None = None,
        tags: Collection[str] = (),
        format_name: str = "",
        chosen: ChosenNotes | None = None,
        has_ids: bool | None = None,
        is_for_file: bool = False,
        report: Report = unreported,
        remark: Callable[[str], None] = lambda _: None,
    ) -> str | bytes | list[Exported]:
        """Export the annotations of some articles.

        What an earlier export wrote to the target of articles that have no fitting annotation any
        more, or that were removed, is taken out where it is Margin's own.

        Args:
            article_ids: Which articles, removed ones too; those without a fitting annotation are
                left out. None for all of the library.
            target: A file, or a folder for a file per article; None returns what a file would hold.
            tags: Only annotations with one of these; none means all.
            format_name: The name of one of ``export_formats.offered_formats``; empty for the first.
            chosen: The only annotations that are exported; None for all of the articles. Their
                files in a folder stand beside those of other exports.
            has_ids: Whether Markdown has a front matter and an id at each passage; None where the
                target is in a vault of Obsidian or Logseq.
            is_for_file: Whether what is returned goes to a file, as of a redirected standard
                output, so that Margin must know it again.
            report: Called before each article; may raise to end the export. The files that are
                written by then are whole.
            remark: Called with each sentence on what the format cannot hold.

        Returns:
            What a file would hold, or the files, each with whether it changed.

        Raises:
            NothingToExportError: No annotation fits.
            ExportError: An unknown format, a format that knows no ids, or the target cannot be
                written.
        """
        from reader.session.export_formats import format_named  # noqa: PLC0415  (when exporting)
        from reader.session.exporting import export  # noqa: PLC0415  (as above)

        source = self._export_source(article_ids, chosen, report, remark)
        source = source._replace(is_for_file=is_for_file)
        with format_named(format_name, LibraryPaths(self.folder).written) as format_:
            return export(source, target=target, tags=tags, format_=format_, has_ids=has_ids)

    def update_vault(
        self,
        folder: Path,
        article_ids: Sequence[str] | None = None,
        *,
        tags: Collection[str] = (),
        format_name: str = "",
        chosen: ChosenNotes | None = None,
        has_ids: bool | None = None,
        is_dry: bool = False,
        report: Report = unreported,
        step_made: Callable[[str, str], None] = lambda _id, _label: None,
    ) -> VaultUpdate:
        """Keep a folder up to date in which a person writes, too: a file for each article.

        What a person edited of annotations is taken back into the library first, as one step. A
        person's own words, fields and files stay as they are.

        Args:
            folder: The folder, which may be new, or in a vault of Obsidian or Logseq.
            article_ids: As for ``export``.
            tags: Only annotations with one of these; none means all.
            format_name: The name of a format that can be kept up to date; empty for Logseq's own
                in a graph of Logseq, and Markdown anywhere else.
            chosen: As for ``export``.
            has_ids: As for ``export``.
            is_dry: Whether only to say what would be done.
            report: Called before each article; may raise to end the work. The files that are
                written by then are whole.
            step_made: Called with the id and the label of the step that took edits back, before
                files are written: the step is there whatever becomes of these.

        Raises:
            ExportError: An unknown format, one that cannot be kept up to date, or the folder cannot
                be used.
            StoreError: The library cannot be read or written.
        """
        from reader.session.vault_export import update_vault  # noqa: PLC0415  (as in ``export``)

        return update_vault(
            self._export_source(article_ids, chosen, report),
            self.importing,
            folder,
            LibraryPaths(self.folder).vaults,
            tags=tags,
            format_name=format_name,
            has_ids=has_ids,
            is_dry=is_dry,
            step_made=step_made,
        )

    def _export_source(
        self,
        article_ids: Sequence[str] | None,
        chosen: ChosenNotes | None,
        report: Report,
        remark: Callable[[str], None] = lambda _: None,
    ) -> ExportSource:
        """Return what an export takes its articles from."""
        from reader.session.exporting import ExportSource  # noqa: PLC0415  (as in ``export``)
        from reader.store.files.trash import RemovedArticles  # noqa: PLC0415  (as above)

        return ExportSource(
            dict.fromkeys(
                (each.id for each in self.articles()) if article_ids is None else article_ids
            ),
            is_complete=article_ids is None,
            record=self.record,
            removed=RemovedArticles(self.folder).record,
            snapshot=self._documents.read,
            snapshot_stamp=self._library.snapshot_stamp,
            chosen=chosen,
            settings=lambda: self.settings,
            report=report,
            remark=remark,
        )
