"""Finds the files of an export in a folder and those below it, by what they hold."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from reader.exports.files import name_key, read_data
from reader.exports.registry import ExportFormat
from reader.exports.vault_memory import VaultMemory

_MARK: Final = re.compile(rb"margin", re.IGNORECASE)
"""What every file of Margin's holds; others need not be parted."""


_NOTHING: Final = frozenset({errno.ENOENT, errno.ELOOP, errno.ENOTDIR})
"""The error numbers of a name at which there is no file, such as a broken link."""


class Survey(NamedTuple):
    """What is in a folder, and in those below it."""

    owned: dict[str, list[Path]]
    """The exports by the ids of their articles, those nearest to the folder first."""
    names: set[str]
    """The keys of all names in the folder itself."""
    unreadable: dict[Path, OSError]
    """Files that may be exports, and why they cannot be read."""


def survey(folder: Path, format_: ExportFormat[str], query: str, memory: VaultMemory) -> Survey:
    """Find the exports of a query in a folder and those below it.

    Hidden folders and links to folders are not looked into. What a file holds that is as it was
    when it was up to date is known.

    Args:
        folder: The folder, which need not be there.
        format_: The format of the files.
        query: What chose the annotations; empty for all.
        memory: What is known of the files.

    Raises:
        OSError: The folder cannot be read.
    """
    owned: dict[str, list[Path]] = {}
    unreadable: dict[Path, OSError] = {}
    for path in _files(folder, format_.suffixes):
        try:
            data = read_data(path)
        except OSError as error:
            if error.errno not in _NOTHING:
                unreadable[path] = error
            continue
        article_id = memory.article_of(path, data)
        if not article_id and _MARK.search(data):
            article_id = format_.article_of(data, query)
        if article_id:
            owned.setdefault(article_id, []).append(path)
    for paths in owned.values():
        paths.sort(key=lambda path: len(path.parts))
    names = {name_key(each.name) for each in folder.iterdir()} if folder.is_dir() else set[str]()
    return Survey(owned, names, unreadable)


def _files(folder: Path, suffixes: Collection[str]) -> Iterator[Path]:
    """Yield what has the name of an export in a folder, and in those below that can be read."""
    for top, folders, files in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for path in (Path(top, name) for name in sorted(files)):
            if path.suffix.lower() in suffixes:
                yield path
