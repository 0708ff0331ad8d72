"""Backups: an archive of a library with a digest of each file."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

import msgspec

from reader import clock
from reader.errors import StoreError
from reader.files import is_there, make_private_folder, write_atomically
from reader.store.errors import DamagedFileError, cannot_read, cannot_write
from reader.store.files.paths import BACKUPS, CACHE, PREVIOUS, LibraryPaths

MANIFEST: Final = "manifest.json"
"""The last entry of an archive, which lists the other entries with their digests."""

_FORMAT: Final = 1
_FORMAT_NAME: Final = "margin-backup"
_LEFT_OUT: Final = frozenset({CACHE, PREVIOUS, BACKUPS})
"""The folders of what can be made again, or of copies."""

_PRIVATE_ENTRY: Final = 0o100600 << 16
_PACKED: Final = ".gz"
_FIRST_TIME: Final = datetime(1980, 1, 1, tzinfo=UTC).timestamp()
_LAST_TIME: Final = datetime(2107, 12, 31, tzinfo=UTC).timestamp()
"""The earliest and latest times of files that the archive's format allows."""

_DAMAGED: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
"""What reading a damaged archive raises: a flipped bit may mean an unknown compression, a password,
a length past the end, or invalid compressed bytes."""


class Entry(msgspec.Struct, frozen=True):
    """A file in an archive."""

    sha256: str
    """The SHA-256 digest of the content in hexadecimal digits."""
    size: int
    """The length in bytes."""


class Manifest(msgspec.Struct, frozen=True):
    """The description of an archive."""

    format: str
    """Always ``margin-backup``."""
    version: int
    """The version of the format."""
    created: str
    """When the archive was made: ISO 8601, UTC."""
    files: dict[str, Entry]
    """The files by their paths relative to the library, with slashes."""


class Backup(NamedTuple):
    """An archive that was written."""

    path: Path
    """The path of the archive."""
    files: int
    """The number of files in it."""
    size: int
    """The length in bytes."""


def write_backup(
    library: Path,
    target: Path,
    *,
    folders: frozenset[str] | None = None,
    between_files: Callable[[], None] = lambda: None,
) -> Backup:
    """Write a library to a compressed archive, and verify the archive.

    Args:
        library: The library's folder; programs may go on using it.
        target: The archive; an existing archive is replaced once the new one is complete.
        folders: The folders of the library to write; None writes all that cannot be made again.
        between_files: Called before each file; an exception ends the work and leaves no file.

    Raises:
        StoreError: A file cannot be read or the archive cannot be written; an existing archive
            is unchanged.
    """
    if not is_there(LibraryPaths(library).articles):
        raise StoreError("Nothing to back up", f"There is no library in {library} yet.")
    files = _files_of(library, folders)
    try:
        write_atomically(target, _archive(library, files, between_files))
        manifest = verify_backup(target)
        return Backup(target, len(manifest.files), target.stat().st_size)
    except OSError as error:
        raise cannot_write(error, target) from error


def verify_backup(archive: Path) -> Manifest:
    """Compare every file in an archive with its digest.

    Raises:
        StoreError: The archive cannot be read, is no backup of Margin, or is damaged.
    """
    with _opened(archive) as opened:
        manifest = _manifest_of(opened, archive)
        for name in manifest.files:
            _content(opened, manifest, name, archive)
    return manifest


def extract_backup(archive: Path, folder: Path) -> Manifest:
    """Verify an archive, and write its files under ``folder``.

    Raises:
        StoreError: As ``verify_backup``, or a file cannot be written.
    """
    verify_backup(archive)
    with _opened(archive) as opened:
        manifest = _manifest_of(opened, archive)
        for name in manifest.files:
            target = folder / PurePosixPath(name)
            try:
                make_private_folder(target.parent)
                write_atomically(target, [_content(opened, manifest, name, archive)])
            except OSError as error:
                raise cannot_write(error, target) from error
    return manifest


def _files_of(library: Path, folders: frozenset[str] | None) -> list[Path]:
    paths: list[Path] = []
    try:
        for folder in sorted(library.iterdir()):
            is_included = folder.name in folders if folders else folder.name not in _LEFT_OUT
            if is_included and folder.is_dir() and not folder.is_symlink():
                for parent, _, names in os.walk(folder):
                    paths += (Path(parent) / name for name in sorted(names))
    except OSError as error:
        raise cannot_read(error, library) from error
    return [path for path in paths if not path.name.startswith(".") and path.is_file()]


def _archive(
    library: Path, files: list[Path], between_files: Callable[[], None]
) -> Iterator[bytes]:
    """Yield the bytes of an archive; files that are removed meanwhile are left out."""
    sink = _Sink()
    entries: dict[str, Entry] = {}
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in files:
            between_files()
            try:
                content = path.read_bytes()
            except FileNotFoundError:
                continue
            name = _utf8_name(path.relative_to(library).as_posix(), entries)
            _add(archive, name, content, path.stat().st_mtime if is_there(path) else 0)
            entries[name] = Entry(hashlib.sha256(content).hexdigest(), len(content))
            yield sink.take()
        manifest = Manifest(_FORMAT_NAME, _FORMAT, clock.now(), entries)
        _add(archive, MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)), 0)
    yield sink.take()


def _add(archive: zipfile.ZipFile, name: str, content: bytes, modified: float) -> None:
    moment = datetime.fromtimestamp(min(max(modified, _FIRST_TIME), _LAST_TIME), UTC)
    entry = zipfile.ZipInfo(name, moment.timetuple()[:6])
    entry.external_attr = _PRIVATE_ENTRY
    is_packed = name.endswith(_PACKED)
    entry.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)


def _utf8_name(name: str, taken: Mapping[str, Entry]) -> str:
    """Return a new name that an archive can hold: file names may be bytes other than UTF-8."""
    name = name.encode("utf-8", "replace").decode("utf-8")
    while name in taken:
        name = f"{name}-"
    return name


def _opened(archive: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(archive)
    except OSError as error:
        raise cannot_read(error, archive) from error
    except _DAMAGED as error:
        raise DamagedFileError(archive, f"it is no complete archive: {error}") from error


def _manifest_of(opened: zipfile.ZipFile, archive: Path) -> Manifest:
    try:
        manifest = msgspec.json.decode(opened.read(MANIFEST), type=Manifest)
    except KeyError:
        raise DamagedFileError(archive, "it is no backup of Margin") from None
    except (msgspec.MsgspecError, OSError, *_DAMAGED) as error:
        raise DamagedFileError(archive, f"its list of files: {error}") from error
    if manifest.format != _FORMAT_NAME or manifest.version > _FORMAT:
        raise StoreError(
            "Not restored", f"{archive} was written by a later version of Margin; update Margin."
        )
    for name in manifest.files:
        parts = PurePosixPath(name).parts
        if PurePosixPath(name).is_absolute() or ".." in parts or len(parts) < 2:
            raise DamagedFileError(archive, f"a file in it is called {name!r}")
    return manifest


def _content(opened: zipfile.ZipFile, manifest: Manifest, name: str, archive: Path) -> bytes:
    entry = manifest.files[name]
    try:
        content = opened.read(name)
    except (KeyError, OSError, *_DAMAGED) as error:
        raise DamagedFileError(archive, f"{name}: {error}") from error
    if len(content) != entry.size or hashlib.sha256(content).hexdigest() != entry.sha256:
        raise DamagedFileError(archive, f"{name} has changed")
    return content


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
