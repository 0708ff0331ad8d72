"""Every path inside a library: no other module builds one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

ARTICLES: Final = "articles"
"""The folder of the article files."""

SNAPSHOTS: Final = "snapshots"
"""The folder of the documents that annotations were made on."""

PREVIOUS: Final = "previous"
"""The folder of the last good copies: the article files before their last changes."""

TRASH: Final = "trash"
"""The folder of removed files."""

BACKUPS: Final = "backups"
"""The folder of the daily backups."""

DRAFTS: Final = "drafts"
"""The folder of the notes that are being written."""

CACHE: Final = "cache"
"""The folder of what Margin can make again: the index and the lock files."""

FOLDERS: Final = (ARTICLES, SNAPSHOTS, PREVIOUS, TRASH, BACKUPS, DRAFTS, CACHE)
"""All folders of a library."""


class LibraryPaths:
    """The paths inside one library; none of them needs to exist."""

    def __init__(self, folder: Path) -> None:
        """Build the paths inside the library's folder; touches no disk."""
        self.folder = folder
        """The library's folder."""
        self.articles = folder / ARTICLES
        """The folder of the article files."""
        self.snapshots = folder / SNAPSHOTS
        """The folder of the snapshots."""
        self.previous = folder / PREVIOUS
        """The folder of the last good copies of article files."""
        self.trash = folder / TRASH
        """The folder of removed files."""
        self.backups = folder / BACKUPS
        """The folder of the daily backups."""
        self.drafts = folder / DRAFTS
        """The folder of the drafts of notes."""
        self.cache = folder / CACHE
        """The folder of what Margin can make again."""
        self.index = self.cache / "index.sqlite"
        """The index's database."""
        self.locks = self.cache / "locks"
        """The folder of the lock files."""

    def article(self, name: str) -> Path:
        """Return the path of the article file called ``name``."""
        return self.articles / name

    def last_good(self, name: str) -> Path:
        """Return the path of the last good copy of the article file called ``name``."""
        return self.previous / name

    def lock(self, name: str) -> Path:
        """Return the path of the lock file for ``name``: an article file or a task."""
        return self.locks / f"{name}.lock"


def is_article_name(name: str) -> bool:
    """Tell whether a file in the folder of articles has the name of an article file."""
    return name.endswith(".json") and not name.startswith(".")
