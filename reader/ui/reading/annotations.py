"""Marking passages: tags, deletion, undo."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from reader.core.annotation import Annotation
from reader.core.document import TextRange
from reader.core.text_formatting import one_line
from reader.core.undo import Edit
from reader.ui.actions import Actions
from reader.ui.reading.caret_commands import QUOTE_LENGTH
from reader.ui.reading.context import ReadingContext
from reader.ui.reading.speakers import SpeakerCommands
from reader.ui.reading.suggestions import SuggestionCommands


class AnnotationCommands:
    """Makes, tags and deletes annotations."""

    def __init__(
        self,
        context: ReadingContext,
        speakers: SpeakerCommands,
        suggestions: SuggestionCommands,
        highlight: Callable[[str], None],
    ) -> None:
        """Take an article.

        Args:
            context: The article.
            speakers: Offers speakers for new annotations.
            suggestions: The quotations that are suggested.
            highlight: Highlights an annotation in the panel, by its id, where one is open.
        """
        self._highlight = highlight
        self._context = context
        self._speakers = speakers
        self._suggestions = suggestions

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {
            **{f"tag.{key}": partial(self.tag, str(key)) for key in range(1, 10)},
            "annotation.delete": self.delete_at_caret,
            "undo": self.undo,
            "redo": self.redo,
        }

    def tag(self, key: str) -> None:
        """Tag the selection, toggle a tag of the annotation at the caret, or tag the sentence.

        Args:
            key: The tag's digit.
        """
        context, view = self._context, self._context.view
        name = next((tag.name for tag in context.host.tags if tag.key == key), None)
        if name is None:
            context.notify(
                f"No tag has the key {key} yet; add one under [[tags]] in the settings file.",
                severity="warning",
            )
        elif view.selection is None and view.chosen is None and (at_caret := context.at_caret):
            self._toggle(at_caret[0], name)
        else:
            self._tag_passage(context.passage_to_mark, name)

    def _tag_passage(self, passage: TextRange, name: str) -> None:
        context = self._context
        if passage.is_empty:
            context.show_status("There are no words to mark here.")
            return
        same = context.annotation_of(passage)
        context.view.select(None)
        if same is not None:
            self._toggle(same, name)
            return
        _, annotation = context.open_article.mark(passage, [name])
        context.show_new(annotation)
        keys = context.with_keys("{annotation.open} writes a note")
        context.show_status(f"Marked as {name}; {keys}")
        self._speakers.offer_for(annotation)

    def _toggle(self, annotation: Annotation, name: str) -> None:
        """Add or remove a tag; without a note, removing the only tag deletes the annotation."""
        context = self._context
        if annotation.tags != (name,):
            context.open_article.toggle_tag(annotation.id, name)
            is_set = name in context.state.by_id[annotation.id].tags
            context.show_status(
                f"Tagged as {name} as well" if is_set else f"No longer tagged as {name}"
            )
        elif annotation.note:
            context.show_status(
                context.with_keys(
                    "Its only tag stays, because there is a note; {annotation.delete} deletes both."
                )
            )
        else:
            context.open_article.delete([annotation.id])
            keys = context.with_keys("{undo} brings it back")
            context.show_status(f"No longer marked as {name}; {keys}")
        context.view.select(None)
        context.show_state()

    def delete_at_caret(self) -> None:
        """Delete the annotation at the caret, or turn the suggestion there down."""
        at_caret = self._context.at_caret
        if at_caret:
            self.delete(at_caret[0].id)
        elif not self._suggestions.decline_at_caret():
            self._context.show_status("Nothing is marked here.")

    def delete(self, annotation_id: str) -> None:
        """Delete an annotation."""
        context = self._context
        annotation = context.state.by_id[annotation_id]
        context.open_article.delete([annotation_id])
        context.show_state()
        quote = one_line(annotation.selector.exact, QUOTE_LENGTH)
        context.show_status(f"{context.with_keys('Deleted, {undo} brings it back')}: {quote}")

    def undo(self) -> None:
        """Undo the last change."""
        _, edit = self._context.open_article.undo()
        self._show_step("Undone", edit, "Nothing to undo.")

    def redo(self) -> None:
        """Redo the change that was undone last."""
        _, edit = self._context.open_article.redo()
        self._show_step("Done again", edit, "Nothing to do again.")

    def _show_step(self, done: str, edit: Edit | None, nothing: str) -> None:
        """Say what was done, and show where."""
        context = self._context
        context.show_status(f"{done}: {edit.label}" if edit else nothing)
        context.show_state()
        for change in edit.changes[:1] if edit else ():
            changed = context.state.by_id.get(change.id) or change.before or change.after
            self._highlight(change.id)
            if changed is not None and not changed.is_orphaned:
                context.view.select(None)
                context.view.move_caret(changed.place.start, at_third=True)
