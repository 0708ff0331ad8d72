"""Exports on disk: names that every file system takes, and files written whole or not at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from reader.core.annotation import Article
from reader.errors import ExportError
from reader.exports.model import ExportedArticle, Update, source_name
from reader.exports.registry import ExportFormat, find_format
from reader.exports.targets import find_target
from reader.files import write_atomically

_FORBIDDEN = re.compile(r'[\[\]#^|\\/:*?"<>]+')
"""What Windows, Obsidian's links or a POSIX path cannot hold in a name."""
_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\.|$)", re.IGNORECASE
)
_LONGEST = 120
"""Bytes of UTF-8 in a name without its suffix; 143 is the least that a common file system takes."""
_LARGEST = 64_000_000
"""Bytes of a file up to which a folder's files are looked into."""


class WrittenExport(NamedTuple):
    """A file that an export was written to."""

    path: Path
    """The file."""
    is_changed: bool
    """Whether its content is other than before."""
    kept: Path | None = None
    """A copy of what it held, where a person had changed that."""


def file_name(article: Article, format_name: str = "") -> str:
    """Return a name for the article's export: its title, as every file system takes it.

    Raises:
        ExportError: There is no such format.
    """
    return _stem(article) + find_format(format_name).suffixes[0]


def write_export(
    items: Sequence[ExportedArticle],
    target: Path,
    *,
    tags: Collection[str] = (),
    exported: str,
    format_name: str = "",
) -> list[WrittenExport]:
    """Write annotations to a file, or to a folder with a file for each article.

    A file that would change in nothing but the time of export is left alone. One that a person has
    changed is kept as a copy, if its format can tell. In a folder, an article's file is known by
    what it holds, also after its name or the title changed. No other file is ever overwritten.

    Args:
        items: The articles.
        target: A file or a folder, see ``find_target``; folders that are not there are made.
        tags: Only annotations with one of these; with none, all.
        exported: The time of the export: ISO 8601.
        format_name: The name of a format; empty for the first.

    Returns:
        The files, in the order of ``items``.

    Raises:
        ExportError: No such format, the target holds something that Margin did not write, or it
            cannot be written.
    """
    format_ = find_format(format_name)
    try:
        target, is_folder = find_target(target, format_)
        if not is_folder:
            return [_write_own(target, format_.write(items, tags, exported), format_)]
        target.mkdir(parents=True, exist_ok=True)
        owned, taken = _survey(target, format_)
    except OSError as error:
        raise _not_written(target, error) from error
    written: list[WrittenExport] = []
    for item in items:
        path = owned.get(item.article.id) or _free_path(target, item.article, format_, taken)
        taken.add(_key(path.name))
        written.append(_write_own(path, format_.write([item], tags, exported), format_))
    return written


def _survey(folder: Path, format_: ExportFormat) -> tuple[dict[str, Path], set[str]]:
    """Return the folder's exports in a format by article id, and every name that is taken in it."""
    owned: dict[str, Path] = {}
    taken: set[str] = set()
    for path in sorted(folder.iterdir()):
        taken.add(_key(path.name))
        if path.suffix.lower() in format_.suffixes and path.is_file():
            ids = format_.article_ids(_text(path))
            if len(ids) == 1:
                owned.setdefault(ids[0], path)
    return owned, taken


def _text(path: Path) -> str:
    """Return the text of a file; nothing if it cannot be read or is too large for an export."""
    try:
        is_too_large = path.stat().st_size > _LARGEST
        return "" if is_too_large else path.read_bytes().decode("utf-8", errors="replace")
    except OSError:
        return ""


def _key(name: str) -> str:
    """Return what two names share that some file system takes for the same."""
    return unicodedata.normalize("NFC", name.casefold())


def _free_path(
    folder: Path, article: Article, format_: ExportFormat, taken: Collection[str]
) -> Path:
    """Return a path in the folder that no file has."""
    names = _names(article, format_.suffixes[0])
    return next(folder / name for name in names if _key(name) not in taken)


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


def _write_own(path: Path, text: str, format_: ExportFormat) -> WrittenExport:
    """Write an export to a new file or over an export of ours.

    Raises:
        ExportError: There is something that Margin did not write, or the file cannot be written.
    """
    try:
        path = path.resolve()
        if path.exists():
            return _write_over(path, text, format_)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, [text.encode("utf-8")], is_private=False)
    except OSError as error:
        raise _not_written(path, error) from error
    return WrittenExport(path, True)


def _write_over(path: Path, text: str, format_: ExportFormat) -> WrittenExport:
    """Write an export over an older one, of which nothing that a person wrote is lost."""
    if not path.is_file():
        raise ExportError("Export not written", f"{path} is not a file.")
    previous = path.read_bytes().decode("utf-8", errors="replace")
    if previous and not format_.article_ids(previous):
        raise ExportError(
            "Export not written",
            f"{path} was not written by Margin as {format_.title}: choose another name, or move it"
            " away.",
        )
    update = format_.update(previous, text) if format_.update is not None else Update(text)
    if update.text == previous:
        return WrittenExport(path, False)
    kept = _copy_path(path) if update.edited else None
    if kept is not None:
        write_atomically(kept, [update.edited.encode("utf-8")], is_private=False)
    write_atomically(path, [update.text.encode("utf-8")], is_private=False)
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
