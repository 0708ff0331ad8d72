"""Ending, suspending and resuming the running app when the system asks."""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Callable
from contextlib import suppress

from textual.app import App

from reader.errors import StoreError
from reader.session import Session
from reader.ui.supervisor import Supervisor
from reader.ui.terminal import driver_of


class Lifetime:
    """Carries out on the loop of the app what its supervisor asks for on another thread."""

    def __init__(self, app: App[None], session: Session, end: Callable[[], None]) -> None:
        """Serve an app that need not run yet.

        Args:
            app: The app.
            session: What has to be saved.
            end: Quits without questions; called on the loop.
        """
        self._app = app
        self._session = session
        self._end = end
        self._loop: asyncio.AbstractEventLoop | None = None
        self._context: contextvars.Context | None = None
        self._is_ending = False
        self._supervisor: Supervisor | None = None

    def run(self) -> int:
        """Run the app until it ends, save the last changes, and return the exit code.

        Raises:
            StoreError: The last changes could not be saved.
        """
        self._supervisor = Supervisor(self)
        self._supervisor.begin()
        self._app.run()
        self.expect_end()
        if not self._session.writer.close():
            raise StoreError("Not saved", self._session.writer.status.message)
        self._supervisor.finish()
        return self._supervisor.exit_code or self._app.return_code or 0

    def expect_end(self) -> None:
        """Limit how long the program may take to end from now on."""
        if self._supervisor is not None:
            self._supervisor.expect_end()

    def begin(self) -> None:
        """Take requests from now on; call it on the loop of the app."""
        self._loop = asyncio.get_running_loop()
        self._context = contextvars.copy_context()
        if self._is_ending:
            self._end()

    @property
    def _has_signal(self) -> bool:
        """Whether a signal has asked the program to end."""
        return self._supervisor is not None and self._supervisor.exit_code > 0

    def suspend_now(self) -> None:
        """Suspend the program, and show the whole screen when it goes on."""
        if (driver := driver_of(self._app)) is not None:
            driver.suspend(lambda: self._has_signal)
            self._app.refresh(layout=True)

    def _resume_now(self) -> None:
        if (driver := driver_of(self._app)) is not None:
            driver.resume(lambda: self._has_signal)
            self._app.refresh(layout=True)

    # What the supervisor asks, on its thread

    def end(self) -> None:
        """Quit without questions."""
        self._is_ending = True
        if (driver := driver_of(self._app)) is not None:
            driver.give_up_output_soon()
        self._call(self._end)

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
        if (driver := driver_of(self._app)) is not None:
            driver.restore_terminal()

    def _call(self, function: Callable[[], None]) -> None:
        """Call a function on the loop, in the context of the app; nothing where it has ended."""
        if self._loop is not None:
            with suppress(RuntimeError):  # the loop is closed: the program ends by itself
                self._loop.call_soon_threadsafe(function, context=self._context)
