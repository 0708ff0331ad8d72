"""Runs a program on a pseudo-terminal and shows what a person would see there."""

from __future__ import annotations

import fcntl
import os
import pty
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

from tests.processes import wait_for_output

KEYS: Mapping[str, str] = {
    "enter": "\r", "escape": "\x1b", "tab": "\t", "backspace": "\x7f", "space": " ",
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D",
    "home": "\x1b[H", "end": "\x1b[F", "pageup": "\x1b[5~", "pagedown": "\x1b[6~",
    "delete": "\x1b[3~", "shift+up": "\x1b[1;2A", "shift+down": "\x1b[1;2B",
    "shift+right": "\x1b[1;2C", "shift+left": "\x1b[1;2D",
    **{f"ctrl+{letter}": chr(ord(letter) - 96) for letter in "abcdefghijklmnopqrstuvwxyz"},
}  # fmt: skip
"""What a terminal sends for the keys that are not a character."""

MARGIN = (sys.executable, "-m", "reader")
"""The program, as this Python has it installed."""

WAIT_SECONDS = 20.0
"""How long a condition is waited for, in seconds; generous, for loaded machines."""

FRAME_BEGINS, FRAME_ENDS = b"\x1b[?2026h", b"\x1b[?2026l"
"""What stands around a frame, for a terminal that has said that it shows frames as a whole."""

ASKED, ANSWER = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
"""The question whether it does, and the answer that it does."""

FRAME_SECONDS = 2.0
"""How long the rest of a frame that has begun is waited for, in seconds."""

PAUSE_SECONDS = 0.15
"""The pause after an escape that the program has read, in seconds."""

TERMINAL_NUMBER = 0x80045430
"""Linux's request for the number of a pseudo-terminal, which ``termios`` does not name."""

QUIET_SECONDS = 0.15
"""After how long without output a screen counts as painted, in seconds."""

HOLDER = (
    sys.executable,
    "-c",
    """
import signal, subprocess, sys
signal.signal(signal.SIGHUP, lambda *_: None)
child = subprocess.Popen(sys.argv[2:])
open(sys.argv[1], "w").write(f"{child.pid}\\n")
code = child.wait()
open(sys.argv[1], "a").write(f"{code}\\n")
""",
)
"""A program that holds another one and keeps the signal of a closed terminal from it, as some
runners do; its first argument is a file for the id of the process and its exit code."""


class Terminal:
    """A program on a pseudo-terminal of a fixed size."""

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        size: tuple[int, int] = (80, 24),
        home: Path,
        environment: Mapping[str, str] | None = None,
        is_deaf_to_ctrl_c: bool = False,
    ) -> None:
        """Start a program.

        Args:
            command: The program and its arguments.
            size: Columns and lines.
            home: Its home folder.
            environment: What is added to the environment.
            is_deaf_to_ctrl_c: Whether it starts with ctrl+c ignored, as what a shell script runs
                in the background does; otherwise ctrl+c works, also if the tests run like that.
        """
        self.columns, self.lines = size
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        words = [str(word) for word in command]
        settings = {
            **os.environ,
            "HOME": str(home),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "PYTHONPATH": str(Path(__file__).parents[2]),
            **(environment or {}),
        }
        # A person's Python keeps what it compiled; without that every start compiles anew.
        settings.pop("PYTHONDONTWRITEBYTECODE", None)
        # Test runners may say how wide their own output is; here the terminal's size counts.
        for name in ("COLUMNS", "LINES"):
            settings.pop(name, None)
        self.started = time.perf_counter()
        """When the program was started, as ``time.perf_counter`` counts."""
        self._pid, self._fd = pty.fork()
        if self._pid == 0:
            signal.signal(signal.SIGINT, signal.SIG_IGN if is_deaf_to_ctrl_c else signal.SIG_DFL)
            os.execvpe(words[0], words, settings)
        self._set_size(*size)
        self.output = bytearray()
        """All that the program has written so far."""
        self._last = b""
        self._is_in_frame = False
        self._is_lost = False
        self.status: int | None = None
        """The exit code, once it has ended; minus the signal's number where one ended it."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.kill()
        self.lose()

    @property
    def text(self) -> str:
        """What is on the screen, a line each, without spaces at the ends of lines."""
        self.read(0)
        return "\n".join(line.rstrip() for line in self._screen.display)

    @property
    def pid(self) -> int:
        """The program's process."""
        return self._pid

    @property
    def descriptor(self) -> int:
        """The terminal's side of the pseudo-terminal."""
        return self._fd

    def send(self, *keys: str) -> None:
        """Press keys, given by name or as they are typed."""
        for key in keys:
            os.write(self._fd, KEYS.get(key, key).encode())
            if key == "escape":  # a program tells escape from a sequence by the pause after it
                self._wait_until_taken()
                time.sleep(PAUSE_SECONDS)
            self.read(0.01)

    def click(self, column: int, line: int, times: int = 1) -> None:
        """Click with the left button on a cell; cells are counted from 0."""
        for _ in range(times):
            for end in "Mm":
                os.write(self._fd, f"\x1b[<0;{column + 1};{line + 1}{end}".encode())

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Hold the left button from one cell to another; each is a column and a line from 0."""
        for code, (column, line), last in ((0, start, "M"), (32, end, "M"), (0, end, "m")):
            os.write(self._fd, f"\x1b[<{code};{column + 1};{line + 1}{last}".encode())
            self.read(0.05)

    def resize(self, columns: int, lines: int) -> None:
        """Give the terminal another size."""
        self.columns, self.lines = columns, lines
        self._screen.resize(lines, columns)
        self._set_size(columns, lines)
        os.kill(self._pid, signal.SIGWINCH)

    def wait_for(self, wanted: str | Callable[[str], bool], seconds: float = WAIT_SECONDS) -> str:
        """Wait until a text stands on the screen, or a condition of the screen holds.

        Returns:
            The screen.

        Raises:
            AssertionError: It did not come about; the message shows the screen.
        """
        is_there = wanted if callable(wanted) else lambda screen: wanted in screen
        end = time.perf_counter() + seconds
        while not is_there(self.text):
            if time.perf_counter() > end or not self.read(0.1):
                if is_there(self.text):
                    break
                what = "the condition" if callable(wanted) else repr(wanted)
                raise AssertionError(f"{what} did not come about on this screen:\n{self.text}")
        return self.text

    def read(self, seconds: float) -> bool:
        """Take what the program writes within some seconds, and the rest of a frame that has begun.

        Returns:
            Whether the program can still write.
        """
        while wait_for_output([self._fd], seconds):
            try:
                written = os.read(self._fd, 65536)
            except OSError:
                return False
            if not written:
                return False
            self.output += written
            self._stream.feed(written)
            self._follow_frames(written)
            seconds = FRAME_SECONDS if self._is_in_frame else 0
        return True

    def _follow_frames(self, written: bytes) -> None:
        """Note whether a frame is half there; say that this terminal shows frames as a whole."""
        longest = max(map(len, (FRAME_BEGINS, FRAME_ENDS, ASKED)))
        seen, before = self._last + written, self._last
        self._last = seen[1 - longest :]
        if seen.count(ASKED) > before.count(ASKED):
            os.write(self._fd, ANSWER)
        begins, ends = seen.rfind(FRAME_BEGINS), seen.rfind(FRAME_ENDS)
        if begins != ends:
            self._is_in_frame = begins > ends

    def press(self, key: str, quiet: float) -> float:
        """Press a key and take the frame that it makes.

        Args:
            key: As for ``send``.
            quiet: After how long without output the frame is complete, in seconds.

        Returns:
            When its first output came, as ``time.perf_counter`` counts.
        """
        os.write(self._fd, KEYS.get(key, key).encode())
        wait_for_output([self._fd], WAIT_SECONDS)
        painted = time.perf_counter()
        self.settle(quiet)
        return painted

    def settle(self, quiet: float = QUIET_SECONDS) -> float:
        """Wait until nothing more is painted; a first picture is followed by more.

        Args:
            quiet: How long nothing may come, in seconds.

        Returns:
            When the last output came, as ``time.perf_counter`` counts.
        """
        last = time.perf_counter()
        while self.output and FRAME_ENDS not in self.output:
            if time.perf_counter() > last + WAIT_SECONDS or not self.read(0.05):
                break
        while wait_for_output([self._fd], quiet):
            if not self.read(0):
                break
            last = time.perf_counter()
        return last

    def lose(self) -> None:
        """Take the terminal away, as a closed window or a lost connection does."""
        if not self._is_lost:
            os.close(self._fd)
            self._is_lost = True

    def wait(self, seconds: float = WAIT_SECONDS) -> int:
        """Wait until the program has ended; returns its exit code."""
        end = time.perf_counter() + seconds
        while self.status is None:
            if self._is_lost:
                time.sleep(0.05)
            else:
                self.read(0.05)
            pid, status = os.waitpid(self._pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
            elif time.perf_counter() > end:
                raise AssertionError(f"the program did not end; its screen:\n{self.text}")
        return self.status

    def kill(self, number: int = signal.SIGKILL) -> None:
        """End the program at once."""
        if self.status is None:
            os.kill(self._pid, number)
            _, status = os.waitpid(self._pid, 0)
            self.status = os.waitstatus_to_exitcode(status)

    def _wait_until_taken(self) -> None:
        """Wait until the program has read what was typed, where the system tells that."""
        if sys.platform != "linux":
            return
        number = struct.unpack("I", fcntl.ioctl(self._fd, TERMINAL_NUMBER, bytes(4)))[0]
        other_end = os.open(f"/dev/pts/{number}", os.O_RDONLY | os.O_NOCTTY)
        try:
            end = time.perf_counter() + WAIT_SECONDS
            while any(fcntl.ioctl(other_end, termios.FIONREAD, bytes(4))):
                if time.perf_counter() > end or not self.read(0.01):
                    break
        finally:
            os.close(other_end)

    def _set_size(self, columns: int, lines: int) -> None:
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
