"""Reading a backup: each file is compared with its length and its digest, a piece at a time.

An archive may unpack to a thousand times its size. What it states is checked before anything is
unpacked, and nothing is unpacked further than that.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final

import msgspec

from reader.errors import StoreError
from reader.files import PRIVATE_FILE, make_private_folder, open_plain
from reader.progress import UNPACKING, VERIFYING, Report, reported, unreported
from reader.store.archive.manifest import (
    FORMAT,
    FORMAT_NAME,
    LARGEST_ENTRY,
    MANIFEST,
    PIECE,
    Entry,
    Manifest,
)
from reader.store.errors import DamagedFileError, cannot_read, cannot_write

_LARGEST_DIRECTORY: Final = 16_000_000
"""The most bytes of an archive's own list of files: that of 100,000 files has 12 MB."""

_LARGEST_MANIFEST: Final = 32_000_000
"""The most bytes of the manifest."""

_USUAL_TOTAL: Final = 1_000_000_000
"""The bytes that any archive may unpack to."""

_RATIO: Final = 100
"""How many times its own size an archive may unpack to, where that is more than usual."""

_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})

_DAMAGED: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    KeyError,
)
"""What reading a damaged archive raises: a flipped bit may mean an unknown compression, a password,
a length past the end, or invalid compressed bytes."""


def verify_backup(archive: Path, report: Report = unreported) -> Manifest:
    """Compare every file in an archive with its digest.

    Args:
        archive: The archive.
        report: Called before each file.

    Raises:
        StoreError: The archive cannot be read, is no backup of Margin, or is damaged.
    """
    with _opened(archive) as backup:
        for name in reported(backup.manifest.files, VERIFYING, report):
            for _ in backup.pieces(name):
                pass
        return backup.manifest


def extract_backup(archive: Path, folder: Path, report: Report = unreported) -> Manifest:
    """Verify an archive while its files are written under ``folder``.

    The files are not made durable: the archive stays.

    Args:
        archive: The archive.
        folder: A folder of this program alone.
        report: Called before each file.

    Raises:
        StoreError: As ``verify_backup``, or a file cannot be written; ``folder`` then holds some of
            the files.
    """
    with _opened(archive) as backup:
        for name in reported(backup.manifest.files, UNPACKING, report):
            target = folder / PurePosixPath(name)
            try:
                make_private_folder(target.parent)
                with _private_file(target) as file:
                    file.writelines(backup.pieces(name))
            except OSError as error:
                raise cannot_write(error, target) from error
        return backup.manifest


def _private_file(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE), "wb")


class _BoundedReader(io.BufferedReader):
    """A file that gives out at most the largest list of files at once."""

    def read(self, size: int | None = -1) -> bytes:
        """Return the next ``size`` bytes; -1 for all.

        Raises:
            zipfile.BadZipFile: More bytes are asked for than an archive's list may have.
        """
        if size is None or size < 0:
            return super().read(_LARGEST_DIRECTORY)  # the end of the file, to find the list
        if size > _LARGEST_DIRECTORY:
            raise zipfile.BadZipFile("its list of files is too long")
        return super().read(size)


class _OpenBackup:
    """An archive whose manifest was checked."""

    def __init__(self, opened: zipfile.ZipFile, archive: Path) -> None:
        self._opened = opened
        self._archive = archive
        self.manifest = self._read_manifest()
        """The description of the archive."""
        self._check_sizes()

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield the content of a file; it is verified once all of it was taken.

        Raises:
            StoreError: The content differs from the manifest.
        """
        entry, digest, length = self.manifest.files[name], hashlib.sha256(), 0
        try:
            with self._opened.open(name) as content:
                while piece := content.read(PIECE):
                    digest.update(piece)
                    length += len(piece)
                    if length > entry.size:
                        break
                    yield piece
        except (OSError, *_DAMAGED) as error:
            raise DamagedFileError(self._archive, f"{name}: {error}") from error
        if length != entry.size or digest.hexdigest() != entry.sha256:
            raise DamagedFileError(self._archive, f"{name} has changed")

    def _read_manifest(self) -> Manifest:
        archive = self._archive
        try:
            if self._opened.getinfo(MANIFEST).file_size > _LARGEST_MANIFEST:
                raise DamagedFileError(archive, "its list of files is too long")
            with self._opened.open(MANIFEST) as content:
                data = content.read(_LARGEST_MANIFEST)
            manifest = msgspec.json.decode(data, type=Manifest)
        except KeyError:
            raise DamagedFileError(archive, "it is no backup of Margin") from None
        except (msgspec.MsgspecError, OSError, RecursionError, *_DAMAGED) as error:
            raise DamagedFileError(archive, f"its list of files: {error}") from error
        if manifest.format != FORMAT_NAME or manifest.version > FORMAT:
            raise StoreError(
                "Not restored",
                f"{archive} was written by a later version of Margin; update Margin.",
            )
        for name in manifest.files:
            parts = PurePosixPath(name).parts
            if name.startswith("/") or "\0" in name or ".." in parts or len(parts) < 2:
                raise DamagedFileError(archive, f"a file in it is called {name[:64]!r}")
        return manifest

    def _check_sizes(self) -> None:
        """Compare the lengths that the archive and its manifest state, and their sum.

        Raises:
            DamagedFileError: They differ, or are larger than those of any library.
        """
        total = 0
        for name, entry in self.manifest.files.items():
            self._check_entry(name, entry)
            total += entry.size
        size = self._archive.stat().st_size
        if total > max(_USUAL_TOTAL, _RATIO * size):
            raise DamagedFileError(
                self._archive, f"its {size:,} bytes would unpack to {total:,} bytes"
            )

    def _check_entry(self, name: str, entry: Entry) -> None:
        try:
            info = self._opened.getinfo(name)
        except KeyError as error:
            raise DamagedFileError(self._archive, f"{name}: {error}") from error
        if info.file_size != entry.size:
            raise DamagedFileError(self._archive, f"{name} has changed")
        if info.compress_type not in _METHODS or not 0 <= entry.size <= LARGEST_ENTRY:
            raise DamagedFileError(self._archive, f"{name} is nothing that Margin packs")


@contextlib.contextmanager
def _opened(archive: Path) -> Iterator[_OpenBackup]:
    """Open an archive and check its manifest.

    Raises:
        StoreError: It cannot be read, is no backup of Margin, or is damaged.
    """
    with contextlib.ExitStack() as stack:
        try:
            reader = stack.enter_context(_BoundedReader(open_plain(archive).detach()))
            opened = stack.enter_context(zipfile.ZipFile(reader))
        except OSError as error:
            raise cannot_read(error, archive) from error
        except _DAMAGED as error:
            raise DamagedFileError(archive, f"it is no complete archive: {error}") from error
        yield _OpenBackup(opened, archive)
