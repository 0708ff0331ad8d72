"""Ending the program: as the reader asks, or as the system does."""

from __future__ import annotations

import asyncio
from typing import Protocol, runtime_checkable

from textual.app import App
from textual.screen import Screen

from reader.ui.host import Host
from reader.ui.reading.screen import articles_on


@runtime_checkable
class _Editor(Protocol):
    """A screen in which something is being written."""

    @property
    def has_changes(self) -> bool:
        """Whether leaving would lose something."""
        ...

    def ask_to_leave(self) -> None:
        """Ask what to do with it."""
        ...


class Quitting:
    """Ends the program, and loses nothing."""

    def __init__(self, app: App[None], host: Host) -> None:
        self._app = app
        self._host = host

    def begin(self) -> None:
        """Quit as soon as all is saved."""
        self._app.run_worker(self.quit(), group="quit", exclusive=True)

    async def quit(self) -> None:
        """Wait for the last save, then quit; ask where it cannot be saved."""
        if self._has_unsaved_text():
            return
        self.remember_positions()
        if await asyncio.to_thread(self._host.session.writer.flush):
            self.leave()
        else:
            self._app.run_worker(self._confirm_loss())

    def _has_unsaved_text(self) -> bool:
        """Return whether a note is being written; its editor then asks what to do with it."""
        screen = self._app.screen
        if not isinstance(screen, _Editor) or not screen.has_changes:
            return False
        screen.ask_to_leave()
        return True

    async def _confirm_loss(self) -> None:
        from reader.ui.dialogs.confirm import ConfirmScreen  # noqa: PLC0415  (rarely needed)

        question: Screen[bool] = ConfirmScreen(
            "The last changes are not saved. Quit and lose them?",
            yes="Quit",
            no="Stay",
            detail=self._host.session.writer.status.message,
        )
        if await self._app.push_screen_wait(question):
            self.leave()

    def remember_positions(self) -> None:
        """Save the position in each open article, for the next time."""
        for screen in articles_on(self._app):
            screen.context.remember_position()
            screen.context.release()

    def end(self) -> None:
        """Quit as the system asks, without questions; save positions and unfinished notes."""
        try:
            for screen in articles_on(self._app):
                screen.note_editing.save_unfinished()
            self.remember_positions()
        finally:
            self.leave()

    def leave(self) -> None:
        """Quit at once; a file that is still being read must not keep the program running."""
        self._app.exit()
        self._app.workers.cancel_all()
        self._host.session.give_up_reading()
        self._host.expect_end()
