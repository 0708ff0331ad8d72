"""Exporting the notes that are listed, or those of them that are selected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256

from reader.core.text_formatting import counted, joined_lines
from reader.session.querying import NoteKey
from reader.session.requests import ChosenNotes, ExportScope
from reader.ui.actions import Actions
from reader.ui.notes.context import DeskContext

_DIGITS = 6
"""How many hexadecimal digits tell one selection from another."""


class DeskExporting:
    """Offers what is seen to the export dialog."""

    def __init__(self, context: DeskContext, query: Callable[[], str]) -> None:
        """Export nothing yet.

        Args:
            context: The list.
            query: Returns the query.
        """
        self._context = context
        self._query = query

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {"export": self.export}

    def export(self) -> None:
        """Export the selected notes, else those that the query asks for, else all."""
        context = self._context
        query = joined_lines(self._query()).strip()
        notes = context.chosen if context.is_selecting else context.rows.rows
        if context.is_selecting:
            query = _name_of_selection(notes)
        seen = ExportScope("All notes", None)
        if query:
            articles = tuple(dict.fromkeys(row.article_id for row in notes))
            chosen = ChosenNotes(frozenset(row.id for row in notes), query)
            label = f"These {counted(len(notes), 'note')}"
            seen = ExportScope(label, articles, chosen)
        row = context.highlighted
        context.host.export(row.article_id if row else "", seen)


def _name_of_selection(notes: Sequence[NoteKey]) -> str:
    """Return what names the files of selected notes, which are not all that the query finds."""
    ids = " ".join(sorted(note.id for note in notes))
    return f"selection {sha256(ids.encode()).hexdigest()[:_DIGITS]}"
