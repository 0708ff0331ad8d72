"""A line to type into that filters a list while the reader types."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.widgets import Input, Static

from reader.core.folding import fold
from reader.ui.key_hints import KeyHint
from reader.ui.widgets.fields import LineField

FILTER_HINTS = (KeyHint("enter", "to the list", "leave"), KeyHint("esc", "show all", "clear"))
"""The keys of a filter; the actions are those of ``FilterBar``."""


class FilterChanged(Message):
    """The text of a filter changed."""


class FilterLeft(Message):
    """The reader left the filter; the list should get the focus."""


class FilterBar(Horizontal):
    """A filter that enter leaves and escape clears; its screen opens it.

    It takes no room while it is closed and empty. Its styles are in ``styles/row_list.tcss``.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "clear", "Show all"),
        Binding("down,tab", "leave", "To the list"),
    ]

    is_open: var[bool] = var(False, toggle_class="-open")
    """Whether the filter is on screen: it has the focus or is not empty."""

    def __init__(
        self,
        placeholder: str,
    ) -> None:
        """Make a closed, empty filter.

        Args:
            placeholder: The fields that the filter looks at, shown while it is empty.
        """
        super().__init__()
        self._placeholder = placeholder

    def compose(self) -> ComposeResult:
        """Yield the slash and the input."""
        yield Static(Content("/"), id="filter-sign")
        yield LineField(placeholder=self._placeholder, compact=True, select_on_focus=False)

    @property
    def text(self) -> str:
        """The text, without white space at its ends; empty to show everything."""
        return self.query_one(Input).value.strip()

    @property
    def terms(self) -> list[str]:
        """The words of the text, folded; an item must contain all of them."""
        return fold(self.text).split()

    @property
    def hints(self) -> tuple[KeyHint, ...]:
        """The keys of the filter, for the line at the bottom."""
        return FILTER_HINTS

    def open(self) -> None:
        """Show the filter and focus it."""
        self.is_open = True
        entry = self.query_one(Input)
        entry.focus()
        entry.cursor_position = len(entry.value)

    def action_clear(self) -> None:
        """Clear and close the filter, which shows everything again."""
        self.query_one(Input).value = ""
        self.is_open = False
        self._give_up_focus()

    def action_leave(self) -> None:
        """Go to the list and keep the filter's text."""
        self.is_open = bool(self.text)
        self._give_up_focus()

    def _give_up_focus(self) -> None:
        """Let the list have the focus; where it has it already, the filter may be opened again."""
        if self.has_focus_within:
            self.post_message(FilterLeft())

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell the screen that the text changed."""
        event.stop()
        self.post_message(FilterChanged())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Leave on enter."""
        event.stop()
        self.action_leave()
