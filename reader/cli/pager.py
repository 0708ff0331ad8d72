"""Shows what is longer than the terminal in the person's pager."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    import subprocess

_DEFAULT = "less -R"

_LESS_OPTIONS = "FRX"
"""What less is asked if the person has no options of their own: to end where all fits, to show
colours, and to leave the text on the terminal."""


@contextlib.contextmanager
def paging() -> Iterator[None]:
    """Send what is printed to the pager, if standard output is a terminal and it is longer."""
    words = _pager()
    if not words or not sys.stdout.isatty():
        yield
        return
    terminal = sys.stdout
    paged = _Paged(terminal, words)
    sys.stdout = paged
    try:
        yield
    finally:
        sys.stdout = terminal
        paged.finish()


def _pager() -> list[str]:
    """Return the words of the pager's command; none where the person wants none."""
    import shlex

    named = os.environ.get("PAGER", _DEFAULT)
    try:
        words = shlex.split(named)
    except ValueError:
        return []
    if words and os.path.basename(words[0]) == "less" and words[1:] == []:  # noqa: PTH119
        return [*words, "-R"]
    return [] if words == ["cat"] else words


class _Paged(io.TextIOBase):
    """Keeps what is printed until it is longer than the terminal, and then starts the pager."""

    def __init__(self, terminal: TextIO, words: list[str]) -> None:
        self._terminal = terminal
        self._words = words
        self._kept: list[str] = []
        from shutil import get_terminal_size  # not before the reader's first screen

        self._room = get_terminal_size().lines - 1
        self._process: subprocess.Popen[str] | None = None

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """The encoding of the terminal."""
        return self._terminal.encoding

    def isatty(self) -> bool:
        """Return True: what is printed is for a terminal."""
        return True

    def fileno(self) -> int:
        """Return the descriptor of the terminal."""
        return self._terminal.fileno()

    def write(self, text: str) -> int:
        """Print text, or keep it until it is known whether the pager is needed.

        Raises:
            BrokenPipeError: The person left the pager.
        """
        if self._process is not None and self._process.stdin is not None:
            return self._process.stdin.write(text)
        self._kept.append(text)
        self._room -= text.count("\n")
        if self._room < 0:
            self._start()
        return len(text)

    def flush(self) -> None:
        """Do nothing: the pager, or the end, shows what is kept."""

    def finish(self) -> None:
        """Print what is kept, or wait until the person leaves the pager."""
        if self._process is None:
            self._terminal.write("".join(self._kept))
            return
        with contextlib.suppress(OSError):
            if self._process.stdin is not None:
                self._process.stdin.close()
        while True:
            try:
                self._process.wait()
            except KeyboardInterrupt:  # it is for the pager
                continue
            return

    def _start(self) -> None:
        import subprocess

        environment = os.environ if "LESS" in os.environ else os.environ | {"LESS": _LESS_OPTIONS}
        try:
            self._process = subprocess.Popen(  # noqa: S603  (the person's own program)
                self._words,
                stdin=subprocess.PIPE,
                encoding=self._terminal.encoding,
                errors=self._terminal.errors,
                env=environment,
            )
        except OSError:  # there is no such program
            self._room = sys.maxsize
            return
        kept, self._kept = "".join(self._kept), []
        if self._process.stdin is not None:
            self._process.stdin.write(kept)
