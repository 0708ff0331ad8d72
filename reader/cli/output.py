"""What commands print, which is always safe to show, and the exit codes that they end with.

Results go to standard output, messages to standard error.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import sys
from collections.abc import Iterable
from typing import Any, NamedTuple

from reader.cli.streams import can_hold
from reader.errors import ReaderError
from reader.files import explain
from reader.safe_text import escape_in_json, safe_json, sanitise

OK = 0
"""The exit code of a command that did its work."""

NOTHING_FOUND = 1
"""The exit code of a command that found nothing to print or to open."""

DIFFERENT = 1
"""The exit code of a command that found a difference, as ``diff`` has it."""

PROBLEMS_LEFT = 1
"""The exit code of a command that left something undone in the library."""

FAILED = 2
"""The exit code of an error."""

INTERRUPTED = 130
"""The exit code after ctrl+c, as shells have it: 128 and the signal's number."""


class Line(NamedTuple):
    """A line that has a look on a terminal."""

    text: str
    """The text; it need not be safe to show."""
    look: str
    """``TITLE``, ``FACTS``, ``FAINT``, ``ADDED``, ``REMOVED``; empty for none."""


class Parts(NamedTuple):
    """A line whose parts have looks of their own."""

    parts: tuple[Line, ...]
    """The parts, which follow one another."""


TITLE, FACTS, FAINT = "1", "36", "2"
"""How a line looks: bold, cyan or faint, by the numbers that a terminal has for them."""

ADDED, REMOVED = "1;32", "31"
"""How words look that were added and removed: bold green and red."""

COLOUR_CHOICES = ("auto", "always", "never")
"""When lines have colours; ``auto`` is on a terminal, unless ``NO_COLOR`` is set."""


def is_coloured(choice: str) -> bool:
    """Return whether lines have colours, for one of ``COLOUR_CHOICES``."""
    if choice != "auto":
        return choice == "always"
    is_plain = os.environ.get("NO_COLOR") or os.environ.get("TERM", "dumb") == "dumb"
    return not is_plain and sys.stdout.isatty()


def print_lines(lines: Iterable[str | Line | Parts], *, colour: str = "never") -> None:
    """Print results on standard output, each on a line of its own.

    Args:
        lines: The lines; they need not be safe to show.
        colour: One of ``COLOUR_CHOICES``.
    """
    has_colours = is_coloured(colour)
    for line in lines:
        parts = line.parts if isinstance(line, Parts) else (line,)
        shown = (_shown(part, has_colours=has_colours) for part in parts)
        write_output(f"{''.join(shown)}\n")


def _shown(part: str | Line, *, has_colours: bool) -> str:
    """Return a part of a line as it is written."""
    text, look = part if isinstance(part, Line) else (part, "")
    text = sanitise(text)
    return f"\x1b[{look}m{text}\x1b[0m" if has_colours and look else text


def print_message(message: str, end: str = "\n") -> None:
    """Print a message on standard error; one that cannot be written is dropped."""
    with contextlib.suppress(OSError):
        print(sanitise(message), end=end, file=sys.stderr, flush=True)


def print_warning(sentence: str) -> None:
    """Print a sentence that begins with the name of the program."""
    print_message(f"margin: {sentence}")


def print_warnings(sentences: Iterable[str]) -> None:
    """Print sentences, each as a warning."""
    for sentence in sentences:
        print_warning(sentence)


def print_json(value: Any) -> None:
    """Print a value; letters of all scripts stay as they are, unsafe characters are escaped."""
    write_output(_json(value) + "\n")


def print_json_list(values: Iterable[Any]) -> int:
    """Print values as the list that ``print_json`` prints, each as soon as it comes.

    Returns:
        How many there were.
    """
    count = 0
    for count, value in enumerate(values, 1):
        lines = _json(value).replace("\n", "\n  ")
        write_output(f"{',' if count > 1 else '['}\n  {lines}")
    write_output("\n]\n" if count else "[]\n")
    return count


def _json(value: Any) -> str:
    import msgspec

    try:  # the standard library writes JSON with an indent in Python, which is far slower
        encoded = msgspec.json.format(msgspec.json.encode(value), indent=2)
        text = escape_in_json(encoded.decode())
    except UnicodeEncodeError:  # a lone surrogate
        text = safe_json(value, indent=2)
    return text if can_hold(sys.stdout, text) else json.dumps(value, indent=2)


def print_text(text: str) -> None:
    """Print a text that another program reads, every character of it.

    Raises:
        ReaderError: Standard output is of an encoding that lacks a character of the text.
    """
    if not can_hold(sys.stdout, text):
        raise ReaderError(
            "Not printed",
            f"Standard output takes {sys.stdout.encoding}, which lacks some of the characters; name"
            " a file with -o FILE, or set PYTHONIOENCODING=utf-8.",
        )
    write_output(text)


def print_bytes(data: bytes) -> None:
    """Print what is no text, for a file or another program.

    Raises:
        ReaderError: Standard output is a terminal, or it is full or closed.
        BrokenPipeError: The program that reads standard output has read enough.
    """
    if sys.stdout.isatty():
        raise ReaderError(
            "Not printed",
            "This format is no text, and a terminal would show it as garbage; name a file with"
            " -o FILE, or send it on with > or |.",
        )
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
    except OSError as error:
        raise _not_printed(error) from error


def flush_output() -> None:
    """Make sure that everything printed has been written.

    Raises:
        ReaderError: Standard output is full or closed.
        BrokenPipeError: The program that reads standard output has read enough.
    """
    try:
        sys.stdout.flush()
    except OSError as error:
        raise _not_printed(error) from error


def write_output(text: str) -> None:
    """Write text, which must be safe to show, on standard output.

    Raises:
        ReaderError: Standard output is full or closed.
        BrokenPipeError: The program that reads standard output has read enough.
    """
    try:
        sys.stdout.write(text)
    except OSError as error:
        raise _not_printed(error) from error


def _not_printed(error: OSError) -> Exception:
    """Return the error for what could not be printed; a pipe that nobody reads is told as it is."""
    if isinstance(error, BrokenPipeError):
        return error
    reason, advice = explain(error)
    if error.errno == errno.EBADF:
        reason, advice = "it is closed", "give it a file, a pipe or a terminal"
    return ReaderError(
        "Not printed", f"Standard output cannot be written because {reason}; {advice}."
    )
