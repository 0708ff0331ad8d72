"""A thread that takes the system's signals, and ends a program that does not end by itself.

A signal is taken even while the thread of the interface is blocked: Python writes its number to a
pipe at once, whatever its threads are doing.
"""

from __future__ import annotations

import faulthandler
import math
import os
import select
import signal
import threading
import time
from typing import Final, Protocol

END_SIGNALS: Final = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
"""The signals that end the program."""

SIGNAL_CODE: Final = 128
"""What is added to a signal's number to make the exit code, as shells do."""

NOT_SAVED_CODE: Final = 2
"""The exit code where the last changes could not be saved."""

GRACE_SECONDS: Final = 2.0
"""How long the program may take to end by itself, in seconds."""

SAVE_SECONDS: Final = 2.0
"""How long the last changes may then take to be saved, in seconds."""

LAST_SECONDS: Final = 10.0
"""After how long the program is ended in any case, in seconds."""

_LEAVING: Final = 0
"""What is written to the pipe in place of a signal's number: the program has begun to end."""


class Supervised(Protocol):
    """A program that can be asked to end, to suspend itself and to go on."""

    def end(self) -> None:
        """Begin to end; called on the supervisor's thread, returns at once."""
        ...

    def suspend(self) -> None:
        """Begin to suspend; as for ``end``."""
        ...

    def resume(self) -> None:
        """Go on after a pause; as for ``end``."""
        ...

    def save(self, seconds: float) -> bool:
        """Save the last changes; called on the supervisor's thread.

        Args:
            seconds: The longest wait.

        Returns:
            Whether all changes are on disk.
        """
        ...

    def restore_terminal(self) -> None:
        """Give the terminal back without waiting for any thread."""
        ...


class Supervisor:
    """Passes signals on to a program, and limits how long its end may take."""

    def __init__(self, program: Supervised) -> None:
        """Supervise a program; ``begin`` starts it."""
        self._program = program
        self._number = 0
        self._deadline = math.inf  # as time.monotonic counts
        self._reading, self._writing = os.pipe()
        os.set_blocking(self._writing, False)

    @property
    def exit_code(self) -> int:
        """The exit code that a signal asks for; 0 without one."""
        return SIGNAL_CODE + self._number if self._number else 0

    def begin(self) -> None:
        """Take signals from now on; call it on the main thread."""
        for number in END_SIGNALS:
            signal.signal(number, self._note)
        signal.set_wakeup_fd(self._writing, warn_on_full_buffer=False)
        threading.Thread(target=self._run, name="margin-supervisor", daemon=True).start()

    def finish(self) -> None:
        """Let no signal change the exit code any more, because everything is done."""
        for number in END_SIGNALS:
            signal.signal(number, signal.SIG_IGN)

    def expect_end(self) -> None:
        """End the program after ``GRACE_SECONDS`` if it has not ended by itself."""
        os.write(self._writing, bytes([_LEAVING]))

    def _note(self, number: int, _frame: object) -> None:
        """Remember the signal that ends the program, on the main thread."""
        self._number = self._number or number

    def _run(self) -> None:
        while True:
            patience = max(self._deadline - time.monotonic(), 0.0)
            is_urgent = math.isfinite(patience)
            if select.select([self._reading], [], [], patience if is_urgent else None)[0]:
                for number in os.read(self._reading, 64):
                    self._take(number)
            else:
                self._end_now()

    def _take(self, number: int) -> None:
        if number in END_SIGNALS:
            self._number = self._number or number
            self._limit()
            self._program.end()
        elif number == _LEAVING:
            self._limit()
        elif number == signal.SIGTSTP:
            self._program.suspend()
        elif number == signal.SIGCONT:
            self._program.resume()

    def _limit(self) -> None:
        """Begin to count the time that is left."""
        if math.isinf(self._deadline):
            self._deadline = time.monotonic() + GRACE_SECONDS
            # Its thread also ends a program in which no Python code can run any more.
            nowhere = os.open(os.devnull, os.O_WRONLY)
            faulthandler.dump_traceback_later(LAST_SECONDS, exit=True, file=nowhere)

    def _end_now(self) -> None:
        is_saved = self._program.save(SAVE_SECONDS)
        self._program.restore_terminal()
        os._exit(self.exit_code if is_saved else NOT_SAVED_CODE)
