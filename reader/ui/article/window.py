"""The article's widget as the window that its viewport scrolls."""

from __future__ import annotations

from collections.abc import Callable

from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.timer import Timer


class WidgetWindow:
    """A widget that scrolls; see ``reader.ui.painting.viewport.Window``."""

    def __init__(self, widget: ScrollView) -> None:
        self._widget = widget

    @property
    def width(self) -> int:
        """The widget's cells, with its scrollbar."""
        return self._widget.size.width

    @property
    def height(self) -> int:
        """The widget's lines."""
        return self._widget.size.height

    @property
    def scroll_y(self) -> int:
        """The line of its content that is at its top."""
        return self._widget.scroll_offset.y

    @property
    def content_height(self) -> int:
        """The lines of its content."""
        return self._widget.virtual_size.height

    def set_content_height(self, lines: int) -> None:
        """Fit its scrollbar to another height."""
        self._widget.virtual_size = Size(self.width, lines)

    def scroll_to(self, y: int) -> None:
        """Put a line of its content at its top, without animation."""
        self._widget.scroll_to(y=y, animate=False, immediate=True)

    def refresh(self) -> None:
        """Draw it again."""
        self._widget.refresh()

    def call_every(self, seconds: float, function: Callable[[], None]) -> Timer:
        """Call a function again and again while the widget is there."""
        return self._widget.set_interval(seconds, function)
