"""A list, and what is known of its highlighted row below it, or beside it where there is room."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.containers import Container
from textual.widget import Widget

from reader.ui.widgets.row_list import RowList
from reader.ui.window_sizes import stands_beside


class ListAndDetail(Container):
    """Two panes over the width of the screen. Its styles are in ``styles/list_and_detail.tcss``."""

    def __init__(self, rows: RowList[Any], detail: Widget) -> None:
        """Take the panes.

        Args:
            rows: The list.
            detail: What is known of its highlighted row.
        """
        super().__init__(rows, detail)
        rows.add_class("list-pane")
        detail.add_class("detail-pane")
        self._rows, self._detail = rows, detail

    def on_mount(self) -> None:
        """Put the detail where there is room for it."""
        self._divide(self.app.size.width)

    def on_resize(self, event: events.Resize) -> None:
        """Put the detail where there is room for it now."""
        self._divide(event.size.width)

    def _divide(self, width: int) -> None:
        self.set_class(stands_beside(self.app.size._replace(width=width)), "-divided")

    @property
    def is_in_list(self) -> bool:
        """Whether the list has the focus."""
        return self.screen.focused is self._rows

    def change_pane(self) -> None:
        """Go from the list to the detail, if that is there; else to the list."""
        (self._detail if self.is_in_list and self._detail.display else self._rows).focus()
