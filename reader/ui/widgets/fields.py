"""Fields to type into that keep unsafe characters out of what is pasted."""

from __future__ import annotations

from textual.events import Paste
from textual.widgets import Input, TextArea

from reader.safe_text import drop_unsafe


class NoteArea(TextArea):
    """Several lines of text."""

    def on_paste(self, event: Paste) -> None:
        """Drop the unsafe characters of a pasted text."""
        event.text = drop_unsafe(event.text)


class LineField(Input):
    """One line of text."""

    def on_paste(self, event: Paste) -> None:
        """Drop the unsafe characters of a pasted text."""
        event.text = drop_unsafe(event.text)
