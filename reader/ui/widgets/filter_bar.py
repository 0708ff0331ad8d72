"""A line to type into that narrows a list down as one types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.widgets import Input, Static


@dataclass
class FilterChanged(Message):
    """What is typed into a filter has changed."""

    bar: FilterBar
    """The filter."""
    text: str
    """What it holds now; empty when everything is to be shown."""

    @property
    def control(self) -> FilterBar:
        """The filter, so that ``on`` can tell filters apart."""
        return self.bar


@dataclass
class FilterLeft(Message):
    """A person is done with typing; the list should have the focus again."""

    bar: FilterBar
    """The filter."""

    @property
    def control(self) -> FilterBar:
        """The filter, so that ``on`` can tell filters apart."""
        return self.bar


class FilterBar(Horizontal):
    """A filter: opened by its screen's key, left with enter, emptied with escape.

    It takes no room while it is closed and empty. Its looks are in ``styles/row_list.tcss``.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "clear", "Show all", show=False),
        Binding("down,tab", "leave", "To the list", show=False),
    ]

    is_open: var[bool] = var(False, toggle_class="-open")
    """Whether the filter is on screen: it is being typed into, or holds something."""

    def __init__(
        self,
        placeholder: str,
        *,
        id: str | None = None,  # noqa: A002
    ) -> None:
        """Make a closed, empty filter.

        Args:
            placeholder: What it looks at, shown while it is empty.
            id: As for any widget.
        """
        super().__init__(id=id)
        self._placeholder = placeholder

    def compose(self) -> ComposeResult:
        """Yield the sign of a search and the input."""
        yield Static(Content("/"), id="filter-sign")
        yield Input(placeholder=self._placeholder, compact=True, select_on_focus=False)

    @property
    def text(self) -> str:
        """What it holds, without spaces at the ends; empty for everything."""
        return self.query_one(Input).value.strip()

    def open(self) -> None:
        """Show the filter and type into it."""
        self.is_open = True
        entry = self.query_one(Input)
        entry.focus()
        entry.cursor_position = len(entry.value)

    def action_clear(self) -> None:
        """Empty and close the filter; everything is shown again."""
        self.query_one(Input).value = ""
        self.is_open = False
        self.post_message(FilterLeft(self))

    def action_leave(self) -> None:
        """Go to the list; the filter stays as it is."""
        self.is_open = bool(self.text)
        self.post_message(FilterLeft(self))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what is looked for now."""
        event.stop()
        self.post_message(FilterChanged(self, self.text))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Leave on enter."""
        event.stop()
        self.action_leave()
