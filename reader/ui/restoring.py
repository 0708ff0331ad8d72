"""Showing what was deleted, and bringing it back, from any screen."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual.app import App

from reader.ui.host import Host
from reader.ui.reading.screen import ReadingScreen, articles_on

if TYPE_CHECKING:
    from reader.session.deletions import Deletion


class Restoring:
    """Brings back what was deleted; in an article on screen as a change that undo undoes."""

    def __init__(self, app: App[None], host: Host) -> None:
        self._app = app
        self._host = host

    def show(self) -> None:
        """Open the list of what was deleted."""
        from reader.ui.dialogs.deleted import DeletedScreen  # noqa: PLC0415  (when it is asked for)

        self._app.push_screen(DeletedScreen(self._bring_back, self._delete_again))

    async def _bring_back(self, deletion: Deletion) -> Deletion:
        """Bring something back; raises ``ReaderError`` where that fails."""
        if screen := self._screen_with(deletion, is_deleted=True):
            screen.context.open_article.restore([deletion.id])
            screen.context.show_state()
        else:
            await asyncio.to_thread(self._host.session.deletions.bring_back, deletion)
        return deletion

    async def _delete_again(self, deletion: Deletion) -> Deletion:
        """Delete again what was brought back; raises ``ReaderError`` where that fails."""
        if screen := self._screen_with(deletion, is_deleted=False):
            state = screen.context.open_article.delete([deletion.id])
            screen.context.show_state()
            return deletion._replace(moment=state.by_id[deletion.id].deleted)
        return await asyncio.to_thread(self._host.session.deletions.delete_again, deletion)

    def _screen_with(self, deletion: Deletion, *, is_deleted: bool) -> ReadingScreen | None:
        """Return the screen whose article has the annotation in the given state, if any has."""
        for screen in articles_on(self._app):
            annotation = screen.context.state.by_id.get(deletion.id)
            if annotation is not None and annotation.is_deleted == is_deleted:
                return screen
        return None
