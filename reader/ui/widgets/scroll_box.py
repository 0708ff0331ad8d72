"""Boxes that scroll: by the keys of the article, or with the field that has the focus."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll


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
    """The fields of a dialog; the one with the focus stays on screen in a small window."""

    def on_resize(self) -> None:
        """Scroll to the field."""
        self.call_after_refresh(self._show_focused)

    def watch_virtual_size(self) -> None:
        """Scroll to the field when fields became higher, or others appear."""
        self.call_after_refresh(self._show_focused)

    def _show_focused(self) -> None:
        focused = self.screen.focused if self.is_attached else None
        if focused is not None and self in focused.ancestors:
            focused.scroll_visible(animate=False, immediate=True)
