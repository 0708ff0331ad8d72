"""Repairing a damaged article file: it is set aside, and what can be read of it replaces it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from reader import clock
from reader.core.annotation import Article
from reader.core.text_formatting import counted
from reader.errors import StoreError
from reader.files import (
    is_there,
    move_durably,
    name_within,
    open_plain,
    read_plain,
    write_atomically,
)
from reader.identifiers import ulid_of_digest
from reader.store.errors import DamagedFileError, cannot_write
from reader.store.files.article_data import ArticleData, parse, read_article_data
from reader.store.files.article_file import ArticleFile
from reader.store.files.migrations import is_newer, migrate, with_schema
from reader.store.files.paths import LibraryPaths
from reader.store.files.reading import LARGEST_FILE
from reader.store.files.records import to_record
from reader.store.files.snapshots import Snapshots
from reader.store.files.tables import ANNOTATION_TABLE, ARTICLE_TABLE, Tables, encode_tables
from reader.store.merge.file_merge import merge_data
from reader.store.repair.salvage import salvage

Rebuild = Callable[[Iterable[str]], Article | None]
"""Makes a new article from the digests of the snapshots that its annotations were made on."""

_CHUNK = 1 << 20
"""The bytes that are copied at once."""


def repair_file(
    file: ArticleFile,
    *,
    is_content_known: bool = False,
    is_given_up: bool = False,
    rebuild: Rebuild = lambda _: None,
) -> str:
    """Set a damaged file aside under a name that says so, and write what can be read of it.

    That is the last good copy, with every record that can still be read in the damaged file.

    Args:
        file: The file; a file that another program has repaired meanwhile is not changed.
        is_content_known: Whether to set the file aside also where nothing can be read, because
            the caller writes it again.
        is_given_up: Whether to set the file aside also where nothing can be read, and to leave
            no file in its place.
        rebuild: Called where the annotations can be read and the article cannot.

    Returns:
        A sentence that says what was done; empty where nothing was done.

    Raises:
        StoreError: The file cannot be repaired, and is unchanged.
    """
    with file.locked():
        damage = _damage(file)
        if damage is None:
            return ""
        repaired, source = _repaired_content(file, rebuild)
        if repaired is None and not (is_content_known or is_given_up):
            raise damage
        moment = clock.now_for_names()
        aside = _unused(file.path.with_name(name_within(file.path.stem, f".damaged-{moment}")))
        try:
            if repaired is None:
                move_durably(file.path, aside)
            else:
                _replace(file.path, repaired, aside)
        except OSError as error:
            raise cannot_write(error, file.path) from error
    if repaired is None:
        source = _given_up_words(file.path) if is_given_up else "it was written again"
    return f"{file.path} was damaged: it is now called {aside.name}, and {source}."


def _given_up_words(path: Path) -> str:
    """Return that nothing of a file could be read, and where a copy of it may be."""
    backups = LibraryPaths(path.parent.parent).backups
    advice = "; margin restore takes a daily backup of " if is_there(backups) else ""
    return f"nothing of it could be read{advice}{backups if advice else ''}"


def can_repair(file: ArticleFile, rebuild: Rebuild) -> bool:
    """Return whether something of a damaged file, or its last good copy, can be read."""
    return _repaired_content(file, rebuild)[0] is not None


def rebuild_article(snapshots: Snapshots, digests: Iterable[str]) -> Article | None:
    """Make a new article from a snapshot that its annotations were made on.

    Args:
        snapshots: The library's snapshots.
        digests: The digests that the annotations refer to.

    Returns:
        An article with a new id; None where no snapshot exists.
    """
    for digest in digests:
        with contextlib.suppress(StoreError):
            for document in snapshots.read(digest):
                # The id comes from the digest, so that it is the same on every machine.
                return Article(ulid_of_digest(digest), "", document.metadata, snapshot=digest)
    return None


def _repaired_content(file: ArticleFile, rebuild: Rebuild) -> tuple[bytes | None, str]:
    """Return the content that is to replace a damaged file, and part of a sentence about it."""
    last_good = _last_good_data(file.last_good)
    readable = _readable_data(file.path, last_good, rebuild)
    if readable is None:
        content = file.last_good.read_bytes() if last_good else None
        return content, "its last good copy replaces it"
    if last_good is None:
        annotations = counted(len(readable.annotations), "annotation")
        return encode_tables(readable.tables), f"what could be read, {annotations}, replaces it"
    merged = merge_data(last_good, readable)
    if merged.annotations == last_good.annotations:
        return file.last_good.read_bytes(), "its last good copy replaces it"
    return encode_tables(merged.tables), "its last good copy and what could be read replace it"


def _readable_data(
    path: Path, last_good: ArticleData | None, rebuild: Rebuild
) -> ArticleData | None:
    """Return what can be read of a damaged file; None where that is nothing."""
    try:
        tables = salvage(read_plain(path, LARGEST_FILE)[0])
    except OSError:
        return None
    if is_newer(tables):
        return None
    if last_good is not None:
        tables[ARTICLE_TABLE] = last_good.tables[ARTICLE_TABLE]
    elif not tables.get(ARTICLE_TABLE):
        digests = _digests_in(tables)
        article = rebuild(digests) if digests else None
        if article is None:
            return None
        tables[ARTICLE_TABLE] = {article.id: to_record(article)}
    try:
        return parse(with_schema(migrate(tables)), path)
    except DamagedFileError:
        return None


def _digests_in(tables: Tables) -> list[str]:
    digests = (
        record.get("selector", {}).get("snapshot", "")
        for record in tables.get(ANNOTATION_TABLE, {}).values()
        if isinstance(record.get("selector"), dict)
    )
    return sorted({digest for digest in digests if digest and isinstance(digest, str)})


def _replace(path: Path, content: bytes, aside: Path) -> None:
    """Replace a file and set the old file aside; the path exists at every moment."""
    try:
        aside.hardlink_to(os.path.realpath(path))
    except OSError:  # a file system without hard links, or a link to another disk
        with open_plain(path) as damaged:
            write_atomically(aside, iter(partial(damaged.read, _CHUNK), b""))
    try:
        write_atomically(path, [content])
    except OSError:
        aside.unlink(missing_ok=True)
        raise


def _unused(path: Path) -> Path:
    """Return an unused path: two files may be repaired within one second."""
    number, unused = 1, path
    while is_there(unused):
        number += 1
        unused = path.with_name(name_within(path.stem, f"{path.suffix}-{number}"))
    return unused


def _damage(file: ArticleFile) -> StoreError | None:
    try:
        file.read()
    except DamagedFileError as error:
        return error
    return None


def _last_good_data(path: Path) -> ArticleData | None:
    """Return the content of a last good copy; None where it cannot be read."""
    try:
        return read_article_data(path)
    except StoreError:
        return None
