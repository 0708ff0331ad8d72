"""The process in which PDFium reads a PDF and sends its pages, one after another.

PDFium is written in C++, and a PDF may be made to crash it, to keep it busy for ever or to fill the
memory. Only this process is at risk. The program imports nothing else of Margin, so that it starts
fast. ``process`` starts it with its limits as arguments and the file on its standard input. Each
message is a length of four bytes and that much JSON. When standard input ends, the process ends
too: it cannot outlive its parent.

Distances are in points, 1/72 of an inch, from the lower left corner; ``y`` grows upwards. A page
whose text runs sideways is turned upright.
"""

from __future__ import annotations

import json
import os
import struct
import sys
import threading
from types import TracebackType
from typing import Any, NoReturn

from . import pages

_GRACE = 5
"""The seconds of processor time between the signal that ends the process and the hard limit."""


def main() -> None:
    """Read the PDF on standard input, and send its content."""
    sys.excepthook = _end_by_fault
    site, memory, seconds, size = sys.argv[1:5]
    _limit(AS=int(memory), CPU=int(seconds), CORE=0, NOFILE=64)
    source = sys.stdin.buffer
    data = source.read(int(size))
    threading.Thread(target=_end_with, args=(source,), daemon=True).start()
    sys.path.append(site)
    # Its folder is only known now.
    import pypdfium2_raw as raw  # type: ignore[import-untyped]  # noqa: PLC0415

    raw.FPDF_InitLibrary()
    # From here on no file can be written and no program started; PDFium still opens fonts.
    _limit(FSIZE=0, NPROC=0)
    for message in pages.messages(raw, data):
        _send(message)
    os._exit(0)  # without tidying up, which PDFium does not need


def _end_by_fault(
    kind: type[BaseException], error: BaseException, _: TracebackType | None
) -> NoReturn:
    """Send an error that nothing else has caught, and end at once.

    Otherwise the interpreter would wait for the other thread, and abort like PDFium without memory.
    """
    try:
        if issubclass(kind, MemoryError):
            _send({"fault": "memory"})
        else:
            _send({"fault": "crash", "detail": f"{kind.__name__}: {error}"})
    finally:
        os._exit(1)


def _limit(**limits: int) -> None:
    """Lower limits of the system for good, those that it knows.

    Args:
        limits: The names in ``resource`` without their prefix, each with the most of it.
    """
    try:
        import resource  # noqa: PLC0415  (Windows has none)
    except ImportError:
        return
    for kind, number in limits.items():
        limit = getattr(resource, f"RLIMIT_{kind}")
        present = resource.getrlimit(limit)[1]
        most = number + _GRACE if kind == "CPU" else number
        hard = most if present == resource.RLIM_INFINITY else min(most, present)
        soft = min(number, hard)
        try:
            resource.setrlimit(limit, (soft, hard))
        except (ValueError, OSError):  # macOS refuses some limits.
            continue


def _end_with(source: Any) -> None:
    source.read(1)
    os._exit(1)


def _send(message: object) -> None:
    data = json.dumps(message, separators=(",", ":")).encode()
    sys.stdout.buffer.write(struct.pack(">I", len(data)) + data)
    sys.stdout.buffer.flush()
