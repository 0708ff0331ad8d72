"""Conflict copies: what synchronisers leave beside an article file that two machines changed.

Each synchroniser names them in its own way. Their content identifies them: a file that holds the
same article as another file is a copy of it.
"""

from __future__ import annotations

import contextlib
import os
from bisect import bisect_left
from collections.abc import Iterable
from itertools import islice, takewhile
from pathlib import Path

from reader.core.text_formatting import counted
from reader.errors import StoreError
from reader.files import change_time, is_there
from reader.store.errors import DamagedFileError
from reader.store.files.article_data import read_article_data
from reader.store.files.article_file import ArticleFile
from reader.store.files.locks import locked
from reader.store.files.paths import LibraryPaths
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
        self._listed = -1  # the folder's time when it was last listed
        self._names: list[str] = []
        self._checked: set[str] = set()

    def merge_all(self) -> list[str]:
        """Merge every copy that the index lists; the index must be up to date.

        Returns:
            A sentence for each copy that was merged, or could not be merged.
        """
        sentences: list[str] = []
        for article_id in self._index.lookups.duplicates():
            with contextlib.suppress(StoreError):  # lists report a damaged file
                names = [name for _, name in self._index.lookups.look_up("article", article_id)]
                main = self._files.find(article_id)
                if main is not None:
                    sentences += self._merge(article_id, main, names)
        if sentences:
            self._index.refresh()
        return sentences

    def merge_beside(self, article_id: str, main: ArticleFile) -> list[str]:
        """Merge the copies that lie beside an article's file under longer names.

        The folder is listed only where another program has changed it since the last list.

        Returns:
            As ``merge_all``.

        Raises:
            StoreError: The article's own file is damaged or cannot be written.
        """
        if not self._list():
            return []  # reading the article reports the error
        if main.path.name in self._checked:
            return []
        self._checked.add(main.path.name)
        stem = main.path.stem
        longer = islice(self._names, bisect_left(self._names, stem), None)
        names = takewhile(lambda name: name.startswith(stem), longer)
        return self._merge(article_id, main, [name for name in names if name.endswith(".json")])

    def follow(self, before: int, after: int) -> None:
        """Take note that this program alone has changed the folder between two of its times."""
        if self._listed == before:
            self._listed = after

    def _list(self) -> bool:
        """List the folder where it has changed; return whether that was possible."""
        time = change_time(self._paths.articles)
        if time == self._listed:
            return True
        try:
            self._names = sorted(os.listdir(self._paths.articles))  # noqa: PTH208  (names alone)
        except OSError:
            return False
        self._listed = time
        self._checked.clear()
        return True

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
        from reader.store.files.trash import move_to_trash  # noqa: PLC0415  (rarely needed)

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
