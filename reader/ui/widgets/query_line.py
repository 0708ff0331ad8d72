"""The query line of a list: what is typed, what may be written next, and what is not understood."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.getters import query_one

from reader.core.query.parsing import QueryFault
from reader.ui.widgets.query_field import FaultLine, QueryField


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

    def compose(self) -> ComposeResult:
        """Yield the mistake, the suggestions, which stand over the list, and the field."""
        field = QueryField(self._placeholder)
        yield FaultLine()
        yield field.suggestions
        yield field

    def show_faults(self, faults: Sequence[QueryFault]) -> None:
        """Underline what is not understood of the query, and say why."""
        self.field.show_faults(faults)
        self.query_one(FaultLine).show(faults)
