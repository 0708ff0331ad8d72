"""A TinyDB storage that replaces the whole file at each change, or changes nothing.

TinyDB's own JSONStorage truncates the file and writes it again in place, without a lock: a process
that is killed at the wrong moment leaves a file that does not parse, and two processes lose each
other's writes.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from tinydb import Storage

from reader.errors import StoreError
from reader.files import Stamp, change_time, make_private_folder, stamp_of, write_atomically
from reader.store.errors import (
    ChangedUnderneathError,
    cannot_read,
    cannot_write,
)
from reader.store.files.locks import locked
from reader.store.files.reading import oversize, read_tables
from reader.store.files.tables import Tables, encode_tables


class AtomicStorage(Storage):
    """Keeps TinyDB's tables in one JSON file, indented, with sorted keys.

    A read costs a ``stat`` while the file is unchanged. Writes happen in a ``transaction``: lock,
    read again, change, temporary file in the same folder, fsync, replace, fsync of the folder.
    The content before the last write is kept as the last good copy.
    """

    def __init__(
        self, path: Path, *, lock: Path, last_good: Path, upgrade: Callable[[Tables], Tables]
    ) -> None:
        """Use a file, which need not exist.

        Args:
            path: The file; a symbolic link stays a symbolic link.
            lock: The lock file; a program that writes ``path`` holds it.
            last_good: Where the content before the last write is kept.
            upgrade: Converts the tables of a file to the present schema.
        """
        self.path = path
        """The file."""
        self.last_good = last_good
        """The copy of the content before the last write."""
        self.stamp: Stamp | None = None
        """The stamp of the file when it was last read or written; None where there is no file."""
        self._lock_path = lock
        self._upgrade = upgrade
        self._tables: Tables | None = None
        self._draft: Tables | None = None
        self._is_dirty = False
        self.folder_change: tuple[int, int] | None = None
        """The times of the folder before and after the last write, if that was the folder's only
        change between them; see ``files.change_time``."""

    def read(self) -> Tables | None:
        """Return the tables; None where there is no file.

        In a transaction these are the tables with its changes.

        Raises:
            StoreError: The file cannot be read, or is damaged (``DamagedFileError``).
        """
        if self._draft is not None:
            return self._draft
        self._refresh()
        return self._tables

    def write(self, data: Tables) -> None:
        """Replace all tables; in a transaction the file is written at its end.

        Raises:
            StoreError: The tables could not be written; the file is unchanged.
        """
        if self._draft is None:
            with self.transaction():
                self.write(data)
        else:
            self._draft = data
            self._is_dirty = True

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the lock during reads and writes, and write the changes once, at the end.

        An exception inside discards the changes.

        Raises:
            StoreError: The lock could not be taken, or the file could not be read or written; the
                file is unchanged.
            ChangedUnderneathError: A program that does not use the lock replaced the file
                meanwhile; nothing was written.
        """
        with self.locked():
            self._refresh()
            self._draft = dict(self._tables or {})
            self._is_dirty = False
            try:
                yield
                if self._is_dirty:
                    self._commit(self._draft)
            finally:
                self._draft = None

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the file's lock.

        Raises:
            StoreError: The lock cannot be made, or another program does not release it.
        """
        with locked(self._lock_path):
            yield

    def _refresh(self) -> None:
        """Read the file where it has changed since it was last read."""
        try:
            stamp = stamp_of(self.path)
            if stamp is None and not self.path.is_symlink():
                self._tables = None
            elif stamp != self.stamp or self._tables is None:
                tables, stamp = read_tables(self.path)
                self._tables = self._upgrade(tables)
            self.stamp = stamp
        except OSError as error:
            raise cannot_read(error, self.path) from error

    def _commit(self, tables: Tables) -> None:
        content = encode_within_bounds(tables, self.path)
        folder = _FolderChange(self.path.parent)
        self.folder_change = None
        try:
            make_private_folder(self.last_good.parent)
            self.stamp = write_atomically(
                self.path, folder.written([content]), replacing=partial(self._replacing, folder)
            )
        except OSError as error:
            raise cannot_write(error, self.path) from error
        self._tables, self.folder_change = tables, folder.change

    @contextlib.contextmanager
    def _replacing(self, folder: _FolderChange, target: Path) -> Iterator[None]:
        self._before_replace(target)
        with folder.replaced():
            yield

    def _before_replace(self, target: Path) -> None:
        """Check that no other program has written the file meanwhile; keep the last good copy."""
        if stamp_of(target) != self.stamp:
            raise ChangedUnderneathError
        if self.stamp is not None:
            if not os.access(
                target, os.W_OK
            ):  # replacing the file needs the right to write its folder only
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), target)
            if self.last_good.is_dir() and not self.last_good.is_symlink():
                return  # the doctor reports what is in the way of the copy
            self.last_good.unlink(missing_ok=True)
            try:
                self.last_good.hardlink_to(target)
            except OSError:  # another disk, or a file system without hard links
                write_atomically(self.last_good, [target.read_bytes()])


def encode_within_bounds(tables: Tables, path: Path) -> bytes:
    """Return the bytes of the file at ``path``.

    Raises:
        StoreError: They would be more than are read again.
    """
    content = encode_tables(tables)
    if fault := oversize(content):
        raise StoreError(
            "Not saved", f"{path} would be too large: {fault}; shorten or split its notes."
        )
    return content


class _FolderChange:
    """Notices whether other programs change a folder while a file in it is replaced.

    Writing changes the folder twice: the temporary file is made, and replaces the file. What
    happens within microseconds of these two is not noticed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._before = self._made = change_time(folder)
        self.change: tuple[int, int] | None = None
        """The times of the folder before and after, if nothing else changed it."""

    def written(self, parts: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the parts, which are taken once the temporary file is there."""
        self._made = change_time(self._folder)
        yield from parts

    @contextlib.contextmanager
    def replaced(self) -> Iterator[None]:
        """Be told when the file is replaced: inside this context."""
        is_alone = change_time(self._folder) == self._made
        yield
        self.change = (self._before, change_time(self._folder)) if is_alone else None
