"""Moving, selecting and copying, also in an article that cannot be changed."""

from __future__ import annotations

from functools import partial

from reader.core.document import TextRange
from reader.core.selectors import trimmed
from reader.session.quoting import marked_quotation, quotation_of, with_source
from reader.ui.actions import Actions
from reader.ui.painting.columns import width_with_notes
from reader.ui.reading.context import ReadingContext

QUOTE_LENGTH = 40
"""How many characters of a passage the status line shows."""

MOTIONS = {
    "line.down": "line_down",
    "line.up": "line_up",
    "page.down": "page_down",
    "page.up": "page_up",
    "half.down": "half_down",
    "half.up": "half_up",
    "start": "start",
    "end": "end",
    "sentence.next": "next_sentence",
    "sentence.previous": "previous_sentence",
    "paragraph.next": "next_paragraph",
    "paragraph.previous": "previous_paragraph",
    "heading.next": "next_heading",
    "heading.previous": "previous_heading",
    "annotation.next": "next_annotation",
    "annotation.previous": "previous_annotation",
    "character.next": "next_character",
    "character.previous": "previous_character",
    "word.next": "next_word",
    "word.end": "word_end",
}
"""The motion of each command that moves the caret."""

JUMPS = frozenset(
    {
        "start",
        "end",
        "next_heading",
        "previous_heading",
        "next_annotation",
        "previous_annotation",
    }
)
"""The motions over text that was not read."""

EXTENSIONS = {
    "select.right": "next_character",
    "select.left": "previous_character",
    "select.down": "line_down",
    "select.up": "line_up",
}
"""The motion of each command that extends the selection."""

COLUMN_STEP = 4
"""By how many cells the column becomes wider or narrower."""


class CaretCommands:
    """Moves the caret, selects and copies."""

    def __init__(self, context: ReadingContext) -> None:
        self._context = context

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {
            **{command: partial(self.move, motion) for command, motion in MOTIONS.items()},
            **{command: partial(self.extend, motion) for command, motion in EXTENSIONS.items()},
            "word.previous": self.move_up_or_word_back,
            "select.swap": self.swap_ends,
            "copy": self.copy,
            "copy.words": self.copy_words,
            "column.wider": partial(self.change_column, COLUMN_STEP),
            "column.narrower": partial(self.change_column, -COLUMN_STEP),
            "notes.margin": self.toggle_margin_notes,
        }

    def move(self, motion: str) -> None:
        """Carry out a motion."""
        if motion in JUMPS:
            self._context.note_jump()
        else:
            self._context.note_reading()
        self._context.view.move(motion)

    def extend(self, motion: str) -> None:
        """Carry out a motion that selects."""
        self._context.note_reading()
        self._context.view.move(motion, extend=True)

    def move_up_or_word_back(self) -> None:
        """Move a page up; while selecting, a word back."""
        self.move("page_up" if self._context.view.origin is None else "previous_word")

    def toggle_selecting(self) -> None:
        """Start selecting at the caret, or stop."""
        view = self._context.view
        if view.origin is None:
            view.origin = view.caret
        else:
            self.clear()

    def clear(self) -> None:
        """Clear messages and the selection; where there is no selection, the search hits."""
        self._context.clear_messages()
        view = self._context.view
        if view.origin is None:
            view.hits, view.current_hit = (), None
        view.select(None)

    def swap_ends(self) -> None:
        """Go to the selection's other end."""
        view = self._context.view
        if view.origin is not None:
            caret, view.origin = view.origin, view.caret
            view.move_caret(caret)

    def copy(self) -> None:
        """Copy the passage that is meant, with its speaker and its source."""
        context, state = self._context, self._context.state
        passage = self._passage()
        if not passage.is_empty:
            quotation = quotation_of(state.document, passage, state.annotations)
            style, text = context.host.settings.quotation_style, state.document.text
            context.host.copy(
                with_source(quotation, state.article, style, text), context.show_status
            )

    def copy_words(self) -> None:
        """Copy the bare words of the passage that is meant."""
        context, passage = self._context, self._passage()
        if not passage.is_empty:
            context.host.copy(context.state.document.quote(passage), context.show_status)

    def copy_marked(self, annotation_id: str, command_id: str) -> None:
        """Copy the words of an annotation as they were marked.

        Args:
            annotation_id: The id of the annotation.
            command_id: ``copy`` to copy them with their source, ``copy.words`` for the words.
        """
        context, state = self._context, self._context.state
        annotation = state.by_id.get(annotation_id)
        if annotation is None:
            return
        text = annotation.selector.exact
        if command_id == "copy":
            style = context.host.settings.quotation_style
            quotation = marked_quotation(annotation)
            text = with_source(quotation, state.article, style, state.document.text)
        context.host.copy(text, context.show_status)

    def _passage(self) -> TextRange:
        """Return the selection, the annotation's passage at the caret, or the sentence."""
        context, view = self._context, self._context.view
        at_caret = context.at_caret
        passage = (
            view.selection
            or view.chosen
            or (at_caret[0].range if at_caret else None)
            or view.units.sentence_at(view.caret)
        )
        return trimmed(context.state.document, passage)

    def change_column(self, cells: int) -> None:
        """Make the column wider or narrower, and save the setting."""
        self._context.view.column = self._context.host.change_column(cells)

    def toggle_margin_notes(self) -> None:
        """Show the notes beside the article, or no longer, and save the setting."""
        context, view = self._context, self._context.view
        is_shown = context.host.toggle_margin_notes()
        view.notes_side = context.host.settings.notes_side
        if not is_shown:
            context.show_status("Notes are no longer shown in the margin")
        elif view.viewport.notes_side and view.viewport.columns.notes is None:
            width = width_with_notes(view.column)
            has_room = view.app.size.width >= width  # but for what stands beside the article
            where = "once the panel is closed" if has_room else f"from {width} columns on"
            context.show_status(f"Notes are shown in the margin {where}")
        else:
            context.show_status("Notes are shown in the margin")
