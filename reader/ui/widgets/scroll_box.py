"""Boxes that scroll: by the keys of the article, or with the field that has the focus."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widget import Widget


class ScrollBox(VerticalScroll, can_focus=True):
    """The scrolling part of a dialog, with the keys that scroll an article."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "scroll_down", "Down"),
        Binding("k", "scroll_up", "Up"),
        Binding("space", "page_down", "Page down"),
        Binding("b", "page_up", "Page up"),
        Binding("g", "scroll_home", "Start"),
        Binding("G", "scroll_end", "End"),
    ]


class FieldBox(VerticalScroll, can_focus=False):
    """The fields of a dialog; the one with the focus stays on screen in a small window.

    Where the dialog may not become high enough for all fields and what stands below, they scroll.
    """

    def on_mount(self) -> None:
        """Follow the height that the dialog may have."""
        self.screen.screen_layout_refresh_signal.subscribe(self, self._fit)

    def _fit(self, screen: Screen[object]) -> None:
        """Leave the rows that the other parts of the dialog need."""
        dialog = self.parent
        if not isinstance(dialog, Widget) or (limit := dialog.styles.max_height) is None:
            return
        rows = int(limit.resolve(screen.size, screen.size)) - dialog.gutter.height
        others = (each for each in dialog.children if each is not self and each.display)
        room = max(rows - sum(each.outer_size.height for each in others), 1)
        if self.styles.max_height is None or self.styles.max_height.value != room:
            self.styles.max_height = room

    def on_resize(self) -> None:
        """Scroll to the field."""
        self.call_after_refresh(self._show_focused)

    def watch_virtual_size(self) -> None:
        """Scroll to the field when fields became higher, or others appear."""
        self.call_after_refresh(self._show_focused)

    def _show_focused(self) -> None:
        focused = self.screen.focused if self.is_attached else None
        if focused is None or self not in focused.ancestors:
            return
        field = next(each for each in focused.ancestors_with_self if each.parent is self)
        for each in (field, focused):  # all of the field where there is room for it
            if isinstance(each, Widget):
                each.scroll_visible(animate=False, immediate=True)
