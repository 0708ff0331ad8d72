"""Restoring a backup into a library, without deleting what the library holds."""

from __future__ import annotations

import filecmp
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from reader import clock
from reader.files import (
    is_running,
    is_there,
    leads_inside,
    make_private_folder,
    move_durably,
    name_within,
)
from reader.progress import RESTORING, Report, reported, unreported
from reader.store.archive.manifest import PACKED_FOLDERS
from reader.store.archive.verify import extract_backup, verify_backup
from reader.store.errors import cannot_write
from reader.store.files.paths import ARTICLES, NAMES, SNAPSHOTS, LibraryPaths
from reader.store.library_merge import MergeReport, merge_library

if TYPE_CHECKING:
    from reader.store.library import Library

_MERGED: Final = frozenset({ARTICLES, NAMES, SNAPSHOTS})
"""The folders whose files ``merge_library`` restores."""


def restore_backup(
    library: Library, archive: Path, report_progress: Report = unreported
) -> MergeReport:
    """Restore an archive, and keep everything that the library holds.

    Articles are merged as those of another library are; articles that were removed since the
    backup are restored. Where another file exists with other content, the archive's file is written
    beside it under a name that says so.

    Args:
        library: The library.
        archive: The archive.
        report_progress: Called before each file and each article. Until articles are merged, an
            exception leaves the library as it was.

    Raises:
        StoreError: The archive is damaged and nothing was changed, or the library cannot be
            written.
    """
    verify_backup(archive, report_progress)  # before anything is made
    with _temporary_folder(library.paths.cache) as folder:
        names = extract_backup(archive, folder, report_progress).files
        report = (
            merge_library(library, folder, report_progress, respects_removals=False)
            if is_there(LibraryPaths(folder).articles)
            else MergeReport()
        )
        report.problems = [each.replace(f"{folder}/", f"{archive}: ") for each in report.problems]
        moment = clock.now_for_names()
        for name in reported(names, RESTORING, report_progress):
            folder_name, *rest = PurePosixPath(name).parts
            if folder_name not in PACKED_FOLDERS:
                report.problems.append(f"{name} was not restored: it is no file of a library.")
            elif folder_name not in _MERGED or len(rest) > 1 or not name.endswith((".json", ".gz")):
                _restore_file(library, folder / name, library.folder / name, moment, report)
    return report


@contextmanager
def _temporary_folder(cache: Path) -> Iterator[Path]:
    """Make a private folder in the library's cache, and delete it at the end.

    Those of programs that were killed are deleted first.
    """
    try:
        make_private_folder(cache)
        for left in cache.glob("restore-*-*"):
            if not is_running(left.name.split("-")[1]):
                shutil.rmtree(left, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(prefix=f"restore-{os.getpid()}-", dir=cache))
    except OSError as error:
        raise cannot_write(error, cache) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _restore_file(
    library: Library, path: Path, target: Path, moment: str, report: MergeReport
) -> None:
    """Move a file into the library; report it where a link would lead it somewhere else."""
    if not leads_inside(target.parent, library.folder):
        report.problems.append(
            f"{target} was not restored: {target.parent} leads out of the library."
        )
        return
    try:
        if target.is_symlink() or is_there(target):
            if _is_same(path, target):
                return
            ending = f".restored-{moment}{target.suffix}"
            target = target.with_name(name_within(target.stem, ending))
        make_private_folder(target.parent)
        move_durably(path, target)
    except OSError as error:
        raise cannot_write(error, target) from error


def _is_same(first: Path, second: Path) -> bool:
    """Tell whether two plain files have the same content; a link has none."""
    return (
        not second.is_symlink() and second.is_file() and filecmp.cmp(first, second, shallow=False)
    )
