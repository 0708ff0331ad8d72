"""Writes exports to files, with names that every file system accepts."""

from __future__ import annotations

import re
import stat
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from reader.core.annotation import Article
from reader.errors import ExportError
from reader.exports.leftovers import FindUnbacked, Leftover, clear_file
from reader.exports.model import Content, ExportedArticle, ExportOptions, Update, source_name
from reader.exports.registry import ExportFormat, as_bytes
from reader.exports.targets import find_target
from reader.files import sync_folder, write_atomically

_FORBIDDEN = re.compile(r'[\[\]#^|\\/:*?"<>]+')
"""Characters that Windows, Obsidian's links or POSIX do not allow in a name."""
_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\.|$)", re.IGNORECASE
)
_LONGEST = 120
"""The most bytes of a name without its suffix; common file systems allow 143 or more."""
_LONGEST_QUERY = 40
"""The most bytes of a query in a name; with the title they are fewer than 200."""
_LARGEST = 64_000_000
"""The most bytes of a file that is read to find out whether it is an export."""


class WrittenExport(NamedTuple):
    """A file that an export was written to."""

    path: Path
    """The file."""
    is_changed: bool
    """Whether its content has changed."""
    kept: Path | None = None
    """The copy of its former content, if a person had changed that; otherwise None."""
    former_ids: tuple[str, ...] = ()
    """The ids of the articles in it before its content changed; none in a new file."""
    former_query: str = ""
    """What had chosen the annotations in it before, as ``ExportedArticle.query``."""


def write_export(
    items: Iterable[ExportedArticle],
    target: Path,
    format_: ExportFormat[Content],
    options: ExportOptions,
    *,
    query: str = "",
    find_unbacked: FindUnbacked = lambda _: None,
) -> tuple[list[WrittenExport], list[Leftover]]:
    """Write annotations to a file, or to a folder with a file for each article.

    A file that would change in nothing but the time of export is left alone. One that a person has
    changed is kept as a copy, if its format can tell. In a folder, an article's file is known by
    what it holds, also after its name or the title changed. No other file is ever overwritten.

    What an earlier export wrote there of articles that have nothing to export any more is taken
    out; see ``leftovers.clear_file``.

    Where a query chose the annotations, only files that this query wrote are updated or taken out:
    in a folder, the file with all annotations of an article stays beside them as it is.

    Args:
        items: The articles, which a folder takes one at a time; with none, only what is left over
            is taken out.
        target: A file or a folder, see ``find_target``; folders that are not there are made.
        format_: The format.
        options: What was asked for.
        query: What chose the annotations, as in ``items``; empty for all of their articles.
        find_unbacked: Tells what is known of an article that is not among ``items``.

    Returns:
        The files, in the order of ``items``, and the files whose annotations are gone.

    Raises:
        ExportError: The target holds something that Margin did not write, or it
            cannot be written.
    """
    try:
        target, is_folder = find_target(target, format_.suffixes)
        if is_folder:
            return _write_folder(
                items,
                target,
                format_,
                options.in_folder(),
                query=query,
                find_unbacked=find_unbacked,
            )
        items = iter(items)
        first = next(items, None)
        if first is None:
            content = format_.read(data_of(target))
            is_same = bool(format_.article_ids(content)) and format_.is_of(content, query)
            return [], _clear([target] if is_same else [], format_, find_unbacked, options.tags)
    except OSError as error:
        raise _not_written(target, error) from error
    pieces = format_.write(chain([first], items), options)
    return [_write_own(target, pieces, format_)], []


def _clear(
    paths: Iterable[Path],
    format_: ExportFormat[Content],
    find_unbacked: FindUnbacked,
    tags: Collection[str],
) -> list[Leftover]:
    """Take what Margin wrote out of the files whose annotations are gone."""
    found = (
        clear_file(path, format_.read(data_of(path)), format_, find_unbacked, tags)
        for path in paths
    )
    return [leftover for leftover in found if leftover is not None]


def _write_folder(
    items: Iterable[ExportedArticle],
    folder: Path,
    format_: ExportFormat[Content],
    options: ExportOptions,
    *,
    query: str,
    find_unbacked: FindUnbacked,
) -> tuple[list[WrittenExport], list[Leftover]]:
    """Write a file for each article to a folder, and clear the files of others."""
    owned, taken = _survey(folder, format_, query)
    written: list[WrittenExport] = []
    try:
        for item in items:
            present = owned.pop(item.article.id, [])
            path = present[0] if present else free_path(folder, item, format_, taken)
            taken.add(name_key(path.name))
            pieces = format_.write([item], options)
            written.append(_write_own(path, pieces, format_, syncs_folder=False))
    finally:
        if written:
            sync_folder(folder)
    others = (path for paths in owned.values() for path in paths)
    return written, _clear(others, format_, find_unbacked, options.tags)


def _survey(
    folder: Path, format_: ExportFormat[Content], query: str
) -> tuple[dict[str, list[Path]], set[str]]:
    """Return a folder's exports of a query by article id, and the keys of all names in it.

    A folder that is not there holds none.
    """
    owned: dict[str, list[Path]] = {}
    taken: set[str] = set()
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        taken.add(name_key(path.name))
        is_named_so = path.suffix.lower() in format_.suffixes and path.is_file()
        if is_named_so and (article_id := format_.article_of(data_of(path), query)):
            owned.setdefault(article_id, []).append(path)
    return owned, taken


def data_of(path: Path) -> bytes:
    """Return the bytes of a file; none if it cannot be read, or is too large for an export."""
    try:
        return read_data(path)
    except OSError:
        return b""


def read_data(path: Path) -> bytes:
    """Return the bytes of a file; none if it is no plain file, or too large for an export.

    Raises:
        OSError: It cannot be read.
    """
    status = path.stat()
    is_read = stat.S_ISREG(status.st_mode) and status.st_size <= _LARGEST
    return path.read_bytes() if is_read else b""


def name_key(name: str) -> str:
    """Return a key that is equal for names that some file system cannot tell apart."""
    return unicodedata.normalize("NFC", name.casefold())


def free_path(
    folder: Path, item: ExportedArticle, format_: ExportFormat[Content], taken: Collection[str]
) -> Path:
    """Return a path in the folder that is not taken."""
    names = file_names(item.article, format_.suffixes[0], item.query)
    return next(folder / name for name in names if name_key(name) not in taken)


def file_names(article: Article, suffix: str, query: str = "") -> Iterator[str]:
    """Yield names for the export of an article: its title, then longer ones without end.

    Args:
        article: The article.
        suffix: How they end.
        query: What chose its annotations, which the names have in brackets; empty for all.
    """
    stem = _stem(article)
    if chosen_by := _fitting(query, _LONGEST_QUERY):
        stem = f"{stem} ({chosen_by})"
    yield stem + suffix
    with_id = f"{stem} {article.id[-6:].lower()}"
    yield with_id + suffix
    number = 2
    while True:
        yield f"{with_id} {number}{suffix}"
        number += 1


def _stem(article: Article) -> str:
    """Return the name of an article's export without its suffix."""
    for text in (article.metadata.title, source_name(article.source), article.id[-6:]):
        if stem := _fitting(text, _LONGEST):
            return f"_{stem}" if _RESERVED.match(stem) else stem
    return "article"


def _fitting(text: str, longest: int) -> str:
    """Return what of a text can stand in the name of a file, in so many bytes; may be empty."""
    visible = "".join(
        " " if character.isspace() else character
        for character in unicodedata.normalize("NFC", text)
        if character.isspace() or unicodedata.category(character)[0] != "C"
    )
    words = " ".join(_FORBIDDEN.sub(" ", visible).split()).strip(". ")
    return words.encode()[:longest].decode(errors="ignore").strip(". ")


def _write_own(
    path: Path,
    pieces: Iterable[Content],
    format_: ExportFormat[Content],
    *,
    syncs_folder: bool = True,
) -> WrittenExport:
    """Write an export to a new file, or over an earlier export.

    Args:
        path: The file.
        pieces: What it shall hold.
        format_: The format.
        syncs_folder: Whether the name of a new file is durable, too; see ``write_atomically``.

    Raises:
        ExportError: Margin did not write the file that is there, or it cannot be written.
    """
    try:
        path = path.resolve()
        if path.exists():
            return _write_over(path, format_.read(b"").join(pieces), format_)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, map(as_bytes, pieces), is_private=False, syncs_folder=syncs_folder)
    except OSError as error:
        raise _not_written(path, error) from error
    return WrittenExport(path, True)


def _write_over(path: Path, new: Content, format_: ExportFormat[Content]) -> WrittenExport:
    """Write an export over an earlier one, and keep a copy if a person has edited that."""
    if not path.is_file():
        raise ExportError("Export not written", f"{path} is not a file.")
    previous = format_.read(path.read_bytes())
    ids = tuple(format_.article_ids(previous)) if previous else ()
    if previous and not ids:
        raise ExportError(
            "Export not written",
            f"{path} was not written by Margin as {format_.title}: choose another name, or move it"
            " away.",
        )
    update = format_.update(previous, new) if format_.update is not None else Update(new)
    if update.content == previous:
        return WrittenExport(path, False)
    kept = None
    if update.edited is not None:
        kept = _copy_path(path)
        write_atomically(kept, [as_bytes(update.edited)], is_private=False)
    write_atomically(path, [as_bytes(update.content)], is_private=False)
    query = format_.query_of(previous) if ids and format_.query_of else ""
    return WrittenExport(path, True, kept, ids, query)


def _not_written(path: Path, error: OSError) -> ExportError:
    """Return the error for a path that could not be written."""
    reason = error.strerror or str(error)
    if isinstance(error, FileExistsError | NotADirectoryError):
        reason = "there is a file where the folder should be"
    return ExportError(
        "Export not written", f"{path} could not be written: {reason[:1].lower()}{reason[1:]}."
    )


def _copy_path(path: Path) -> Path:
    """Return a path beside ``path`` that is not taken, for a copy of it."""
    number = 1
    while True:
        suffix = f" {number}" if number > 1 else ""
        copy = path.with_name(f"{path.stem} (changed by hand{suffix}){path.suffix}")
        if not copy.exists():
            return copy
        number += 1
