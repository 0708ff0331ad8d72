"""The doctor: checks every file of a library, reports faults, and repairs what it can.

A repair deletes nothing: what it replaces is in the trash, or beside the file under another name.
"""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from reader.errors import StoreError
from reader.files import UnfitFileError, is_there
from reader.progress import (
    CHECKING_ARTICLES,
    CHECKING_PLACES,
    CHECKING_TEXTS,
    SEARCHING_TEXTS,
    Report,
    Stage,
    reported,
    unreported,
)
from reader.store.archive.verify import verify_backup
from reader.store.doctor.check_environment import check_environment
from reader.store.doctor.check_placement import check_placement
from reader.store.doctor.findings import Finding
from reader.store.errors import DamagedFileError, newer_sentence
from reader.store.files.article_data import ArticleData, read_article_data, snapshots_of
from reader.store.files.article_file import ArticleFile, article_paths
from reader.store.files.paths import LibraryPaths
from reader.store.files.snapshots import Snapshots
from reader.store.files.trash import move_to_trash
from reader.store.index.article_files import is_conflict_name
from reader.store.library import Library
from reader.store.merge.file_merge import merge_into
from reader.store.repair.repair import can_repair, rebuild_article, repair_file


def examine(
    folder: Path, report: Report = unreported, *, is_repairing: bool = False
) -> Iterator[Finding]:
    """Check a library, and yield the findings in the order of the checks.

    Args:
        folder: The library's folder; programs may go on using it.
        report: Called before each file.
        is_repairing: Whether to repair what can be repaired.

    Raises:
        StoreError: There is no library, or it may not be read.
    """
    if not is_there(folder):
        raise StoreError("No library", f"There is no library in {folder} yet.")
    doctor = _Doctor(folder, report)
    for check in (
        partial(check_environment, LibraryPaths(folder), report),
        doctor.articles,
        doctor.names,
        doctor.snapshots,
        doctor.placement,
        doctor.backups,
    ):
        for finding in check():
            if is_repairing:
                finding.repair()
            yield finding


class _Doctor:
    """Checks the files of a library."""

    def __init__(self, folder: Path, report: Report) -> None:
        self._report = report
        self._paths = LibraryPaths(folder)
        self._library = Library(folder)
        self._snapshots = Snapshots(self._paths.snapshots)
        self._articles: dict[str, Path] = {}

    def articles(self) -> Iterator[Finding]:
        """Check that each article file can be read, and that each article has one file."""
        if not is_there(self._paths.articles):
            return
        paths = sorted(
            article_paths(self._paths), key=lambda path: (is_conflict_name(path.name), path.name)
        )
        for path in reported(paths, CHECKING_ARTICLES, self._report):
            file = ArticleFile.in_library(self._paths, path.name)
            try:
                file.read()
                if file.is_newer():
                    yield Finding("newer", path, newer_sentence(path), is_fault=False)
                    continue
                data = read_article_data(path)
            except DamagedFileError as error:
                yield self._damaged(file, error)
                continue
            except StoreError as error:
                repair = partial(self._set_aside, path, "unreadable") if _is_unfit(error) else None
                yield Finding("unreadable", path, error.message, repair=repair)
                continue
            for problem in file.problems:
                yield Finding("record", path, problem)
            yield from self._duplicate(path, data.article.id)
        for path in sorted(self._paths.articles.glob("*.damaged-*")):
            notice = (
                f"{path} was set aside because it was damaged; delete it when you have read it."
            )
            yield Finding("set aside", path, notice, is_fault=False)

    def names(self) -> Iterator[Finding]:
        """Check the file with the names of speakers, and what lies beside it."""
        path, speakers = self._paths.speakers, self._library.speakers
        copies = speakers.copies()
        for other in sorted(path.parent.glob("*.json")):
            if other in copies:
                problem = f"{other} is a conflict copy of {path.name}."
                yield Finding("conflict copy", other, problem, repair=self._merge_names)
            elif other != path:
                problem = f"{other} holds no names of speakers."
                yield Finding("damaged", other, problem, repair=partial(self._set_aside, other))
        try:
            speakers.read()
        except StoreError as error:
            is_damaged = isinstance(error, DamagedFileError)
            repair = partial(self._set_aside, path) if is_damaged else None
            yield Finding("damaged", path, error.message, repair=repair)

    def _merge_names(self) -> str:
        self._library.speakers.merge_copies()
        return "it was merged and moved to the trash."

    def snapshots(self) -> Iterator[Finding]:
        """Check each snapshot against its digest, and that no snapshot is missing."""
        paths = sorted(self._paths.snapshots.glob("*.json.gz"))
        for path in reported(paths, CHECKING_TEXTS, self._report):
            digest = path.name.partition(".")[0]
            try:
                if path.name != self._snapshots.path(digest).name:
                    continue
                self._snapshots.verify(digest)
            except StoreError as error:
                yield Finding(
                    "snapshot", path, error.message, repair=partial(self._set_aside, path)
                )
        for _, data in self._contents(SEARCHING_TEXTS):
            for digest in sorted(snapshots_of(data.article, data.annotations.values())):
                if not self._snapshots.has(digest):
                    yield self._missing(data, digest)

    def placement(self) -> Iterator[Finding]:
        """Check that passages are where their annotations say."""
        for path, data in self._contents(CHECKING_PLACES):
            yield from check_placement(path, data, self._library, self._snapshots)

    def backups(self) -> Iterator[Finding]:
        """Check the daily backups."""
        for path in sorted(self._paths.backups.glob("*.zip")):
            try:
                verify_backup(path, self._report)
            except StoreError as error:
                yield Finding("backup", path, error.message, repair=partial(self._set_aside, path))

    def _contents(self, stage: Stage) -> Iterator[tuple[Path, ArticleData]]:
        """Yield the article files that can be read, with their content, one at a time."""
        for path in reported(self._articles.values(), stage, self._report):
            with contextlib.suppress(StoreError):  # removed or damaged meanwhile
                yield path, read_article_data(path)

    def _duplicate(self, path: Path, article_id: str) -> Iterator[Finding]:
        """Note the file of an article; report it where an earlier file holds the same article."""
        first_path = self._articles.setdefault(article_id, path)
        if first_path == path:
            return

        def merge() -> str:
            data = read_article_data(path)
            merge_into(ArticleFile.in_library(self._paths, first_path.name), data)
            move_to_trash(self._paths, f"conflict-{path.stem}", [path])
            return f"it was merged into {first_path.name} and moved to the trash."

        problem = f"{path} holds the same article as {first_path.name}: it is a conflict copy."
        yield Finding("conflict copy", path, problem, repair=merge)

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

    def _missing(self, data: ArticleData, digest: str) -> Finding:
        path = self._paths.snapshots
        with contextlib.suppress(StoreError):  # an article file may name any text as a digest
            path = self._snapshots.path(digest)
        title = data.article.metadata.title or data.article.id
        return Finding(
            "missing text",
            path,
            f"The text {digest[:12]} that “{title}” was annotated on is missing; its notes can be"
            " found by their words only. A backup may have it: margin restore ARCHIVE.",
        )

    def _set_aside(self, path: Path, reason: str = "damaged") -> str:
        folder = move_to_trash(self._paths, f"{reason}-{path.name[:12]}", [path])
        return f"it was moved to {folder}."


def _is_unfit(error: StoreError) -> bool:
    """Tell whether an error says that there is a link, a pipe or a folder in place of a file."""
    cause = error.__cause__
    return isinstance(cause, UnfitFileError) or getattr(cause, "errno", 0) == errno.ELOOP
