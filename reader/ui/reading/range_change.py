"""Changing the range of an annotation by selecting its passage again."""

from __future__ import annotations

from reader.core.annotation import Annotation
from reader.core.document import TextRange
from reader.core.selectors import trimmed
from reader.ui.actions import Actions
from reader.ui.reading.caret_commands import CaretCommands
from reader.ui.reading.context import ReadingContext
from reader.ui.widgets.selection_bar import SelectionBar


class RangeChange:
    """Knows which annotation's range is being changed, and what the selection is for."""

    def __init__(self, context: ReadingContext, caret: CaretCommands) -> None:
        self._context = context
        self._caret = caret
        self._annotation_id = ""

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {
            "annotation.range": self.change,
            "select": self.toggle_selecting,
            "select.none": self.clear,
        }

    @property
    def is_under_way(self) -> bool:
        """Whether the range of an annotation is being changed."""
        return bool(self._annotation_id)

    def begin(self, annotation: Annotation) -> None:
        """Let the passage of an annotation be selected again."""
        self._annotation_id = annotation.id
        self._context.view.focus()
        self._context.view.select(annotation.range)
        self._show_prompt()

    def change(self) -> None:
        """Begin with the annotation at the caret; the second time, keep the selected range.

        Where a passage is selected already, the one annotation that it touches gets its range.
        """
        context, view = self._context, self._context.view
        if self._annotation_id:
            annotation_id, self._annotation_id = self._annotation_id, ""
            selection = view.selection
            if selection and not trimmed(context.state.document, selection).is_empty:
                self._move(annotation_id, selection)
            view.select(None)
        elif selection := view.selection:
            self._move_only_annotation_to(selection)
        elif at_caret := context.at_caret:
            self._annotation_id = at_caret[0].id
            view.select(at_caret[0].range)
        else:
            context.show_status("Nothing is marked here; put the caret on an annotation first.")
        self._show_prompt()

    def _move_only_annotation_to(self, selection: TextRange) -> None:
        """Give the one annotation that the selection touches the selection's range."""
        touched = self._context.state.places.overlapping(*selection)
        if len(touched) == 1:
            self._move(touched[0].id, selection)
        elif touched:
            self._context.show_status(
                self._context.with_keys(
                    "Several annotations are here; put the caret on one and press"
                    " {annotation.range}."
                )
            )
        else:
            self._context.show_status("Select over one annotation to change its range.")

    def _move(self, annotation_id: str, selection: TextRange) -> None:
        """Give an annotation another range, and put the caret on it."""
        context = self._context
        context.open_article.move(annotation_id, selection)
        context.view.select(None)
        context.view.move_caret(context.state.by_id[annotation_id].place.start)
        context.show_state()
        context.show_status(context.with_keys("Its range is changed; {undo} takes that back"))

    def toggle_selecting(self) -> None:
        """Start selecting at the caret, or clear the selection."""
        if self._context.view.origin is None:
            self._caret.toggle_selecting()
        else:
            self.clear()

    def clear(self) -> None:
        """Clear the selection, or the search hits; leave the range of the annotation as it is."""
        context = self._context
        annotation_id, self._annotation_id = self._annotation_id, ""
        self._caret.clear()
        if annotation_id in context.state.by_id:
            context.view.move_caret(context.state.by_id[annotation_id].place.start)
        self._show_prompt()

    def follow_selection(self) -> None:
        """Show the bar for selecting; without a selection no range is being changed."""
        is_selecting = self._context.view.origin is not None
        if not is_selecting and self._annotation_id:
            self._annotation_id = ""
            self._show_prompt()
        self._bar.is_selecting = is_selecting
        self._bar.has_chosen = self._context.view.chosen is not None

    def _show_prompt(self) -> None:
        self._bar.prompt = "keep this range" if self._annotation_id else ""

    @property
    def _bar(self) -> SelectionBar:
        return self._context.screen.query_one(SelectionBar)
