"""Exports on disk: names that every file system takes, and files written whole or not at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from reader.core.annotation import Article
from reader.errors import ExportError
from reader.exports.front_matter import article_ids, as_copy, is_edited, updated
from reader.exports.model import ExportedArticle, source_name
from reader.exports.registry import find_format, render, render_all
from reader.files import write_atomically

_FORBIDDEN = re.compile(r'[\[\]#^|\\/:*?"<>]+')
"""What Windows, Obsidian's links or a POSIX path cannot hold in a name."""
_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\.|$)", re.IGNORECASE
)
_LONGEST = 120
"""Bytes of UTF-8 in a name without its suffix; 143 is the least that a common file system takes."""
_TEXT_SUFFIXES = (".md", ".markdown", ".txt")
"""A target that is not there yet is a file if its name ends so."""
_HEAD = 64 * 1024
"""Characters of a file in which its front matter is looked for."""


class WrittenExport(NamedTuple):
    """A file that an export was written to."""

    path: Path
    """The file."""
    is_changed: bool
    """Whether its content is other than before."""
    kept: Path | None = None
    """A copy of what it held, where a person had changed that."""


def file_name(
    article: Article,
    format: str = "markdown",  # noqa: A002 - the word that people and the command line use
) -> str:
    """Return a name for the article's export: its title, as every file system takes it.

    Raises:
        ExportError: There is no such format.
    """
    return _stem(article) + find_format(format).suffix


def write_export(
    items: Sequence[ExportedArticle],
    target: Path,
    *,
    tags: Collection[str] = (),
    exported: str,
    format: str = "markdown",  # noqa: A002 - the word that people and the command line use
    as_folder: bool | None = None,
) -> list[WrittenExport]:
    """Write annotations to a file, or to a folder with a file per article.

    A file that is as it would be but for the time of export is left alone; one that a person has
    changed is kept as a copy before it is written anew. In a folder, the file that belongs to an
    article is known by its front matter, also after the title changed, and no other file is ever
    overwritten.

    Args:
        items: The articles.
        target: A file or a folder; folders that are not there are made.
        tags: Only annotations with one of these; with none, all.
        exported: When: ISO 8601.
        format: The name of a format.
        as_folder: Whether ``target`` is a folder; None: if it is one now, or is nothing yet and
            its name does not end as a text file's does.

    Returns:
        The files, in the order of ``items``.

    Raises:
        ExportError: No such format, the target holds something that Margin did not write, or it
            cannot be written.
    """
    suffix = find_format(format).suffix
    if as_folder is None:
        looks_like_file = target.suffix.lower() in {suffix, *_TEXT_SUFFIXES}
        as_folder = target.is_dir() or (not target.exists() and not looks_like_file)
    if not as_folder:
        text = render_all(items, tags=tags, exported=exported, format=format)
        return [_write_own(target, text)]
    try:
        target.mkdir(parents=True, exist_ok=True)
        owned, taken = _survey(target, suffix)
    except OSError as error:
        raise _not_written(target, error) from error
    written: list[WrittenExport] = []
    for item in items:
        path = owned.get(item.article.id) or _free_path(target, item.article, suffix, taken)
        taken.add(_key(path.name))
        text = render(item, tags=tags, exported=exported, format=format)
        written.append(_write_own(path, text))
    return written


def _survey(folder: Path, suffix: str) -> tuple[dict[str, Path], set[str]]:
    """Return the folder's exports by article id, and every name that is taken in it."""
    owned: dict[str, Path] = {}
    taken: set[str] = set()
    for path in sorted(folder.iterdir()):
        taken.add(_key(path.name))
        if path.suffix.lower() == suffix and path.is_file():
            ids = article_ids(_head(path))
            if len(ids) == 1:
                owned.setdefault(ids[0], path)
    return owned, taken


def _head(path: Path) -> str:
    """Return the file's beginning; nothing where it cannot be read."""
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            return file.read(_HEAD)
    except OSError:
        return ""


def _key(name: str) -> str:
    """Return what two names share that some file system takes for the same."""
    return unicodedata.normalize("NFC", name.casefold())


def _free_path(folder: Path, article: Article, suffix: str, taken: set[str]) -> Path:
    """Return a path in the folder that no file has."""
    return next(folder / name for name in _names(article, suffix) if _key(name) not in taken)


def _names(article: Article, suffix: str) -> Iterator[str]:
    """Yield the article's name, then longer ones."""
    stem = _stem(article)
    yield stem + suffix
    marked = f"{stem} {article.id[-6:].lower()}"
    yield marked + suffix
    number = 2
    while True:
        yield f"{marked} {number}{suffix}"
        number += 1


def _stem(article: Article) -> str:
    """Return the file's name without its suffix."""
    for text in (article.metadata.title, source_name(article.source), article.id[-6:]):
        visible = "".join(
            " " if character.isspace() else character
            for character in unicodedata.normalize("NFC", text)
            if character.isspace() or unicodedata.category(character)[0] != "C"
        )
        stem = " ".join(_FORBIDDEN.sub(" ", visible).split()).strip(". ")
        stem = stem.encode()[:_LONGEST].decode(errors="ignore").strip(". ")
        if stem:
            return f"_{stem}" if _RESERVED.match(stem) else stem
    return "article"


def _write_own(path: Path, text: str) -> WrittenExport:
    """Write an export to a new file or over an export of ours.

    Raises:
        ExportError: There is something that Margin did not write, or the file cannot be written.
    """
    try:
        path = path.resolve()
        if path.exists():
            return _write_over(path, text)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, [text.encode("utf-8")], is_private=False)
    except OSError as error:
        raise _not_written(path, error) from error
    return WrittenExport(path, True)


def _write_over(path: Path, text: str) -> WrittenExport:
    """Write an export over an older one, of which nothing that a person wrote is lost."""
    if not path.is_file():
        raise ExportError("Export not written", f"{path} is not a file.")
    previous = path.read_bytes().decode("utf-8", errors="replace")
    if previous and not article_ids(previous):
        raise ExportError(
            "Export not written",
            f"{path} was not written by Margin: choose another name, or move it away.",
        )
    text = updated(previous, text)
    if text == previous:
        return WrittenExport(path, False)
    kept: Path | None = None
    if previous and is_edited(previous):
        kept = _copy_path(path)
        write_atomically(kept, [as_copy(previous).encode("utf-8")], is_private=False)
    write_atomically(path, [text.encode("utf-8")], is_private=False)
    return WrittenExport(path, True, kept)


def _not_written(path: Path, error: OSError) -> ExportError:
    """Return the error that tells a person why ``path`` could not be written."""
    reason = error.strerror or str(error)
    if isinstance(error, FileExistsError | NotADirectoryError):
        reason = "there is a file where the folder should be"
    return ExportError(
        "Export not written", f"{path} could not be written: {reason[:1].lower()}{reason[1:]}."
    )


def _copy_path(path: Path) -> Path:
    """Return a path beside ``path`` that no file has, for a copy of it."""
    number = 1
    while True:
        mark = f" {number}" if number > 1 else ""
        copy = path.with_name(f"{path.stem} (changed by hand{mark}){path.suffix}")
        if not copy.exists():
            return copy
        number += 1
