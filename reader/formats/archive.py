"""A ZIP archive from any source, read within limits and never written to a disk."""

from __future__ import annotations

import posixpath
import unicodedata
import zipfile
import zlib
from io import BytesIO
from typing import Final
from urllib.parse import unquote

from reader.errors import SourceError
from reader.formats.sniffing import directory_of_archive

MAX_PARTS: Final = 50_000
"""The largest number of files in an archive."""

MAX_PART: Final = 64 << 20
"""The largest size of one file of an archive, in bytes, unpacked."""

MAX_TOTAL: Final = 256 << 20
"""The most that is unpacked from one archive, in bytes."""

_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError)


class Archive:
    """The files of an archive by their paths; links and folders are ignored."""

    def __init__(self, data: bytes, name: str, what: str) -> None:
        """Read the table of contents.

        Args:
            data: The bytes of the archive.
            name: Its name in errors.
            what: What errors call it, such as "EPUB book".

        Raises:
            SourceError: The data is not an archive, or it is cut short.
        """
        self._name = name or "The source"
        self._what = what
        if data.count(b"PK\1\2", *directory_of_archive(data)) > MAX_PARTS:
            raise self.fault(f"holds more than {MAX_PARTS:,} files, which is too many to open")
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            entries = self._zip.infolist()
        except _FAULTS as error:
            raise self.fault("is damaged or cut short") from error
        self._entries = {entry.filename: entry for entry in entries}
        self._folded = {_fold(path): path for path in self._entries}
        self._left = MAX_TOTAL

    @property
    def paths(self) -> list[str]:
        """The paths of all files."""
        return list(self._entries)

    def fault(self, predicate: str) -> SourceError:
        """Return an error about the archive, whose sentence ends with ``predicate``."""
        return SourceError(f"Not a readable {self._what}", f"{self._name} {predicate}.")

    def size(self, path: str) -> int:
        """Return the size of a file that the archive states, in bytes; 0 for a missing file."""
        entry = self._entries.get(path)
        return entry.file_size if entry is not None else 0

    def find(self, href: str, base: str = "") -> str:
        """Return the path of the file that a reference leads to; empty if there is none.

        Args:
            href: A relative reference, percent-encoded, with or without a fragment.
            base: The path of the file that holds the reference.
        """
        reference = href.partition("#")[0].partition("?")[0]
        if not reference or "\0" in reference:
            return ""
        for spelling in (unquote(reference), reference):
            path = posixpath.join("/", posixpath.dirname(base), spelling)
            path = posixpath.normpath(path).lstrip("/")
            if path in self._entries:
                return path
            if _fold(path) in self._folded:
                return self._folded[_fold(path)]
        return ""

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a file; None if it is missing or damaged.

        Raises:
            SourceError: The file is too large, or locked with a password.
        """
        entry = self._entries.get(path)
        if entry is None:
            return None
        if entry.flag_bits & 1:
            raise self.fault("is locked with a password; save a copy without one first")
        limit = min(MAX_PART, self._left)
        try:
            with self._zip.open(entry) as stream:
                data = stream.read(limit + 1)
        except (*_FAULTS, RuntimeError):
            return None
        if len(data) > limit:
            raise self.fault(f"unpacks to more than {limit >> 20} MB, which is too much to open")
        self._left -= len(data)
        return data


def _fold(path: str) -> str:
    """Return a path in one spelling, whatever its case and however its accents are composed."""
    return path.casefold() if path.isascii() else unicodedata.normalize("NFC", path).casefold()
