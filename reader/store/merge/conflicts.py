"""Conflict copies: what synchronisers leave beside an article file that two machines changed.

Each synchroniser names them in its own way. Their content identifies them: a file that holds the
same article as another file is a copy of it.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path

from reader.core.text_formatting import counted
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
        self._checked: dict[str, int] = {}

    def merge_all(self) -> list[str]:
        """Merge every copy that the index lists; the index must be up to date.

        Returns:
            A sentence for each copy that was merged, or could not be merged.
        """
        sentences: list[str] = []
        for article_id in self._index.duplicates():
            with contextlib.suppress(StoreError):  # lists report a damaged file
                names = [name for _, name in self._index.look_up("article", article_id)]
                main = self._files.find(article_id)
                if main is not None:
                    sentences += self._merge(article_id, main, names)
        if sentences:
            self._index.refresh()
        return sentences

    def merge_beside(self, article_id: str, main: ArticleFile) -> list[str]:
        """Merge the copies that lie beside an article's file under longer names.

        The folder is searched only where it has changed since the last search or the last
        ``mark_checked``.

        Returns:
            As ``merge_all``.

        Raises:
            StoreError: The article's own file is damaged or cannot be written.
        """
        time = self._folder_time()
        if self._checked.get(main.path.name) == time:
            return []
        self._checked[main.path.name] = time
        try:
            with os.scandir(self._paths.articles) as entries:
                names = [entry.name for entry in entries if entry.name.startswith(main.path.stem)]
        except OSError:
            return []  # reading the article reports the error
        return self._merge(article_id, main, (name for name in names if name.endswith(".json")))

    def mark_checked(self, main: ArticleFile) -> None:
        """Remember that the folder in its present state needs no search for copies of ``main``."""
        self._checked[main.path.name] = self._folder_time()

    def _folder_time(self) -> int:
        try:
            return self._paths.articles.stat().st_mtime_ns
        except OSError:
            return 0

    def _merge(self, article_id: str, main: ArticleFile, names: Iterable[str]) -> list[str]:
        paths = [self._paths.article(name) for name in sorted(names) if name != main.path.name]
        if not paths:
            return []
        with locked(self._paths.lock("copies")):
            sentences = [self._merge_one(article_id, main, path) for path in paths]
        return [sentence for sentence in sentences if sentence]

    def _merge_one(self, article_id: str, main: ArticleFile, path: Path) -> str:
        """Merge one copy; return a sentence that says so, empty where it is no copy."""
        if not is_there(path):
            return ""
        try:
            copy = read_article_data(path)
        except DamagedFileError:
            return ""  # lists report the damage
        except StoreError as error:
            return error.message
        if copy.article.id != article_id:
            return ""
        before = main.read()
        merged = merge_into(main, copy)
        move_to_trash(self._paths, f"conflict-{path.stem}", [path])
        conflicts = new_conflicting_edits(
            merged.annotations.values(),
            copy.annotations.values(),
            before.annotations if before else (),
        )
        sentence = (
            f"{path.name} was a conflict copy of {main.path.name}: it was merged and moved to the"
            " trash."
        )
        if conflicts:
            keep = "keeps" if conflicts == 1 else "keep"
            sentence += f" {counted(conflicts, 'note')} edited on both sides {keep} both texts."
        return sentence
