"""A list with a filter, and a line of hints that follows the focus."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.containers import Vertical
from textual.getters import query_one
from textual.widget import Widget

from reader.ui.key_hints import KeyHint
from reader.ui.messages import HintChosen
from reader.ui.widgets.filter_bar import FilterBar, FilterLeft
from reader.ui.widgets.hints import Hints
from reader.ui.widgets.row_list import RowList


class FilteredList(Vertical):
    """Holds a ``RowList``, a ``FilterBar`` and ``Hints``, which its parent composes into it.

    It moves the focus between them and shows the hints of the part that has the focus. The parent
    has the actions of the list's hints, and handles ``FilterChanged``.
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
        self.query_one(Hints).hints = self.filter_bar.hints if is_filtering else self._list_hints()

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

    def on_hint_chosen(self, message: HintChosen) -> None:
        """Run the action of the clicked hint: the filter's, or the parent's."""
        message.stop()
        is_of_filter = message.action in {hint.action for hint in self.filter_bar.hints}
        owner = self.filter_bar if is_of_filter else self.parent
        assert isinstance(owner, Widget)
        # In the owner's turn: messages bubble no further than to the widget that sent them.
        owner.call_later(owner.run_action, message.action)
