"""Whether a library is there: one that is gone must not look like an empty one."""

from __future__ import annotations

import contextlib
import errno
import os
from typing import TYPE_CHECKING

from reader.errors import StoreError
from reader.files import make_private_folder
from reader.store.errors import MissingArticleError, cannot_read, cannot_write

if TYPE_CHECKING:
    from pathlib import Path

    from reader.store.files.paths import LibraryPaths


class Presence:
    """Remembers whether a library's folder of articles was there; safe in several threads."""

    def __init__(self, paths: LibraryPaths) -> None:
        """Remember nothing yet; touches no disk."""
        self._paths = paths
        self._was_there = False

    def check(self) -> None:
        """Make sure that the folder of articles can be read, or that there has never been one.

        Raises:
            StoreError: The folder was there before and is gone, a link to it leads nowhere, or it
                cannot be read.
        """
        try:
            self._look()
        except OSError as error:
            raise cannot_read(error, self._paths.articles) from error

    def missing(self, article_id: str) -> StoreError:
        """Return the error for an article that the library does not have.

        Raises:
            StoreError: The library itself is gone, or cannot be read.
        """
        self.check()
        return MissingArticleError(article_id, self._paths.folder)

    def make(self) -> None:
        """Make the library's folders, unless they were there before and are gone with a disk.

        Raises:
            StoreError: They are gone, or a folder cannot be made.
        """
        with contextlib.suppress(OSError):  # making the folders reports what is wrong
            if self._look():
                return
        for folder in (self._paths.folder, self._paths.articles):
            try:
                make_private_folder(folder)
            except OSError as error:
                raise cannot_write(error, folder) from error
        self._was_there = True

    def _look(self) -> bool:
        """Return whether there is a folder of articles, and remember that there was."""
        articles, folder = self._paths.articles, self._paths.folder
        was_there = self._was_there  # before looking: another thread may make the folder meanwhile
        try:
            articles.stat()
        except FileNotFoundError:
            if was_there or _leads_nowhere(folder) or _leads_nowhere(articles):
                raise StoreError(
                    "Library gone",
                    f"{folder} does not exist any more; connect or mount its disk.",
                ) from None
            return False
        if not articles.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(articles))
        self._was_there = True
        return True


def _leads_nowhere(path: Path) -> bool:
    """Tell whether a path is a link to what does not exist, such as a disk that is not mounted."""
    return path.is_symlink() and not path.exists()
