"""The title of a panel beside an article, with the key of the other panel."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from reader.ui.commands import key_of
from reader.ui.key_hints import KeyHint
from reader.ui.widgets.hints import Hints


class PanelTitle(Horizontal):
    """A title with a remark after it, and at its right the other panel, which a click opens."""

    def __init__(self, other: KeyHint | None = None) -> None:
        """Show no title yet.

        Args:
            other: The other panel; None where there is none.
        """
        super().__init__(classes="panel-title")
        self._other = other

    def compose(self) -> ComposeResult:
        """Lay out the title and the other panel."""
        yield Static(classes="panel-name", markup=False)
        if self._other is not None:
            hints = Hints()
            hints.hints = (self._other,)
            hints.styles.width = self._other.width
            yield hints

    def show(self, title: str, remark: str = "") -> None:
        """Show a title, and a remark where there is one."""
        content = Content.styled(title, "bold $heading")
        if remark:
            content += Content.styled(f" · {remark}", "$faint")
        self.query_one(".panel-name", Static).update(content)


def left_hints(keymap: Mapping[str, str]) -> tuple[KeyHint, ...]:
    """Return the hints of a panel that stays open without the focus."""
    return (KeyHint(key_of("panel", keymap), "to this list", "screen.run('panel')"),)


def panel_hint(command_id: str, keymap: Mapping[str, str]) -> KeyHint:
    """Return the key of a command of the article that opens a panel, for the title of another."""
    return KeyHint(key_of(command_id, keymap), command_id, f"screen.run('{command_id}')")
