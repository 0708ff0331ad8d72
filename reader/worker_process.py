"""A script of Margin's in a process of its own, which answers in messages: starts, asks, ends it.

Each answer comes after its length, in four bytes. A crash, an endless loop or full memory ends only
that process; the script sets its own limits.
"""

from __future__ import annotations

import os
import selectors
import subprocess
import sys
import threading
import time
import weakref
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Final

from reader import helper_processes

if TYPE_CHECKING:
    from pathlib import Path

LARGEST: Final = (1 << 32) - 1
"""The largest answer that four bytes can announce, in bytes."""

_CHUNK: Final = 1 << 16
_EXIT_SECONDS: Final = 5.0
"""How long a process that sends no more may take to exit."""


class WorkerProcess:
    """A process that runs a script and answers; it must always be closed."""

    def __init__(self, script: Path, *arguments: str) -> None:
        """Start the process; it inherits no variables, no open files and no folder.

        Args:
            script: What Python runs, without the modules that are installed.
            arguments: The arguments of the script.

        Raises:
            OSError: No process can be started.
        """
        self._buffer = bytearray()
        self._process = subprocess.Popen(  # noqa: S603  (this interpreter and a file of Margin's)
            [sys.executable, "-I", "-S", "-B", str(script), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=os.path.sep,
            env={key: os.environ[key] for key in ("SYSTEMROOT",) if key in os.environ},
            start_new_session=True,
        )
        self._finalizer = weakref.finalize(self, _end, self._process)
        helper_processes.register(self)

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._process.pid

    def close(self) -> None:
        """End the process at once, and wait until it is gone; safe to call twice."""
        self._finalizer()

    def kill(self) -> None:
        """End the process at once, from any thread; it must still be closed."""
        with suppress(OSError):
            self._process.kill()

    def feed(self, data: bytes) -> None:
        """Write to the process's standard input.

        Raises:
            OSError: The process is gone.
            ValueError: It was closed.
        """
        assert self._process.stdin is not None
        _feed(self._process.stdin, data)

    def feed_meanwhile(self, data: bytes) -> None:
        """Write to the process's standard input on a thread, while answers are read.

        Where the process is gone, reading its answer says so.
        """
        arguments = (self._process.stdin, data)
        threading.Thread(target=_feed_quietly, args=arguments, daemon=True).start()

    def answer(self, deadline: float, *, most: int = LARGEST) -> bytes:
        """Return the next answer.

        Args:
            deadline: The time of ``time.monotonic`` until which it is waited for.
            most: The largest answer that is read, in bytes.

        Raises:
            TimeoutError: It did not come in time.
            EOFError: The process ended before it.
            OverflowError: It is larger than ``most``.
            OSError: It cannot be read.
        """
        size = int.from_bytes(self._take(4, deadline), "big")
        if size > most:
            raise OverflowError
        return self._take(size, deadline)

    def exit_code(self) -> int | None:
        """Return the exit code of a process that ended, negative for a signal; None if it runs."""
        try:
            return self._process.wait(_EXIT_SECONDS)
        except subprocess.TimeoutExpired:
            return None

    def _take(self, size: int, deadline: float) -> bytes:
        """Return the next bytes of an answer."""
        output = self._process.stdout
        assert output is not None
        with selectors.DefaultSelector() as selector:
            selector.register(output, selectors.EVENT_READ)
            while len(self._buffer) < size:
                if not selector.select(max(deadline - time.monotonic(), 0.0)):
                    raise TimeoutError
                chunk = os.read(output.fileno(), _CHUNK)
                if not chunk:
                    raise EOFError
                self._buffer += chunk
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken


def _feed(stream: IO[bytes], data: bytes) -> None:
    stream.write(data)
    stream.flush()


def _feed_quietly(stream: IO[bytes], data: bytes) -> None:
    with suppress(OSError, ValueError):
        _feed(stream, data)


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(OSError):
        process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with suppress(OSError):
                stream.close()
