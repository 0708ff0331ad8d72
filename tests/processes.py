"""What tests ask of processes: whether they run, and waiting for what they do."""

from __future__ import annotations

import math
import os
import select
import subprocess
import time
from collections.abc import Callable, Iterable


def wait_until(is_true: Callable[[], bool]) -> None:
    """Wait until a condition holds; fail after 20 seconds."""
    deadline = time.monotonic() + 20
    while not is_true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def wait_for_output(descriptors: Iterable[int], seconds: float) -> bool:
    """Wait until something can be read, or an end is closed; return whether that came in time.

    Any number of files may be open, unlike for ``select``.
    """
    waiting = select.poll()
    for descriptor in descriptors:
        waiting.register(descriptor, select.POLLIN)
    return bool(waiting.poll(math.ceil(seconds * 1000)))


def is_running(pid: int) -> bool:
    """Return whether a process runs; in a container it may stay a zombie, which does not count."""
    shown = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True)
    return bool(shown.stdout.strip()) and not shown.stdout.strip().startswith("Z")


def is_known(pid: int) -> bool:
    """Return whether the system knows a process, one that ended and was not waited for too."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
