"""The terminal from the first picture until Textual takes it over, without Textual."""

from __future__ import annotations

import os
import sys
import termios
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any, Final

ALTERNATE_SCREEN: Final = "\x1b[?1049h"
"""Shows the other screen of the terminal, and clears it."""

RESTORE: Final = (
    "\x1b[?2004l\x1b[?7h\x1b[?2048l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l"
    "\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
)
"""Ends all modes of the terminal that Textual or this module has begun."""

_MOUSE_AND_PASTE: Final = "\x1b[?1000h\x1b[?1003h\x1b[?1015h\x1b[?1006h\x1b[?2004h"
"""What is clicked or pasted meanwhile must arrive as such, and not as keys."""

_NO_CURSOR_NO_WRAP: Final = "\x1b[?25l\x1b[?7l"

_LINE_FLAGS: Final = termios.ECHO | termios.ICANON | termios.IEXTEN
_INPUT_FLAGS: Final = termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR
"""What the terminal does with keys by itself, and Textual turns off."""

_INPUT, _LOCAL, _CHARACTERS = 0, 3, 6
"""Indexes into the attributes of a terminal."""


class FirstTerminal:
    """The terminal of the program, which can be taken to show one picture.

    It then has the modes that Textual needs. Keys that are pressed wait in it until Textual reads
    them.
    """

    def __init__(self) -> None:
        """Leave the terminal as it is."""
        self._descriptor = -1
        self._attributes: list[Any] = []
        self.is_taken = False
        """Whether it shows a picture, and has to be given back."""

    def show(self, lines: Iterable[str]) -> None:
        """Take the terminal and show a picture on its other screen; nothing where it is gone.

        Args:
            lines: The lines of the picture, with escape sequences.
        """
        assert sys.__stdin__ is not None
        self._descriptor = sys.__stdin__.fileno()
        try:
            self._attributes = termios.tcgetattr(self._descriptor)
            self.is_taken = True
            termios.tcsetattr(self._descriptor, termios.TCSANOW, _raw(self._attributes))
        except termios.error:
            self.is_taken = False
            return
        picture = "".join(f"\x1b[{y};1H{line}" for y, line in enumerate(lines, 1))
        try:
            self._write(f"{ALTERNATE_SCREEN}{_NO_CURSOR_NO_WRAP}{_MOUSE_AND_PASTE}{picture}")
        except OSError:  # the window was closed; Textual's driver ends the program
            self.give_back()

    def hand_over(self) -> list[Any]:
        """Let Textual give the terminal back; return the attributes that it had before."""
        self.is_taken = False
        return self._attributes

    def give_back(self) -> None:
        """Give the terminal back as it was, unless Textual has it; safe on any thread."""
        if not self.is_taken:
            return
        self.is_taken = False
        with suppress(termios.error):
            termios.tcflush(self._descriptor, termios.TCIFLUSH)  # keys meant for Margin
            termios.tcsetattr(self._descriptor, termios.TCSANOW, self._attributes)
        with suppress(OSError):
            self._write(RESTORE)

    def _write(self, text: str) -> None:
        output = sys.__stderr__
        assert output is not None
        data = text.encode(output.encoding, output.errors or "replace")
        while data:
            data = data[os.write(output.fileno(), data) :]


def _raw(attributes: list[Any]) -> list[Any]:
    """Return attributes with which each key arrives at once, as Textual sets them."""
    raw = [*attributes[:_CHARACTERS], [*attributes[_CHARACTERS]]]
    signals = 0 if os.environ.get("TEXTUAL_ALLOW_SIGNALS") else termios.ISIG
    raw[_LOCAL] &= ~(_LINE_FLAGS | signals)
    raw[_INPUT] &= ~_INPUT_FLAGS
    raw[_CHARACTERS][termios.VMIN] = 1
    return raw


def size_of_terminal(environment: Mapping[str, str]) -> tuple[int, int] | None:
    """Return the columns and lines of a terminal that can be taken; None where there is none.

    Args:
        environment: The environment; ``COLUMNS`` and ``LINES`` count more than the terminal, as
            they do for Textual.
    """
    try:
        assert sys.__stdin__ is not None
        assert sys.__stdout__ is not None
        assert sys.__stderr__ is not None
        descriptor = sys.__stdin__.fileno()
        is_ours = os.tcgetpgrp(descriptor) == os.getpgrp() and sys.__stderr__.isatty()
        columns, lines = os.get_terminal_size(sys.__stdout__.fileno())
    except (AssertionError, OSError, ValueError):
        return None
    named = [environment.get(name, "") for name in ("COLUMNS", "LINES")]
    if not is_ours or any(named):
        return None
    return (columns, lines) if columns and lines else None
