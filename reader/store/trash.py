"""The trash folder: what was removed from a library, each removal in a folder of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from reader.errors import StoreError
from reader.files import is_there, make_private_folder, move_durably
from reader.store.errors import cannot_write

_PLACES: Final = ("articles", "previous", "snapshots")
"""The folders of a library that a removal takes files from."""


def throw_away(library: Path, name: str, files: Mapping[str, list[Path]]) -> Path:
    """Move files of a library to a new folder in its trash.

    Args:
        library: The library's folder.
        name: What the new folder's name begins with; the time follows.
        files: For each folder of the library, the files to take from it; the first is moved
            first, and those that are not there are passed over.

    Returns:
        The new folder, for ``put_back``.

    Raises:
        StoreError: They could not be moved.
    """
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    folder = library / "trash" / f"{name}-{moment}"
    try:
        for place, paths in files.items():
            for path in paths:
                if path.is_symlink() or is_there(path):
                    make_private_folder(library / "trash")
                    make_private_folder(folder)
                    make_private_folder(folder / place)
                    move_durably(path, folder / place / path.name)
    except OSError as error:
        raise cannot_write(error, folder) from error
    return folder


def put_back(library: Path, folder: Path) -> list[Path]:
    """Move the files of one removal back to where they were.

    Returns:
        The article files that are back.

    Raises:
        StoreError: An article of that name is there again, or they could not be moved.
    """
    try:
        return _put_back(library, folder)
    except OSError as error:
        raise cannot_write(error, library) from error


def _put_back(library: Path, folder: Path) -> list[Path]:
    names = [path.name for path in (folder / _PLACES[0]).glob("*")]
    if not names:
        raise StoreError("Nothing to restore", f"{folder} holds no removed article.")
    for name in names:
        target = library / _PLACES[0] / name
        if target.is_symlink() or is_there(target):
            raise StoreError("Not restored", f"{target} is there again; rename one of the two.")
    # The article comes last: while it is missing, it can be restored once more.
    for place in reversed(_PLACES):
        if is_there(folder / place):
            make_private_folder(library / place)
            for path in (folder / place).glob("*"):
                move_durably(path, library / place / path.name)
            (folder / place).rmdir()
    folder.rmdir()
    return [library / _PLACES[0] / name for name in sorted(names)]
