"""What the panels beside an article have in common: a title, a filter, a list and its keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import DescendantFocus
from textual.getters import query_one
from textual.reactive import var
from textual.widgets import Static

from reader.session import ReadingState
from reader.ui.host import Host, host_of
from reader.ui.messages import HintChosen, PanelClosed
from reader.ui.widgets.filter_bar import FilterBar, FilterChanged, FilterLeft
from reader.ui.widgets.hints import Hints, KeyHint
from reader.ui.widgets.row_list import RowList

FILTER_HINTS = (
    KeyHint("enter", "to the list", "leave_filter"),
    KeyHint("esc", "show all", "clear_filter"),
)
"""What the keys do in the filter."""


class Panel(Vertical):
    """A list of what an article holds. It takes the focus when it appears.

    Its looks are in ``styles/panels.tcss`` and ``styles/row_list.tcss``.
    """

    FILTER_LOOKS_AT: ClassVar[str] = ""
    """What the filter looks at, shown in it while it is empty."""
    STAYS: ClassVar[bool] = True
    """Whether the article stays where the panel led when the panel is closed."""

    state: var[ReadingState | None] = var[ReadingState | None](None)
    """What is read."""

    rows: query_one[RowList[Any]] = query_one(RowList[Any])
    filter_bar = query_one(FilterBar)

    def make_rows(self) -> RowList[Any]:
        """Return the list, empty."""
        raise NotImplementedError

    @property
    def host(self) -> Host:
        """The app."""
        return host_of(self)

    def make_hints(self, keymap: Mapping[str, str]) -> tuple[KeyHint, ...]:
        """Return what is said at the bottom while the list has the focus.

        Args:
            keymap: The person's own keys by command id.
        """
        raise NotImplementedError

    def fill(self) -> None:
        """Fill the list and the title with what the state holds and the filter lets through."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Lay out the title, the filter, the list and the keys."""
        yield Static(classes="panel-title", markup=False)
        yield FilterBar(self.FILTER_LOOKS_AT)
        yield self.make_rows()
        yield Hints()

    def on_mount(self) -> None:
        """Show what there is, and take the focus."""
        self.fill()
        self.rows.focus()

    def focus(self, scroll_visible: bool = True) -> Self:
        """Give the list the focus; it takes it by itself when it appears."""
        if self.is_mounted:
            self.rows.focus(scroll_visible)
        return self

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Say what the keys do now."""
        is_filtering = self.filter_bar in event.widget.ancestors
        keymap = self.host.settings.keys
        self.query_one(Hints).hints = FILTER_HINTS if is_filtering else self.make_hints(keymap)

    def set_title(self, title: str, remark: str = "") -> None:
        """Show a title, and a remark after it."""
        content = Content.styled(title, "bold $heading")
        if remark:
            content += Content.styled(f" · {remark}", "$faint")
        self.query_one(".panel-title", Static).update(content)

    def action_filter(self) -> None:
        """Type into the filter."""
        self.filter_bar.open()

    def action_leave_filter(self) -> None:
        """Go to the list, with what the filter lets through."""
        self.filter_bar.action_leave()

    def action_clear_filter(self) -> None:
        """Show all again."""
        self.filter_bar.action_clear()

    def action_close(self) -> None:
        """Show all again where a filter is set, else close."""
        if self.filter_bar.text:
            self.filter_bar.action_clear()
        else:
            self.post_message(PanelClosed(self.STAYS))

    @on(HintChosen)
    async def obey(self, event: HintChosen) -> None:
        """Do what was clicked at the bottom."""
        event.stop()
        await self.run_action(event.action)

    @on(FilterChanged)
    def narrow_down(self, event: FilterChanged) -> None:
        """Show what fits."""
        event.stop()
        self.fill()

    @on(FilterLeft)
    def return_to_list(self, event: FilterLeft) -> None:
        """Go on in the list."""
        event.stop()
        self.rows.focus()
