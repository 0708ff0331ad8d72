"""Errors of the library's files, each with a sentence that says what the reader can do."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING, Final

from reader.errors import StoreError
from reader.files import explain

if TYPE_CHECKING:
    from pathlib import Path

_DISK_FAILURES: Final = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.ESTALE, errno.ENODEV, errno.ENXIO}
)
"""The error numbers of a disk that takes no file."""


def is_disk_failure(error: StoreError) -> bool:
    """Tell whether an error comes from the disk, so that other files would fail in the same way."""
    cause = error.__cause__
    return isinstance(cause, OSError) and cause.errno in _DISK_FAILURES


def _shown(path: Path) -> str:
    """Return a path as text that can be printed, also where its bytes are not UTF-8."""
    return str(path).encode("utf-8", "replace").decode("utf-8")


def cannot_write(error: OSError, path: Path) -> StoreError:
    """Return the error that says why ``path`` could not be written, and what to do."""
    reason, advice = explain(error)
    return StoreError(
        "Not saved", f"{_shown(path)} could not be written because {reason}; {advice}."
    )


def cannot_read(error: OSError, path: Path) -> StoreError:
    """Return the error that says why ``path`` could not be read, and what to do."""
    reason, advice = explain(error)
    return StoreError(
        "Not readable", f"{_shown(path)} could not be read because {reason}; {advice}."
    )


def newer_sentence(path: Path) -> str:
    """Return the sentence that says that a later Margin wrote ``path``, and what to do."""
    return (
        f"{_shown(path)} was written by a later version of Margin, and this version does not"
        " change it; update Margin to edit its notes."
    )


class DamagedFileError(StoreError):
    """A file of the library is damaged."""

    def __init__(self, path: Path, fault: str) -> None:
        """Make the error for ``path``; ``fault`` says in part of a sentence how it is damaged."""
        super().__init__(
            "Damaged file",
            f"{_shown(path)} cannot be understood ({fault}); repair it by hand, or restore a copy.",
        )


class MissingArticleError(StoreError):
    """The library does not have an article."""

    def __init__(self, article_id: str, folder: Path) -> None:
        """Make the error for an article and the folder of a library."""
        super().__init__(
            "Article not found",
            f"The library {_shown(folder)} has no article {article_id}; perhaps it was removed.",
        )


class ChangedUnderneathError(Exception):
    """Another program replaced a file while it was being saved; the save is tried again."""
