"""The trash: what was removed from a library, with a folder for each removal."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec

from reader import clock
from reader.core.annotation import Article
from reader.core.changes import with_return
from reader.errors import StoreError
from reader.files import is_there, make_private_folder, move_durably, name_within, sync_folder
from reader.store.errors import DamagedFileError, cannot_read, cannot_write
from reader.store.files.article_data import read_article_data
from reader.store.files.article_file import ArticleFile, ArticleRecord
from reader.store.files.paths import ARTICLES, PREVIOUS, SNAPSHOTS, LibraryPaths
from reader.store.files.reading import read_tables
from reader.store.files.records import from_record
from reader.store.files.tables import ANNOTATION_TABLE, ARTICLE_TABLE

_FOLDERS: Final = (ARTICLES, PREVIOUS, SNAPSHOTS)
"""The folders of a library that a removal takes files from."""

_MOMENT: Final = "%Y%m%dT%H%M%S%f"
"""The time of a removal, in UTC, at the end of the name of its folder."""


def move_to_trash(paths: LibraryPaths, name: str, files: Iterable[Path]) -> Path:
    """Move files of a library to a new folder in its trash.

    Args:
        paths: The library's paths.
        name: The beginning of the new folder's name; the time follows.
        files: The files, each directly in a folder of the library; they are moved in this order;
            files that do not exist are skipped.

    Returns:
        The new folder, for ``restore_from_trash``.

    Raises:
        StoreError: A file could not be moved.
    """
    moment = datetime.now(UTC).strftime(_MOMENT)
    folder = paths.trash / name_within(name, f"-{moment}")
    try:
        for path in files:
            if path.is_symlink() or is_there(path):
                target = folder / path.parent.name / path.name
                make_private_folder(target.parent)
                move_durably(path, target)
    except OSError as error:
        raise cannot_write(error, folder) from error
    return folder


def move_many_to_trash(
    paths: LibraryPaths, name: str, files: Iterable[Path]
) -> tuple[Path, list[Path]]:
    """Move many files of a library to one new folder in its trash; each folder is synced once.

    Args:
        paths: As for ``move_to_trash``.
        name: As for ``move_to_trash``.
        files: As for ``move_to_trash``.

    Returns:
        The new folder, and the files that were moved.

    Raises:
        StoreError: A file could not be moved; those before it are in the trash.
    """
    moment = datetime.now(UTC).strftime(_MOMENT)
    folder = paths.trash / name_within(name, f"-{moment}")
    moved: list[Path] = []
    try:
        for path in files:
            if path.is_symlink() or is_there(path):
                target = folder / path.parent.name / path.name
                make_private_folder(target.parent)
                path.rename(target)
                moved.append(path)
        for each in {path.parent for path in moved}:
            sync_folder(folder / each.name)
            sync_folder(each)
    except OSError as error:
        raise cannot_write(error, folder) from error
    return folder, moved


def removed_at(folder: Path) -> str:
    """Return the time of a removal in ISO 8601, UTC; empty where its folder's name has none."""
    try:
        moment = datetime.strptime(folder.name.rpartition("-")[2], _MOMENT)
    except ValueError:
        return ""
    return clock.iso(moment.replace(tzinfo=UTC))


def restore_from_trash(paths: LibraryPaths, folder: Path) -> list[Path]:
    """Move the files of one removal back into the library.

    The article gets the time of its return, which is later than that of its removal, so that
    merging with a copy of the library that removed it too keeps it.

    Returns:
        The restored article files.

    Raises:
        StoreError: An article file of that name exists again, or a file could not be moved.
    """
    removed = removed_at(folder)
    try:
        restored = _restore(paths, folder)
    except OSError as error:
        raise cannot_write(error, paths.folder) from error
    moment = clock.later(clock.now(), than=removed)
    for path in restored:
        with contextlib.suppress(StoreError):  # a damaged file is back all the same
            _record_return(ArticleFile.in_library(paths, path.name), moment)
    return restored


def _record_return(file: ArticleFile, moment: str) -> None:
    def change(record: ArticleRecord | None) -> ArticleRecord:
        if record is None:
            raise DamagedFileError(file.path, "it holds no article")
        return record._replace(article=with_return(record.article, moment))

    file.update(change)


def _restore(paths: LibraryPaths, folder: Path) -> list[Path]:
    names = [path.name for path in (folder / ARTICLES).glob("*")]
    if not names:
        raise StoreError("Nothing to restore", f"{folder} holds no removed article.")
    for name in names:
        target = paths.article(name)
        if target.is_symlink() or is_there(target):
            raise StoreError("Not restored", f"{target} exists again; rename one of the two.")
    # The article comes last: while it is in the trash, the restoring can be tried again.
    for name in reversed(_FOLDERS):
        if is_there(folder / name):
            make_private_folder(paths.folder / name)
            for path in (folder / name).glob("*"):
                move_durably(path, paths.folder / name / path.name)
            (folder / name).rmdir()
    folder.rmdir()
    return [paths.article(name) for name in sorted(names)]


class Removal(NamedTuple):
    """What was removed together."""

    name: str
    """The name of its folder in the trash."""
    removed: str
    """The time of the removal: ISO 8601, UTC; empty where it is not known."""
    titles: tuple[str, ...]
    """The titles of the removed articles that can be read."""
    files: int
    """How many files the folder holds."""
    articles: tuple[str, ...] = ()
    """The ids of the removed articles that can be read."""
    annotations: int = 0
    """How many annotations these articles have, without deleted ones."""

    def record(self) -> dict[str, Any]:
        """Return the removal as scripts read it."""
        return self._asdict() | {"titles": list(self.titles), "articles": list(self.articles)}


def removals(library: Path) -> list[Removal]:
    """Return the removals in a library's trash, the oldest first.

    Raises:
        StoreError: The trash cannot be read.
    """
    trash = LibraryPaths(library).trash
    try:
        folders = [folder for folder in trash.iterdir() if not folder.name.startswith(".")]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise cannot_read(error, trash) from error
    return sorted(map(_removal, folders), key=lambda removal: (removal.removed, removal.name))


def _removal(folder: Path) -> Removal:
    removed = [read for path in sorted(folder.glob(f"{ARTICLES}/*")) if (read := _read(path))]
    return Removal(
        folder.name,
        removed_at(folder),
        tuple(article.title for article in removed if article.title),
        sum(path.is_file() for path in folder.rglob("*")) if folder.is_dir() else 1,
        tuple(article.id for article in removed),
        sum(article.annotations for article in removed),
    )


class RemovedArticles:
    """The articles in a library's trash; the trash is listed when one is first asked for."""

    def __init__(self, library: Path) -> None:
        """Serve the library in a folder; touches no disk yet."""
        self._library = library

    def record(self, article_id: str) -> ArticleRecord | None:
        """Return the article as it was last removed; None where the trash does not have it.

        Raises:
            StoreError: The trash cannot be read.
        """
        for folder in self._folders.get(article_id, []):
            for path in sorted((folder / ARTICLES).glob("*")):
                with contextlib.suppress(StoreError):
                    data = read_article_data(path)
                    if data.article.id == article_id:
                        return ArticleRecord(data.article, tuple(data.annotations.values()))
        return None

    @cached_property
    def _folders(self) -> dict[str, list[Path]]:
        """The folders of the removals of each article, the last one first."""
        folders: dict[str, list[Path]] = {}
        for removal in reversed(removals(self._library)):
            for article_id in removal.articles:
                folder = LibraryPaths(self._library).trash / removal.name
                folders.setdefault(article_id, []).append(folder)
        return folders


def empty_trash(library: Path) -> int:
    """Delete everything in a library's trash, which cannot be undone.

    Returns:
        How many removals were deleted.

    Raises:
        StoreError: A file cannot be deleted; everything else is.
    """
    from shutil import rmtree  # noqa: PLC0415  (the reader's first screen does without)

    count, failure = 0, None
    for removal in removals(library):
        path = LibraryPaths(library).trash / removal.name
        try:
            if path.is_dir() and not path.is_symlink():
                rmtree(path)
            else:
                path.unlink()
        except OSError as error:
            failure = failure or cannot_write(error, path)
        else:
            count += 1
    if failure is not None:
        raise failure
    return count


class _RemovedArticle(NamedTuple):
    id: str
    title: str
    annotations: int


def _read(path: Path) -> _RemovedArticle | None:
    """Return what the trash shows of an article file; None where it cannot be read."""
    try:
        tables = read_tables(path)[0]
        article_id, article = next(iter(tables[ARTICLE_TABLE].items()))
        annotations = tables.get(ANNOTATION_TABLE, {}).values()
        live = sum(not annotation.get("deleted") for annotation in annotations)
        return _RemovedArticle(
            article_id, from_record(Article, article_id, article).metadata.title, live
        )
    except (StoreError, LookupError, TypeError, StopIteration, msgspec.ValidationError):
        return None
