"""One article of a list, and the bounds of a list."""

from __future__ import annotations

from typing import NamedTuple

from reader.errors import SourceError
from reader.imports.values import FAVOURITE, tags_in

MAX_BYTES = 50_000_000
"""The largest list, in bytes, unpacked: a hundred thousand bookmarks take some 20 MB."""

ARCHIVED = frozenset({"archive", "archived"})
"""The names of states and folders of archived articles."""

NO_FOLDERS = frozenset({"", "unread", "archive", "read archive", "home", "unsorted"})
"""The names of folders that show the state of an article, and not its subject."""

STARRED = "starred"
"""The folder of articles with a star."""


def folder_tags(folder: str) -> tuple[str, ...]:
    """Return the tag of a folder, in lower case; none where it shows only the state of an article.

    Args:
        folder: Its name.
    """
    name = folder.strip().casefold()
    if name in NO_FOLDERS:
        return ()
    return (FAVOURITE,) if name == STARRED else tags_in(name, "\0")


class Link(NamedTuple):
    """An article that a list names."""

    url: str
    """Its address."""
    added: str = ""
    """The time when it was added there: ISO 8601, UTC, with milliseconds; empty if unknown."""
    tags: tuple[str, ...] = ()
    """Its tags there, in lower case."""
    is_archived: bool = False
    """Whether it was archived there."""
    copy: str = ""
    """The file of the archive that holds the article; see ``ArchivedCopies``."""
    title: str = ""
    """Its title there; only for a copy, which may lack one."""
    author: str = ""
    """Its author there; only for a copy."""
    published: str = ""
    """Its date of publication there; only for a copy."""


def too_large(name: str) -> SourceError:
    """Return the error for a list of more than ``MAX_BYTES``."""
    return SourceError(
        "List too large",
        f"{name} has over {MAX_BYTES // 1_000_000} MB; split it into smaller lists.",
    )
