"""The line in which one searches, as one types."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.reactive import var
from textual.widgets import Input, Static

from reader.ui.messages import SearchChanged, SearchEnded


class SearchBar(Horizontal):
    """A prompt, what is searched for, and how many hits there are."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "end(False)", "Leave", show=False),
        Binding("enter", "end(True)", "Stay at the hit", show=False, priority=True),
    ]

    hits: var[int | None] = var[int | None](None)
    """How many hits there are; None before anything was searched for."""
    current: var[int] = var(0)
    """Which of them the article is at, from 1."""

    def __init__(self, query: str = "", *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._query = query

    def compose(self) -> ComposeResult:
        """Make the prompt, the field and the count."""
        yield Static("/", classes="prompt", markup=False)
        yield Input(self._query, placeholder="search the article", compact=True)
        yield Static("", classes="count", markup=False)

    def on_mount(self) -> None:
        """Type into the field at once, over what was searched for before."""
        field = self.query_one(Input)
        field.focus()
        field.action_select_all()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Pass on what is searched for now."""
        event.stop()
        self.post_message(SearchChanged(event.value))

    def action_end(self, is_accepted: bool) -> None:
        """Close the line."""
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
        # A search of a long article may end before the line is there, or after it was left.
        for shown in self.query(".count").results(Static):
            shown.update(count)
