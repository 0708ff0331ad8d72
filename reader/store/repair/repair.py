"""Setting a damaged article file aside, and putting what can be had of it in its place."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from reader import clock
from reader.core.annotation import Article
from reader.core.text_formatting import counted
from reader.errors import StoreError
from reader.files import is_there, move_durably, write_atomically
from reader.store.errors import DamagedFileError, cannot_write
from reader.store.files.article_data import ArticleData, parse, read_article_data
from reader.store.files.article_file import ArticleFile
from reader.store.files.migrations import is_newer, migrate, with_schema
from reader.store.files.records import to_record
from reader.store.files.snapshots import Snapshots
from reader.store.files.tables import ANNOTATION_TABLE, ARTICLE_TABLE, Tables, encode_tables
from reader.store.merge.file_merge import merge_data
from reader.store.repair.salvage import salvage

_BASE32: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

Rebuild = Callable[[Iterable[str]], Article | None]
"""Makes an article anew from the digests of the texts that its annotations were made on."""


def repair_file(
    file: ArticleFile,
    *,
    is_content_known: bool = False,
    is_given_up: bool = False,
    rebuild: Rebuild = lambda _: None,
) -> str:
    """Set a damaged file aside under a name that says so, and put back what can be had of it.

    That is its last good copy, and every record that can still be read in the damaged file.

    Args:
        file: The file; where another program has repaired it meanwhile, nothing is done.
        is_content_known: Set it aside even where nothing can be had: the caller writes anew.
        is_given_up: Set it aside even where nothing can be had, and leave nothing in its place.
        rebuild: Asked where the annotations can be read and the article cannot.

    Returns:
        What was done, in a sentence; empty where nothing was.

    Raises:
        StoreError: It cannot be repaired, and is as it was.
    """
    with file.locked():
        damage = _damage(file)
        if damage is None:
            return ""
        repaired, source = _repaired_content(file, rebuild)
        if repaired is None and not (is_content_known or is_given_up):
            raise damage
        moment = clock.now_for_names()
        aside = _free(file.path.with_name(f"{file.path.stem}.damaged-{moment}"))
        try:
            if repaired is None:
                move_durably(file.path, aside)
            else:
                _replace(file.path, repaired, aside)
        except OSError as error:
            raise cannot_write(error, file.path) from error
    if repaired is None:
        source = "nothing of it could be read" if is_given_up else "it was written anew"
    return f"{file.path} was damaged: it is now {aside.name}, and {source}."


def can_repair(file: ArticleFile, rebuild: Rebuild) -> bool:
    """Tell whether something can be had of a damaged file."""
    return _repaired_content(file, rebuild)[0] is not None


def rebuild_article(snapshots: Snapshots, digests: Iterable[str]) -> Article | None:
    """Make an article anew from the text that its annotations were made on.

    Args:
        snapshots: The texts.
        digests: Which texts the annotations refer to.

    Returns:
        An article with a new id; None where no text is there.
    """
    for digest in digests:
        with contextlib.suppress(StoreError):
            for document in snapshots.read(digest):
                return Article(_id_from(digest), "", document.metadata, snapshot=digest)
    return None


def _id_from(digest: str) -> str:
    """Return an id that is the same on every machine: 26 digits of Crockford's base 32."""
    number = int(digest[:32], 16)
    return "".join(_BASE32[number >> shift & 31] for shift in range(125, -1, -5))


def _repaired_content(file: ArticleFile, rebuild: Rebuild) -> tuple[bytes | None, str]:
    """Return what is to stand in a damaged file's place, and where it comes from."""
    copy = _good_copy(file.last_good)
    readable = _readable_part(file.path, copy, rebuild)
    if readable is None:
        content = file.last_good.read_bytes() if copy else None
        return content, "its last good copy is in its place"
    if copy is not None:
        merged = merge_data(copy, readable)
        if merged.annotations == copy.annotations:
            return file.last_good.read_bytes(), "its last good copy is in its place"
        return encode_tables(
            merged.tables
        ), "its last good copy with what could be read is in its place"
    notes = counted(len(readable.annotations), "annotation")
    return encode_tables(readable.tables), f"what could be read of it, {notes}, is in its place"


def _readable_part(path: Path, copy: ArticleData | None, rebuild: Rebuild) -> ArticleData | None:
    try:
        tables = salvage(path.read_bytes())
    except OSError:
        return None
    tables = {
        name: {key: record for key, record in table.items() if isinstance(record, dict)}
        for name, table in tables.items()
    }
    if is_newer(tables):
        return None
    if copy is not None:
        tables[ARTICLE_TABLE] = copy.tables[ARTICLE_TABLE]
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
    found = (
        record.get("selector", {}).get("snapshot", "")
        for record in tables.get(ANNOTATION_TABLE, {}).values()
        if isinstance(record.get("selector"), dict)
    )
    return sorted({each for each in found if each and isinstance(each, str)})


def _replace(path: Path, content: bytes, aside: Path) -> None:
    """Write a file anew and keep the old one aside; there is no moment without the file."""
    try:
        aside.hardlink_to(path)
    except OSError:  # a file system without hard links
        write_atomically(aside, [path.read_bytes()])
    try:
        write_atomically(path, [content])
    except OSError:
        aside.unlink(missing_ok=True)
        raise


def _free(path: Path) -> Path:
    """Return a path that nothing has: two files may be damaged within one second."""
    number, free = 1, path
    while is_there(free):
        number += 1
        free = path.with_name(f"{path.name}-{number}")
    return free


def _damage(file: ArticleFile) -> StoreError | None:
    try:
        file.read()
    except DamagedFileError as error:
        return error
    return None


def _good_copy(path: Path) -> ArticleData | None:
    """Return a last good copy, or None where there is none that is good."""
    try:
        return read_article_data(path)
    except StoreError:
        return None
