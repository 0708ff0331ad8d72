"""A list with a filter, and a line of hints that follows the focus."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.containers import Vertical
from textual.getters import query_one

from reader.ui.messages import HintChosen
from reader.ui.widgets.filter_bar import FILTER_HINTS, FilterBar, FilterLeft
from reader.ui.widgets.hints import Hints, KeyHint
from reader.ui.widgets.row_list import RowList


class FilteredList(Vertical):
    """Holds a ``RowList``, a ``FilterBar`` and ``Hints``, which its user composes into it.

    It moves the focus between them and shows the hints of the part that has the focus. The user
    handles ``FilterChanged``, and ``HintChosen`` for the hints of the list.
    """

    rows: query_one[RowList[Any]] = query_one(RowList)
    filter_bar = query_one(FilterBar)

    def __init__(self, list_hints: Callable[[], tuple[KeyHint, ...]]) -> None:
        """Make an empty container.

        Args:
            list_hints: Returns the hints to show while the list has the focus.
        """
        super().__init__()
        self._list_hints = list_hints

    def show_hints(self) -> None:
        """Show the hints of the filter while it has the focus, else those of the list."""
        is_filtering = self.filter_bar.has_focus_within
        self.query_one(Hints).hints = FILTER_HINTS if is_filtering else self._list_hints()

    def on_descendant_focus(self) -> None:
        """Show the hints of what has the focus now."""
        self.show_hints()

    def on_descendant_blur(self) -> None:
        """Show the hints of what has the focus now."""
        if self.is_attached:  # not while it is being removed
            self.show_hints()

    def on_filter_left(self, message: FilterLeft) -> None:
        """Focus the list."""
        message.stop()
        self.rows.focus()

    async def on_hint_chosen(self, message: HintChosen) -> None:
        """Run the action of a hint of the filter; the user handles the others."""
        if message.action in {hint.action for hint in FILTER_HINTS}:
            message.stop()
            await self.filter_bar.run_action(message.action)
