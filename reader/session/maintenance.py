"""Maintenance of a library: merging, backing up, restoring, checking, emptying the trash."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from reader.files import is_folder
from reader.progress import INDEXING, Report, unreported
from reader.store.library import Library

if TYPE_CHECKING:
    from reader.store.archive.backup import Backup
    from reader.store.doctor.findings import Finding
    from reader.store.files.trash import Removal
    from reader.store.index.index import IndexProgress
    from reader.store.library_merge import MergeReport


class Maintenance:
    """The work on one library as a whole."""

    def __init__(self, folder: Path, report: Report = unreported) -> None:
        """Serve the library in ``folder``; touches no disk yet.

        Args:
            folder: The library's folder.
            report: Called between the steps of the work; may raise to end it.
        """
        self.folder = folder
        """The library's folder."""
        self._report = report

    def merge(self, other: Path) -> MergeReport:
        """Merge another library, which is only read; see ``store.library_merge``.

        Raises:
            StoreError: The other folder holds no library, or this library cannot be written.
        """
        from reader.store.library_merge import merge_library  # noqa: PLC0415  (only when merging)

        return merge_library(self._library(), other, self._report)

    def back_up(self, target: Path) -> Backup:
        """Write the library to an archive, and verify the archive.

        Args:
            target: The archive, or its folder.

        Raises:
            StoreError: A file cannot be read, or the archive cannot be written.
        """
        from reader.store.archive.backup import write_backup  # noqa: PLC0415  (only when backing up)

        name = f"margin-backup-{datetime.now().astimezone():%Y-%m-%d-%H%M%S}.zip"
        target = target / name if is_folder(target) else target
        return write_backup(self.folder, target, report=self._report)

    def restore(self, archive: Path) -> MergeReport:
        """Restore an archive into the library; see ``store.archive.restore``.

        Raises:
            StoreError: The archive is damaged, or the library cannot be written.
        """
        from reader.store.archive.restore import restore_backup  # noqa: PLC0415  (only when restoring)

        return restore_backup(self._library(), archive, self._report)

    def check(self, *, is_repairing: bool = False) -> Iterator[Finding]:
        """Check every file of the library, and yield what is found; see ``store.doctor.doctor``.

        Args:
            is_repairing: Whether to repair what can be repaired.
        """
        from reader.store.doctor.doctor import examine  # noqa: PLC0415  (only when checking)

        return examine(self.folder, self._report, is_repairing=is_repairing)

    def removals(self) -> list[Removal]:
        """Return the removals in the trash, the oldest first.

        Raises:
            StoreError: The trash cannot be read.
        """
        from reader.store.files.trash import removals  # noqa: PLC0415  (as above)

        return removals(self.folder)

    def empty_trash(self) -> int:
        """Delete everything in the trash, which cannot be undone.

        Returns:
            How many removals were deleted.

        Raises:
            StoreError: A file cannot be deleted.
        """
        from reader.store.files.trash import empty_trash  # noqa: PLC0415  (as above)

        return empty_trash(self.folder)

    def _library(self) -> Library:
        """Return the library; indexing it is reported, too."""
        library = Library(self.folder)

        def report(progress: IndexProgress | None) -> None:
            if progress is not None:
                self._report(INDEXING, *progress)

        library.lists.follow(report)
        return library


def merge_for_git(base: Path, ours: Path, theirs: Path) -> int:
    """Merge two branches' versions of a file into ``ours``; see ``store.merge.git_merge``.

    Returns:
        How many notes were edited in both branches and hold both texts now.

    Raises:
        StoreError: The files cannot be merged; ``ours`` is unchanged.
    """
    from reader.store.merge.git_merge import merge_three_ways  # noqa: PLC0415  (only for git)

    return merge_three_ways(base, ours, theirs)
