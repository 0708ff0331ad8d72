"""Asking the reader to edit an annotation of an article that need not be open."""

from __future__ import annotations

import asyncio
from typing import Any

from msgspec.structs import replace
from textual.screen import Screen

from reader.core.annotation import Annotation
from reader.core.claims import status_with_tags
from reader.ui.dialogs.note_editor.edited_note import EditedNote
from reader.ui.dialogs.note_editor.screen import NoteEditor
from reader.ui.host import host_of


async def ask_to_edit(screen: Screen[Any], annotation: Annotation) -> Annotation | None:
    """Open the editor over a screen; return the annotation as edited, None where nothing changes.

    The draft stays until the caller has saved the annotation and drops it.
    """
    host = host_of(screen)
    draft = await asyncio.to_thread(host.session.drafts.read, annotation.id)
    await host.known_names.need()
    editor = NoteEditor(
        annotation,
        host.tags,
        sorted(host.known_names.tags | set(annotation.tags)),
        draft,
        statuses=host.settings.statuses,
        speakers=host.known_names.speakers,
    )
    host.known_names.learn()
    edited: EditedNote | None = await screen.app.push_screen_wait(editor)
    if edited is None:
        return None
    if edited.speaker:
        host.known_names.use_speaker(edited.speaker)
    tags = edited.tags or annotation.tags
    return replace(
        annotation,
        note=edited.note,
        tags=tags,
        speaker=edited.speaker,
        status=status_with_tags(edited.status, tags, annotation.tags),
    )
