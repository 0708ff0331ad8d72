"""The query line of a list: what is typed, what may be written next, and what is not understood."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static

from reader.core.query.parsing import QueryFault
from reader.ui.widgets.query_field import (
    Completed,
    CompletionWanted,
    QueryField,
    SuggestionClicked,
    Suggestions,
    look_up,
)


class QueryLine(Vertical):
    """Holds a ``QueryField``, completes it, and names its mistakes above it."""

    field = query_one(QueryField)

    def __init__(self, placeholder: str) -> None:
        """Make an empty query line.

        Args:
            placeholder: What it shows while it is empty.
        """
        super().__init__()
        self._placeholder = placeholder
        self._suggestions = Suggestions()

    def compose(self) -> ComposeResult:
        """Yield the mistake, the suggestions, which stand over the list, and the field."""
        yield Static(id="query-fault", markup=False)
        yield self._suggestions
        yield QueryField(self._suggestions, self._placeholder)

    def show_faults(self, faults: Sequence[QueryFault]) -> None:
        """Underline what is not understood of the query, and say why."""
        self.field.show_faults(faults)
        line = self.query_one("#query-fault", Static)
        told = next((fault.message for fault in faults if not fault.is_unfinished), "")
        line.display = bool(told)
        line.update(Content(told))

    def on_completion_wanted(self, message: CompletionWanted) -> None:
        """Look up what may be written next."""
        message.stop()
        look_up(self, message)

    def on_completed(self, message: Completed) -> None:
        """Show what may be written next."""
        message.stop()
        self.field.show_completion(message.wanted, message.completion)

    def on_suggestion_clicked(self, message: SuggestionClicked) -> None:
        """Write what was clicked."""
        message.stop()
        self.field.take(message.suggestion)
