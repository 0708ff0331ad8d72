"""Runs PDFium in a process of its own: its limits, its messages, and its failures.

A crash, an endless loop or full memory ends only that process; ``worker`` is what it runs.
"""

from __future__ import annotations

import importlib.util
import math
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Final, Literal, NamedTuple, TypeVar

import msgspec

from reader import helper_processes
from reader.errors import SourceError
from reader.formats.cleaning import clean_line
from reader.formats.extras import not_installed

MAX_MESSAGE: Final = 64 << 20
"""The largest message of one page, in bytes."""

_WORKER = Path(__file__).with_name("worker") / "__main__.py"
_CHUNK = 1 << 16
_LONGEST_DETAIL: Final = 200


class ProcessLimits(NamedTuple):
    """The limits of the process."""

    page_seconds: float = 20.0
    """The longest time for one page, or for opening the file."""
    total_seconds: float = 900.0
    """The longest time to wait for all pages together, and the processor time of the process."""
    memory: int = 2 << 30
    """The most memory besides the file, in bytes, if the system supports the limit."""


USUAL: Final = ProcessLimits()
"""Limits that are enough for ordinary files."""


class PdfWord(msgspec.Struct, array_like=True, gc=False):
    """A word or a part of one. Distances are in points; ``y`` grows upwards."""

    text: str
    """Its characters, before cleaning."""
    left: float
    """The left edge."""
    right: float
    """The right edge."""
    base: float
    """The position of its base line."""
    bottom: float
    """The lower edge of the boxes of its characters."""
    top: float
    """The upper edge of the boxes of its characters."""
    size: float
    """The size of its font."""
    style: int
    """The sum of ``BOLD``, ``SYMBOL`` and ``CUT`` of ``worker.words``."""


class WordGroup(msgspec.Struct):
    """The words of a page that run in one direction, turned upright."""

    angle: int
    """The direction on the page, in degrees counter-clockwise."""
    box: tuple[float, float, float, float]
    """The left, bottom, right and top edge of the page, turned like the words."""
    words: list[PdfWord]
    """The words in the order of the file."""


class RawPage(msgspec.Struct):
    """A page as PDFium reads it."""

    name: str
    """Its number in the document; empty if it has none."""
    state: Literal["", "damaged", "cut", "picture"] = ""
    """Whether it cannot be read, has too many characters, or holds a picture and no text."""
    groups: list[WordGroup] = []
    """The words by direction: the page's own first, and others with more text than a stamp."""
    links: list[tuple[float, float, float, float, str | int]] = []
    """Left, right, bottom, top and target: an address as it is written, or the index of a page."""


class PdfHeader(msgspec.Struct):
    """The facts that a document states."""

    count: int
    """The number of pages."""
    facts: dict[str, str]
    """Title, Author and CreationDate, as the document has them."""
    contents: list[tuple[int, int, str]]
    """The level, the page's index and the title of each entry of the contents."""


class _Fault(msgspec.Struct, forbid_unknown_fields=True):
    fault: Literal["password", "damaged", "memory", "crash"]
    detail: str = ""


_Message = TypeVar("_Message", PdfHeader, RawPage)


class PdfProcess:
    """A PDF that a process of its own reads; it must always be closed."""

    def __init__(self, data: bytes, label: str, limits: ProcessLimits = USUAL) -> None:
        """Start the process.

        Args:
            data: The bytes of a PDF.
            label: The name of the source in errors.
            limits: The limits of the process.

        Raises:
            SourceError: PDFium is not installed, or no process can be started.
        """
        self._label = label
        self._limits = limits
        self._waited = 0.0
        self._page = 0
        self._buffer = bytearray()
        self._process = _start(len(data), label, limits)
        self._finalizer = weakref.finalize(self, _end, self._process)
        helper_processes.register(self)
        feeder = threading.Thread(target=_feed, args=(self._process.stdin, data), daemon=True)
        feeder.start()

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._process.pid

    def close(self) -> None:
        """End the process at once, and wait until it is gone; safe to call twice."""
        self._finalizer()

    def kill(self) -> None:
        """End the process at once, from any thread; its reader must still close it."""
        with suppress(OSError):
            self._process.kill()

    def header(self) -> PdfHeader:
        """Return the facts before the pages.

        Raises:
            SourceError: The PDF is damaged or locked, or reading it failed.
        """
        return self._decoded(PdfHeader)

    def pages(self, count: int) -> Iterator[RawPage]:
        """Yield the next pages in their order.

        Raises:
            SourceError: Reading failed; the pages so far are incomplete.
        """
        for number in range(1, count + 1):
            self._page = number
            yield self._decoded(RawPage)

    def _decoded(self, kind: type[_Message]) -> _Message:
        message = self._message()
        try:
            if not message.startswith(b'{"fault"'):
                return msgspec.json.decode(message, type=kind)
            fault = msgspec.json.decode(message, type=_Fault)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise self._error("damaged") from error
        detail = clean_line(fault.detail)[:_LONGEST_DETAIL]
        raise self._error(fault.fault, f" ({detail})" if detail else "")

    def _message(self) -> bytes:
        """Return the next message, within the limits of time."""
        start = time.monotonic()
        limits = self._limits
        limit = min(limits.page_seconds, max(limits.total_seconds - self._waited, 0.0))
        size = int.from_bytes(self._take(4, start + limit), "big")
        if size > MAX_MESSAGE:
            raise self._error("memory")
        message = self._take(size, start + limit)
        self._waited += time.monotonic() - start
        return message

    def _take(self, size: int, deadline: float) -> bytes:
        output = self._process.stdout
        assert output is not None
        with selectors.DefaultSelector() as selector:
            while len(self._buffer) < size:
                selector.register(output, selectors.EVENT_READ)
                ready = selector.select(max(deadline - time.monotonic(), 0.0))
                selector.unregister(output)
                if not ready:
                    raise self._error("time")
                chunk = os.read(output.fileno(), _CHUNK)
                if not chunk:
                    raise self._exit_error()
                self._buffer += chunk
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken

    def _exit_error(self) -> SourceError:
        """Return the error for a process that ended too early."""
        try:
            code = self._process.wait(5)
        except subprocess.TimeoutExpired:
            return self._error("time")
        if code == -signal.SIGXCPU:
            return self._error("time")
        if code == -signal.SIGABRT:  # PDFium aborts when it gets no more memory.
            return self._error("memory")
        return self._error("crash", f" ({_signal_name(-code)})" if code < 0 else "")

    def _error(self, fault: str, detail: str = "") -> SourceError:
        """Return the error for a fault."""
        label, limits = self._label, self._limits
        place = f"page {self._page} of {label}" if self._page else label
        rest = "; the text before it is incomplete" if self._page > 1 else ""
        title = "Not a readable PDF"
        if fault == "password":
            message = f"{label} is a PDF locked with a password; save a copy without it first."
        elif fault == "damaged":
            message = f"{label} is a PDF that is damaged or cut short."
        elif fault == "time":
            title = "Takes too long"
            message = (
                f"Reading {place} took longer than Margin waits ({limits.page_seconds:g} seconds "
                f"for a page, {limits.total_seconds / 60:g} minutes in all){rest}."
            )
        elif fault == "memory":
            title = "Too large"
            message = (
                f"Reading {place} seems to need more memory than Margin gives to a PDF "
                f"({limits.memory / (1 << 30):g} GB){rest}."
            )
        else:
            message = (
                f"PDFium, the library that reads PDFs, crashed at {place}{detail}{rest}; a copy "
                "printed to a new PDF may open."
            )
        return SourceError(title, message)


def _start(size: int, label: str, limits: ProcessLimits) -> subprocess.Popen[bytes]:
    spec = importlib.util.find_spec("pypdfium2_raw")  # It is installed beside pypdfium2.
    if spec is None or spec.origin is None or importlib.util.find_spec("pypdfium2") is None:
        raise not_installed("PDF", "pypdfium2")
    site = str(Path(spec.origin).parent.parent)
    numbers = limits.memory + 2 * size, math.ceil(limits.total_seconds), size
    try:
        return subprocess.Popen(  # noqa: S603  (this interpreter and a file of Margin's)
            [sys.executable, "-I", "-S", "-B", str(_WORKER), site, *map(str, numbers)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=os.path.sep,
            env={key: os.environ[key] for key in ("SYSTEMROOT",) if key in os.environ},
            start_new_session=True,
        )
    except OSError as error:
        raise SourceError(
            "Not a readable PDF",
            f"{label} cannot be read: no process could be started for it "
            f"({error.strerror or error}).",
        ) from error


def _feed(stream: IO[bytes], data: bytes) -> None:
    with suppress(OSError, ValueError):  # the process is gone, and its reader raises the reason
        stream.write(data)
        stream.flush()


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(OSError):
        process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with suppress(OSError):
                stream.close()


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
