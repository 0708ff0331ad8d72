"""A field for one line of text."""

from __future__ import annotations

from textual.widgets import Input

from reader.core.text_formatting import joined_lines
from reader.safe_text import sanitise


class LineField(Input):
    """One line of text, whatever it is given; see also ``pasting``."""

    def validate_value(self, value: str) -> str:
        """Return what the field shows of a value; a line break would leave the field."""
        return shown_value(value)

    def action_paste(self) -> None:
        """Insert what was copied in the program, as one line."""
        self.replace(joined_lines(self.app.clipboard), *self.selection)


def shown_value(text: str) -> str:
    """Return any text as a field shows it: on one line, without unsafe characters."""
    return joined_lines(sanitise(text))
