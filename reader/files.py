"""Writes files so that a crash leaves the old file or the new one, never half of one."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

PRIVATE_FOLDER = 0o700
"""The mode of folders that Margin makes."""

PRIVATE_FILE = 0o600
"""The mode of files that Margin makes; a file that exists keeps its own."""

OPEN_FILE = 0o666
"""The mode of files that are a person's own, before the umask."""

_TEMPORARY_NAME = re.compile(r"\.margin-(\d+)-[0-9a-f]{8}\.tmp")
"""The names of temporary files: the process id of the writer, and a random number."""

_DEAD_WRITER_AGE = 60.0
"""Age in seconds from which a temporary file is removed if its process has ended."""

_FORGOTTEN_AGE = 86_400.0
"""Age in seconds from which any temporary file is removed: process ids are used again."""

_REASONS = {
    errno.ENOSPC: ("the disk is full", "make room on it"),
    errno.EDQUOT: ("the disk quota is used up", "make room"),
    errno.EFBIG: ("the file would pass the size limit", "raise the limit (ulimit -f)"),
    errno.EROFS: ("the disk is read-only", "make it writable, or use another folder"),
    errno.EACCES: ("permission is denied", "check who owns the file and its folder"),
    errno.EPERM: ("permission is denied", "check who owns the file and its folder"),
    errno.EIO: ("the disk reports a fault", "copy your files to another disk"),
    errno.ENOENT: ("it is not there", "check that its folder and disk are there"),
    errno.EEXIST: ("a file of that name is in the way", "move that file, or use another folder"),
    errno.ENOTDIR: ("a part of its path is not a folder", "check the path"),
    errno.EISDIR: ("it is a folder", "check the path"),
    errno.ENAMETOOLONG: ("its name is too long", "choose a shorter one"),
    errno.ELOOP: ("its links lead in a circle", "repair the link"),
    errno.EMFILE: ("too many files are open", "close some programs"),
}


class Stamp(NamedTuple):
    """Values that change whenever a file is written, so that it need not be read."""

    mtime_ns: int
    """When it was last written, in nanoseconds."""
    size: int
    """Its length in bytes."""
    inode: int
    """The number of its inode; replacing a file changes it."""

    @classmethod
    def of(cls, status: os.stat_result) -> Stamp:
        """Return the stamp that ``status`` holds."""
        return cls(status.st_mtime_ns, status.st_size, status.st_ino)


def stamp_of(path: Path) -> Stamp | None:
    """Return the stamp of the file at ``path``; None if there is no file."""
    try:
        return Stamp.of(path.stat())
    except FileNotFoundError:
        return None


def is_there(path: Path) -> bool:
    """Return whether there is a file or folder at ``path`` that this person may access."""
    try:
        path.stat()
    except OSError:
        return False
    return True


def explain(error: OSError) -> tuple[str, str]:
    """Return in plain words why a file operation failed, and what a person can do.

    Returns:
        The reason and the advice, each a part of a sentence: "the disk is full", "make room on
        it".
    """
    if reason := _REASONS.get(error.errno or 0):
        return reason
    return (error.strerror or str(error)).lower(), "check the file and its folder"


def make_private_folder(folder: Path) -> None:
    """Make ``folder`` and its missing parents, readable by their owner alone.

    Raises:
        OSError: A folder could not be made.
    """
    try:
        folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    except FileNotFoundError:
        make_private_folder(folder.parent)
        folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)


def write_atomically(
    path: Path,
    parts: Iterable[bytes],
    *,
    is_private: bool = True,
    before_replace: Callable[[Path], None] | None = None,
) -> Stamp:
    """Replace the content of ``path`` durably: after a crash it is the old or the new one, whole.

    A symbolic link stays a link: the file that it leads to is replaced. A file that exists keeps
    its mode.

    Args:
        path: The file; its folder must exist.
        parts: The new content, in order.
        is_private: Whether a new file is for its owner alone; otherwise the umask decides.
        before_replace: Called with the file that is about to be replaced, once the new content is
            safe on disk; if it raises, the old file stays as it is.

    Returns:
        The stamp of the new file.

    Raises:
        OSError: It could not be written; nothing was changed, and no temporary file is left.
    """
    target = Path(os.path.realpath(path))
    created = PRIVATE_FILE if is_private else OPEN_FILE
    try:
        status = target.stat()
        if not stat.S_ISREG(status.st_mode):  # as the null device, which must stay
            code = errno.EISDIR if stat.S_ISDIR(status.st_mode) else errno.EEXIST
            raise OSError(code, os.strerror(code), str(target))
        mode: int | None = stat.S_IMODE(status.st_mode)
    except FileNotFoundError:
        mode = PRIVATE_FILE if is_private else None
    temporary = target.with_name(f".margin-{os.getpid()}-{os.urandom(4).hex()}.tmp")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, created)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(parts)
            file.flush()
            if mode is not None:
                os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
            stamp = Stamp.of(os.fstat(file.fileno()))
        if before_replace is not None:
            before_replace(target)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)
    return stamp


def sync_folder(folder: Path) -> None:
    """Make the names in ``folder`` durable.

    Raises:
        OSError: The disk reports a fault. A file system that cannot do this raises nothing.
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise
    finally:
        os.close(descriptor)


def move_durably(path: Path, target: Path) -> None:
    """Rename ``path`` to ``target`` on the same disk, durably.

    Raises:
        OSError: It could not be moved.
    """
    path.rename(target)
    sync_folder(target.parent)
    if path.parent != target.parent:
        sync_folder(path.parent)


def sweep_temporary_files(folder: Path) -> None:
    """Remove temporary files that a killed writer left in ``folder``, but none that is in use.

    A file is removed if it is older than a minute and its writer has ended, or if it is older than
    a day. Files that cannot be removed stay.
    """
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if match := _TEMPORARY_NAME.fullmatch(entry.name):
                with contextlib.suppress(OSError):
                    age = time.time() - entry.stat(follow_symlinks=False).st_mtime
                    is_dead = age > _DEAD_WRITER_AGE and not _is_alive(int(match[1]))
                    if is_dead or age > _FORGOTTEN_AGE:
                        Path(entry).unlink()


def is_abandoned(path: Path) -> bool:
    """Return whether a file is a temporary one whose writer has ended."""
    match = _TEMPORARY_NAME.fullmatch(path.name)
    return match is not None and not _is_alive(int(match[1]))


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
