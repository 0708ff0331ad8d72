"""Every path inside a library: no other module builds one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from reader.digests import digest_of
from reader.files import LONGEST_NAME

if TYPE_CHECKING:
    from pathlib import Path

ARTICLES: Final = "articles"
SNAPSHOTS: Final = "snapshots"
PREVIOUS: Final = "previous"
TRASH: Final = "trash"
BACKUPS: Final = "backups"
DRAFTS: Final = "drafts"
NAMES: Final = "names"
STEPS: Final = "steps"
CACHE: Final = "cache"
FOLDERS: Final = (ARTICLES, SNAPSHOTS, NAMES, PREVIOUS, TRASH, BACKUPS, DRAFTS, STEPS, CACHE)
"""The names of all folders of a library; ``LibraryPaths`` says what they hold."""

_LOCK: Final = ".lock"


class LibraryPaths:
    """The paths inside one library; none of them needs to exist."""

    def __init__(self, folder: Path) -> None:
        """Build the paths inside the library's folder; touches no disk."""
        self.folder = folder
        """The library's folder."""
        self.articles = folder / ARTICLES
        """The folder of the article files."""
        self.snapshots = folder / SNAPSHOTS
        """The folder of the documents that annotations were made on."""
        self.previous = folder / PREVIOUS
        """The folder of the last good copies: the article files before their last changes."""
        self.trash = folder / TRASH
        """The folder of removed files."""
        self.backups = folder / BACKUPS
        """The folder of the daily backups."""
        self.drafts = folder / DRAFTS
        """The folder of the notes that are being written."""
        self.names = folder / NAMES
        """The folder of what the reader said about names."""
        self.speakers = self.names / "speakers.json"
        """The file of the other names of speakers."""
        self.steps = folder / STEPS
        """The folder of changes of many notes, which can be undone after the program has ended."""
        self.cache = folder / CACHE
        """The folder of what Margin can make again: the index and the lock files."""
        self.index = self.cache / "index.sqlite"
        """The index's database."""
        self.texts = self.cache / "texts.sqlite"
        """The database of the articles' own texts."""
        self.desk = self.cache / "desk.json"
        """What was open in the list of notes last."""
        self.written = self.cache / "written.json"
        """Which texts templates wrote to files."""
        self.vaults = self.cache / "vaults"
        """The folder of what is known of the files of vaults."""
        self.locks = self.cache / "locks"
        """The folder of the lock files."""

    def article(self, name: str) -> Path:
        """Return the path of the article file called ``name``."""
        return self.articles / name

    def last_good(self, name: str) -> Path:
        """Return the path of the last good copy of the article file called ``name``."""
        return self.previous / name

    def lock(self, name: str) -> Path:
        """Return the path of the lock file for ``name``: an article file or a task.

        A name that leaves no room for the ending is replaced by its digest.
        """
        lock = f"{name}{_LOCK}"
        if len(os.fsencode(lock)) > LONGEST_NAME:
            lock = digest_of(os.fsencode(name)) + _LOCK
        return self.locks / lock


def is_article_name(name: str | bytes) -> bool:
    """Return whether a file in the folder of articles has the name of an article file."""
    if isinstance(name, bytes):
        return name.endswith(b".json") and not name.startswith(b".")
    return name.endswith(".json") and not name.startswith(".")
