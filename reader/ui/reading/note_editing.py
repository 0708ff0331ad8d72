"""Editing what the reader wrote on an annotation."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.core.annotation import Annotation
from reader.ui.actions import Actions
from reader.ui.reading.context import ReadingContext
from reader.ui.reading.editor_room import room_for_editor
from reader.ui.reading.range_change import RangeChange
from reader.ui.reading.suggestions import SuggestionCommands

if TYPE_CHECKING:
    from reader.ui.dialogs.note_editor import EditedNote, NoteEditor


class NoteEditing:
    """Opens the editor of an annotation and saves what it returns."""

    def __init__(
        self, context: ReadingContext, range_change: RangeChange, suggestions: SuggestionCommands
    ) -> None:
        self._context = context
        self._range_change = range_change
        self._suggestions = suggestions
        self._editor: tuple[str, NoteEditor] | None = None  # with the annotation's id

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {"annotation.open": self.open_at_caret}

    async def open_at_caret(self) -> None:
        """Open the annotation at the caret; let the reader pick one where several overlap."""
        if self._range_change.is_under_way:
            self._range_change.change()
            return
        context = self._context
        at_caret = context.at_caret
        if not at_caret and self._suggestions.accept_at_caret():
            return
        if not at_caret:
            context.show_status(
                context.with_keys(
                    "Nothing is marked here; {tag.1}, {tag.2} or {tag.3} marks the sentence."
                )
            )
            return
        from reader.ui.dialogs.pick_annotation import pick_annotation  # noqa: PLC0415  (when needed)

        picked = await pick_annotation(context.screen, at_caret)
        if picked:
            await self.edit(picked)

    async def open_clicked(self, annotations: Sequence[Annotation], line_start: int) -> None:
        """Open the annotation whose sign was clicked; let the reader pick one of several.

        Args:
            annotations: The annotations that the sign stands for.
            line_start: Offset of the first character of the line beside the sign.
        """
        from reader.ui.dialogs.pick_annotation import pick_annotation  # noqa: PLC0415  (when needed)

        context = self._context
        picked = context.state.by_id.get(await pick_annotation(context.screen, annotations) or "")
        if picked is not None:
            context.view.move_caret(max(picked.place.start, line_start))
            await self.edit(picked.id)

    async def edit(self, annotation_id: str) -> None:
        """Open the editor, and save what it returns."""
        from reader.ui.dialogs.note_editor import NoteEditor  # noqa: PLC0415  (imports TextArea)

        context, host = self._context, self._context.host
        annotation = context.state.by_id[annotation_id]
        tags_here = {tag for each in context.state.annotations for tag in each.tags}
        draft = await asyncio.to_thread(host.session.drafts.read, annotation_id)
        await host.known_names.need()
        speakers_here = (each.speaker for each in context.state.annotations if each.speaker)
        editor = NoteEditor(
            annotation,
            host.tags,
            sorted(tags_here | host.known_names.tags),
            draft,
            statuses=host.settings.statuses,
            scroll_article=self._scroll,
            speakers=tuple(dict.fromkeys((*host.known_names.speakers, *speakers_here))),
        )
        host.known_names.learn()
        self._editor = (annotation_id, editor)
        async with room_for_editor(context, annotation):
            edited = await context.ask(editor)
        self._editor = None
        if edited is not None:
            self._save(annotation_id, edited)
            await asyncio.to_thread(host.session.writer.flush)
        host.drop_draft(annotation_id)

    def _scroll(self, lines: int) -> None:
        """Scroll the article beside the editor."""
        self._context.view.scroll_relative(y=lines, animate=False, immediate=True)

    def _save(self, annotation_id: str, edited: EditedNote) -> None:
        self._context.open_article.edit(
            annotation_id,
            note=edited.note,
            tags=edited.tags or None,
            speaker=edited.speaker,
            status=edited.status,
        )
        if edited.speaker:
            self._context.host.known_names.use_speaker(edited.speaker)
        self._context.show_state()

    def save_unfinished(self) -> None:
        """Save an unfinished note, because the system is ending the program."""
        if self._editor is not None:
            annotation_id, editor = self._editor
            if editor.has_changes:
                self._save(annotation_id, editor.edited)
