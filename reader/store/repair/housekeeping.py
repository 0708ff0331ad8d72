"""Keeping a library in order while it is used: repair, merge conflict copies, sweep, and tell."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterable
from functools import partial

from reader.core.annotation import Article
from reader.errors import StoreError
from reader.files import sweep_temporary_files
from reader.store.files.article_file import ArticleFile
from reader.store.files.locks import reason_locks_fail
from reader.store.files.paths import LibraryPaths
from reader.store.files.snapshots import Snapshots
from reader.store.index.article_files import ArticleFiles
from reader.store.index.index import Index
from reader.store.merge.conflicts import ConflictCopies
from reader.store.repair.repair import rebuild_article, repair_file


class Housekeeping:
    """Puts right what went wrong between two uses of a library; safe in several threads."""

    def __init__(
        self, paths: LibraryPaths, files: ArticleFiles, index: Index, snapshots: Snapshots
    ) -> None:
        """Serve a library; touches no disk yet."""
        self._paths = paths
        self._index = index
        self._rebuild = partial(rebuild_article, snapshots)
        self._conflicts = ConflictCopies(paths, files, index)
        self._told: list[str] = []
        self._mutex = threading.RLock()

    @property
    def told(self) -> list[str]:
        """A sentence for all that was done since the library was opened, each said once."""
        with self._mutex:
            return list(self._told)

    def refresh(self) -> None:
        """Bring the index up to date, sweep, and repair and merge what can be.

        Raises:
            StoreError: The library's folder cannot be read.
        """
        self._index.refresh()
        sweep_temporary_files(self._paths.articles)
        sweep_temporary_files(self._paths.previous)
        for name in self._index.damaged():
            with contextlib.suppress(StoreError):  # the index tells of it
                self.repair(ArticleFile.in_library(self._paths, name))
        self._tell(self._conflicts.merge_all())
        if reason := reason_locks_fail(self._paths.locks):
            self._tell([reason])

    def repair(self, file: ArticleFile, *, is_content_known: bool = False) -> None:
        """Set a damaged file aside, and put what can be had of it in its place.

        Raises:
            StoreError: Nothing can be had of it, or it cannot be written; it is as it was.
        """
        if told := repair_file(file, is_content_known=is_content_known, rebuild=self._rebuild):
            self._tell([told])
            self._index.refresh()

    def merge_beside(self, article_id: str, file: ArticleFile) -> bool:
        """Merge conflict copies into an article's file; tell whether there were any."""
        try:
            told = self._conflicts.merge_beside(article_id, file)
        except StoreError:
            return False  # whoever writes to the file tells
        self._tell(told)
        return bool(told)

    def report_conflicting_edits(self, article: Article) -> None:
        """Tell that a note was edited here and elsewhere at once."""
        title = article.metadata.title or article.source
        told = f"A note on “{title}” was edited in another window or on another machine, too;"
        self._tell([f"{told} it keeps both texts."])

    def mark_checked(self, file: ArticleFile) -> None:
        """Take the folder as it is for one that was looked through: the file was just written."""
        self._conflicts.mark_checked(file)

    def _tell(self, told: Iterable[str]) -> None:
        with self._mutex:
            self._told += [each for each in told if each not in self._told]
