"""What dialogs share in which the reader types, and chooses from what fits."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.getters import query_one
from textual.screen import ModalScreen, ScreenResultType
from textual.widgets import Input

from reader.ui.widgets.row_list import RowList


class TypedChoiceScreen(ModalScreen[ScreenResultType]):
    """A field above a list: the field keeps the focus, and the arrows choose a row of the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Close", show=False),
        Binding("down", "highlight(1)", "Next", show=False),
        Binding("up", "highlight(-1)", "Previous", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
    ]

    entry = query_one(Input)

    @property
    def _list(self) -> RowList[Any]:
        return self.query_one(RowList)

    def on_mount(self) -> None:
        """Leave the keys to the field."""
        self._list.can_focus = False

    def action_highlight(self, step: int) -> None:
        """Highlight another row; after the last comes the first."""
        self._list.highlight_around(step)

    def action_page(self, step: int) -> None:
        """Highlight a row a page further down or up."""
        self._list.action_highlight_page(step)
