"""The line in which the reader types what to search for."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.reactive import var
from textual.widgets import Input, Static

from reader.ui.messages import SearchChanged, SearchEnded
from reader.ui.widgets.fields import LineField


class SearchBar(Horizontal):
    """A prompt, a field for the text, and the number of hits."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "end(False)", "Leave"),
    ]

    hits: var[int | None] = var[int | None](None)
    """The number of hits; None before the first search."""
    current: var[int] = var(0)
    """The number of the hit that is shown, from 1."""

    def __init__(self, query: str = "", *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._query = query

    def compose(self) -> ComposeResult:
        """Make the prompt, the field and the count."""
        yield Static("/", classes="prompt", markup=False)
        yield LineField(self._query, placeholder="search the article", compact=True)
        yield Static("", classes="count", markup=False)

    def on_mount(self) -> None:
        """Focus the field and select its text, so that typing replaces it."""
        field = self.query_one(Input)
        field.focus()
        field.action_select_all()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Post the text to search for."""
        event.stop()
        self.post_message(SearchChanged(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Stay at the hit."""
        event.stop()
        self.action_end(True)

    def action_end(self, is_accepted: bool) -> None:
        """Ask the screen to close the line.

        Args:
            is_accepted: Whether to stay at the hit.
        """
        self.post_message(SearchEnded(is_accepted))

    def watch_hits(self) -> None:
        """Show the count."""
        self._show_count()

    def watch_current(self) -> None:
        """Show the count."""
        self._show_count()

    def _show_count(self) -> None:
        if self.hits is None:
            count = ""
        elif self.hits:
            count = f"{self.current:,} of {self.hits:,}"
        else:
            count = "not found"
        # A search of a long article may end before the line is mounted, or after it was closed.
        for shown in self.query(".count").results(Static):
            shown.update(count)
