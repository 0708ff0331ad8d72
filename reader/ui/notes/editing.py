"""Editing the highlighted note beside the list: its text, tags, speaker and status."""

from __future__ import annotations

from functools import partial

from reader.core.changes import reapplied
from reader.ui.actions import Actions
from reader.ui.notes.changing import NoteChanging
from reader.ui.notes.context import DeskContext


class DeskNoteEditing:
    """Opens the editor of a note, and saves what it returns as one step."""

    def __init__(self, context: DeskContext, changing: NoteChanging) -> None:
        """Edit nothing yet."""
        self._context = context
        self._changing = changing

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {"note.edit": self.edit}

    async def edit(self) -> None:
        """Edit the highlighted note."""
        context = self._context
        row = context.highlighted
        if row is None:
            return
        present = await context.annotations([row])
        if not present or present[0].is_deleted:
            keys = context.with_keys("{notes.undo} brings it back")
            context.notify(f"The note is deleted; {keys}.")
            return
        before = present[0]
        from reader.ui.dialogs.note_editor.asking import (  # noqa: PLC0415  (imports TextArea)
            ask_to_edit,
        )

        after = await ask_to_edit(context.screen, before)
        if after is not None:
            change = partial(reapplied, before=before, after=after)
            await self._changing.change("edit", [row], change)
        context.host.drop_draft(row.id)
