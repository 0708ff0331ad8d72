"""Where everything in a library lies; each path below its folder is built here alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

ARTICLES: Final = "articles"
"""The folder of the article files."""

SNAPSHOTS: Final = "snapshots"
"""The folder of the documents that annotations were made on."""

PREVIOUS: Final = "previous"
"""The folder of the last good copies: each article file before its last change."""

TRASH: Final = "trash"
"""The folder of what was removed."""

BACKUPS: Final = "backups"
"""The folder of the daily backups."""

DRAFTS: Final = "drafts"
"""The folder of the notes that are being written."""

CACHE: Final = "cache"
"""The folder of what can be made again: the index and the lock files."""

FOLDERS: Final = (ARTICLES, SNAPSHOTS, PREVIOUS, TRASH, BACKUPS, DRAFTS, CACHE)
"""All folders of a library."""


class LibraryPaths:
    """The paths inside one library; nothing needs to be there."""

    def __init__(self, folder: Path) -> None:
        """Name what lies in the library ``folder``; touches no disk."""
        self.folder = folder
        """The library's folder."""
        self.articles = folder / ARTICLES
        """The folder of the article files."""
        self.snapshots = folder / SNAPSHOTS
        """The folder of the snapshots."""
        self.previous = folder / PREVIOUS
        """The folder of the last good copies of article files."""
        self.trash = folder / TRASH
        """The folder of what was removed."""
        self.backups = folder / BACKUPS
        """The folder of the daily backups."""
        self.drafts = folder / DRAFTS
        """The folder of the drafts of notes."""
        self.cache = folder / CACHE
        """The folder of what can be made again."""
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
    """Tell whether a file in the folder of articles is called as an article file is."""
    return name.endswith(".json") and not name.startswith(".")
