"""Runs PDFium in a process of its own: its limits, its messages, and its failures.

``worker`` is what the process runs.
"""

from __future__ import annotations

import importlib.util
import math
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal, NamedTuple, TypeVar

import msgspec

from reader.errors import SourceError
from reader.formats.cleaning import clean_line
from reader.formats.extras import not_installed
from reader.worker_process import WorkerProcess

MAX_MESSAGE: Final = 64 << 20
"""The largest message of one page, in bytes."""

_WORKER = Path(__file__).with_name("worker") / "__main__.py"
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


class RawAnnotation(msgspec.Struct):
    """An annotation of a page, as PDFium reads it."""

    kind: str
    """``highlight``, ``underline``, ``squiggly``, ``strikeout``; ``note``, ``text``, ``shape``,
    ``stamp`` or ``caret``."""
    index: int
    """Its index among all annotations of its page."""
    parent: int
    """The index of the annotation that it answers; -1 if it answers none."""
    name: str
    """What identifies it on its page; may be empty."""
    contents: str
    """What somebody wrote."""
    author: str
    """Who made it; may be empty."""
    modified: str
    """When it was last changed, in the form of PDF; may be empty."""
    created: str
    """When it was made, in the form of PDF; may be empty."""
    is_state: bool
    """Whether it only says that another one is accepted, rejected or done."""
    is_hidden: bool
    """Whether no program shows it."""
    colour: tuple[int, int, int] | None
    """Red, green and blue, each 0 to 255."""
    box: tuple[float, float, float, float]
    """The left, bottom, right and top edge of its first area."""
    parts: list[str] = []
    """The characters beneath each of its areas, or the line beside a note."""
    before: str = ""
    """The characters before those."""
    after: str = ""
    """The characters after them."""


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
    annotations: list[RawAnnotation] = []
    """The annotations that people made, in the order of the file."""


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
        self._process = _start(len(data), label, limits)
        self._process.feed_meanwhile(data)

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._process.pid

    def close(self) -> None:
        """End the process at once, and wait until it is gone; safe to call twice."""
        self._process.close()

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
        try:
            message = self._process.answer(start + limit, most=MAX_MESSAGE)
        except TimeoutError:
            raise self._error("time") from None
        except OverflowError:
            raise self._error("memory") from None
        except EOFError:
            raise self._exit_error() from None
        self._waited += time.monotonic() - start
        return message

    def _exit_error(self) -> SourceError:
        """Return the error for a process that ended too early."""
        code = self._process.exit_code()
        if code is None or code == -signal.SIGXCPU:
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


def _start(size: int, label: str, limits: ProcessLimits) -> WorkerProcess:
    spec = importlib.util.find_spec("pypdfium2_raw")  # It is installed beside pypdfium2.
    if spec is None or spec.origin is None or importlib.util.find_spec("pypdfium2") is None:
        raise not_installed("PDF", "pypdfium2")
    site = str(Path(spec.origin).parent.parent)
    numbers = limits.memory + 2 * size, math.ceil(limits.total_seconds), size
    try:
        return WorkerProcess(_WORKER, site, *map(str, numbers))
    except OSError as error:
        raise SourceError(
            "Not a readable PDF",
            f"{label} cannot be read: no process could be started for it "
            f"({error.strerror or error}).",
        ) from error


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
