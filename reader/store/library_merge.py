"""Merging two libraries that were edited separately."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from reader import clock
from reader.core.changes import RETURNED
from reader.errors import StoreError
from reader.files import (
    is_there,
    make_private_folder,
    open_plain,
    sync_folder,
    write_atomically,
)
from reader.progress import MERGING, REMOVING, Report, reported, unreported
from reader.store.errors import cannot_write, is_disk_failure
from reader.store.files.article_data import ArticleData, all_snapshots_of, read_article_data
from reader.store.files.article_file import article_paths
from reader.store.files.paths import ARTICLES, LibraryPaths
from reader.store.files.snapshots import Snapshots
from reader.store.files.trash import removed_at
from reader.store.library import Library
from reader.store.merge.file_merge import merge_data
from reader.store.merge.speaker_file import SpeakerFile

_CHUNK = 1 << 20
"""The bytes that are copied at once."""


class MergeReport(msgspec.Struct):
    """What happened to the articles of another library."""

    added: int = 0
    """How many articles this library did not have."""
    merged: int = 0
    """How many articles both had and that differed; this library has all changes now."""
    unchanged: int = 0
    """How many articles this library already had with all their changes."""
    kept_removed: int = 0
    """How many articles one library had removed and the other had not changed since."""
    snapshots: int = 0
    """How many snapshots were copied."""
    conflicting_edits: int = msgspec.field(default=0, name="both_texts")
    """How many notes were edited in both libraries and hold both texts now."""
    problems: list[str] = []
    """A sentence for each file of the other library that could not be merged or understood."""

    def record(self) -> dict[str, Any]:
        """Return the report as scripts read it."""
        record: dict[str, Any] = msgspec.to_builtins(self)
        return record


def merge_library(
    library: Library,
    other_folder: Path,
    report_progress: Report = unreported,
    *,
    respects_removals: bool = True,
) -> MergeReport:
    """Merge another library into this one; the other library is only read.

    Args:
        library: The library that changes.
        other_folder: The folder of the other library.
        report_progress: Called before each article of the other library.
        respects_removals: Whether an article that one library has removed stays removed where
            the other has not changed it since.

    Raises:
        StoreError: The other folder holds no library, or this library cannot be written.
    """
    other = LibraryPaths(other_folder)
    if not is_there(other.articles):
        raise StoreError(
            "Not a library", f"{other_folder} has no folder of articles; check the path."
        )
    merge = _LibraryMerge(library, other, respects_removals=respects_removals)
    return merge.run(report_progress)


class _LibraryMerge:
    """One merge of another library into this one."""

    def __init__(self, library: Library, other: LibraryPaths, *, respects_removals: bool) -> None:
        self._library = library
        self._other = other
        self._other_snapshots = Snapshots(other.snapshots)
        self._respects_removals = respects_removals
        self._report = MergeReport()

    def run(self, report_progress: Report) -> MergeReport:
        """Merge the articles, then follow the other library's removals."""
        present_ids = {article.id for article in self._library.articles()}
        removed_here = _RemovedArticles(self._library.paths)
        other_ids: set[str] = set()
        with self._copying_snapshots():
            for path in reported(article_paths(self._other), MERGING, report_progress):
                try:
                    data = read_article_data(path)
                except StoreError as error:
                    self._report.problems.append(error.message)
                    continue
                other_ids.add(data.article.id)
                self._report.problems += data.problems
                is_gone_here = self._respects_removals and data.article.id not in present_ids
                if is_gone_here and removed_here.cover(data):
                    self._report.kept_removed += 1
                else:
                    self._report_failure(partial(self._merge_article, data))
        if self._respects_removals:
            removed_there = _RemovedArticles(self._other)
            only_here = sorted(present_ids - other_ids)
            for article_id in reported(only_here, REMOVING, report_progress):
                self._report_failure(partial(self._follow_removal, removed_there, article_id))
        self._report_failure(self._merge_speakers)
        self._library.articles()
        return self._report

    @contextlib.contextmanager
    def _copying_snapshots(self) -> Iterator[None]:
        """Make the names of the snapshots that are copied inside this context durable, together.

        A crash before that may leave an article without its text; merging again copies it.
        """
        try:
            yield
        finally:
            if self._report.snapshots:
                folder = self._library.paths.snapshots
                try:
                    sync_folder(folder)
                except OSError as error:
                    raise cannot_write(error, folder) from error

    def _report_failure(self, merge: Callable[[], None]) -> None:
        """Merge one article; report it where that fails for this article alone.

        Raises:
            StoreError: This library cannot be written at all.
        """
        try:
            merge()
        except StoreError as error:
            if is_disk_failure(error):
                raise
            self._report.problems.append(error.message)

    def _merge_article(self, data: ArticleData) -> None:
        for digest in sorted(all_snapshots_of(data.article, data.annotations.values())):
            self._copy_snapshot(digest)
        result = self._library.merge_article(data)
        if result.is_new:
            self._report.added += 1
        elif result.is_changed:
            self._report.merged += 1
            self._report.conflicting_edits += result.conflicting_edits
        else:
            self._report.unchanged += 1

    def _merge_speakers(self) -> None:
        """Merge what both libraries know of the names of speakers."""
        self._library.speakers.merge(SpeakerFile(self._other))

    def _copy_snapshot(self, digest: str) -> None:
        snapshots = self._other_snapshots
        if self._library.has_snapshot(digest) or not snapshots.has(digest):
            return
        try:
            snapshots.verify(digest)
        except StoreError as error:
            self._report.problems.append(error.message)
            return
        target = self._library.paths.snapshots / snapshots.path(digest).name
        try:
            make_private_folder(target.parent)
            with open_plain(snapshots.path(digest)) as file:
                pieces = iter(partial(file.read, _CHUNK), b"")
                write_atomically(target, pieces, syncs_folder=False)
        except OSError as error:
            raise cannot_write(error, target) from error
        self._report.snapshots += 1

    def _follow_removal(self, removed_there: _RemovedArticles, article_id: str) -> None:
        """Remove an article that the other library removed after it was last used here."""
        for removed, moment in removed_there.versions(article_id):
            article, annotations = self._library.load(article_id)
            present = ArticleData({}, article, {each.id: each for each in annotations})
            if _adds_nothing(present, removed, moment):
                self._library.removals.remove(article_id)
                self._report.kept_removed += 1
                return


class _RemovedArticles:
    """The articles in a library's trash."""

    def __init__(self, paths: LibraryPaths) -> None:
        self._paths: dict[str, list[Path]] = {}
        for path in sorted(paths.trash.glob(f"*/{ARTICLES}/*.json")):
            with contextlib.suppress(StoreError):  # a damaged file tells nothing of its article
                self._paths.setdefault(read_article_data(path).article.id, []).append(path)

    def versions(self, article_id: str) -> Iterator[tuple[ArticleData, str]]:
        """Yield what was removed of an article, each with the time of its removal."""
        for path in self._paths.get(article_id, []):
            with contextlib.suppress(StoreError, OSError):
                yield read_article_data(path), _removal_time(path)

    def cover(self, data: ArticleData) -> bool:
        """Return whether ``data`` was removed here and holds nothing newer."""
        return any(
            _adds_nothing(data, removed, moment)
            for removed, moment in self.versions(data.article.id)
        )


def _removal_time(path: Path) -> str:
    return removed_at(path.parent.parent) or clock.iso(
        datetime.fromtimestamp(path.stat().st_mtime, UTC)
    )


def _adds_nothing(data: ArticleData, removed: ArticleData, moment: str) -> bool:
    """Return whether ``data`` holds nothing newer than what was removed at ``moment``."""
    merged = merge_data(removed, data)
    last_use = max(data.article.opened, data.article.changed.get(RETURNED, ""))
    return merged.annotations == removed.annotations and last_use <= moment
