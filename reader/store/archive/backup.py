"""Backups: an archive of a library with a digest of each file."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

import msgspec

from reader import clock
from reader.errors import StoreError
from reader.files import (
    TooLargeError,
    explain,
    is_there,
    leads_inside,
    open_plain,
    write_atomically,
)
from reader.progress import PACKING, Report, reported, unreported
from reader.store.archive.manifest import (
    FORMAT,
    FORMAT_NAME,
    LARGEST_ENTRY,
    MANIFEST,
    PACKED_FOLDERS,
    PIECE,
    Entry,
    Manifest,
)
from reader.store.archive.verify import verify_backup
from reader.store.errors import cannot_write
from reader.store.files.paths import LibraryPaths

_PRIVATE_ENTRY: Final = 0o100600 << 16
_PACKED: Final = ".gz"
_FIRST_TIME: Final = datetime(1980, 1, 1, tzinfo=UTC).timestamp()
_LAST_TIME: Final = datetime(2107, 12, 31, tzinfo=UTC).timestamp()
"""The earliest and latest times of files that the archive's format allows."""


class Backup(NamedTuple):
    """An archive that was written."""

    path: Path
    """The path of the archive."""
    files: int
    """The number of files in it."""
    size: int
    """The length in bytes."""
    left_out: tuple[str, ...]
    """A sentence for each file of the library that is not in it."""


def write_backup(
    library: Path,
    target: Path,
    *,
    folders: tuple[str, ...] = PACKED_FOLDERS,
    report: Report = unreported,
) -> Backup:
    """Write a library to a compressed archive, and verify the archive.

    Only files of the library are packed: what a link outside leads to is left out. The archive is
    for its owner alone.

    Args:
        library: The library's folder; programs may go on using it.
        target: The archive; an existing archive is replaced once the new one is complete.
        folders: The names of the library's folders to write.
        report: Called before each file; an exception while files are packed leaves no archive.

    Raises:
        StoreError: The library cannot be read or the archive cannot be written; an existing
            archive is unchanged.
    """
    if not is_there(LibraryPaths(library).articles):
        raise StoreError("Nothing to back up", f"There is no library in {library} yet.")
    packing = _Packing(library, report)
    try:
        write_atomically(target, packing.run(folders), keeps_mode=False)
        manifest = verify_backup(target, report)
        size = target.stat().st_size
    except OSError as error:
        raise cannot_write(error, target) from error
    return Backup(target, len(manifest.files), size, tuple(packing.left_out))


class _Packing:
    """Packs the files of a library."""

    def __init__(self, library: Path, report: Report) -> None:
        self._library = library
        self._report = report
        self._entries: dict[str, Entry] = {}
        self._sink = _Sink()
        self.left_out: list[str] = []
        """A sentence for each file that was left out."""

    def run(self, folders: tuple[str, ...]) -> Iterator[bytes]:
        """Yield the bytes of the archive."""
        with zipfile.ZipFile(self._sink, "w", zipfile.ZIP_DEFLATED) as archive:
            paths = list(self._files(folders))
            for path in reported(paths, PACKING, self._report):
                for _ in self._pack(archive, path):
                    yield self._sink.take()
            manifest = Manifest(FORMAT_NAME, FORMAT, clock.now(), self._entries)
            content = msgspec.json.format(msgspec.json.encode(manifest))
            archive.writestr(_entry(MANIFEST, 0), content)
        yield self._sink.take()

    def _files(self, folders: tuple[str, ...]) -> Iterator[Path]:
        for name in folders:
            folder = self._library / name
            if folder.is_symlink():
                self._leave_out(folder, "it is a link; a backup holds the library's own files")
            elif is_there(folder):
                for parent, inner, names in os.walk(folder, onerror=self._report_folder):
                    inner.sort()
                    links = (each for each in inner if (Path(parent) / each).is_symlink())
                    yield from (Path(parent) / each for each in sorted([*names, *links]))

    def _report_folder(self, error: OSError) -> None:
        self._leave_out(Path(str(error.filename)), explain(error)[0])

    def _leave_out(self, path: Path, reason: str) -> None:
        self.left_out.append(f"{path} is not in the backup because {reason}.")

    def _pack(self, archive: zipfile.ZipFile, path: Path) -> Iterator[None]:
        """Write a file to the archive; a file that is removed meanwhile is left out."""
        if path.name.startswith("."):
            return
        if path.is_symlink() and not leads_inside(path, self._library):
            self._leave_out(path, "it is a link that leads out of the library")
            return
        try:
            with open_plain(path) as file:
                status = os.fstat(file.fileno())
                if status.st_size > LARGEST_ENTRY:
                    raise TooLargeError(path, LARGEST_ENTRY)
                yield from self._pack_content(archive, path, file, status)
        except FileNotFoundError:
            return
        except OSError as error:
            self._leave_out(path, explain(error)[0])

    def _pack_content(
        self, archive: zipfile.ZipFile, path: Path, file: BinaryIO, status: os.stat_result
    ) -> Iterator[None]:
        name = _utf8_name(path.relative_to(self._library).as_posix(), self._entries)
        digest, length = hashlib.sha256(), 0
        with archive.open(_entry(name, status.st_mtime), "w") as member:
            while piece := file.read(min(PIECE, status.st_size - length)):
                member.write(piece)
                digest.update(piece)
                length += len(piece)
                yield
        self._entries[name] = Entry(digest.hexdigest(), length)
        yield


def _entry(name: str, modified: float) -> zipfile.ZipInfo:
    moment = datetime.fromtimestamp(min(max(modified, _FIRST_TIME), _LAST_TIME), UTC)
    entry = zipfile.ZipInfo(name, moment.timetuple()[:6])
    entry.external_attr = _PRIVATE_ENTRY
    is_packed = name.endswith(_PACKED)
    entry.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
    return entry


def _utf8_name(name: str, taken: Mapping[str, Entry]) -> str:
    """Return a new name that an archive can hold: file names may be bytes other than UTF-8."""
    name = name.encode("utf-8", "replace").decode("utf-8")
    while name in taken:
        name = f"{name}-"
    return name


class _Sink(io.RawIOBase):
    """A file in memory that gives out what was written in pieces."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._parts.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        """Return what was written since the last call."""
        taken = b"".join(self._parts)
        self._parts.clear()
        return taken
