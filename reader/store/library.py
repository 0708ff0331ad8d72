"""A library: a folder of article files and of the snapshots that they refer to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reader.core.annotation import UNKNOWN_TEXT, Annotation, Article
from reader.core.document import Document
from reader.core.seen_texts import with_fewer_texts
from reader.files import Stamp
from reader.identifiers import new_id
from reader.store.errors import DamagedFileError, newer_sentence
from reader.store.files.article_data import ArticleData, all_snapshots_of, snapshots_of
from reader.store.files.article_file import ArticleFile, ArticleRecord
from reader.store.files.locks import locked
from reader.store.files.paths import LibraryPaths
from reader.store.files.presence import Presence
from reader.store.files.records import without_surrogates
from reader.store.files.snapshots import Snapshots
from reader.store.index.article_files import ArticleFiles
from reader.store.index.index import Index
from reader.store.index.summaries import AnnotationSummary, ArticleSummary, keys_of
from reader.store.lists import Lists
from reader.store.merge.file_merge import MergeResult, merge_into
from reader.store.merge.merging import (
    merge_annotations,
    merge_article_versions,
    merge_articles,
    new_conflicting_edits,
    with_named_places,
)
from reader.store.repair.housekeeping import Housekeeping

if TYPE_CHECKING:
    from reader.store.finding import ArticleFinder
    from reader.store.index.querying import IndexQueries
    from reader.store.index.texts import ArticleTexts
    from reader.store.merge.speaker_file import SpeakerFile
    from reader.store.removing import Removals
    from reader.store.text_updates import TextUpdates

__all__ = ["AnnotationSummary", "ArticleRecord", "ArticleSummary", "Library"]


class Library:
    """Keeps articles, annotations and snapshots in a folder; safe to use from several threads.

    Nothing is read or made before it is needed. Several programs may use one library at once.
    """

    def __init__(self, folder: Path) -> None:
        """Use the library in ``folder``, which need not exist."""
        self.folder = folder
        """The library's folder."""
        self.paths = LibraryPaths(folder)
        """The paths inside the library."""
        self._presence = Presence(self.paths)
        self._index = Index(self.paths, self._presence)
        self._snapshots = Snapshots(self.paths.snapshots)
        self._files = ArticleFiles(self.paths, self._index)
        self._housekeeping = Housekeeping(self.paths, self._files, self._index, self._snapshots)
        self.lists = Lists(self._index, self._housekeeping)
        """The lists as far as the index has them."""

    @cached_property
    def finder(self) -> ArticleFinder:
        """What finds articles by their sources."""
        from reader.store.finding import ArticleFinder  # noqa: PLC0415  (after the first screen)

        return ArticleFinder(self.paths, self._files, self._index, self._housekeeping)

    @cached_property
    def removals(self) -> Removals:
        """What moves articles to the trash, and restores them."""
        from reader.store.removing import Removals  # noqa: PLC0415  (rarely needed)

        return Removals(self.paths, self._presence, self._files, self._index, self._snapshots)

    @cached_property
    def speakers(self) -> SpeakerFile:
        """The other names of speakers."""
        from reader.store.merge.speaker_file import SpeakerFile  # noqa: PLC0415  (when needed)

        return SpeakerFile(self.paths)

    @cached_property
    def texts(self) -> ArticleTexts:
        """The articles' own texts, for searches."""
        from reader.store.index.texts import ArticleTexts  # noqa: PLC0415  (after the first screen)

        return ArticleTexts(self.paths, self._snapshots)

    @cached_property
    def queries(self) -> IndexQueries:
        """What answers queries from the index as it is."""
        from reader.store.index.querying import IndexQueries  # noqa: PLC0415  (as above)

        return IndexQueries(self._index.database, self.texts)

    @cached_property
    def text_updates(self) -> TextUpdates:
        """What keeps the articles' own texts entered."""
        from reader.store.text_updates import TextUpdates  # noqa: PLC0415  (as above)

        return TextUpdates(self._index, self.queries, self.texts)

    def has_article(self, article_id: str) -> bool:
        """Return whether the library has a file of the article."""
        return self._files.find(article_id) is not None

    def record(self, article_id: str) -> ArticleRecord | None:
        """Return an article with its annotations; None where the library does not have it.

        Raises:
            StoreError: Its file cannot be read.
        """
        return self.load(article_id) if self.has_article(article_id) else None

    def load(self, article_id: str) -> ArticleRecord:
        """Return an article with its annotations.

        A damaged file is set aside and replaced by its last good copy; ``problems`` reports that.

        Raises:
            StoreError: The library does not have the article, or its file cannot be read.
        """
        self._presence.check()
        file = self._files.locate(article_id) or self._files.find_by_name(article_id)
        if file is None or (record := self._housekeeping.read(file)) is None:
            raise self._presence.missing(article_id)
        if self._housekeeping.merge_beside(record.article.id, file):
            record = self._housekeeping.read(file) or record
        return record

    def save(
        self,
        article_id: str,
        *,
        article: Article | None = None,
        annotations: Sequence[Annotation] = (),
    ) -> ArticleRecord:
        """Merge changes into the article's file, durably.

        Changes that another program wrote meanwhile are kept: annotations are merged by id, the
        later change counts, and annotations that are not given stay. Where another program has
        added the same article meanwhile under another id, both ids mean that article from then on.

        Args:
            article_id: The id of the article.
            article: The article where it is new or has changed.
            annotations: The annotations that have changed, deleted ones as tombstones.

        Returns:
            The new content of the file.

        Raises:
            StoreError: The file could not be saved and is unchanged; or the library does not
                have the article, and ``article`` is None.
        """
        self._presence.make()
        article = article and without_surrogates(article)
        changed = [without_surrogates(annotation) for annotation in annotations]
        file = self._files.locate(article_id) or self._files.last_used(article_id)
        if file is None and article is None:
            file = self._files.find_by_name(article_id)
        if file is not None:
            last = file.last_read
            self._housekeeping.merge_beside(last.article.id if last else article_id, file)
            return self._save(article_id, file, article, changed)
        if article is None:
            raise self._presence.missing(article_id)
        with locked(self.paths.lock("new-article")):
            if twin := self.finder.twin(article):
                self._files.add_alias(article_id, twin.id)
                if twin.snapshot in ("", article.snapshot):
                    merged = merge_article_versions(twin, article)
                    return self.save(twin.id, article=merged, annotations=changed)
                # They are of another text than the library's, which the next opening compares.
                text = replace(article, snapshot=article.snapshot or UNKNOWN_TEXT)
                return self.save(twin.id, annotations=with_named_places(text, changed))
            return self._save(article_id, self._files.new(article), article, changed)

    def add_articles(self, records: Sequence[ArticleRecord]) -> list[ArticleRecord]:
        """Write many articles that are new, durably, all of them or none; see ``NewArticles``.

        Returns:
            Those that the library has by now, of which nothing was written.

        Raises:
            StoreError: A file could not be written.
        """
        from reader.store.new_articles import NewArticles  # noqa: PLC0415  (rarely needed)

        self._presence.make()
        adding = NewArticles(self.paths, self._files, self._index, self.finder.indexed_twin)
        return adding.add(records)

    def save_beside(
        self,
        article_id: str,
        *,
        article: Article | None = None,
        annotations: Sequence[Annotation] = (),
    ) -> None:
        """Write changes to a conflict copy, without waiting for who holds the article's lock.

        The copy is merged into the article's file when that is next read or listed.

        Args:
            article_id: The id of the article.
            article: As for ``save``.
            annotations: As for ``save``.

        Raises:
            StoreError: The copy could not be written, or nothing is known of the article.
        """
        file = self._files.last_used(article_id)
        last = file.last_read if file is not None else None
        merged = merge_articles(last and last.article, article and without_surrogates(article))
        if merged is None:
            raise self._presence.missing(article_id)
        record = ArticleRecord(merged, tuple(map(without_surrogates, annotations)))
        stem = (file or self._files.new(merged)).path.stem
        name = f"{stem} (conflict {new_id().lower()}).json"
        ArticleFile.in_library(self.paths, name).update(lambda _: record)

    def merge_article(self, data: ArticleData) -> MergeResult:
        """Merge an article's data from elsewhere into this library.

        Where this library has the article under another id, found by its address, the data is
        merged into that article.

        Raises:
            StoreError: The file could not be written, and is unchanged.
        """
        self._presence.make()
        article = data.article
        file = self._files.locate(article.id)
        if file is None:
            with locked(self.paths.lock("new-article")):
                if twin := self.finder.twin(article):
                    data = data.with_id(twin.id)
                    file = self._files.locate(twin.id)
        is_new = file is None
        file = file or self._files.new(article)
        before = None if is_new else self._housekeeping.read(file)
        conflicts = new_conflicting_edits(
            merge_into(file, data).annotations.values(),
            before.annotations if before else (),
            data.annotations.values(),
        )
        after = file.read()
        if after is not None and after != before:
            self._note_write(file, before, after)
        return MergeResult(is_new, after != before, conflicts)

    def articles(self) -> list[ArticleSummary]:
        """Return all articles, the last opened first; ``problems`` reports damaged files.

        Raises:
            StoreError: The library's folder cannot be read.
        """
        self._housekeeping.refresh()
        return self._index.lookups.summaries()

    def annotations(self) -> list[AnnotationSummary]:
        """Return the live annotations of all articles, the newest first.

        Raises:
            StoreError: The library's folder cannot be read.
        """
        self._housekeeping.refresh()
        return self._index.lookups.annotations()

    def deleted_annotations(self) -> list[AnnotationSummary]:
        """Return the deleted annotations of all articles, the last deleted first.

        Raises:
            StoreError: The library's folder cannot be read.
        """
        self._housekeeping.refresh()
        return self._index.lookups.deleted_annotations()

    @property
    def problems(self) -> list[str]:
        """A sentence for each file that the last list could not read or that was repaired."""
        return [*self._housekeeping.notices, *self._index.lookups.problems()]

    def read_only_reason(self, article_id: str) -> str:
        """Return why an article's annotations cannot be changed; empty where they can.

        Raises:
            StoreError: The article's file cannot be read.
        """
        file = self._files.locate(article_id)
        return newer_sentence(file.path) if file is not None and file.is_newer() else ""

    def has_snapshot(self, digest: str) -> bool:
        """Return whether there is a snapshot of the document with ``digest``."""
        return self._snapshots.has(digest)

    def snapshot_stamp(self, digest: str) -> Stamp | None:
        """Return the stamp of the snapshot of a document; None where there is none."""
        return self._snapshots.stamp(digest)

    def write_snapshot(self, document: Document) -> None:
        """Save a complete document; see ``Snapshots.write``."""
        self._presence.make()
        self._snapshots.write(document)

    def read_snapshot(self, digest: str, *, upto: int = 0) -> Iterator[Document]:
        """Read a document from its front in growing parts; see ``Snapshots.read``."""
        return self._snapshots.read(digest, upto=upto)

    def close(self) -> None:
        """Close the index; it is opened again when the library is used."""
        self._index.close()
        if "texts" in self.__dict__:
            self.texts.close()

    def _save(
        self,
        article_id: str,
        file: ArticleFile,
        article: Article | None,
        annotations: Sequence[Annotation],
    ) -> ArticleRecord:
        last, is_damaged, conflicts = file.last_read, False, 0
        on_disk: ArticleRecord | None = None

        def merge(present: ArticleRecord | None) -> ArticleRecord:
            nonlocal conflicts, on_disk
            on_disk = present
            # A file that was removed while its article is open here is written again, complete.
            present = present or last
            if last and present and present.article.id != last.article.id:
                raise self._presence.missing(article_id)
            merged = merge_articles(present and present.article, article)
            if merged is None:
                raise self._presence.missing(article_id)
            before = present.annotations if present else ()
            if is_damaged and last:
                before = merge_annotations(before, last.annotations)
            after = merge_annotations(before, annotations)
            conflicts = new_conflicting_edits(after, before, annotations)
            return ArticleRecord(with_fewer_texts(merged, snapshots_of(merged, after)), after)

        with self._index.saving:
            try:
                record = file.update(merge)
            except DamagedFileError:
                self._housekeeping.repair(file, is_content_known=bool(last or article))
                is_damaged = True
                record = file.update(merge)
            self._note_write(file, on_disk, record)
        self._delete_snapshots(file, on_disk, record)
        if conflicts:
            self._housekeeping.report_conflicting_edits(record.article)
        self._files.remember(record.article.id, file)
        return record

    def _delete_snapshots(
        self, file: ArticleFile, before: ArticleRecord | None, after: ArticleRecord
    ) -> None:
        """Delete the snapshots of versions that were dropped, if no other article has them."""
        gone = before.article.versions.keys() - all_snapshots_of(*after) if before else ()
        for digest in gone:
            if self._index.is_current and self._index.lookups.users_of(digest) <= {file.path.name}:
                self._snapshots.delete(digest)

    def _note_write(
        self, file: ArticleFile, before: ArticleRecord | None, after: ArticleRecord
    ) -> None:
        """Bring look-ups and queries up to date with a file that was written."""
        is_noted, problem = True, " ".join(file.problems)
        if file.stamp and (before is None or keys_of(before.article) != keys_of(after.article)):
            self._index.put(file.path.name, file.stamp, after, problem)
        elif file.stamp:
            is_noted = self._index.note(file.path.name, file.stamp, after, problem)
        self._index.stamps.write()
        self._housekeeping.follow(file, is_indexed=is_noted)
