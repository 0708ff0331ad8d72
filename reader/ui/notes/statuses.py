"""Setting the status of the claims in the list of notes, one key each."""

from __future__ import annotations

import asyncio
from functools import partial

from reader.core.annotation import CLAIM, Annotation
from reader.core.text_formatting import one_line
from reader.errors import ReaderError
from reader.session import AnnotationKey
from reader.ui.actions import Actions
from reader.ui.commands import NOTES, STATUS_PREFIX, commands_of
from reader.ui.key_hints import no_status, status_of_command
from reader.ui.notes.context import DeskContext

LABEL_LENGTH = 40
"""The most characters of a passage in a message."""


class NoteStatuses:
    """Sets the status of the highlighted row and goes on to the next one; undoes that."""

    def __init__(self, context: DeskContext) -> None:
        """Change nothing yet."""
        self._context = context
        self._lock = asyncio.Lock()
        self._done: list[tuple[AnnotationKey, Annotation]] = []

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        ids = (each.id for each in commands_of(NOTES) if each.id.startswith(STATUS_PREFIX))
        return {**{id_: partial(self.set_by, id_) for id_ in ids}, "notes.undo": self.undo}

    def set_by(self, command_id: str) -> None:
        """Give the highlighted row the status whose letter a command has."""
        status = status_of_command(command_id, self._context.host.settings.statuses)
        row = self._context.highlighted
        if not status:
            self._context.notify(no_status(command_id), severity="warning")
        elif row is not None:
            self._context.rows.action_highlight_by(1)
            self._context.run(self._set(row, status), group="status")

    async def _set(self, row: AnnotationKey, status: str) -> None:
        context = self._context
        async with self._lock:
            try:
                before = await context.host.set_status(row.article_id, row.id, status)
            except ReaderError as error:
                context.notify_error(error)
                return
            self._done.append((row, before))
        tags = tuple(dict.fromkeys((*before.tags, CLAIM)))
        context.show_fields(row, {"status": status, "tags": tags})
        if CLAIM not in before.tags:
            passage = one_line(before.selector.exact, LABEL_LENGTH)
            keys = context.with_keys("{notes.undo} takes that back")
            context.notify(f"Tagged as claim as well, {status}: “{passage}”; {keys}.")

    async def undo(self) -> None:
        """Undo the last change of a status, and highlight its row."""
        context = self._context
        async with self._lock:
            if not self._done:
                context.notify("No status was changed here.")
                return
            row, before = self._done[-1]
            try:
                await context.host.put_status_back(row.article_id, before)
            except ReaderError as error:
                context.notify_error(error)
                return
            self._done.pop()
        context.show_fields(row, {"status": before.status, "tags": before.tags})
        context.rows.highlight_key(row.id)
