"""Editing the highlighted note beside the list: its text, tags, speaker and status."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reader.core.annotation import Annotation
from reader.core.changes import reapplied
from reader.core.claims import status_with_tags
from reader.session import AnnotationKey
from reader.ui.actions import Actions
from reader.ui.notes.changing import NoteChanging
from reader.ui.notes.context import DeskContext

if TYPE_CHECKING:
    from reader.ui.dialogs.note_editor import EditedNote


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
        edited = await self._ask(before)
        if edited is not None:
            await self._save(row, before, edited)
        context.host.drop_draft(row.id)

    async def _ask(self, annotation: Annotation) -> EditedNote | None:
        from reader.ui.dialogs.note_editor import NoteEditor  # noqa: PLC0415  (imports TextArea)

        host = self._context.host
        draft = await asyncio.to_thread(host.session.drafts.read, annotation.id)
        await host.need_names()
        editor = NoteEditor(
            annotation,
            host.tags,
            sorted(host.known_tags | set(annotation.tags)),
            draft,
            statuses=host.settings.statuses,
            speakers=host.known_speakers,
        )
        host.learn_names()
        edited: EditedNote | None = await self._context.screen.app.push_screen_wait(editor)
        return edited

    async def _save(self, row: AnnotationKey, before: Annotation, edited: EditedNote) -> None:
        tags = edited.tags or before.tags
        after = replace(
            before,
            note=edited.note,
            tags=tags,
            speaker=edited.speaker,
            status=status_with_tags(edited.status, tags, before.tags),
        )
        if edited.speaker:
            self._context.host.use_speaker(edited.speaker)
        await self._changing.change("edit", [row], partial(reapplied, before=before, after=after))
