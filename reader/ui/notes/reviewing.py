"""Reviewing the notes that are listed."""

from __future__ import annotations

from reader.ui.actions import Actions
from reader.ui.messages import ShowReview
from reader.ui.notes.context import DeskContext


class DeskReviewing:
    """Begins a review of the selected notes, or of all that are listed."""

    def __init__(self, context: DeskContext) -> None:
        """Review nothing yet."""
        self._context = context

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {"notes.review": self.review}

    def review(self) -> None:
        """Review the selected notes; without any, those that are listed, in their order."""
        from reader.session.batch_changes import NoteId  # noqa: PLC0415  (when needed)

        rows = self._context.rows
        notes = self._context.chosen if rows.selected else rows.rows
        if notes:
            self._context.screen.post_message(
                ShowReview([NoteId(note.article_id, note.id) for note in notes])
            )
        else:
            self._context.notify("There is no note to review.")
