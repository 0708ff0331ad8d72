"""The doctor: checks every file of a library, says what is wrong, and repairs what it can.

Repairing takes nothing away: what is replaced is set aside, in the trash or beside its place.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from reader.errors import StoreError
from reader.files import is_there
from reader.store.archive.backup import verify_backup
from reader.store.doctor.check_environment import check_environment
from reader.store.doctor.check_placement import check_placement
from reader.store.doctor.findings import Finding
from reader.store.errors import DamagedFileError
from reader.store.files.article_data import ArticleData, read_article_data, snapshots_of
from reader.store.files.article_file import ArticleFile, article_paths
from reader.store.files.paths import LibraryPaths
from reader.store.files.snapshots import Snapshots
from reader.store.files.trash import move_to_trash
from reader.store.index.article_files import is_conflict_name
from reader.store.library import Library
from reader.store.merge.file_merge import merge_into
from reader.store.repair.repair import can_repair, rebuild_article, repair_file


def examine(folder: Path, *, is_repairing: bool = False) -> list[Finding]:
    """Check a library.

    Args:
        folder: The library's folder; programs may go on using it.
        is_repairing: Whether to repair what can be repaired.

    Returns:
        What was found, in the order in which it was looked at.

    Raises:
        StoreError: There is no library, or it may not be looked into.
    """
    if not is_there(folder):
        raise StoreError("No library", f"There is no library in {folder} yet.")
    doctor = _Doctor(folder)
    found: list[Finding] = []
    for check in (
        partial(check_environment, LibraryPaths(folder)),
        doctor.articles,
        doctor.snapshots,
        doctor.anchors,
        doctor.backups,
    ):
        for finding in check():
            if is_repairing:
                finding.repair()
            found.append(finding)
    return found


class _Doctor:
    """Examines what a library holds."""

    def __init__(self, folder: Path) -> None:
        self._paths = LibraryPaths(folder)
        self._library = Library(folder)
        self._snapshots = Snapshots(self._paths.snapshots)
        self._copies: dict[str, tuple[Path, ArticleData]] = {}

    def articles(self) -> Iterator[Finding]:
        """Check the article files: that they can be read, and that each article has one."""
        if not is_there(self._paths.articles):
            return
        paths = article_paths(self._paths)
        for path in sorted(paths, key=lambda path: (is_conflict_name(path.name), path.name)):
            file = ArticleFile.in_library(self._paths, path.name)
            try:
                record = file.read()
                if file.is_newer():
                    reason = self._library.read_only_reason(record.article.id) if record else ""
                    yield Finding("newer", path, reason, is_fault=False)
                    continue
                copy = read_article_data(path)
            except DamagedFileError as error:
                yield self._damaged(file, error)
                continue
            except StoreError as error:
                yield Finding("unreadable", path, error.message)
                continue
            for problem in file.problems:
                yield Finding("record", path, problem)
            yield from self._note(path, copy)
        for path in sorted((self._paths.articles).glob("*.damaged-*")):
            told = f"{path} was set aside because it was damaged; delete it once you have looked."
            yield Finding("set aside", path, told, is_fault=False)

    def snapshots(self) -> Iterator[Finding]:
        """Check the texts: each against its digest, and that none is missing."""
        for path in sorted((self._paths.snapshots).glob("*.json.gz")):
            digest = path.name.partition(".")[0]
            try:
                if path.name != self._snapshots.path(digest).name:
                    continue
                self._snapshots.verify(digest)
            except StoreError as error:
                yield Finding(
                    "snapshot", path, error.message, repair=partial(self._set_aside, path)
                )
        for _, copy in self._copies.values():
            for digest in sorted(snapshots_of(copy.article, copy.annotations.values())):
                if not self._snapshots.has(digest):
                    yield self._missing(copy, digest)

    def anchors(self) -> Iterator[Finding]:
        """Check that passages are where their annotations say."""
        for path, copy in self._copies.values():
            yield from check_placement(path, copy, self._library, self._snapshots)

    def backups(self) -> Iterator[Finding]:
        """Check the daily backups."""
        for path in sorted((self._paths.backups).glob("*.zip")):
            try:
                verify_backup(path)
            except StoreError as error:
                yield Finding("backup", path, error.message, repair=partial(self._set_aside, path))

    def _note(self, path: Path, copy: ArticleData) -> Iterator[Finding]:
        """Remember what a file holds, or tell that another one holds the same article."""
        rival = self._copies.setdefault(copy.article.id, (path, copy))
        if rival[0] == path:
            return
        told = f"{path} holds the same article as {rival[0].name}, as synchronisers leave it."

        def merge() -> str:
            merge_into(ArticleFile.in_library(self._paths, rival[0].name), copy)
            move_to_trash(self._paths, f"conflict-{path.stem}", [path])
            return f"it is merged into {rival[0].name}, and in the trash."

        yield Finding("conflict copy", path, told, repair=merge)

    def _damaged(self, file: ArticleFile, error: DamagedFileError) -> Finding:
        rebuild = partial(rebuild_article, self._snapshots)
        problem = error.message
        if not can_repair(file, rebuild):
            problem += " Nothing of it can be read; it can be set aside."
        return Finding(
            "damaged",
            file.path,
            problem,
            repair=lambda: (
                repair_file(file, is_given_up=True, rebuild=rebuild)
                or "another program repaired it meanwhile."
            ),
        )

    def _missing(self, copy: ArticleData, digest: str) -> Finding:
        path = self._snapshots.path(digest) if len(digest) == 64 else self._paths.snapshots
        with contextlib.suppress(StoreError):
            path = self._snapshots.path(digest)
        title = copy.article.metadata.title or copy.article.id
        return Finding(
            "missing text",
            path,
            f"The text that “{title}” was marked on, {digest[:12]}, is not there; its notes are"
            " found by their words alone. A backup may have it: margin restore ARCHIVE.",
        )

    def _set_aside(self, path: Path) -> str:
        trashed = move_to_trash(self._paths, f"damaged-{path.name[:12]}", [path])
        return f"it is set aside in {trashed}."
