"""Moves articles to the trash of their library, with their snapshots, and restores them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from reader.files import Stamp, change_time, is_there, stamp_of
from reader.store.files.article_data import all_snapshots_of
from reader.store.files.article_file import ArticleFile
from reader.store.files.paths import LibraryPaths
from reader.store.files.presence import Presence
from reader.store.files.snapshots import Snapshots
from reader.store.files.trash import move_many_to_trash, move_to_trash, restore_from_trash
from reader.store.index.article_files import ArticleFiles
from reader.store.index.index import Index


class _Found(NamedTuple):
    """What is needed of an article's file to remove it; of thousands, far less than they hold."""

    name: str
    stamp: Stamp | None
    digests: Collection[str]
    """The digests of the article's snapshots."""

    @classmethod
    def of(cls, file: ArticleFile) -> _Found:
        """Return what is needed of a file that was just read."""
        record = file.last_read
        digests = all_snapshots_of(*record) if record else ()
        return cls(file.path.name, file.stamp, digests)


def _digests_in(file: ArticleFile) -> Collection[str]:
    """Return the digests of the snapshots of the article in a file."""
    record = file.read()
    return all_snapshots_of(*record) if record else ()


class Removals:
    """Removes articles of a library and restores them; safe in several threads."""

    def __init__(
        self,
        paths: LibraryPaths,
        presence: Presence,
        files: ArticleFiles,
        index: Index,
        snapshots: Snapshots,
    ) -> None:
        """Serve a library; touches no disk yet."""
        self._paths = paths
        self._presence = presence
        self._files = files
        self._index = index
        self._snapshots = snapshots

    def remove(self, article_id: str) -> Path:
        """Move an article's file to the trash, with the snapshots that no other article uses.

        Returns:
            The folder of the removal in the trash, for ``restore``.

        Raises:
            StoreError: The library does not have the article, or a file cannot be moved.
        """
        file = self._files.locate(article_id)
        if file is None:
            raise self._presence.missing(article_id)
        name = file.path.name
        if not self._index.is_current:
            self._index.refresh()
        before = change_time(self._paths.articles)
        with file.locked():
            unused = [
                self._snapshots.path(digest)
                for digest in _digests_in(file)
                if self._snapshots.has(digest) and self._index.lookups.users_of(digest) <= {name}
            ]
            trashed = move_to_trash(
                self._paths, file.path.stem, [file.path, file.last_good, *unused]
            )
        self._files.forget(article_id)
        self._index.remove(name)
        self._index.follow(before, change_time(self._paths.articles))
        return trashed

    def remove_all(self, article_ids: Iterable[str], name: str) -> Path:
        """Move the files of articles to one folder of the trash, as ``remove`` does.

        Args:
            article_ids: Which articles; those that the library does not have are left out.
            name: The beginning of the folder's name.

        Returns:
            The folder of the removal in the trash, for ``restore``.

        Raises:
            StoreError: A file cannot be moved; some articles may be in the trash by then.
        """
        if not self._index.is_current:
            self._index.refresh()
        located = ((each, self._files.locate(each)) for each in article_ids)
        found = {each: _Found.of(file) for each, file in located if file is not None}
        names = {each.name for each in found.values()}
        before = change_time(self._paths.articles)

        def files() -> Iterator[Path]:
            for each in found.values():
                file = ArticleFile.in_library(self._paths, each.name)
                with file.locked():
                    is_same = stamp_of(file.path) == each.stamp
                    digests = each.digests if is_same else _digests_in(file)
                    yield from (file.path, file.last_good)
                for digest in filter(self._snapshots.has, digests):
                    if self._index.lookups.users_of(digest) <= names:
                        yield self._snapshots.path(digest)

        try:
            return move_many_to_trash(self._paths, name, files())[0]
        finally:
            for article_id in found:
                self._files.forget(article_id)
            gone = (each for each in names if not is_there(self._paths.article(each)))
            self._index.remove_all(gone)
            self._index.follow(before, change_time(self._paths.articles))

    def restore(self, trashed: Path) -> None:
        """Restore the article of a removal, with all that it held; see ``restore_from_trash``.

        Args:
            trashed: The folder that ``remove`` returned.

        Raises:
            StoreError: The folder does not exist, or a file cannot be moved.
        """
        restore_from_trash(self._paths, trashed)
        self._index.catch_up()
