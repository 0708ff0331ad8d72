"""Marking: tags, notes, ranges, deletion, undo, copy."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import work

from reader.core.annotation import Annotation
from reader.core.document import TextRange
from reader.core.selectors import trimmed
from reader.core.text_formatting import one_line
from reader.core.undo import Edit
from reader.ui.messages import (
    AnnotationClicked,
    DeleteAnnotation,
    EditAnnotation,
    SelectionChanged,
    TagChosen,
)
from reader.ui.screens.selecting import QUOTE_LENGTH, Selecting
from reader.ui.widgets.selection_bar import SelectionBar

if TYPE_CHECKING:
    from reader.ui.dialogs.note_editor import EditedNote, NoteEditor


class Marking(Selecting):
    """The part of the reading screen that edits annotations."""

    _changing: str = ""
    """The annotation whose range is being selected anew."""

    _editor: tuple[str, NoteEditor] | None = None
    """The annotation that is being edited, and the editor over the article."""

    def action_tag(self, key: str) -> None:
        """Tag the selection, toggle a tag of the annotation at the caret, or tag the sentence."""
        name = next((tag.name for tag in self.host.tags if tag.key == key), None)
        if name is None:
            self.notify(
                f"No tag has the key {key} yet; add one under [[tags]] in the settings file.",
                severity="warning",
                markup=False,
            )
            return
        selection = self.view.selection
        if selection is not None:
            self._tag_passage(selection, name)
        elif around := self.now.at(self.view.caret):
            self._toggle(around[0], name)
        else:
            self._tag_passage(self.view.units.sentence_at(self.view.caret), name)

    def _tag_passage(self, passage: TextRange, name: str) -> None:
        passage = trimmed(self.now.document, passage)
        if passage.is_empty:
            self.say("There are no words to mark here.")
            return
        same = next((each for each in self.now.annotations if each.range == passage), None)
        self.view.select(None)
        if same is not None and not same.is_orphaned:
            self._toggle(same, name)
        else:
            _, annotation = self.open_article.mark(passage, [name])
            self.view.move_caret(annotation.place.start)
            self.show_state()
            self.say(f"Marked as {name}; {self.with_keys('{annotation.open}')} writes a note")

    def _toggle(self, annotation: Annotation, name: str) -> None:
        if annotation.tags != (name,):
            self.open_article.toggle_tag(annotation.id, name)
            is_set = name in self.now.by_id[annotation.id].tags
            self.say(f"Tagged as {name} as well" if is_set else f"No longer tagged as {name}")
        elif annotation.note:
            self.say(
                self.with_keys(
                    "Its only tag stays, because there is a note; {annotation.delete} deletes both."
                )
            )
        else:
            self.open_article.delete([annotation.id])
            self.say(f"No longer marked as {name}; {self.with_keys('{undo}')} brings it back")
        self.view.select(None)
        self.show_state()

    @work
    async def action_open_annotation(self) -> None:
        """Open the editor of the annotation at the caret; choose where several overlap."""
        if self._changing:
            self.action_change_range()
            return
        around = self.now.at(self.view.caret)
        if not around:
            self.say("Nothing is marked here; 1, 2 or 3 marks the sentence.")
            return
        from reader.ui.dialogs.pick_annotation import pick_annotation  # noqa: PLC0415  (when needed)

        chosen = await pick_annotation(self, around)
        if chosen:
            await self.edit_annotation(chosen)

    async def edit_annotation(self, annotation_id: str) -> None:
        """Open the editor, and keep what it returns."""
        from reader.ui.dialogs.note_editor import NoteEditor  # noqa: PLC0415  (imports TextArea)

        annotation = self.now.by_id[annotation_id]
        here = {tag for each in self.now.annotations for tag in each.tags}
        drafts = self.host.session.drafts
        draft = await asyncio.to_thread(drafts.read, annotation_id)
        known = sorted(here | self.host.known_tags)
        editor = NoteEditor(annotation, self.host.tags, known, draft)
        self.host.learn_tags()
        self._editor = (annotation_id, editor)
        edited = await self.app.push_screen_wait(editor)
        self._editor = None
        if edited is not None:
            self._keep(annotation_id, edited)
            await asyncio.to_thread(self.host.session.writer.flush)
        self.host.drop_draft(annotation_id)

    def _keep(self, annotation_id: str, edited: EditedNote) -> None:
        """Keep what was written in the editor."""
        self.open_article.edit(
            annotation_id,
            note=edited.note,
            tags=edited.tags or None,
            speaker=edited.speaker,
            status=edited.status,
        )
        self.show_state()

    def keep_draft(self) -> None:
        """Keep what is being written, because the program is told to end."""
        if self._editor is not None:
            annotation_id, editor = self._editor
            if editor.has_changes:
                self._keep(annotation_id, editor.edited)

    @work
    async def on_edit_annotation(self, message: EditAnnotation) -> None:
        """Open the editor for the list of annotations."""
        await self.edit_annotation(message.annotation_id)

    def on_annotation_clicked(self, message: AnnotationClicked) -> None:
        """Open the annotation whose glyph was clicked."""
        message.stop()
        if self.now.at(message.offset):
            self.view.move_caret(message.offset)
            self.action_open_annotation()

    def action_change_range(self) -> None:
        """Select the passage of the annotation at the caret anew; a second time, keep it."""
        if self._changing:
            annotation_id, self._changing = self._changing, ""
            selection = self.view.selection
            if selection and not trimmed(self.now.document, selection).is_empty:
                self._move(annotation_id, selection)
            self.view.select(None)
        elif selection := self.view.selection:
            self._change_to(selection)
        elif around := self.now.at(self.view.caret):
            self._changing = around[0].id
            self.view.select(around[0].range)
        else:
            self.say("Nothing is marked here; put the caret on an annotation first.")
        self._show_prompt()

    def _change_to(self, selection: TextRange) -> None:
        """Give the one annotation that the selection touches the selection's range."""
        touched = self.now.places.overlapping(*selection)
        if len(touched) != 1:
            self.say(
                self.with_keys(
                    "Several annotations are here; put the caret on one and press"
                    " {annotation.range}."
                )
                if touched
                else "Select over one annotation to change its range."
            )
            return
        self._move(touched[0].id, selection)

    def _move(self, annotation_id: str, selection: TextRange) -> None:
        """Give an annotation another range, and stay on it."""
        self.open_article.move(annotation_id, selection)
        self.view.select(None)
        self.view.move_caret(self.now.by_id[annotation_id].place.start)
        self.show_state()
        self.say(self.with_keys("Its range is changed; {undo} takes that back"))

    def action_delete_annotation(self) -> None:
        """Delete the annotation at the caret."""
        around = self.now.at(self.view.caret)
        if around:
            self._delete(around[0])
        else:
            self.say("Nothing is marked here.")

    def on_delete_annotation(self, message: DeleteAnnotation) -> None:
        """Delete an annotation for the list of annotations."""
        self._delete(self.now.by_id[message.annotation_id])

    def _delete(self, annotation: Annotation) -> None:
        self.open_article.delete([annotation.id])
        self.show_state()
        quote = one_line(annotation.selector.exact, QUOTE_LENGTH)
        self.say(f"{self.with_keys('Deleted, {undo} brings it back')}: {quote}")

    def action_undo(self) -> None:
        """Take back the last change."""
        _, edit = self.open_article.undo()
        self._show_step("Undone", edit, "Nothing to undo.")

    def action_redo(self) -> None:
        """Do again what was undone."""
        _, edit = self.open_article.redo()
        self._show_step("Done again", edit, "Nothing to do again.")

    def _show_step(self, done: str, edit: Edit | None, nothing: str) -> None:
        """Say what was done, and show where."""
        self.say(f"{done}: {edit.label}" if edit else nothing)
        self.show_state()
        for change in edit.changes[:1] if edit else ():
            changed = self.now.by_id.get(change.id) or change.before or change.after
            if changed is not None and not changed.is_orphaned:
                self.view.select(None)
                self.view.move_caret(changed.place.start, at_third=True)

    def action_select(self) -> None:
        """Start selecting at the caret, or stop."""
        if self.view.origin is None:
            self.view.origin = self.view.caret
        else:
            self.action_let_go()

    def action_let_go(self) -> None:
        """Let go of the selection; where there is none, of the search hits."""
        self.app.clear_notifications()
        if self.view.origin is None:
            self.view.hits, self.view.current_hit = (), None
        annotation_id, self._changing = self._changing, ""
        self.view.select(None)
        if annotation_id in self.now.by_id:
            self.view.move_caret(self.now.by_id[annotation_id].place.start)
        self._show_prompt()

    def on_tag_chosen(self, message: TagChosen) -> None:
        """Tag by a click on the bar."""
        self.action_tag(message.key)

    def on_selection_changed(self, message: SelectionChanged) -> None:
        """Show the bar for selecting; without a selection no range is being changed."""
        message.stop()
        if self.view.origin is None and self._changing:
            self._changing = ""
            self._show_prompt()
        self.query_one(SelectionBar).is_selecting = self.view.origin is not None

    def _show_prompt(self) -> None:
        self.query_one(SelectionBar).prompt = "keep this range" if self._changing else ""
