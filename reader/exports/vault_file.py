"""One file of a vault: what becomes of it, and how it is read, written and renamed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from reader.exports.file_parts import FileForm, FileParts
from reader.exports.vault_memory import digest_of_bytes
from reader.files import Stamp, UnfitFileError, stamp_of, write_atomically


class VaultFate(StrEnum):
    """What becomes of a file of a vault."""

    NEW = "new"
    """It is written for the first time."""
    CHANGED = "changed"
    """What Margin writes in it has changed."""
    RENAMED = "renamed"
    """Only its name changes, with the title of its article."""
    UNCHANGED = "unchanged"
    """There is nothing to do."""
    CONFLICT = "conflict"
    """The file and the library were changed so that only a person can decide; it stays as it is."""
    FAILED = "not written"
    """It could not be read or written, for the reason in ``remark``."""


class VaultFile(NamedTuple):
    """A file of a vault, and what becomes of it."""

    article_id: str
    """The article that it is of."""
    path: Path
    """The file, under its new name."""
    fate: VaultFate
    """What becomes of it."""
    renamed_from: Path | None = None
    """Its former path; None where that is the same."""
    what: str = ""
    """What changes in it, such as ``2 new, 1 gone``; may be empty."""
    remark: str = ""
    """What else to know of it, as a clause or a sentence; may be empty."""
    advice: str = ""
    """What to do about that, as a clause; may be empty."""

    @property
    def sentence(self) -> str:
        """The remark, with the advice where there is any."""
        return "; ".join(filter(None, (self.remark, self.advice)))

    @property
    def is_unchanged(self) -> bool:
        """Whether there was nothing to do."""
        return self.fate is VaultFate.UNCHANGED

    @property
    def is_undone(self) -> bool:
        """Whether the file is not up to date."""
        return self.fate in (VaultFate.CONFLICT, VaultFate.FAILED)


class ChangedMeanwhileError(OSError):
    """Another program wrote a file after it was read."""


class FoundFile(NamedTuple):
    """A file with what it holds."""

    path: Path
    """The file."""
    parts: FileParts
    """Its parts, with lines that end in a line feed."""
    stamp: Stamp | None
    """Its stamp just before it was read; None where it was not there."""
    line_end: str
    """What ends most of its lines."""
    digest: bytes
    """That of its bytes, see ``vault_memory.digest_of_bytes``."""


def read_file(path: Path, form: FileForm) -> FoundFile:
    """Return what a file holds.

    Raises:
        OSError: It cannot be read, or is no text in UTF-8, of which words would be lost.
    """
    stamp = stamp_of(path)
    data = path.read_bytes()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        reason = "it is not UTF-8 text"
        raise UnfitFileError(path, reason, "save it in that encoding") from None
    is_of_windows = data.count(b"\r\n") * 2 > data.count(b"\n")
    line_end = "\r\n" if is_of_windows else "\n"
    return FoundFile(path, form.parts(text), stamp, line_end, digest_of_bytes(data))


def write_file(path: Path, text: str, stamp: Stamp | None, line_end: str) -> bytes:
    """Write a file that nobody else has written since it had a stamp.

    Args:
        path: The file.
        text: What it shall hold, with lines that end in a line feed.
        stamp: Its stamp when it was read; None for a new file.
        line_end: What ends its lines on disk.

    Returns:
        The digest of its bytes.

    Raises:
        ChangedMeanwhileError: Another program has written it; nothing was changed.
        OSError: It could not be written; nothing was changed.
    """

    @contextmanager
    def unless_changed(target: Path) -> Iterator[None]:
        if stamp_of(target) != stamp:
            raise ChangedMeanwhileError
        yield

    data = text.replace("\n", line_end).encode("utf-8", "replace")
    write_atomically(path, [data], is_private=False, syncs_folder=False, replacing=unless_changed)
    return digest_of_bytes(data)


def rename_file(path: Path, target: Path) -> None:
    """Rename a file, unless another one has taken the name.

    Raises:
        OSError: It could not be renamed, or the name is taken.
    """
    try:
        os.link(path, target, follow_symlinks=False)
    except FileExistsError:
        if not path.samefile(target):  # else the file system ignores case
            raise
        path.rename(target)
    except OSError:  # a file system without links
        if target.exists():
            raise
        path.rename(target)
    else:
        path.unlink()
