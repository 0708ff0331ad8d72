"""The processes that read files for Margin, so that all of them can be ended with it.

A reader of files registers the process that it starts, and whoever leaves the program ends all of
them, without importing the readers.
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
    """Let :func:`kill_all` end a process; one that nobody refers to any more is forgotten."""
    _processes.add(process)


def kill_all() -> None:
    """End every registered process at once, from any thread; reading from it then fails."""
    for process in tuple(_processes):
        process.kill()
