"""The daily backup of article files: small, rotated, and never in the way."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

from reader.errors import StoreError
from reader.files import is_there, make_private_folder, sweep_temporary_files
from reader.store.errors import cannot_write
from reader.store.files.locks import locked
from reader.store.files.paths import ARTICLES, LibraryPaths

LARGEST_TOTAL: Final = 200_000_000
"""Bytes that all daily backups together may have; the oldest go, the newest stays."""

_NAME: Final = re.compile(r"articles-\d{4}-\d\d-\d\d\.zip")


class _WantedElsewhereError(Exception):
    """The work was left for later, because something is to be saved."""


class DailyBackup:
    """Backs up a library's article files once a day."""

    def __init__(self, library: Path, keep: int) -> None:
        """Serve a library.

        Args:
            library: Its folder.
            keep: How many days' backups to keep; 0 makes none.
        """
        self._paths = LibraryPaths(library)
        self.keep = keep
        """How many days' backups are kept; 0 makes none."""
        self.problem = ""
        """Why the last backup could not be made, in a sentence; empty where it could."""
        self._done: date | None = None

    def __call__(self, is_wanted_elsewhere: Callable[[], bool]) -> None:
        """Make today's backup, unless there is one.

        Args:
            is_wanted_elsewhere: Asked before each file; where it says so, nothing is made now.
        """
        today = date.today()
        if not self.keep or self._done == today:
            return

        def give_way() -> None:
            if is_wanted_elsewhere():
                raise _WantedElsewhereError

        target = self._paths.backups / f"articles-{today.isoformat()}.zip"
        try:
            self._back_up(target, give_way)
        except _WantedElsewhereError:
            return
        except OSError as error:
            self.problem = f"Today's backup was not made: {cannot_write(error, target).message}"
        except StoreError as error:
            self.problem = f"Today's backup was not made: {error.message}"
        self._done = today

    def _back_up(self, target: Path, give_way: Callable[[], None]) -> None:
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
                write_backup(
                    self._paths.folder,
                    target,
                    folders=frozenset({ARTICLES}),
                    between_files=give_way,
                )
                self._rotate()

    def _rotate(self) -> None:
        """Remove the oldest backups that are too many, or too large together."""
        kept = sorted(path for path in self._paths.backups.iterdir() if _NAME.fullmatch(path.name))
        total = sum(path.stat().st_size for path in kept)
        while len(kept) > 1 and (len(kept) > self.keep or total > LARGEST_TOTAL):
            total -= kept[0].stat().st_size
            kept.pop(0).unlink()
