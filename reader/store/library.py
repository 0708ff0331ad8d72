"""A library: a folder of article files and of the snapshots that they refer to."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reader.core.addresses import canonical_address
from reader.core.annotation import UNKNOWN_TEXT, Annotation, Article
from reader.core.document import Document
from reader.core.folding import fold
from reader.core.seen_texts import with_fewer_texts
from reader.errors import StoreError
from reader.files import change_time
from reader.identifiers import new_id
from reader.store.errors import DamagedFileError, MissingArticleError, newer_sentence
from reader.store.files.article_data import ArticleData, all_snapshots_of, snapshots_of
from reader.store.files.article_file import ArticleFile, ArticleRecord
from reader.store.files.locks import locked
from reader.store.files.paths import LibraryPaths
from reader.store.files.presence import Presence
from reader.store.files.records import clean_text, without_surrogates
from reader.store.files.snapshots import Snapshots
from reader.store.index.article_files import ArticleFiles
from reader.store.index.index import Index, IndexProgress
from reader.store.index.summaries import AnnotationSummary, ArticleSummary, keys_of
from reader.store.index.unindexed import search_files
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
    from reader.store.index.querying import IndexQueries
    from reader.store.index.texts import ArticleTexts
    from reader.store.merge.speaker_file import SpeakerFile

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
        self._texts_of: tuple[int, ...] = ()
        self.lists = Lists(self._index, self._housekeeping)
        """The lists as far as the index has them."""

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

    def find(
        self, *, url: str = "", source: str = "", source_digest: str = "", digest: str = ""
    ) -> Article | None:
        """Find an article by the first of these keys that has one; empty keys are skipped.

        Args:
            url: Its canonical URL.
            source: The absolute path or URL that it was opened from.
            source_digest: SHA-256 of its source's bytes.
            digest: Digest of its document.

        Returns:
            The article; of several the last opened. None where there is none.

        Raises:
            StoreError: The library's folder cannot be read.
        """
        keys = {"url": url, "source": source, "source_digest": source_digest, "snapshot": digest}
        if article := next(self._matches(keys), None):
            return article
        if names := self._index.catch_up():
            return next(self._search(names, keys), None)
        return next(self._matches(keys), None)

    def find_at_once(
        self, *, url: str = "", source: str = "", source_digest: str = "", digest: str = ""
    ) -> Article | None:
        """Find an article as ``find`` does, but only with what the index has already."""
        keys = {"url": url, "source": source, "source_digest": source_digest, "snapshot": digest}
        return next(self._matches(keys), None)

    def digest_with(self, source: str, stamp: str) -> str:
        """Return the digest of the bytes that a source had with a stamp; empty if not known.

        Args:
            source: The absolute path of a file.
            stamp: A text that changes whenever the file is written.
        """
        return self._index.stamps.digest_with(_indexed_form("source", source), stamp)

    def note_stamp(self, source: str, stamp: str, digest: str) -> None:
        """Remember the stamp of a source for ``digest_with``, once its article is saved.

        Args:
            source: The absolute path of a file.
            stamp: Its stamp before it was read.
            digest: SHA-256 of its bytes.
        """
        self._index.stamps.note(_indexed_form("source", source), stamp, digest)

    def find_named(self, article: Article) -> Article | None:
        """Find an article by its source among the files that are named after its title.

        This needs no index, but does not find articles whose title has changed.
        """
        file = self._files.find_named(article)
        return file.last_read.article if file is not None and file.last_read else None

    @property
    def is_behind(self) -> bool:
        """Whether so many files are not in the index yet that finding an article takes long.

        Raises:
            StoreError: The library's folder cannot be read.
        """
        return self._index.is_behind()

    def find_all(
        self,
        *,
        url: str = "",
        source_digest: str = "",
        digest: str = "",
        title: str = "",
        file_name: str = "",
        limit: int = 100,
    ) -> list[Article]:
        """Find the articles that have any of these keys; empty keys are skipped.

        Args:
            url: Its canonical URL, or the URL that it was opened from.
            source_digest: SHA-256 of its source's bytes.
            digest: Digest of its document.
            title: Its title.
            file_name: The name of the file that it was opened from, without its folder.
            limit: The largest number of articles to return.

        Returns:
            Each article once, in the order of the arguments; of those with the same key the last
            opened first.

        Raises:
            StoreError: The library's folder cannot be read.
        """
        names = self._index.catch_up()
        sought = {
            "url": url,
            "source": url,
            "source_digest": source_digest,
            "snapshot": digest,
            "title": title,
            "file_name": file_name,
        }
        unindexed = self._search(names, sought) if names else ()
        articles: dict[str, Article] = {}
        for matches in (self._matches(sought), unindexed):
            for article in matches:
                if len(articles) == limit:
                    return list(articles.values())
                articles.setdefault(article.id, article)
        return list(articles.values())

    def has_article(self, article_id: str) -> bool:
        """Return whether the library has a file of the article."""
        return self._files.find(article_id) is not None

    def load(self, article_id: str) -> ArticleRecord:
        """Return an article with its annotations.

        A damaged file is set aside and replaced by its last good copy; ``problems`` reports that.

        Raises:
            StoreError: The library does not have the article, or its file cannot be read.
        """
        self._presence.check()
        file = self._file_of(article_id) or self._files.find_by_name(article_id)
        if file is None or (record := self._read(file)) is None:
            raise self._missing(article_id)
        if self._housekeeping.merge_beside(record.article.id, file):
            record = self._read(file) or record
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
        file = self._file_of(article_id) or self._files.last_used(article_id)
        if file is None and article is None:
            file = self._files.find_by_name(article_id)
        if file is not None:
            last = file.last_read
            self._housekeeping.merge_beside(last.article.id if last else article_id, file)
            return self._save(article_id, file, article, changed)
        if article is None:
            raise self._missing(article_id)
        with locked(self.paths.lock("new-article")):
            if twin := self.find(url=article.source_metadata.url, source=article.source):
                self._files.add_alias(article_id, twin.id)
                if twin.snapshot in ("", article.snapshot):
                    merged = merge_article_versions(twin, article)
                    return self.save(twin.id, article=merged, annotations=changed)
                # They are of another text than the library's, which the next opening compares.
                text = replace(article, snapshot=article.snapshot or UNKNOWN_TEXT)
                return self.save(twin.id, annotations=with_named_places(text, changed))
            return self._save(article_id, self._files.new(article), article, changed)

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
            raise self._missing(article_id)
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
        file = self._file_of(article.id)
        if file is None:
            with locked(self.paths.lock("new-article")):
                if twin := self.find(url=article.source_metadata.url, source=article.source):
                    data = data.with_id(twin.id)
                    file = self._file_of(twin.id)
        is_new = file is None
        file = file or self._files.new(article)
        before = None if is_new else self._read(file)
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
        file = self._file_of(article_id)
        return newer_sentence(file.path) if file is not None and file.is_newer() else ""

    def remove(self, article_id: str) -> Path:
        """Move an article's file to the trash, with the snapshots that no other article uses.

        Returns:
            The folder of the removal in the trash, for ``restore``.

        Raises:
            StoreError: The library does not have the article, or a file cannot be moved.
        """
        from reader.store.files.trash import move_to_trash  # noqa: PLC0415  (rarely needed)

        file = self._file_of(article_id)
        if file is None:
            raise self._missing(article_id)
        name = file.path.name
        if not self._index.is_current:
            self._index.refresh()
        before = change_time(self.paths.articles)
        with file.locked():
            record = file.read()
            unused = [
                self._snapshots.path(digest)
                for digest in (all_snapshots_of(*record) if record else ())
                if self._snapshots.has(digest) and self._index.lookups.users_of(digest) <= {name}
            ]
            trashed = move_to_trash(
                self.paths, file.path.stem, [file.path, file.last_good, *unused]
            )
        self._files.forget(article_id)
        self._index.remove(name)
        self._index.follow(before, change_time(self.paths.articles))
        return trashed

    def restore(self, trashed: Path) -> None:
        """Restore the article of a removal, with all that it held; see ``restore_from_trash``.

        Args:
            trashed: The folder that ``remove`` returned.

        Raises:
            StoreError: The folder does not exist, or a file cannot be moved.
        """
        from reader.store.files.trash import restore_from_trash  # noqa: PLC0415  (rarely needed)

        restore_from_trash(self.paths, trashed)
        self._index.catch_up()

    def has_snapshot(self, digest: str) -> bool:
        """Return whether there is a snapshot of the document with ``digest``."""
        return self._snapshots.has(digest)

    def write_snapshot(self, document: Document) -> None:
        """Save a complete document; see ``Snapshots.write``."""
        self._presence.make()
        self._snapshots.write(document)

    @property
    def has_texts(self) -> bool:
        """Whether the texts of all articles that are indexed were entered."""
        return self._state_of_texts() == self._texts_of

    def _state_of_texts(self) -> tuple[int, ...]:
        """Return what changes when an article is indexed again, and when the texts are lost."""
        return (self.texts.database_id(), *self.queries.state())

    def update_texts(self, must_stop: Callable[[], bool] = bool, rest: float = 0.0) -> bool:
        """Enter the texts of the articles that are indexed and have none; see ``ArticleTexts``.

        The index must be up to date.

        Args:
            must_stop: Tells whether to end early.
            rest: As for ``ArticleTexts.update``.

        Returns:
            Whether it came to its end.
        """
        if self.has_texts:
            return True
        index, state = self._index, self._state_of_texts()
        try:
            is_done = self.texts.update(
                self.queries.digests(),
                lambda done, total: index.report(IndexProgress(done, total)),
                lambda: must_stop() or index.is_stopped,
                rest,
            )
        finally:
            index.report(None)
        if is_done:
            self._texts_of = state
        return is_done

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
                raise self._missing(article_id)
            merged = merge_articles(present and present.article, article)
            if merged is None:
                raise self._missing(article_id)
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

    def _search(self, names: Sequence[str], keys: Mapping[str, str]) -> Iterator[Article]:
        """Yield the articles in files without an entry in the index, in the order of ``keys``."""
        values = {column: _indexed_form(column, key) for column, key in keys.items()}
        sought = {column: value for column, value in values.items() if value}
        order = list(sought)
        found = search_files(self.paths, names, sought) if sought else ()
        for name, _ in sorted(found, key=lambda match: order.index(match[1])):
            with contextlib.suppress(StoreError):  # lists report it
                record = self._read(ArticleFile.in_library(self.paths, name))
                if record is not None:
                    yield record.article

    def _matches(self, keys: Mapping[str, str]) -> Iterator[Article]:
        """Yield the articles that the index finds by ``keys``, each checked against its file."""
        for column, key in keys.items():
            value = _indexed_form(column, key)
            if not value:
                continue
            for article_id, _ in self._index.lookups.look_up(column, value):
                file = self._files.find(article_id)
                try:
                    record = file and self._read(file)
                except StoreError:
                    continue  # lists report it
                if record and keys_of(record.article)[column] == value:
                    yield record.article

    def _file_of(self, article_id: str) -> ArticleFile | None:
        """Return the file of an article, also where files were renamed meanwhile."""
        for _ in range(2):
            file = self._files.find(article_id)
            try:
                record = file.read() if file else None
            except StoreError:
                return file  # using the file reports the error
            if not file or not record or self._files.is_same(article_id, record.article.id):
                return file
            self._files.forget(article_id)
            if file.stamp is not None:  # the index has the file as it was before
                self._index.put(file.path.name, file.stamp, record)
        return None

    def _read(self, file: ArticleFile) -> ArticleRecord | None:
        try:
            return file.read()
        except DamagedFileError as damage:
            try:
                self._housekeeping.repair(file)
            except StoreError:
                raise damage from None
            return file.read()

    def _missing(self, article_id: str) -> StoreError:
        """Return the error for an article that the library does not have.

        Raises:
            StoreError: The library itself is gone, or cannot be read.
        """
        self._presence.check()
        return MissingArticleError(article_id, self.folder)


def _indexed_form(column: str, value: str) -> str:
    """Return ``value`` in the form of the index's column."""
    match column:
        case "url" | "source":
            return clean_text(canonical_address(value))
        case "title":
            return clean_text(fold(value).strip())
        case _:
            return clean_text(value)
