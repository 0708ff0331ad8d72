"""Ctrl+c during work that is not to be ended at any point, but between two of its steps."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType


_recording: threading.Event | None = None
"""Is set once ctrl+c was pressed; None while it is not recorded."""


@contextlib.contextmanager
def recording_ctrl_c() -> Iterator[Callable[[], bool]]:
    """Record ctrl+c instead of raising it; pressed a second time, it is raised as usual.

    ``concurrent.futures.wait`` takes the lock of every future before it waits. If it is interrupted
    between two of them, it keeps the locks, and the threads that fetch can never end.

    Yields:
        A function that tells whether ctrl+c was pressed; inside another such context, also before.
    """
    global _recording  # noqa: PLW0603 - a program has one handler of a signal

    def record(_: int, __: FrameType | None) -> None:
        pressed.set()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    pressed = _recording or threading.Event()
    is_ours = (
        _recording is None
        and threading.current_thread() is threading.main_thread()
        # Else the program that started this one had ctrl+c ignored.
        and signal.getsignal(signal.SIGINT) is signal.default_int_handler
    )
    if not is_ours:
        yield pressed.is_set
        return
    _recording = pressed
    signal.signal(signal.SIGINT, record)
    try:
        yield pressed.is_set
    finally:
        _recording = None
        signal.signal(signal.SIGINT, signal.default_int_handler)
