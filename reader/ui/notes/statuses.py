"""Setting the status of the claims in the list of notes, one key each."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reader.core.annotation import CLAIM, Annotation
from reader.core.text_formatting import one_line
from reader.errors import ReaderError
from reader.session import AnnotationKey, AnnotationSummary
from reader.ui.actions import Actions
from reader.ui.commands import NOTES, STATUS_PREFIX, commands_of, with_keys
from reader.ui.host import host_of
from reader.ui.key_hints import no_status, status_of_command
from reader.ui.notes.note_rows import NoteRows

if TYPE_CHECKING:
    from textual.screen import Screen

LABEL_LENGTH = 40
"""The most characters of a passage in a message."""


class NoteStatuses:
    """Sets the status of the highlighted row and goes on to the next one; undoes that."""

    def __init__(self, screen: Screen[None], rows: Callable[[], NoteRows]) -> None:
        """Change nothing yet.

        Args:
            screen: The screen with the list; runs the workers.
            rows: Returns the list.
        """
        self._screen = screen
        self._rows = rows
        self._lock = asyncio.Lock()
        self._done: list[tuple[AnnotationKey, Annotation]] = []

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        ids = (each.id for each in commands_of(NOTES) if each.id.startswith(STATUS_PREFIX))
        return {**{id_: partial(self.set_by, id_) for id_ in ids}, "notes.undo": self.undo}

    def set_by(self, command_id: str) -> None:
        """Give the highlighted row the status whose letter a command has."""
        host, rows = host_of(self._screen), self._rows()
        status = status_of_command(command_id, host.settings.statuses)
        row = rows.highlighted_row
        if not status:
            self._screen.notify(no_status(command_id), severity="warning", markup=False)
        elif row is not None:
            rows.action_highlight_by(1)
            self._screen.run_worker(self._set(row, status), group="status")

    async def _set(self, row: AnnotationKey, status: str) -> None:
        host = host_of(self._screen)
        async with self._lock:
            try:
                before = await host.set_status(row.article_id, row.id, status)
            except ReaderError as error:
                host.notify_error(error)
                return
            self._done.append((row, before))
        self._show(row, {"status": status, "tags": tuple(dict.fromkeys((*before.tags, CLAIM)))})
        if CLAIM not in before.tags:
            passage = one_line(before.selector.exact, LABEL_LENGTH)
            keys = with_keys("{notes.undo} takes that back", host.settings.keys)
            self._screen.notify(
                f"Tagged as claim as well, {status}: “{passage}”; {keys}.", markup=False
            )

    async def undo(self) -> None:
        """Undo the last change of a status, and highlight its row."""
        host = host_of(self._screen)
        async with self._lock:
            if not self._done:
                self._screen.notify("No status was changed here.", markup=False)
                return
            row, before = self._done[-1]
            try:
                await host.put_status_back(row.article_id, before)
            except ReaderError as error:
                host.notify_error(error)
                return
            self._done.pop()
        self._show(row, {"status": before.status, "tags": before.tags})
        self._rows().highlight_key(row.id)

    def _show(self, row: AnnotationKey, fields: Mapping[str, object]) -> None:
        """Show an annotation as it is now, without reading it again."""
        rows = self._rows()
        summary: AnnotationSummary | None = rows.summary_of(row)
        if summary is not None:
            rows.take([replace(summary, annotation=replace(summary.annotation, **fields))])
