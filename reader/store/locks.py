"""Locks between programs: one writer at a time, and none left behind by the dead."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from reader.errors import StoreError
from reader.files import PRIVATE_FILE, make_private_folder
from reader.store.errors import cannot_write

LOCK_TIMEOUT = 20.0
"""Seconds to wait for another program; a save takes milliseconds."""

LOCK_POLL = 0.005
"""Seconds between two tries to take a lock."""


@contextlib.contextmanager
def locked(path: Path, timeout: float = LOCK_TIMEOUT) -> Iterator[None]:
    """Hold the lock file ``path``, which is made with its folder where it is not there yet.

    The system lets go of the lock when its holder ends, however it ends.

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
