"""Setting a damaged article file aside, and putting its last good copy in its place."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from reader.files import move_durably, write_atomically
from reader.store.article_file import ArticleFile
from reader.store.errors import DamagedFileError, cannot_write

if TYPE_CHECKING:
    from reader.errors import StoreError


def mend(file: ArticleFile, *, is_content_known: bool = False) -> str:
    """Set a damaged file aside under a name that says so, and put back its last good copy.

    Args:
        file: The file; where another program has mended it meanwhile, nothing is done.
        is_content_known: Set it aside even where there is no good copy: the caller writes anew.

    Returns:
        What was done, in a sentence; empty where nothing was.

    Raises:
        StoreError: It cannot be mended, and is as it was.
    """
    with file.locked():
        damage = _damage(file)
        if damage is None:
            return ""
        copy = _good_copy(file.last_good)
        if copy is None and not is_content_known:
            raise damage
        moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
        aside = file.path.with_name(f"{file.path.stem}.damaged-{moment}")
        try:
            move_durably(file.path, aside)
            if copy is not None:
                write_atomically(file.path, [copy])
        except OSError as error:
            raise cannot_write(error, file.path) from error
    what = "its last good copy is in its place" if copy else "it was written anew"
    return f"{file.path} was damaged: it is now {aside.name}, and {what}."


def _damage(file: ArticleFile) -> StoreError | None:
    try:
        file.read()
    except DamagedFileError as error:
        return error
    return None


def _good_copy(path: Path) -> bytes | None:
    """Return the content of a last good copy, or None where there is none that is good."""
    try:
        content = path.read_bytes()
        return content if ArticleFile(path, lock=path, last_good=path).read() else None
    except (OSError, DamagedFileError):
        return None
