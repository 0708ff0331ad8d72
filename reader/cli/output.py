"""What commands print, which is always safe to show, and the exit codes that they end with.

Results go to standard output, messages to standard error.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

from reader.safe_text import safe_json, sanitise

OK = 0
"""The exit code of a command that did its work."""

NOTHING_FOUND = 1
"""The exit code of a command that found nothing to print or to open."""

PROBLEMS_LEFT = 1
"""The exit code of a command that left something undone in the library."""

FAILED = 2
"""The exit code of an error."""

INTERRUPTED = 130
"""The exit code after ctrl+c, as shells have it: 128 and the signal's number."""


def print_lines(lines: Iterable[str]) -> None:
    """Print results on standard output, each on a line of its own."""
    for line in lines:
        sys.stdout.write(sanitise(line) + "\n")


def print_message(message: str, end: str = "\n") -> None:
    """Print a message on standard error."""
    print(sanitise(message), end=end, file=sys.stderr, flush=True)


def print_warning(sentence: str) -> None:
    """Print a sentence that begins with the name of the program."""
    print_message(f"margin: {sentence}")


def print_json(value: Any) -> None:
    """Print a value; letters of all scripts stay as they are, unsafe characters are escaped."""
    sys.stdout.write(safe_json(value, indent=2) + "\n")
