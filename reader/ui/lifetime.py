"""Ending, suspending and resuming the running app when the system asks."""

from __future__ import annotations

import contextvars
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from reader.errors import StoreError
from reader.session import Session
from reader.ui.supervisor import Supervisor

if TYPE_CHECKING:
    import asyncio

    from textual.app import App

    from reader.ui.first_terminal import FirstTerminal
    from reader.ui.terminal import TerminalDriver


class Lifetime:
    """Carries out on the loop of the app what its supervisor asks for on another thread."""

    def __init__(self, session: Session, terminal: FirstTerminal | None = None) -> None:
        """Serve an app that need not be there yet.

        Args:
            session: What has to be saved.
            terminal: The terminal, where it may be taken before the app runs.
        """
        self._session = session
        self._terminal = terminal
        self._app: App[None] | None = None
        self._end: Callable[[], None] = lambda: None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._context: contextvars.Context | None = None
        self._lock = threading.Lock()
        self._waiting: list[Callable[[], None]] = []  # for the loop to run
        self._supervisor: Supervisor | None = None

    def attach(self, app: App[None], end: Callable[[], None]) -> None:
        """Serve an app.

        Args:
            app: The app.
            end: Quits without questions; called on the loop.
        """
        self._app, self._end = app, end

    @property
    def taken_terminal(self) -> FirstTerminal | None:
        """The terminal while it shows the first picture."""
        is_taken = self._terminal is not None and self._terminal.is_taken
        return self._terminal if is_taken else None

    def supervise(self) -> None:
        """Take the system's signals from now on; they wait until the app runs."""
        self._supervisor = Supervisor(self)
        self._supervisor.begin()

    def finish(self) -> int:
        """Save the last changes after the app has ended, and return the exit code of the signals.

        Raises:
            StoreError: The last changes could not be saved.
        """
        self.expect_end()
        if not self._session.writer.close():
            raise StoreError("Not saved", self._session.writer.status.message)
        if self._supervisor is None:
            return 0
        self._supervisor.finish()
        return self._supervisor.exit_code

    def expect_end(self) -> None:
        """Limit how long the program may take to end from now on."""
        if self._supervisor is not None:
            self._supervisor.expect_end()

    def begin(self) -> None:
        """Take requests from now on; call it on the loop of the app."""
        from asyncio import get_running_loop  # noqa: PLC0415  (slow, after the first picture)

        self._context = contextvars.copy_context()
        with self._lock:
            self._loop = get_running_loop()
        for function in self._waiting:
            function()

    @property
    def _driver(self) -> TerminalDriver | None:
        """The driver of the terminal; None before the app runs, and in tests."""
        if self._app is None:
            return None
        from reader.ui.terminal import driver_of  # noqa: PLC0415  (Textual's, after the first picture)

        return driver_of(self._app)

    @property
    def _has_signal(self) -> bool:
        """Whether a signal has asked the program to end."""
        return self._supervisor is not None and self._supervisor.exit_code > 0

    def suspend_now(self) -> None:
        """Suspend the program, and show the whole screen when it goes on."""
        if self._app is not None and (driver := self._driver) is not None:
            driver.suspend(lambda: self._has_signal)
            self._app.refresh(layout=True)

    def run_program(self, command: Sequence[str]) -> int | None:
        """Give the terminal to another program until that ends; show the whole screen afterwards.

        Args:
            command: The program and its arguments.

        Returns:
            As for ``TerminalDriver.run_program``; None where there is no terminal to give.

        Raises:
            OSError: It cannot be started.
        """
        if self._app is None or (driver := self._driver) is None:
            return None
        try:
            return driver.run_program(command, lambda: self._has_signal)
        finally:
            self._app.refresh(layout=True)

    def _end_now(self) -> None:
        if (driver := self._driver) is not None:
            driver.give_up_output_soon()
        self._end()

    def _resume_now(self) -> None:
        if self._app is not None and (driver := self._driver) is not None:
            driver.resume(lambda: self._has_signal)
            self._app.refresh(layout=True)

    # What the supervisor asks, on its thread

    def end(self) -> None:
        """Quit without questions."""
        if (driver := self._driver) is not None:
            driver.give_up_output_soon()
        self._call(self._end_now)

    def suspend(self) -> None:
        """Suspend the program."""
        self._call(self.suspend_now)

    def resume(self) -> None:
        """Take the terminal again."""
        self._call(self._resume_now)

    def save(self, seconds: float) -> bool:
        """Save the last changes, if need be beside the files that another program holds."""
        return self._session.writer.flush(seconds) or self._session.writer.rescue()

    def restore_terminal(self) -> None:
        """Give the terminal back."""
        if self._terminal is not None:
            self._terminal.give_back()
        if (driver := self._driver) is not None:
            driver.restore_terminal()

    def _call(self, function: Callable[[], None]) -> None:
        """Call a function on the loop, in the context of the app; nothing where it has ended."""
        with self._lock:
            if self._loop is None:
                self._waiting.append(function)
                return
        with suppress(RuntimeError):  # the loop is closed: the program ends by itself
            self._loop.call_soon_threadsafe(function, context=self._context)
