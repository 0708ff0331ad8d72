"""Lock files, so that one program writes at a time; a program that ends leaves no lock."""

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
"""Seconds between two attempts to take a lock."""

PROBE: Final = "probe.lock"
"""The lock file that is taken only to test whether locks work."""

_NO_LOCKS: Final = frozenset(
    {errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL}
)
"""The error numbers of a file system that has no locks."""


@contextlib.contextmanager
def locked(path: Path, timeout: float = LOCK_TIMEOUT) -> Iterator[None]:
    """Hold the lock file ``path``; make it, with its folder, where it does not exist.

    The system releases the lock when its holder ends, also when it is killed. Where the file
    system has no locks, nothing is held: ``reason_locks_fail`` reports that, and a save still
    notices that another program has written the file.

    Args:
        path: The lock file.
        timeout: Seconds to wait for another program that holds it.

    Raises:
        StoreError: The lock cannot be made, or another program does not release it.
    """
    import filelock  # noqa: PLC0415 - 40 ms that reading an article does not need

    lock = filelock.FileLock(path, timeout=timeout, mode=PRIVATE_FILE)
    try:
        make_private_folder(path.parent)
        if _has_locks(path.parent):
            lock.acquire(poll_interval=LOCK_POLL)
    except filelock.Timeout as error:
        raise StoreError(
            "Not saved", f"Another program holds {path}; close that program."
        ) from error
    except OSError as error:
        raise cannot_write(error, path) from error
    try:
        yield
    finally:
        lock.release()


def reason_locks_fail(locks: Path) -> str:
    """Return a sentence that says why locks do not work here; empty where they work.

    Locks do not work on some network folders.

    Args:
        locks: The folder of the lock files; where it does not exist, the result is empty.
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
            return ""  # another program tests, or nothing can be written: others report that
    return (
        f"{locks} is on a disk where locks do nothing, as on some network folders: use the"
        " library in one window at a time, or keep it on a local disk and synchronise it."
    )


def is_held(path: Path) -> bool:
    """Return whether a program holds a lock."""
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
def _has_locks(locks: Path) -> bool:
    """Return whether the file system of a folder has locks; tested once."""
    try:
        descriptor = os.open(locks / PROBE, os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
    except OSError:
        return True  # taking the lock raises the reason
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in _NO_LOCKS
    finally:
        os.close(descriptor)
    return True
