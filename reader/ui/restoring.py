"""Showing what was deleted, and bringing it back, from any screen."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual.app import App

from reader.errors import StoreError
from reader.ui.host import Host

if TYPE_CHECKING:
    from reader.session.batch_changes import Change
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
        from reader.session.edited import without_deletion  # noqa: PLC0415  (when needed)

        if deletion.annotation is not None:
            return await self._change(deletion, "bring back", without_deletion)
        await asyncio.to_thread(self._host.session.deletions.bring_back, deletion)
        return deletion

    async def _delete_again(self, deletion: Deletion) -> Deletion:
        """Delete again what was brought back; raises ``ReaderError`` where that fails."""
        from reader.session.edited import with_deletion  # noqa: PLC0415  (when needed)

        if deletion.annotation is not None:
            return await self._change(deletion, "delete", with_deletion)
        return await asyncio.to_thread(self._host.session.deletions.delete_again, deletion)

    async def _change(self, deletion: Deletion, label: str, change: Change) -> Deletion:
        from reader.session.batch_changes import NoteId  # noqa: PLC0415  (when needed)

        key = NoteId(deletion.article_id, deletion.id)
        step = await self._host.change_notes(label, [key], change)
        if step.problem is not None:
            raise step.problem
        if step.gone:
            raise StoreError("Not changed", f"{deletion.label()} is no longer in its article.")
        moments = [each.after.deleted for each in step.changed if each.after.deleted]
        return deletion._replace(moment=moments[0]) if moments else deletion
