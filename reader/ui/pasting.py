"""Pasted text: without what a terminal would obey, and on one line where there is one line."""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.events import Event, Paste

from reader.core.text_formatting import joined_lines
from reader.safe_text import drop_escape_sequences, drop_unsafe


def sanitise_paste(app: App[Any], event: Event) -> None:
    """Prepare a pasted text for what takes it; other events stay as they are.

    Escape sequences and unsafe characters are dropped. A field of one line gets all lines, joined;
    Textual would take the first alone.

    Args:
        app: The app.
        event: Any event of it.
    """
    if isinstance(event, Paste) and not event.is_forwarded:
        from textual.widgets import Input  # noqa: PLC0415  (not before the first paste)

        event.text = safe_paste(event.text)
        if isinstance(app.focused, Input):
            event.text = joined_lines(event.text)


def safe_paste(text: str) -> str:
    """Return a pasted text without escape sequences and unsafe characters."""
    return drop_unsafe(drop_escape_sequences(text))
