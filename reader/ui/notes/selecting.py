"""Selecting notes, to change them together."""

from __future__ import annotations

from reader.ui.actions import Actions
from reader.ui.notes.context import DeskContext

SELECTED_HINTS = (
    ("note.speaker", "speaker of these"),
    ("note.projects", "projects"),
    ("annotation.delete", "delete"),
    ("copy", "copy"),
    ("export", "export"),
    ("note.select_all", "all"),
    ("notes.undo", "undo"),
)
"""The commands shown while notes are selected."""


class NoteSelecting:
    """Selects notes one by one, or all that are listed."""

    def __init__(self, context: DeskContext) -> None:
        """Select nothing yet."""
        self._context = context

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {"note.select": self.toggle, "note.select_all": self.toggle_all}

    def toggle(self) -> None:
        """Select the highlighted note, or select it no longer, and go on to the next one."""
        self._context.rows.toggle_selected()
        self._context.show_selection()

    def toggle_all(self) -> None:
        """Select every note that is listed; where all are selected, none."""
        self._context.rows.toggle_all()
        self._context.show_selection()

    def clear(self) -> bool:
        """Select nothing; return whether something was selected."""
        rows = self._context.rows
        had_selection = bool(rows.selected)
        rows.selected = frozenset()
        self._context.show_selection()
        return had_selection
