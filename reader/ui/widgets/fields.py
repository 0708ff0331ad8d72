"""Fields of dialogs: one line of text, and the row of a field with its name."""

from __future__ import annotations

from textual.containers import Horizontal
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


class FieldRow(Horizontal):
    """A field beside its name; it has the class ``-focused`` while the focus is in it.

    Textual draws ``:focus-within`` of a container again, but not what stands beside the focus.
    """

    def on_descendant_focus(self) -> None:
        """Mark the row."""
        self.add_class("-focused")

    def on_descendant_blur(self) -> None:
        """Mark the row no longer."""
        self.remove_class("-focused")


def shown_value(text: str) -> str:
    """Return any text as a field shows it: on one line, without unsafe characters."""
    return joined_lines(sanitise(text))
