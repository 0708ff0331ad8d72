"""Which files of a vault were up to date, with which state of their articles: by digests.

A file whose bytes, and whose article, are as they were then need not be written nor parted again.
Times and sizes of files are not trusted: some programs change a file and keep both.
"""

from __future__ import annotations

import contextlib
import os
from hashlib import blake2b
from pathlib import Path
from typing import Final

import msgspec

from reader.files import change_time, make_private_folder, read_plain, write_atomically

_DIGEST_BYTES: Final = 16
_MOST_BYTES: Final = 100_000_000
"""A larger record is not read; that of 10,000 files has less than 2 MB."""
_MOST_RECORDS: Final = 16
"""How many records are kept in a folder; those written longest ago are removed."""
_SUFFIX: Final = ".msgpack"


class _Entry(msgspec.Struct, array_like=True, frozen=True):
    article_id: str
    stamp: bytes
    """What the article was like."""
    digest: bytes
    """That of the file."""


_Record = dict[str, _Entry]
"""The entries by the paths of the files, from the folder of the vault on."""


def digest_of_bytes(data: bytes) -> bytes:
    """Return a short digest, which tells apart what a file held at two times."""
    return blake2b(data, digest_size=_DIGEST_BYTES).digest()


class VaultMemory:
    """What is known of the files of an export to a folder; losing it only costs time."""

    def __init__(self, cache: Path | None, folder: Path, options: bytes) -> None:
        """Read what is known.

        Args:
            cache: The folder of the records, which need not be there; None remembers nothing.
            folder: The folder of the files.
            options: What else the files depend on: the format, the query, the settings.
        """
        name = digest_of_bytes(os.fsencode(folder) + b"\0" + options).hex()
        self._file = cache / (name + _SUFFIX) if cache else None
        self._folder = folder
        self._known = _read(self._file) if self._file else {}
        self._seen: dict[str, bytes] = {}
        self._new: _Record = {}

    def article_of(self, path: Path, data: bytes) -> str:
        """Return the article of a file that holds what it held when it was up to date.

        Args:
            path: The file.
            data: What it holds.

        Returns:
            The id; empty for any other file.
        """
        key = self._key(path)
        self._seen[key] = digest = digest_of_bytes(data)
        entry = self._known.get(key)
        return entry.article_id if entry and entry.digest == digest else ""

    def is_known(self, path: Path) -> bool:
        """Tell whether a file is as it was when it was up to date, by what ``article_of`` saw."""
        key = self._key(path)
        return key in self._known and self._known[key].digest == self._seen.get(key)

    def stamp_of(self, path: Path) -> bytes:
        """Return what the article was like when a known file was up to date with it."""
        return self._known[self._key(path)].stamp

    def remember(self, path: Path, article_id: str, stamp: bytes, digest: bytes) -> None:
        """Remember that a file with some content is up to date with its article."""
        self._new[self._key(path)] = _Entry(article_id, stamp, digest)

    def save(self) -> None:
        """Write what is known of the files that are there; where that fails, it is not known."""
        if self._file is None:
            return
        present = {key: entry for key, entry in self._known.items() if key in self._seen}
        record = {**present, **self._new}
        if record == self._known:
            return
        with contextlib.suppress(OSError):
            make_private_folder(self._file.parent)
            write_atomically(self._file, [msgspec.msgpack.encode(record)])
            _remove_oldest(self._file.parent)

    def _key(self, path: Path) -> str:
        return os.fsencode(path.relative_to(self._folder)).decode("utf-8", "backslashreplace")


def _read(file: Path) -> _Record:
    with contextlib.suppress(OSError, msgspec.MsgspecError):
        content, _ = read_plain(file, _MOST_BYTES)
        return msgspec.msgpack.decode(content, type=_Record)
    return {}


def _remove_oldest(cache: Path) -> None:
    """Remove the records that were written longest ago, where there are many."""
    records = sorted(cache.glob(f"*{_SUFFIX}"), key=change_time, reverse=True)
    for record in records[_MOST_RECORDS:]:
        record.unlink(missing_ok=True)
