"""A field for one line of text."""

from __future__ import annotations

from textual.widgets import Input

from reader.core.text_formatting import joined_lines


class LineField(Input):
    """One line of text; see also ``pasting``."""

    def action_paste(self) -> None:
        """Insert what was copied in the program, as one line."""
        self.replace(joined_lines(self.app.clipboard), *self.selection)
