"""Faults of the library's files, said so that a person can act on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.errors import StoreError
from reader.files import explain

if TYPE_CHECKING:
    from pathlib import Path


def _shown(path: Path) -> str:
    """Return a path as it can be printed, also where its bytes are not UTF-8."""
    return str(path).encode("utf-8", "replace").decode("utf-8")


def cannot_write(error: OSError, path: Path) -> StoreError:
    """Return the error that says why ``path`` could not be written and what to do."""
    reason, advice = explain(error)
    return StoreError(
        "Not saved", f"{_shown(path)} could not be written because {reason}; {advice}."
    )


def cannot_read(error: OSError, path: Path) -> StoreError:
    """Return the error that says why ``path`` could not be read and what to do."""
    reason, advice = explain(error)
    return StoreError(
        "Not readable", f"{_shown(path)} could not be read because {reason}; {advice}."
    )


def newer_sentence(path: Path) -> str:
    """Say that a later Margin wrote the file at ``path``, and what to do."""
    return (
        f"{_shown(path)} was written by a later version of Margin and is not changed by this one;"
        " update Margin to edit its notes."
    )


class DamagedFileError(StoreError):
    """A file of the library does not hold what it should."""

    def __init__(self, path: Path, fault: str) -> None:
        """Say that ``path`` is damaged; ``fault`` says how, as a part of a sentence."""
        super().__init__(
            "Damaged file",
            f"{_shown(path)} cannot be understood ({fault}); repair it by hand, or put back"
            " a copy.",
        )


class MissingArticleError(StoreError):
    """An article that was asked for is not in the library."""

    def __init__(self, article_id: str, folder: Path) -> None:
        """Name the article and the library's folder."""
        super().__init__(
            "Article not found",
            f"The library {_shown(folder)} has no article {article_id}; it may have been removed.",
        )


class ChangedUnderneathError(Exception):
    """Another program replaced a file while it was being saved; the save is tried again."""
