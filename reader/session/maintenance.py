"""Looking after a library: merge, back up, restore, check, empty the trash."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from reader.store.library import Library

if TYPE_CHECKING:
    from reader.store.archive.backup import Backup
    from reader.store.doctor.findings import Finding
    from reader.store.files.trash import Removal
    from reader.store.library_merge import MergeReport


class Maintenance:
    """What a person does for one library as a whole."""

    def __init__(self, folder: Path) -> None:
        """Serve the library in ``folder``; touches no disk yet."""
        self.folder = folder
        """The library's folder."""

    def merge(self, other: Path) -> MergeReport:
        """Take in another copy of the library, which is only read; see ``store.library_merge``.

        Raises:
            StoreError: The other folder holds no library, or this one cannot be written.
        """
        from reader.store.library_merge import merge_library  # noqa: PLC0415  (only when merging)

        return merge_library(Library(self.folder), other)

    def back_up(self, target: Path | None = None) -> Backup:
        """Write the library to one archive, and verify that.

        Args:
            target: The archive, or a folder for it; None means this folder.

        Raises:
            StoreError: A file cannot be read, or the archive not be written.
        """
        from reader.store.archive.backup import write_backup  # noqa: PLC0415  (only when backing up)

        name = f"margin-backup-{datetime.now().astimezone():%Y-%m-%d-%H%M%S}.zip"
        target = (target or Path()).expanduser().absolute()
        return write_backup(self.folder, target / name if target.is_dir() else target)

    def restore(self, archive: Path) -> MergeReport:
        """Bring an archive back into the library; see ``store.archive.restore``.

        Raises:
            StoreError: The archive is damaged, or the library cannot be written.
        """
        from reader.store.archive.restore import restore_backup  # noqa: PLC0415  (only when restoring)

        return restore_backup(Library(self.folder), archive)

    def check(self, *, is_repairing: bool = False) -> list[Finding]:
        """Check every file of the library; see ``store.doctor.doctor``.

        Args:
            is_repairing: Whether to repair what can be repaired.
        """
        from reader.store.doctor.doctor import examine  # noqa: PLC0415  (only when checking)

        return examine(self.folder, is_repairing=is_repairing)

    def removals(self) -> list[Removal]:
        """Return what is in the trash, the oldest first.

        Raises:
            StoreError: The trash cannot be read.
        """
        from reader.store.files.trash import removals  # noqa: PLC0415  (as above)

        return removals(self.folder)

    def empty_trash(self) -> int:
        """Delete all that is in the trash, for good.

        Returns:
            How many removals that were.

        Raises:
            StoreError: Something cannot be deleted.
        """
        from reader.store.files.trash import empty_trash  # noqa: PLC0415  (as above)

        return empty_trash(self.folder)


def merge_for_git(base: Path, ours: Path, theirs: Path) -> int:
    """Merge an article file three ways, into ``ours``; see ``store.merge.git_merge``.

    Returns:
        How many notes keep both texts.

    Raises:
        StoreError: They cannot be merged; ``ours`` is as it was.
    """
    from reader.store.merge.git_merge import merge_three_ways  # noqa: PLC0415  (only for git)

    return merge_three_ways(base, ours, theirs)
