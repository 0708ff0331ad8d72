"""Reads plain files within bounds, and writes files so that a crash leaves no half of one."""

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
    from contextlib import AbstractContextManager
    from io import BufferedReader

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
    errno.ELOOP: ("its links lead in a circle", "repair or delete the link"),
    errno.ESTALE: ("its disk is gone", "connect or mount the disk"),
    errno.EMFILE: ("too many files are open", "close some programs"),
}


LONGEST_NAME = 255
"""The bytes that the name of a file may have on most file systems."""


class UnfitFileError(OSError):
    """A path leads to what cannot be read or replaced as a plain file."""

    def __init__(self, path: Path, reason: str, advice: str) -> None:
        """Keep the reason and the advice, each a part of a sentence as in ``explain``."""
        super().__init__(errno.EINVAL, reason, os.fspath(path))
        self.reason = reason
        """Why the file cannot be used: "it is a folder"."""
        self.advice = advice
        """What to do: "move it"."""


class TooLargeError(UnfitFileError):
    """A file is larger than its reader allows."""

    def __init__(self, path: Path, largest: int) -> None:
        """Describe a file that has over ``largest`` bytes."""
        super().__init__(path, f"it has over {largest / 1e6:,.0f} MB", "look at what is in it")


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


NO_STAMP = Stamp(0, 0, 0)
"""The stamp of a file that cannot be read."""


def stamp_of(path: Path) -> Stamp | None:
    """Return the stamp of the file at ``path``; None if there is no file."""
    try:
        return Stamp.of(path.stat())
    except FileNotFoundError:
        return None


def change_time(folder: Path) -> int:
    """Return when a file was last added to a folder, replaced or removed, in nanoseconds.

    0 where there is no folder.
    """
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return 0


def is_there(path: Path) -> bool:
    """Return whether there is a file or folder at ``path`` that this person may access."""
    try:
        path.stat()
    except OSError:
        return False
    return True


def is_folder(path: Path) -> bool:
    """Tell whether there is a folder at ``path``; no folder has a name that is too long."""
    try:
        return path.is_dir()
    except OSError:
        return False


def leads_inside(path: Path, folder: Path) -> bool:
    """Tell whether a path lies inside a folder once all links are followed."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def explain(error: OSError) -> tuple[str, str]:
    """Return in plain words why a file operation failed, and what a person can do.

    Returns:
        The reason and the advice, each a part of a sentence: "the disk is full", "make room on
        it".
    """
    if isinstance(error, UnfitFileError):
        return error.reason, error.advice
    if reason := _REASONS.get(error.errno or 0):
        return reason
    return (error.strerror or str(error)).lower(), "check the file and its folder"


def open_plain(path: Path) -> BufferedReader:
    """Open a plain file for reading; a pipe, a device or a folder is never opened.

    Raises:
        UnfitFileError: The path leads to no plain file.
        OSError: The file cannot be opened.
    """
    try:
        _check_plain(path, path.stat())
        # The file may have been replaced since: O_NONBLOCK does not wait for a pipe's writer.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY)
    except FileNotFoundError:
        if path.is_symlink():
            reason = "it is a link to a file that is not there"
            raise UnfitFileError(path, reason, "repair or delete the link") from None
        raise
    file = os.fdopen(descriptor, "rb")
    try:
        _check_plain(path, os.fstat(descriptor))
    except UnfitFileError:
        file.close()
        raise
    return file


def read_plain(path: Path, largest: int) -> tuple[bytes, Stamp]:
    """Return the content and the stamp of a plain file.

    Args:
        path: The file.
        largest: The most bytes that it may have.

    Raises:
        UnfitFileError: The path leads to no plain file, or to a larger one (``TooLargeError``).
        OSError: The file cannot be read.
    """
    with open_plain(path) as file:
        status = os.fstat(file.fileno())
        if status.st_size > largest:
            raise TooLargeError(path, largest)
        content = file.read(status.st_size + 1) or b""
        if len(content) > status.st_size:  # it grew meanwhile, or has no known size
            content += file.read(largest + 1 - len(content)) or b""
    if len(content) > largest:
        raise TooLargeError(path, largest)
    return content, Stamp.of(status)


def _check_plain(path: Path, status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise UnfitFileError(path, "it is a folder", "move or rename it")
    if not stat.S_ISREG(status.st_mode):
        raise UnfitFileError(path, "it is a pipe, a socket or a device", "move or delete it")


def name_within(stem: str, ending: str) -> str:
    """Return ``stem`` and ``ending`` as the name of a file, with a stem cut to what names allow."""
    room = LONGEST_NAME - len(os.fsencode(ending))
    return os.fsencode(stem)[:room].decode("utf-8", "ignore") + ending


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
    keeps_mode: bool = True,
    syncs_folder: bool = True,
    replacing: Callable[[Path], AbstractContextManager[object]] = contextlib.nullcontext,
) -> Stamp:
    """Replace the content of ``path`` durably: after a crash it is the old or the new one, whole.

    A symbolic link stays a link: the file that it leads to is replaced. Only a plain file is
    replaced, never a pipe or a device.

    Args:
        path: The file; its folder must exist.
        parts: The new content, in order.
        is_private: Whether a new file is for its owner alone; otherwise the umask decides.
        keeps_mode: Whether a file that exists keeps its mode; otherwise it gets that of a new one.
        syncs_folder: Whether the name is durable, too; otherwise the caller calls ``sync_folder``
            once for many files. Until then a crash may bring back the old file.
        replacing: Called with the file, once the new content is safe on disk; the file is replaced
            inside the context that it returns. If that raises first, the old file stays as it is.

    Returns:
        The stamp of the new file.

    Raises:
        OSError: It could not be written; nothing was changed, and no temporary file is left.
    """
    target = Path(os.path.realpath(path))
    created = PRIVATE_FILE if is_private else OPEN_FILE
    mode = PRIVATE_FILE if is_private else None
    with contextlib.suppress(FileNotFoundError):
        status = target.stat()
        _check_plain(target, status)  # the null device must stay
        mode = stat.S_IMODE(status.st_mode) if keeps_mode else mode
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
        with replacing(target):
            temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    if syncs_folder:
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
            # Of ten thousand other names, the first character alone is looked at.
            if entry.name[0] == "." and (match := _TEMPORARY_NAME.fullmatch(entry.name)):
                with contextlib.suppress(OSError):
                    age = time.time() - entry.stat(follow_symlinks=False).st_mtime
                    is_dead = age > _DEAD_WRITER_AGE and not is_running(match[1])
                    if is_dead or age > _FORGOTTEN_AGE:
                        Path(entry).unlink()


def is_abandoned(path: Path) -> bool:
    """Return whether a file is a temporary one whose writer has ended."""
    match = _TEMPORARY_NAME.fullmatch(path.name)
    return match is not None and not is_running(match[1])


def is_running(process: str) -> bool:
    """Return whether a process runs, by the digits of its id; True for what is no id."""
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError, ValueError):
        return True
    return True
