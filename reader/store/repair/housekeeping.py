"""Housekeeping while a library is used: repairing files, merging conflict copies, sweeping."""

from __future__ import annotations

import contextlib
import threading
from functools import partial

from reader.core.annotation import Article
from reader.errors import StoreError
from reader.files import sweep_temporary_files
from reader.store.errors import DamagedFileError
from reader.store.files.article_file import ArticleFile, ArticleRecord
from reader.store.files.locks import reason_locks_fail
from reader.store.files.paths import LibraryPaths
from reader.store.files.snapshots import Snapshots
from reader.store.index.article_files import ArticleFiles
from reader.store.index.index import Index
from reader.store.merge.conflicts import ConflictCopies


class Housekeeping:
    """Repairs and tidies a library while it is used; safe in several threads."""

    def __init__(
        self, paths: LibraryPaths, files: ArticleFiles, index: Index, snapshots: Snapshots
    ) -> None:
        """Serve a library; touches no disk yet."""
        self._paths = paths
        self._index = index
        self._snapshots = snapshots
        self._conflicts = ConflictCopies(paths, files, index)
        self._notices: list[str] = []
        self._mutex = threading.RLock()

    @property
    def notices(self) -> list[str]:
        """A sentence for each thing that was done since the library was opened, without repeats."""
        with self._mutex:
            return list(self._notices)

    def refresh(self) -> None:
        """Update the index, sweep, repair damaged files and merge conflict copies.

        Raises:
            StoreError: The library's folder cannot be read.
        """
        self._index.refresh()
        for folder in (self._paths.articles, self._paths.previous, self._paths.snapshots):
            sweep_temporary_files(folder)
        for name in self._index.lookups.damaged():
            with contextlib.suppress(StoreError):  # the index reports it
                self.repair(ArticleFile.in_library(self._paths, name))
        self._add_notices(*self._conflicts.merge_all())
        if reason := reason_locks_fail(self._paths.locks):
            self._add_notices(reason)

    def repair(self, file: ArticleFile, *, is_content_known: bool = False) -> None:
        """Set a damaged file aside and write what can be read of it; see ``repair_file``.

        Raises:
            StoreError: Nothing can be read, or the file cannot be written; it is unchanged.
        """
        from reader.store.repair.repair import (  # noqa: PLC0415  (rarely needed)
            rebuild_article,
            repair_file,
        )

        rebuild = partial(rebuild_article, self._snapshots)
        notice = repair_file(file, is_content_known=is_content_known, rebuild=rebuild)
        if notice:
            self._add_notices(notice)
            self._index.catch_up()

    def read(self, file: ArticleFile) -> ArticleRecord | None:
        """Return what a file holds, once it is repaired where it is damaged; None without a file.

        Raises:
            StoreError: It cannot be read.
        """
        try:
            return file.read()
        except DamagedFileError as damage:
            try:
                self.repair(file)
            except StoreError:
                raise damage from None
            return file.read()

    def merge_beside(self, article_id: str, file: ArticleFile) -> bool:
        """Merge conflict copies into an article's file; return whether there were any."""
        try:
            notices = self._conflicts.merge_beside(article_id, file)
        except StoreError:
            return False  # writing the file reports the error
        self._add_notices(*notices)
        return bool(notices)

    def report_conflicting_edits(self, article: Article) -> None:
        """Add a notice that a note of ``article`` was edited here and elsewhere."""
        title = article.metadata.title or article.source
        self._add_notices(
            f"A note on “{title}” was also edited in another window or on another machine; it keeps"
            " both texts."
        )

    def follow(self, file: ArticleFile, *, is_indexed: bool) -> None:
        """Take note that the folder was changed by writing ``file``, so that none is searched.

        Args:
            file: The file.
            is_indexed: Whether the index may pass for up to date after it.
        """
        if file.folder_change is not None:
            self._conflicts.follow(*file.folder_change)
            if is_indexed:
                self._index.follow(*file.folder_change)

    def _add_notices(self, *notices: str) -> None:
        with self._mutex:
            self._notices += [notice for notice in notices if notice not in self._notices]
