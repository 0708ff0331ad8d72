"""The title of a panel beside an article."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static


class PanelTitle(Static):
    """A title, with a remark after it."""

    def __init__(self) -> None:
        """Show nothing."""
        super().__init__(classes="panel-title", markup=False)

    def show(self, title: str, remark: str = "") -> None:
        """Show a title, and a remark where there is one."""
        content = Content.styled(title, "bold $heading")
        if remark:
            content += Content.styled(f" · {remark}", "$faint")
        self.update(content)
