"""Fields to type into that no text from elsewhere can disturb."""

from __future__ import annotations

import re

from textual.events import Paste
from textual.widgets import Input, TextArea

_DISTURBING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Controls but tab and newline, the marks that turn the writing direction, the byte order mark.
Textual draws what a field holds as it is, and a terminal would obey some of these."""


def harmless(text: str) -> str:
    """Return the text with ``�`` for each character that would disturb a terminal."""
    return _DISTURBING.sub("�", text)


def _pasted(text: str) -> str:
    """Return what is kept of a pasted text."""
    return _DISTURBING.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


class NoteArea(TextArea):
    """Several lines of text."""

    def on_paste(self, event: Paste) -> None:
        """Take what disturbs out of a pasted text before it comes in."""
        event.text = _pasted(event.text)


class LineField(Input):
    """One line of text."""

    def on_paste(self, event: Paste) -> None:
        """Take what disturbs out of a pasted text before it comes in."""
        event.text = _pasted(event.text)
