"""Backups: one archive that holds a library, and says of each of its files what it must be."""

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
"""The entry that lists the others with their digests; the last one in the archive."""

_FORMAT: Final = 1
_FORMAT_NAME: Final = "margin-backup"
_NOT_KEPT: Final = frozenset({CACHE, PREVIOUS, BACKUPS})
"""Folders of a library that are made anew, or hold copies of what is kept."""

_PRIVATE_ENTRY: Final = 0o100600 << 16
_PACKED: Final = ".gz"
_FIRST_TIME: Final = datetime(1980, 1, 1, tzinfo=UTC).timestamp()
_LAST_TIME: Final = datetime(2107, 12, 31, tzinfo=UTC).timestamp()
"""What the archive's format can say of a file's time; some disks say more."""


_DAMAGED: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
"""What reading a damaged archive raises: a flipped bit may claim an unknown packing, a password, a
length past the end, or packed bytes that make no sense."""


class Entry(msgspec.Struct, frozen=True):
    """A file in an archive."""

    sha256: str
    """Digest of its content, in hexadecimal digits."""
    size: int
    """Its length in bytes."""


class Manifest(msgspec.Struct, frozen=True):
    """What an archive says of itself."""

    format: str
    """Always ``margin-backup``."""
    version: int
    """Of the format."""
    created: str
    """When it was made: ISO 8601, UTC."""
    files: dict[str, Entry]
    """The files by their names, relative to the library, with slashes."""


class Backup(NamedTuple):
    """An archive that was written."""

    path: Path
    """Where it is."""
    files: int
    """How many files it holds."""
    size: int
    """Its length in bytes."""


def write_backup(
    library: Path,
    target: Path,
    *,
    folders: frozenset[str] | None = None,
    between_files: Callable[[], None] = lambda: None,
) -> Backup:
    """Write a library to one compressed archive, then read that back and verify it.

    Args:
        library: The library's folder; programs may go on using it.
        target: The archive; one that is there is replaced once the new one is whole.
        folders: The folders of the library to keep; None keeps all but caches.
        between_files: Called before each file; what it raises ends the work and leaves nothing.

    Raises:
        StoreError: A file cannot be read or the archive cannot be written; an archive that was
            there is as it was.
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
    """Compare every file in an archive with what the archive says of it.

    Raises:
        StoreError: It cannot be read, is no backup of Margin's, or is damaged.
    """
    with _opened(archive) as opened:
        manifest = _manifest_of(opened, archive)
        for name in manifest.files:
            _content(opened, manifest, name, archive)
    return manifest


def extract_backup(archive: Path, folder: Path) -> Manifest:
    """Verify an archive and write its files under ``folder``.

    Raises:
        StoreError: As ``verify_backup``; or a file cannot be written.
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
    found: list[Path] = []
    try:
        for folder in sorted(library.iterdir()):
            is_kept = folder.name in folders if folders else folder.name not in _NOT_KEPT
            if is_kept and folder.is_dir() and not folder.is_symlink():
                for parent, _, names in os.walk(folder):
                    found += (Path(parent) / name for name in sorted(names))
    except OSError as error:
        raise cannot_read(error, library) from error
    return [path for path in found if not path.name.startswith(".") and path.is_file()]


def _archive(
    library: Path, files: list[Path], between_files: Callable[[], None]
) -> Iterator[bytes]:
    """Yield the bytes of an archive; a file that is removed meanwhile is left out."""
    sink = _Sink()
    entries: dict[str, Entry] = {}
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in files:
            between_files()
            try:
                content = path.read_bytes()
            except FileNotFoundError:
                continue
            name = _printable(path.relative_to(library).as_posix(), entries)
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


def _printable(name: str, taken: Mapping[str, Entry]) -> str:
    """Return a name as an archive can hold it: names of files are bytes, not always UTF-8."""
    printable = name.encode("utf-8", "replace").decode("utf-8")
    while printable in taken:
        printable = f"{printable}-"
    return printable


def _opened(archive: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(archive)
    except OSError as error:
        raise cannot_read(error, archive) from error
    except _DAMAGED as error:
        raise DamagedFileError(archive, f"it is no whole archive: {error}") from error


def _manifest_of(opened: zipfile.ZipFile, archive: Path) -> Manifest:
    try:
        manifest = msgspec.json.decode(opened.read(MANIFEST), type=Manifest)
    except KeyError:
        raise DamagedFileError(archive, "it is no backup of Margin's") from None
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
        raise DamagedFileError(archive, f"{name} is not what it was")
    return content


class _Sink(io.RawIOBase):
    """Takes what is written and hands it on in pieces."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._parts.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        """Return what was written since it was last taken."""
        taken = b"".join(self._parts)
        self._parts.clear()
        return taken
