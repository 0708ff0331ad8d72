"""Opens archives (ZIP) of other programs within bounds of memory."""

from __future__ import annotations

import io
import zipfile
import zlib
from functools import cached_property

from reader.errors import SourceError

MAX_DIRECTORY_BYTES = 20_000_000
"""The longest directory of an archive, in bytes: some two hundred thousand files."""

_SIGNATURE = b"PK\x03\x04"
_MAX_END = 22 + 65_535
_UNREADABLE = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
    zlib.error,
    ValueError,
)


class Archive:
    """An archive; it is opened when it is first asked, and is safe to use on several threads."""

    def __init__(self, data: bytes, name: str) -> None:
        """Keep an archive.

        Args:
            data: Its bytes.
            name: Its name in errors.
        """
        self._data = data
        self._name = name

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of its files, with their folders, in its order.

        Raises:
            SourceError: It cannot be read.
        """
        return tuple(each.filename for each in self._archive.infolist() if not each.is_dir())

    def read(self, file: str, most: int) -> bytes | None:
        """Return the bytes of a file; None if it has more than ``most`` bytes.

        Raises:
            SourceError: The file is missing or damaged.
        """
        try:
            with self._archive.open(file) as opened:
                data = opened.read(most + 1)
        except (*_UNREADABLE, KeyError) as error:
            raise SourceError(
                "Archive is damaged", f"{file} in {self._name} cannot be read."
            ) from error
        return data if len(data) <= most else None

    @cached_property
    def _archive(self) -> zipfile.ZipFile:
        """The archive, unless its directory alone would fill the memory.

        The last record holds the length of the directory; only a comment may follow it.
        """
        end = self._data.rfind(b"PK\x05\x06", -_MAX_END)
        length = int.from_bytes(self._data[end + 12 : end + 16], "little") if end >= 0 else 0
        try:
            if length > MAX_DIRECTORY_BYTES:
                raise zipfile.BadZipFile("too many files")
            return zipfile.ZipFile(io.BytesIO(self._data))
        except _UNREADABLE as error:
            raise SourceError(
                "Archive is damaged", f"{self._name} is not an archive that can be read."
            ) from error


def is_archive(data: bytes) -> bool:
    """Tell whether a file begins as an archive does."""
    return data.startswith(_SIGNATURE)
