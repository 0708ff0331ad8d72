"""PDFium in a process of its own: its limits, what it tells, and how its failures are said.

A crash, an endless loop or a memory that fills up ends that process and no other; see
``worker`` for what runs there.
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
"""Bytes that one page may take as it is told."""

_WORKER = Path(__file__).with_name("worker") / "__main__.py"
_CHUNK = 1 << 16
_LONGEST_DETAIL: Final = 200


class ProcessLimits(NamedTuple):
    """What the process may use."""

    page_seconds: float = 20.0
    """How long one page, or the opening of the file, may take."""
    total_seconds: float = 900.0
    """How long may be waited for all pages together; the processor time of the process, too."""
    memory: int = 2 << 30
    """Bytes that it may take besides the file, where the system can hold it to that."""


USUAL: Final = ProcessLimits()
"""What is enough for any honest file."""


class PdfWord(msgspec.Struct, array_like=True, gc=False):
    """A word or a part of one. Distances are in points; ``y`` grows upwards."""

    text: str
    """Its characters, not cleaned."""
    left: float
    """Where it begins."""
    right: float
    """Where it ends."""
    base: float
    """The line that it stands on."""
    bottom: float
    """The lower edge of its characters' boxes."""
    top: float
    """The upper edge of its characters' boxes."""
    size: float
    """The size of its font."""
    style: int
    """``BOLD``, ``SYMBOL`` and ``CUT`` of ``worker.words``, added up."""


class WordGroup(msgspec.Struct):
    """The words of a page that run in one direction, turned upright."""

    angle: int
    """The direction on the page, in degrees against the clock."""
    box: tuple[float, float, float, float]
    """The page's left, bottom, right and top edge, turned like the words."""
    words: list[PdfWord]
    """The words in the order of the file."""


class RawPage(msgspec.Struct):
    """A page as PDFium reads it."""

    name: str
    """Its number as the document gives it; empty where it gives none."""
    state: Literal["", "damaged", "cut", "picture"] = ""
    """Whether it cannot be read, has too many characters, or holds a picture and no text."""
    groups: list[WordGroup] = []
    """The page's own direction first; others where they hold more than a stamp."""
    links: list[tuple[float, float, float, float, str | int]] = []
    """Left, right, bottom, top and target: an address as it is written, or the index of a page."""


class PdfHeader(msgspec.Struct):
    """What a document says of itself."""

    count: int
    """How many pages it has."""
    facts: dict[str, str]
    """Title, Author and CreationDate, where it has them."""
    contents: list[tuple[int, int, str]]
    """Level, index of the page and title of the contents' entries."""


class _Fault(msgspec.Struct, forbid_unknown_fields=True):
    fault: Literal["password", "damaged", "memory", "crash"]
    detail: str = ""


_Message = TypeVar("_Message", PdfHeader, RawPage)


class PdfProcess:
    """A PDF that a process of its own reads; to be closed, whatever happens."""

    def __init__(self, data: bytes, label: str, limits: ProcessLimits = USUAL) -> None:
        """Start the process.

        Args:
            data: The bytes of a PDF.
            label: How the source is called in errors.
            limits: What the process may use.

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
        """The number of the process."""
        return self._process.pid

    def close(self) -> None:
        """End the process at once, and wait until it is gone; safe to call twice."""
        self._finalizer()

    def kill(self) -> None:
        """End the process at once, from any thread; who reads from it still has to close it."""
        with suppress(OSError):
            self._process.kill()

    def header(self) -> PdfHeader:
        """Return what comes before the pages.

        Raises:
            SourceError: The PDF is damaged, locked, or its reading failed.
        """
        return self._decoded(PdfHeader)

    def pages(self, count: int) -> Iterator[RawPage]:
        """Yield that many pages in their order.

        Raises:
            SourceError: The reading failed; the pages before are not the whole.
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
            raise self._told("damaged") from error
        detail = clean_line(fault.detail)[:_LONGEST_DETAIL]
        raise self._told(fault.fault, f" ({detail})" if detail else "")

    def _message(self) -> bytes:
        """Return the next message, waiting for it no longer than is allowed."""
        start = time.monotonic()
        limits = self._limits
        limit = min(limits.page_seconds, max(limits.total_seconds - self._waited, 0.0))
        size = int.from_bytes(self._take(4, start + limit), "big")
        if size > MAX_MESSAGE:
            raise self._told("memory")
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
                    raise self._told("time")
                chunk = os.read(output.fileno(), _CHUNK)
                if not chunk:
                    raise self._ended()
                self._buffer += chunk
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken

    def _ended(self) -> SourceError:
        """Say why the process is gone although it had more to tell."""
        try:
            code = self._process.wait(5)
        except subprocess.TimeoutExpired:
            return self._told("time")
        if code == -signal.SIGXCPU:
            return self._told("time")
        if code == -signal.SIGABRT:  # What PDFium does when it is given no more memory.
            return self._told("memory")
        return self._told("crash", f" ({_signal_name(-code)})" if code < 0 else "")

    def _told(self, fault: str, detail: str = "") -> SourceError:
        """Return the error that says a fault."""
        label, limits = self._label, self._limits
        place = f"page {self._page} of {label}" if self._page else label
        rest = "; the text before it is not the whole" if self._page > 1 else ""
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
                f"PDFium, the library that reads PDFs, broke down at {place}{detail}{rest}; a copy "
                "printed to a new PDF may open."
            )
        return SourceError(title, message)


def _start(size: int, label: str, limits: ProcessLimits) -> subprocess.Popen[bytes]:
    spec = importlib.util.find_spec("pypdfium2_raw")  # It stands beside pypdfium2.
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
    with suppress(OSError, ValueError):  # It is gone or closed: the one that reads says why.
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
