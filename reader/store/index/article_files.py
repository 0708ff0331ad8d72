"""The article files of a library: finding an article's file, naming a new one."""

from __future__ import annotations

import contextlib
import re
import threading
import unicodedata
from collections import OrderedDict
from collections.abc import Container
from functools import cache
from typing import Final

from reader.core.annotation import Article
from reader.errors import StoreError
from reader.files import is_there
from reader.identifiers import new_id
from reader.store.files.article_file import ArticleFile
from reader.store.files.paths import LibraryPaths
from reader.store.index.index import Index
from reader.store.index.unindexed import names_ending, search_files

_MOST_OPEN: Final = 16
"""How many parsed article files stay in memory."""

_MOST_OPEN_BYTES: Final = 32_000_000
"""The most bytes of these files together; the last used file stays in any case."""

_SLUG_LENGTH: Final = 60
"""The most characters of a title in a file's name."""

_SLUG_BYTES: Final = 150
"""The most bytes of a title in a file's name; file systems allow names of 255 bytes."""


class ArticleFiles:
    """Finds article files by article id, and keeps the last used ones in memory."""

    def __init__(self, paths: LibraryPaths, index: Index) -> None:
        """Find the files of a library with its index."""
        self._paths = paths
        self._index = index
        self._open_files: OrderedDict[str, ArticleFile] = OrderedDict()
        self._aliases: dict[str, str] = {}
        self._mutex = threading.RLock()

    def find(self, article_id: str) -> ArticleFile | None:
        """Return the file of an article; None where there is none.

        Raises:
            StoreError: The folder of articles cannot be read.
        """
        file = self.last_used(article_id)
        if file is not None and is_there(file.path):
            return file
        article_id = self._aliases.get(article_id, article_id)
        name = self._name_of(article_id)
        if not name and not self._index.is_current:
            name = self._own_name_of(article_id)
            if not name and (names := self._index.catch_up()):
                found = search_files(self._paths, names, {"article": article_id})
                name = next((name for name, _ in found), "")
            name = name or self._name_of(article_id)
        return self._open(article_id, name) if name else None

    def locate(self, article_id: str) -> ArticleFile | None:
        """Return the file of an article, also where files were renamed meanwhile."""
        for _ in range(2):
            file = self.find(article_id)
            try:
                record = file.read() if file else None
            except StoreError:
                return file  # using the file reports the error
            if not file or not record or self.is_same(article_id, record.article.id):
                return file
            self.forget(article_id)
            if file.stamp is not None:  # the index has the file as it was before
                self._index.put(file.path.name, file.stamp, record)
        return None

    def find_by_name(self, article_id: str) -> ArticleFile | None:
        """Return the file that Margin named after an article's id, whatever the index says.

        A damaged index may seem to be current, and lack an article.
        """
        name = self._own_name_of(article_id)
        return self._open(article_id, name) if name else None

    def find_named(self, article: Article) -> ArticleFile | None:
        """Return the file that is named after an article's title and has its source.

        The index is not needed, which may be new; None where there is no such file.
        """
        for name in names_ending(self._paths, prefix=f"{_slug(article.source_metadata.title)}-"):
            file = ArticleFile.in_library(self._paths, name)
            with contextlib.suppress(StoreError):
                record = file.read()
                if record is not None and record.article.source == article.source:
                    return file
        return None

    def last_used(self, article_id: str) -> ArticleFile | None:
        """Return an article's file that was used before, though it may be removed by now."""
        return self._open_files.get(self._aliases.get(article_id, article_id))

    def new(self, article: Article, taken: Container[str] = ()) -> ArticleFile:
        """Return a file with an unused name for a new article.

        Args:
            article: The article.
            taken: Names that are not unused, though there are no files yet.
        """
        # Another library may name its articles in any way, also by a path.
        slug = _slug(article.source_metadata.title)
        ends = (_id_end(article.id), _id_end(article.id, 26), new_id().lower())
        for name in (f"{slug}-{end}" for end in ends):
            path = self._paths.article(f"{name}.json")
            if path.name not in taken and not (path.is_symlink() or is_there(path)):
                break
        return ArticleFile.in_library(self._paths, path.name)

    def remember(self, article_id: str, file: ArticleFile) -> None:
        """Keep a file in memory in place of the least recently used one."""
        with self._mutex:
            self._open_files[article_id] = file
            self._open_files.move_to_end(article_id)
            while len(self._open_files) > 1 and (
                len(self._open_files) > _MOST_OPEN or self._open_bytes() > _MOST_OPEN_BYTES
            ):
                self._open_files.popitem(last=False)

    def forget(self, article_id: str) -> None:
        """Search for an article's file again when it is next needed."""
        with self._mutex:
            self._open_files.pop(self._aliases.get(article_id, article_id), None)

    def add_alias(self, alias: str, article_id: str) -> None:
        """Let ``alias`` mean the article ``article_id`` from now on."""
        self._aliases[alias] = article_id

    def is_same(self, article_id: str, other_id: str) -> bool:
        """Return whether ``article_id`` is, or is an alias of, ``other_id``."""
        return self._aliases.get(article_id, article_id) == other_id

    def _open_bytes(self) -> int:
        return sum(file.stamp.size for file in self._open_files.values() if file.stamp)

    def _open(self, article_id: str, name: str) -> ArticleFile:
        with self._mutex:
            file = self._open_files.get(article_id)
            if file is None or file.path.name != name:
                file = ArticleFile.in_library(self._paths, name)
            self.remember(article_id, file)
            return file

    def _own_name_of(self, article_id: str) -> str:
        """Return the name that Margin gave to an article's file, if that holds the article."""
        for name in names_ending(self._paths, suffix=f"-{_id_end(article_id)}.json"):
            with contextlib.suppress(StoreError):
                record = ArticleFile.in_library(self._paths, name).read()
                if record is not None and record.article.id == article_id:
                    return name
        return ""

    def _name_of(self, article_id: str) -> str:
        names = [name for _, name in self._index.lookups.look_up("article", article_id)]
        # Synchronisers leave conflict copies beside a file, under longer names.
        for name in sorted(names, key=lambda name: (is_conflict_name(name), len(name), name)):
            if is_there(self._paths.article(name)):
                return name
        return ""


@cache
def _conflict_name() -> re.Pattern[str]:
    """Return the pattern of the names that synchronisers give to conflict copies."""
    return re.compile(
        r"""
          \.sync-conflict-\d          # Syncthing
        | \(.*conflict.*\)            # Dropbox, Nextcloud, Box
        | _conflict-\d                # ownCloud
        | [ ]\(\d+\)\.                # Google Drive, browsers
        | [ ]\d+\.json$               # iCloud
        """,
        re.VERBOSE | re.IGNORECASE,
    )


def is_conflict_name(name: str) -> bool:
    """Return whether a file has a name that synchronisers give to conflict copies."""
    return _conflict_name().search(name) is not None


def _id_end(article_id: str, length: int = 6) -> str:
    """Return the end of an id for a file's name: letters and digits, in lower case."""
    return re.sub("[^0-9a-z]", "", article_id.lower())[-length:]


def _slug(title: str) -> str:
    """Return a title for a file's name: its letters and digits in lower case, with dashes."""
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", title).casefold())
    slug = unicodedata.normalize("NFC", "-".join(words))[:_SLUG_LENGTH]
    slug = slug.encode()[:_SLUG_BYTES].decode("utf-8", "ignore").strip("-")
    return slug or "article"
