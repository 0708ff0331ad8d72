"""Ctrl+c during work that is not to be ended at any point, but between two of its steps."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType


@contextlib.contextmanager
def recording_ctrl_c() -> Iterator[Callable[[], bool]]:
    """Record ctrl+c instead of raising it; pressed a second time, it is raised as usual.

    ``concurrent.futures.wait`` takes the lock of every future before it waits. If it is interrupted
    between two of them, it keeps the locks, and the threads that fetch can never end.

    Yields:
        A function that tells whether ctrl+c was pressed.
    """
    pressed = threading.Event()

    def record(_: int, __: FrameType | None) -> None:
        pressed.set()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield pressed.is_set  # the program that started this one had ctrl+c ignored
        return
    signal.signal(signal.SIGINT, record)
    try:
        yield pressed.is_set
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
