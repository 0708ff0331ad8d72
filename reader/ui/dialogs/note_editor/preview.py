"""The note as it will be read."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from reader.session import read_note
from reader.ui.article.note_view import NoteView


class NotePreview(NoteView):
    """Shows the Markdown of a note, drawn like an article; no link in it is followed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "scroll(1)", "Down"),
        Binding("k,up", "scroll(-1)", "Up"),
        Binding("space,pagedown", "page(1)", "A page down"),
        Binding("b,pageup", "page(-1)", "A page up"),
    ]

    def show(self, note: str) -> None:
        """Show a note.

        Args:
            note: Markdown; any text.
        """
        self.state = read_note(note)

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.scroll_relative(y=lines, animate=False, immediate=True)

    def action_page(self, pages: int) -> None:
        """Scroll by pages."""
        self.action_scroll(pages * max(self.size.height - 1, 1))
