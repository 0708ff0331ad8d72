"""Conflict copies: what synchronisers leave beside an article file that was edited on two machines.

They are told by what they hold, not only by their names, because each program names them its own
way: a file that holds the same article as another one is a copy of it.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path

from reader.errors import StoreError
from reader.files import is_there
from reader.store.errors import DamagedFileError
from reader.store.files.article_data import read_article_data
from reader.store.files.article_file import ArticleFile
from reader.store.files.locks import locked
from reader.store.files.paths import LibraryPaths
from reader.store.files.trash import move_to_trash
from reader.store.index.article_files import ArticleFiles
from reader.store.index.index import Index
from reader.store.merge.file_merge import merge_into
from reader.store.merge.merging import new_conflicting_edits


class ConflictCopies:
    """Finds conflict copies in a library, merges them and moves them to the trash."""

    def __init__(self, paths: LibraryPaths, files: ArticleFiles, index: Index) -> None:
        """Serve a library; touches no disk yet."""
        self._paths = paths
        self._files = files
        self._index = index
        self._looked: dict[str, int] = {}

    def merge_all(self) -> list[str]:
        """Merge every copy that the index, which is up to date, knows of.

        Returns:
            A sentence for each copy that was merged, or could not be.
        """
        told: list[str] = []
        for article_id in self._index.duplicates():
            with contextlib.suppress(StoreError):  # the lists tell of a file that is damaged
                names = [name for _, name in self._index.look_up("article", article_id)]
                main = self._files.find(article_id)
                if main is not None:
                    told += self._merge(article_id, main, names)
        if told:
            self._index.refresh()
        return told

    def merge_beside(self, article_id: str, main: ArticleFile) -> list[str]:
        """Merge the copies that lie beside one article's file under longer names.

        Looks only where the folder has changed since it last did, or since ``mark_checked``.

        Returns:
            As ``merge_all``.

        Raises:
            StoreError: The article's own file is damaged or cannot be written.
        """
        time = self._folder_time()
        if self._looked.get(main.path.name) == time:
            return []
        self._looked[main.path.name] = time
        try:
            with os.scandir(self._paths.articles) as entries:
                names = [entry.name for entry in entries if entry.name.startswith(main.path.stem)]
        except OSError:
            return []  # whoever reads the article tells
        return self._merge(article_id, main, (name for name in names if name.endswith(".json")))

    def mark_checked(self, main: ArticleFile) -> None:
        """Take the folder as it is now for one that was looked through: Margin has just written."""
        self._looked[main.path.name] = self._folder_time()

    def _folder_time(self) -> int:
        try:
            return self._paths.articles.stat().st_mtime_ns
        except OSError:
            return 0

    def _merge(self, article_id: str, main: ArticleFile, names: Iterable[str]) -> list[str]:
        paths = [self._paths.article(name) for name in sorted(names) if name != main.path.name]
        if not paths:
            return []
        told: list[str] = []
        with locked(self._paths.lock("copies")):
            for path in paths:
                if is_there(path):
                    told += self._merge_one(article_id, main, path)
        return told

    def _merge_one(self, article_id: str, main: ArticleFile, path: Path) -> list[str]:
        try:
            copy = read_article_data(path)
        except DamagedFileError:
            return []  # the lists tell
        except StoreError as error:
            return [error.message]
        if copy.article.id != article_id:
            return []
        before = main.read()
        merged = merge_into(main, copy)
        move_to_trash(self._paths, f"conflict-{path.stem}", [path])
        joined = new_conflicting_edits(
            merged.annotations.values(),
            copy.annotations.values(),
            before.annotations if before else (),
        )
        told = f"{path.name} was a conflict copy: it is merged into {main.path.name}, and in trash."
        if joined:
            notes = "a note was" if joined == 1 else f"{joined} notes were"
            told += f" There {notes} edited on both sides and keeps both texts."
        return [told]
