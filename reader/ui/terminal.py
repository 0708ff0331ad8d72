"""The terminal: what Textual's driver lacks where it goes away, takes no output or is suspended.

Written for Textual 8.2, and bound to its version as ``compat`` is.
"""

from __future__ import annotations

import os
import select
import selectors
import signal
import subprocess
import sys
import termios
import time
from codecs import getincrementaldecoder
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, Final, TextIO

from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

from reader.ui.compat import InputParser
from reader.ui.first_terminal import ALTERNATE_SCREEN, RESTORE, FirstTerminal

INPUT_SECONDS: Final = 0.1
"""How often the thread that reads keys looks whether it must end, in seconds, as in Textual."""

INPUT_BYTES: Final = 4096
"""How much is read from the terminal at once, in bytes, as in Textual."""

OUTPUT_SECONDS: Final = 0.5
"""How long a terminal may take no output once the program ends, in seconds."""


PROGRAM_SECONDS: Final = 0.5
"""How long another program may take to end where this one ends, in seconds."""

INTERRUPTS: Final = (signal.SIGINT, signal.SIGQUIT)
"""The signals that keys send to all programs of a terminal."""


class TerminalOutput:
    """The terminal as a file: writing to it raises no error, and can be given up.

    Textual 8.2 writes with blocking calls on a thread that an error ends. The thread of the
    interface then waits for ever to put the next text into a full queue: neither keys nor signals
    are taken any more.
    """

    def __init__(self, file: TextIO) -> None:
        """Write to the terminal of ``file``."""
        self._file = file
        self._pending: list[str] = []
        self._descriptor = _open_without_blocking(file.fileno())
        self._is_lost = False
        self._is_ending = False

    def fileno(self) -> int:
        """Return the file's descriptor."""
        return self._file.fileno()

    def write(self, text: str) -> None:
        """Take a text, which ``flush`` writes."""
        self._pending.append(text)

    def flush(self) -> None:
        """Write what was taken; where the terminal is gone, write nothing."""
        data = "".join(self._pending).encode(self._file.encoding, self._file.errors or "replace")
        self._pending.clear()
        while data and not self._is_lost:
            data = data[self._write(data) :]

    def give_up_soon(self) -> None:
        """Write no more if the terminal takes no output for ``OUTPUT_SECONDS``."""
        self._is_ending = True

    def write_at_once(self, text: str) -> None:
        """Write as much of a text as the terminal takes now; safe on any thread."""
        self._is_lost = True
        with suppress(OSError):
            os.write(self._descriptor, text.encode())

    def _write(self, data: bytes) -> int:
        """Write some of the data; return how many bytes were written."""
        try:
            return os.write(self._descriptor, data[:INPUT_BYTES])
        except BlockingIOError:
            self._wait()
        except OSError:
            self._is_lost = True
            lose_terminal()
        return 0

    def _wait(self) -> None:
        """Wait until the terminal takes output again, or is given up."""
        began = time.monotonic()
        while not select.select([], [self._descriptor], [], INPUT_SECONDS)[1]:
            if self._is_ending and time.monotonic() - began > OUTPUT_SECONDS:
                self._is_lost = True
                return


def _open_without_blocking(descriptor: int) -> int:
    """Return a descriptor of the same terminal that does not block; of another file, the same one.

    Other programs have the first descriptor, too, so it must stay as it is.
    """
    try:
        flags = os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC
        return os.open(os.ttyname(descriptor), flags)
    except OSError:
        return descriptor


def lose_terminal() -> None:
    """End the program as the signal of a closed terminal does, which the system did not send."""
    os.kill(os.getpid(), signal.SIGHUP)


class TerminalDriver(LinuxDriver):
    """Textual's driver for a terminal that may go away, take no output, or be suspended."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Make the driver; the arguments are Textual's."""
        super().__init__(*arguments, **options)
        assert sys.__stderr__ is not None
        self._output = TerminalOutput(sys.__stderr__)
        self._file: Any = self._output
        self._is_active = False
        self._was_stopped = False
        # The first picture's screen is shown already, and must not be cleared.
        self._taken: FirstTerminal | None = getattr(self._app, "taken_terminal", None)

    def write(self, data: str) -> None:
        """Write to the terminal."""
        if self._taken is None or data != ALTERNATE_SCREEN:
            super().write(data)

    # Textual 8.2 suspends and resumes inside of the signal handlers, which may run while the same
    # thread holds the lock of the queue of output. Here the supervisor lets the loop do both.

    def _sigtstp_application(self, *_: object) -> None:
        """Do nothing: ``suspend`` is called by the loop."""

    def _sigcont_application(self, *_: object) -> None:
        """Note that the program was stopped; ``resume`` is called by the loop."""
        self._was_stopped = True

    def suspend(self, is_ending: Callable[[], bool]) -> None:
        """Give the terminal back and stop the whole job; return when the job goes on.

        The programs that wait for this one, such as make, are stopped with it: otherwise the
        shell would not come back. Where there is no shell to come back, the system stops nothing.

        Args:
            is_ending: Returns whether a signal has ended the program meanwhile.
        """
        self.suspend_application_mode()
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(0, signal.SIGTSTP)
        self._take_back(is_ending)
        signal.signal(signal.SIGTSTP, self._sigtstp_application)

    def resume(self, is_ending: Callable[[], bool]) -> None:
        """Take the terminal again after the program was stopped without being asked.

        Args:
            is_ending: As for ``suspend``.
        """
        if self._was_stopped:
            self.suspend_application_mode()
            self._take_back(is_ending)

    def run_program(self, command: Sequence[str], is_ending: Callable[[], bool]) -> int:
        """Give the terminal to another program until that ends, and return its exit code.

        The program is stopped and goes on together with this one, as one job of the shell. Keys
        that interrupt it do not interrupt this one.

        Args:
            command: The program and its arguments.
            is_ending: Returns whether a signal ends this program meanwhile; it ends the other, too.

        Returns:
            The exit code; negative where a signal has ended the program.

        Raises:
            OSError: It cannot be started.
        """
        self.suspend_application_mode()
        handlers = {}
        try:
            signal.signal(signal.SIGTSTP, signal.SIG_DFL)
            process = subprocess.Popen(command)  # noqa: S603  (what the reader's environment names)
            # The program has its own answer to these by now.
            handlers = {each: signal.signal(each, signal.SIG_IGN) for each in INTERRUPTS}
            return _wait_for(process, is_ending)
        finally:
            for number, handler in handlers.items():
                signal.signal(number, handler)
            signal.signal(signal.SIGTSTP, self._sigtstp_application)
            self._take_back(is_ending)

    def _take_back(self, is_ending: Callable[[], bool]) -> None:
        """Take the terminal again; in the background, stop until the shell gives it back."""
        while not (self.is_in_foreground or is_ending()):
            os.kill(os.getpid(), signal.SIGSTOP)
        self._was_stopped = False
        if not is_ending():
            self.start_application_mode()

    def start_application_mode(self) -> None:
        """Take the terminal."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self._is_active = True
        if (terminal := self._taken) is not None:
            self.attrs_before = terminal.hand_over()
            self._taken = None

    def stop_application_mode(self) -> None:
        """Give the terminal back, unless that is done already."""
        if self._is_active:
            super().stop_application_mode()
            self._is_active = False

    def disable_input(self) -> None:
        """Read no more keys; in the background the system would stop the program for that."""
        if self._is_active:
            super().disable_input()

    def give_up_output_soon(self) -> None:
        """Let a terminal that takes no output not keep the program from ending."""
        self._output.give_up_soon()

    def restore_terminal(self) -> None:
        """Give the terminal back at once, on any thread, while the others may be blocked."""
        if self._is_active and self.is_in_foreground:
            if self.attrs_before is not None:
                with suppress(termios.error):
                    termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
            self._output.write_at_once(RESTORE)

    @property
    def is_in_foreground(self) -> bool:
        """Whether the program may use the terminal; also where the terminal is gone."""
        try:
            return os.tcgetpgrp(self.fileno) == os.getpgrp()
        except OSError:
            return True

    def run_input_thread(self) -> None:
        """Read keys until the driver stops or the terminal is gone.

        Textual 8.2 takes the end of the input for a pause and reads again at once, for ever, and
        a byte that is no UTF-8 ends the app.
        """
        parser = InputParser(self._debug)
        decode = getincrementaldecoder("utf-8")(errors="replace").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(INPUT_SECONDS):
                    data = self._read()
                    if data is None:
                        continue
                    if not data:
                        lose_terminal()
                        return
                    if text := decode(data):  # nothing yet where a character is incomplete
                        for message in parser.feed(text):
                            self.process_message(message)
                for message in parser.tick():
                    self.process_message(message)

    def _read(self) -> bytes | None:
        """Return what was typed: nothing at the end of the input, None where to try again."""
        try:
            return os.read(self.fileno, INPUT_BYTES)
        except BlockingIOError:
            return None
        except OSError:
            return b""


def _wait_for(process: subprocess.Popen[bytes], is_ending: Callable[[], bool]) -> int:
    """Return the exit code of a process; end it where this program ends."""
    is_asked_to_end = False
    while True:
        try:
            return process.wait(PROGRAM_SECONDS if is_asked_to_end else INPUT_SECONDS)
        except subprocess.TimeoutExpired:
            if is_asked_to_end:
                process.kill()
            elif is_ending():
                process.terminate()
                is_asked_to_end = True


def driver_of(app: App[Any]) -> TerminalDriver | None:
    """Return the driver of an app that runs on a terminal; None in tests."""
    driver = app._driver
    return driver if isinstance(driver, TerminalDriver) else None
