"""Locks between programs: one writer at a time, and none left behind by the dead."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from reader.errors import StoreError
from reader.files import PRIVATE_FILE, make_private_folder
from reader.store.errors import cannot_write

LOCK_TIMEOUT = 20.0
"""Seconds to wait for another program; a save takes milliseconds."""

LOCK_POLL = 0.005
"""Seconds between two tries to take a lock."""


PROBE: Final = "probe.lock"
"""The lock file that is taken only to see whether locks do anything."""

_NO_LOCKS: Final = frozenset(
    {errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL}
)
"""How a file system says that it knows no locks."""


@contextlib.contextmanager
def locked(path: Path, timeout: float = LOCK_TIMEOUT) -> Iterator[None]:
    """Hold the lock file ``path``, which is made with its folder where it is not there yet.

    The system lets go of the lock when its holder ends, however it ends. Where the file system
    knows no locks, nothing is held: ``reason_locks_fail`` tells of that, and a save still sees
    that another program was faster.

    Args:
        path: The lock file.
        timeout: Seconds to wait for another program that holds it.

    Raises:
        StoreError: The lock cannot be made, or another program does not let go of it.
    """
    import filelock  # noqa: PLC0415 - 40 ms that reading does without

    lock = filelock.FileLock(path, timeout=timeout, mode=PRIVATE_FILE)
    try:
        make_private_folder(path.parent)
        if _knows_locks(path.parent):
            lock.acquire(poll_interval=LOCK_POLL)
    except filelock.Timeout as error:
        raise StoreError(
            "Not saved", f"Another program has been holding {path}; close it."
        ) from error
    except OSError as error:
        raise cannot_write(error, path) from error
    try:
        yield
    finally:
        lock.release()


def reason_locks_fail(locks: Path) -> str:
    """Say why locks keep no other program out here, as on some network folders; else empty.

    Args:
        locks: The folder of the lock files; where it is not there, nothing is said.
    """
    probe = locks / PROBE
    try:
        first = os.open(probe, os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
        try:
            fcntl.flock(first, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if is_held(probe):
                return ""
        finally:
            os.close(first)
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            return ""  # another program probes, or nothing can be written: that is told elsewhere
    return (
        f"{locks} is on a disk where locks do nothing, as on some network folders: use the"
        " library from one window at a time, or keep it on a local disk and synchronise it."
    )


def is_held(path: Path) -> bool:
    """Tell whether a lock cannot be had because somebody has it."""
    try:
        descriptor = os.open(path, os.O_RDWR)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno in {errno.EAGAIN, errno.EACCES}
    finally:
        os.close(descriptor)
    return False


@cache
def _knows_locks(locks: Path) -> bool:
    """Tell whether the file system of a folder knows locks at all; probed once."""
    try:
        descriptor = os.open(locks / PROBE, os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
    except OSError:
        return True  # taking the lock tells why
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in _NO_LOCKS
    finally:
        os.close(descriptor)
    return True
