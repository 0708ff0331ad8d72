"""Opening the article of a note, and walking the notes of the list from there."""

from __future__ import annotations

from collections.abc import Callable

from reader.ui.actions import Actions
from reader.ui.messages import ShowArticle
from reader.ui.notes.context import DeskContext
from reader.ui.notes.listing import NoteListing


class NoteOpening:
    """Opens articles at the notes of the list."""

    def __init__(
        self, context: DeskContext, listing: NoteListing, remember: Callable[[], object]
    ) -> None:
        """Open nothing yet.

        Args:
            context: The list.
            listing: What asks for the notes.
            remember: Keeps what is open for the next time.
        """
        self._context = context
        self._listing = listing
        self._remember = remember

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {"note.open": self.open}

    def open(self) -> None:
        """Open the article at the highlighted passage, once the query has found it."""
        self._listing.after_answer(self._open)

    def _open(self) -> None:
        if (request := self._request) is not None:
            self._remember()
            self._context.screen.post_message(request)

    @property
    def _request(self) -> ShowArticle | None:
        """What opens the highlighted note; None in an empty list."""
        row = self._context.highlighted
        return None if row is None else ShowArticle(row.article_id, row.id, self._context.place)

    def next_note(self, step: int) -> ShowArticle | None:
        """Highlight another note and return what opens it; None where there is none.

        Args:
            step: 1 for the next one, -1 for the one before.
        """
        rows = self._context.rows
        if not 0 <= rows.highlighted + step < len(rows.rows):
            return None
        rows.highlighted += step
        self._remember()
        return self._request
