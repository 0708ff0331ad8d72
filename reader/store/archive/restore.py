"""Restoring a backup into a library, without deleting what the library holds."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from reader import clock
from reader.files import is_there, make_private_folder, move_durably
from reader.store.archive.backup import extract_backup, verify_backup
from reader.store.errors import cannot_write
from reader.store.files.paths import ARTICLES, SNAPSHOTS, LibraryPaths
from reader.store.library_merge import MergeReport, merge_library

if TYPE_CHECKING:
    from reader.store.library import Library

_MERGED: Final = frozenset({ARTICLES, SNAPSHOTS})
"""The folders whose files ``merge_library`` restores."""


def restore_backup(library: Library, archive: Path) -> MergeReport:
    """Restore an archive, and keep everything that the library holds.

    Articles are merged as those of another library are; articles that were removed since the
    backup are restored. Where another file exists with other content, the archive's file is written
    beside it under a name that says so.

    Raises:
        StoreError: The archive is damaged and nothing was changed, or the library cannot be
            written.
    """
    verify_backup(archive)
    with _temporary_folder(library.paths.cache) as folder:
        names = extract_backup(archive, folder).files
        report = (
            merge_library(library, folder, respects_removals=False)
            if is_there(LibraryPaths(folder).articles)
            else MergeReport()
        )
        moment = clock.now_for_names()
        for name in names:
            folder_name, *rest = PurePosixPath(name).parts
            if folder_name not in _MERGED or len(rest) > 1 or not name.endswith((".json", ".gz")):
                _put(folder / name, library.folder / name, moment)
    return report


@contextmanager
def _temporary_folder(cache: Path) -> Iterator[Path]:
    """Make a private folder in the library's cache, and delete it at the end."""
    try:
        make_private_folder(cache)
        folder = Path(tempfile.mkdtemp(prefix=f"restore-{os.getpid()}-", dir=cache))
    except OSError as error:
        raise cannot_write(error, cache) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _put(path: Path, target: Path, moment: str) -> None:
    try:
        if is_there(target):
            if target.read_bytes() == path.read_bytes():
                return
            target = target.with_name(f"{target.stem}.restored-{moment}{target.suffix}")
        make_private_folder(target.parent)
        move_durably(path, target)
    except OSError as error:
        raise cannot_write(error, target) from error
