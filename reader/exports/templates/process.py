"""The process that renders a template: its limits, its messages, and what ends it."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from reader.errors import ExportError
from reader.exports.templates.found import Template
from reader.exports.templates.values import ExportValues
from reader.safe_text import sanitise_line
from reader.worker_process import WorkerProcess

_WORKER: Final = Path(__file__).with_name("worker") / "__main__.py"
_LONGEST_MESSAGE: Final = 300


class Limits(NamedTuple):
    """What a template may take."""

    seconds: float = 20.0
    """The longest time for one text."""
    start_seconds: float = 20.0
    """The longest time to start the process and to read the template."""
    memory: int = 2 << 30
    """The most memory of the process, in bytes, if the system supports the limit."""
    characters: int = 64_000_000
    """The most characters of one text."""


USUAL: Final = Limits()
"""Limits that are enough for a library of 10,000 articles in one text."""


class _Fault(msgspec.Struct):
    message: str
    name: str = ""
    line: int = 0
    column: int = 0


class _Answer(msgspec.Struct):
    text: str = ""
    fault: _Fault | None = None


class TemplateProcess:
    """A template in a process of its own, which must be closed."""

    def __init__(self, template: Template, limits: Limits = USUAL) -> None:
        """Start the process, and read the template.

        Raises:
            ExportError: The template has a fault, or no process can be started.
        """
        self._template = template
        self._limits = limits
        template.source()  # says what is wrong with a file that cannot be read
        self._process = _start(template, limits)
        path = template.path
        first = json.dumps({"folder": str(path.parent), "name": path.name}).encode()
        self._ask(first, limits.start_seconds)

    def close(self) -> None:
        """End the process, and wait until it is gone; safe to call twice."""
        self._process.close()

    def render(self, values: ExportValues) -> str:
        """Return what the template makes of some values.

        Raises:
            ExportError: The template has a fault, or takes too long, too much memory, or writes too
                much; the message names the line and the column where it knows them.
        """
        encoded = msgspec.json.encode(values)
        head = f'{{"most":{self._limits.characters},"values":'.encode()
        return self._ask(head + encoded + b"}", self._limits.seconds)

    def _ask(self, message: bytes, seconds: float) -> str:
        try:
            answer = self._answer(message, seconds)
        except ExportError:
            self.close()
            raise
        if answer.fault is not None:
            raise self._error(answer.fault)
        return answer.text

    def _answer(self, message: bytes, seconds: float) -> _Answer:
        deadline = time.monotonic() + seconds
        try:
            self._process.feed(len(message).to_bytes(4, "big") + message)
            return msgspec.json.decode(self._process.answer(deadline), type=_Answer)
        except TimeoutError as error:
            raise ExportError(
                "Takes too long",
                f"{self._label} was ended after {seconds:g} seconds; make it do less, or export"
                " fewer articles at once.",
            ) from error
        except (OSError, EOFError, ValueError) as error:  # it is gone, or was killed as it answered
            raise self._ended() from error

    def _ended(self) -> ExportError:
        gigabytes = self._limits.memory / (1 << 30)
        return ExportError(
            "Template ended",
            f"{self._label} was ended before it was done; it may need more memory than the"
            f" {gigabytes:g} GB that it gets.",
        )

    def _error(self, fault: _Fault) -> ExportError:
        path = self._template.path
        at_fault = path.with_name(fault.name) if fault.name and fault.name != path.name else path
        label = str(at_fault) if not self._template.is_built_in else self._label
        place = f", line {fault.line}, column {fault.column}" if fault.line else ""
        message = sanitise_line(fault.message)[:_LONGEST_MESSAGE]
        stop = "" if message.endswith("?") else "."
        return ExportError("Fault in the template", f"{label}{place}: {message}{stop}")

    @property
    def _label(self) -> str:
        """What the template is called in messages."""
        built_in = self._template.is_built_in
        return f"The template {self._template.name}" if built_in else str(self._template.path)


def _start(template: Template, limits: Limits) -> WorkerProcess:
    try:
        return WorkerProcess(_WORKER, json.dumps(_module_path()), str(limits.memory))
    except OSError as error:
        raise ExportError(
            "Template not used",
            f"{template.path} cannot be used: no process could be started for it"
            f" ({error.strerror or error}).",
        ) from error


def _module_path() -> list[str]:
    """Return where this process finds modules, as whole paths, and the package itself."""
    package = str(Path(__file__).parents[3])
    return [package, *(os.path.abspath(each) for each in sys.path if each)]  # noqa: PTH100
