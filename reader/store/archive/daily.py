"""The daily backup of article files, which yields to saving and deletes old backups."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

from reader.errors import StoreError
from reader.files import is_there, make_private_folder, sweep_temporary_files
from reader.progress import Report
from reader.store.errors import cannot_write
from reader.store.files.locks import locked
from reader.store.files.paths import ARTICLES, NAMES, LibraryPaths

LARGEST_TOTAL: Final = 200_000_000
"""The bytes that all daily backups may take; the oldest are deleted, the newest is kept."""

_NAME: Final = re.compile(r"articles-\d{4}-\d\d-\d\d\.zip")


class _StoppedError(Exception):
    """The backup stopped because something is to be saved."""


class DailyBackup:
    """Backs up a library's article files once a day."""

    def __init__(self, library: Path, keep: int) -> None:
        """Serve a library.

        Args:
            library: Its folder.
            keep: How many backups to keep; 0 makes none.
        """
        self._paths = LibraryPaths(library)
        self.keep = keep
        """How many backups are kept; 0 makes none."""
        self.problem = ""
        """A sentence that says why the last backup failed or is incomplete; empty otherwise."""
        self._done: date | None = None

    def __call__(self, is_busy: Callable[[], bool]) -> None:
        """Make today's backup, unless it exists.

        Args:
            is_busy: Called before each file; where it returns true, the backup is not made now.
        """
        today = date.today()
        if not self.keep or self._done == today:
            return

        def stop_when_busy(*_: object) -> None:
            if is_busy():
                raise _StoppedError

        target = self._paths.backups / f"articles-{today.isoformat()}.zip"
        try:
            self._back_up(target, stop_when_busy)
        except _StoppedError:
            return
        except OSError as error:
            self.problem = f"Today's backup was not made: {cannot_write(error, target).message}"
        except StoreError as error:
            self.problem = f"Today's backup was not made: {error.message}"
        self._done = today

    def _back_up(self, target: Path, stop_when_busy: Report) -> None:
        if is_there(target):
            return
        from reader.store.archive.backup import write_backup  # noqa: PLC0415 - once a day, not at the start

        try:
            make_private_folder(self._paths.backups)
        except OSError as error:
            raise cannot_write(error, self._paths.backups) from error
        with locked(self._paths.lock("backup")):
            if not is_there(target):
                sweep_temporary_files(self._paths.backups)
                left_out = write_backup(
                    self._paths.folder,
                    target,
                    folders=(ARTICLES, NAMES),
                    report=stop_when_busy,
                ).left_out
                if left_out:
                    self.problem = f"Today's backup is incomplete: {' '.join(left_out)}"
                self._rotate()

    def _rotate(self) -> None:
        """Delete the oldest backups while there are too many, or too large ones."""
        backups = sorted(
            path for path in self._paths.backups.iterdir() if _NAME.fullmatch(path.name)
        )
        total = sum(path.stat().st_size for path in backups)
        while len(backups) > 1 and (len(backups) > self.keep or total > LARGEST_TOTAL):
            oldest = backups.pop(0)
            total -= oldest.stat().st_size
            oldest.unlink()
