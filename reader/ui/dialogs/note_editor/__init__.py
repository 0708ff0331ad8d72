"""The editor of an annotation, docked beside or below the passage that it is about."""

from reader.ui.dialogs.note_editor.edited_note import EditedNote
from reader.ui.dialogs.note_editor.screen import NoteEditor

__all__ = ["EditedNote", "NoteEditor"]
