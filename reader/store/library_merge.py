"""Two libraries that were edited apart become one."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from reader import clock
from reader.errors import StoreError
from reader.files import is_there, make_private_folder, write_atomically
from reader.store.errors import cannot_write
from reader.store.files.article_data import ArticleData, read_article_data, snapshots_of
from reader.store.files.article_file import article_paths
from reader.store.files.paths import ARTICLES, LibraryPaths
from reader.store.files.snapshots import Snapshots
from reader.store.files.trash import removed_at
from reader.store.merge.file_merge import merge_data

if TYPE_CHECKING:
    from reader.store.library import Library


class Union(msgspec.Struct):
    """What became of the articles of another library."""

    added: int = 0
    """Articles that this library did not have."""
    merged: int = 0
    """Articles that both had and that differed; what was new is in this library now."""
    unchanged: int = 0
    """Articles of which this library had everything."""
    kept_removed: int = 0
    """Articles that one of the two had removed, and that the other had not changed since."""
    snapshots: int = 0
    """Texts of articles that were copied."""
    both_texts: int = 0
    """Notes that were edited on both sides and now hold both texts."""
    problems: list[str] = []
    """A sentence for each file of the other library that could not be merged."""

    def record(self) -> dict[str, Any]:
        """Return it as scripts read it."""
        return {name: getattr(self, name) for name in self.__struct_fields__}


def unite(library: Library, other: Path, *, is_heeding_removals: bool = True) -> Union:
    """Merge another library into this one; the other one is only read.

    Args:
        library: The library that changes.
        other: The folder of the other one.
        is_heeding_removals: Whether an article that one of them has removed stays removed, where
            the other has not changed it since.

    Returns:
        What was done.

    Raises:
        StoreError: The other folder holds no library, or this one cannot be written.
    """
    paths = LibraryPaths(other)
    if not is_there(paths.articles):
        raise StoreError("Not a library", f"{other} has no folder of articles; check the path.")
    union = Union()
    known = {each.id for each in library.articles()}
    mine, theirs = _Trash(library.paths), _Trash(paths)
    copied: set[str] = set()
    snapshots = Snapshots(paths.snapshots)
    for path in article_paths(paths):
        try:
            copy = read_article_data(path)
        except StoreError as error:
            union.problems.append(error.message)
            continue
        copied.add(copy.article.id)
        if is_heeding_removals and copy.article.id not in known and mine.covers(copy):
            union.kept_removed += 1
            continue
        for digest in sorted(snapshots_of(copy.article, copy.annotations.values())):
            _copy_snapshot(library, snapshots, digest, union)
        _absorb(library, copy, union)
    for article_id in sorted(known - copied if is_heeding_removals else ()):
        _follow_removal(library, theirs, article_id, union)
    library.articles()
    return union


def _absorb(library: Library, copy: ArticleData, union: Union) -> None:
    outcome = library.merge_article(copy)
    if outcome.is_new:
        union.added += 1
    elif outcome.is_changed:
        union.merged += 1
        union.both_texts += outcome.conflicting_edits
    else:
        union.unchanged += 1


def _copy_snapshot(library: Library, theirs: Snapshots, digest: str, union: Union) -> None:
    if library.has_snapshot(digest) or not theirs.has(digest):
        return
    try:
        theirs.verify(digest)
    except StoreError as error:
        union.problems.append(error.message)
        return
    target = library.paths.snapshots / theirs.path(digest).name
    try:
        make_private_folder(target.parent)
        write_atomically(target, [theirs.path(digest).read_bytes()])
    except OSError as error:
        raise cannot_write(error, target) from error
    union.snapshots += 1


def _follow_removal(library: Library, theirs: _Trash, article_id: str, union: Union) -> None:
    """Remove an article that the other library removed after it was last used here."""
    for trashed, moment in theirs.copies(article_id):
        record = library.load(article_id)
        mine = ArticleData({}, record.article, {each.id: each for each in record.annotations})
        if _adds_nothing(mine, trashed, moment):
            library.remove(article_id)
            union.kept_removed += 1
            return


class _Trash:
    """The removed articles of a library."""

    def __init__(self, paths: LibraryPaths) -> None:
        self._copies: dict[str, list[tuple[ArticleData, str]]] = {}
        for path in sorted(paths.trash.glob(f"*/{ARTICLES}/*.json")):
            with contextlib.suppress(StoreError):  # a damaged one says nothing
                copy = read_article_data(path)
                moment = removed_at(path.parent.parent) or clock.iso(
                    datetime.fromtimestamp(path.stat().st_mtime, UTC)
                )
                self._copies.setdefault(copy.article.id, []).append((copy, moment))

    def copies(self, article_id: str) -> list[tuple[ArticleData, str]]:
        """Return what was removed of an article, each with when: ISO 8601, UTC."""
        return self._copies.get(article_id, [])

    def covers(self, copy: ArticleData) -> bool:
        """Tell whether ``copy`` was removed here and says nothing that is newer."""
        return any(
            _adds_nothing(copy, trashed, moment) for trashed, moment in self.copies(copy.article.id)
        )


def _adds_nothing(copy: ArticleData, trashed: ArticleData, moment: str) -> bool:
    merged = merge_data(trashed, copy)
    return merged.annotations == trashed.annotations and copy.article.opened <= moment
