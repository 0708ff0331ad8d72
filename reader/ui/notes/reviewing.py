"""Reviewing the notes that are listed."""

from __future__ import annotations

from reader.ui.actions import Actions
from reader.ui.messages import ShowReview
from reader.ui.notes.context import DeskContext
from reader.ui.notes.listing import NoteListing


class DeskReviewing:
    """Begins a review of the selected notes, or of all that the query asks for."""

    def __init__(self, context: DeskContext, listing: NoteListing) -> None:
        """Review nothing yet."""
        self._context = context
        self._listing = listing

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {"notes.review": self.review}

    def review(self) -> None:
        """Review the selected notes in their order; without any, all that the query asks for."""
        from reader.session.batch_changes import NoteId  # noqa: PLC0415  (when needed)
        from reader.session.reviewing import ReviewRequest  # noqa: PLC0415  (as above)

        if self._context.is_selecting:
            notes = [NoteId(note.article_id, note.id) for note in self._context.chosen]
            request = ReviewRequest(notes=notes)
        else:
            text = self._listing.question.text
            request = ReviewRequest(text, self._listing.parse(text).tree)
        self._context.screen.post_message(ShowReview(request))
