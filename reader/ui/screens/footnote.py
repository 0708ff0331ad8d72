"""A footnote over the article, in the half of the screen that its mark is not in."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from reader.core.document import Block, Document
from reader.core.links import note_blocks
from reader.paths import styles_folder

HINT = "enter close · g go there"


class FootnoteScreen(ModalScreen[bool]):
    """Shows a footnote; gives True where the person wants to go there."""

    CSS_PATH = str(styles_folder() / "links.tcss")
    AUTO_FOCUS = "#footnote"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q,f", "dismiss(False)", "Close", show=False),
        Binding("g", "dismiss(True)", "Go there", show=False),
        Binding("j", "scroll('down')", "Down", show=False),
        Binding("k", "scroll('up')", "Up", show=False),
    ]

    def __init__(self, document: Document, place: int) -> None:
        """Show the footnote that begins at ``place``."""
        super().__init__()
        self._document = document
        self._blocks = note_blocks(document, place)

    def compose(self) -> ComposeResult:
        """Lay out the note's paragraphs and the keys."""
        with VerticalScroll(id="footnote") as box:
            box.border_title = Content(f"Footnote {self._blocks[0].marker.strip('[]')}".strip())
            box.border_subtitle = Content(HINT)
            for index, block in enumerate(self._blocks):
                yield Static(self._text(block, index), classes="note-part", markup=False)

    def _text(self, block: Block, index: int) -> str:
        text = self._document.quote(block.range)
        return f"{block.marker} {text}" if index and block.marker else text

    def on_click(self) -> None:
        """Close by a click beside it."""
        if not self.query_one("#footnote").is_mouse_over:
            self.dismiss(False)

    def action_scroll(self, direction: str) -> None:
        """Scroll a long note by a line."""
        box = self.query_one("#footnote", VerticalScroll)
        (box.scroll_down if direction == "down" else box.scroll_up)(animate=False)
