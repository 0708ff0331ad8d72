"""Setting the status of the claims in the list of notes, one key each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reader.core.annotation import CLAIM
from reader.core.text_formatting import one_line
from reader.session import AnnotationKey
from reader.ui.actions import Actions
from reader.ui.commands import NOTES, STATUS_PREFIX, commands_of
from reader.ui.key_hints import no_status, status_of_command
from reader.ui.notes.context import DeskContext

if TYPE_CHECKING:
    from reader.session.batch_changes import Step

LABEL_LENGTH = 40
"""The most characters of a passage in a message."""


class NoteStatuses:
    """Sets the status of the highlighted row and goes on to the next one; undoes that."""

    def __init__(self, context: DeskContext) -> None:
        """Change nothing yet."""
        self._context = context

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
        from reader.session.batch_changes import NoteKey  # noqa: PLC0415  (when needed)
        from reader.session.edited import with_status  # noqa: PLC0415  (as above)

        context, key = self._context, NoteKey(row.article_id, row.id)
        change = partial(with_status, status=status)
        step = await context.host.change_notes(f"status {status}", [key], change)
        self._take(step)
        if step.gone:
            context.notify("It was deleted meanwhile.", severity="warning")
        for each in step.changed:
            if CLAIM not in each.before.tags:
                passage = one_line(each.before.selector.exact, LABEL_LENGTH)
                keys = context.with_keys("{notes.undo} takes that back")
                context.notify(f"Tagged as claim as well, {status}: “{passage}”; {keys}.")

    async def undo(self) -> None:
        """Undo the last change, and highlight its row."""
        step = await self._context.host.undo_notes()
        if step is None:
            self._context.notify("Nothing was changed here.")
            return
        self._take(step)
        for each in step.changed[:1]:
            self._context.rows.highlight_key(each.after.id)

    def _take(self, step: Step) -> None:
        """Show annotations as they are now, without reading them again."""
        context = self._context
        if step.problem is not None:
            context.notify_error(step.problem)
        now = {each.after.id: each.after for each in step.changed}
        shown = (context.summary_of(row) for row in context.rows.rows if row.id in now)
        context.show_changed(
            replace(each, annotation=now[each.annotation.id]) for each in shown if each is not None
        )
