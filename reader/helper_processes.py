"""The processes that read files for Margin, so that Margin can end them when it ends.

The reader of a format registers the process that it starts. Ending all processes does not import
the readers.
"""

from __future__ import annotations

import weakref
from typing import Protocol


class HelperProcess(Protocol):
    """A process that reads a file."""

    def kill(self) -> None:
        """End it at once, from any thread."""


_processes: weakref.WeakSet[HelperProcess] = weakref.WeakSet()


def register(process: HelperProcess) -> None:
    """Let :func:`kill_all` end a process, for as long as something refers to it."""
    _processes.add(process)


def kill_all() -> None:
    """End every registered process at once, from any thread; reading from them then fails."""
    for process in tuple(_processes):
        process.kill()
