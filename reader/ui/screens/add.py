"""Adding an article by its path or its web address, typed or pasted."""

from __future__ import annotations

import re
from typing import ClassVar, NamedTuple
from urllib.parse import unquote

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from reader.core.addresses import is_web_address
from reader.paths import styles_folder
from reader.session.sources import STANDARD_INPUT
from reader.ui.messages import OpenSource, OpenText

_ESCAPED = re.compile(r"\\(.)")

SHORTEST_TEXT = 200
"""A single line of fewer characters is no article's text."""


class Wish(NamedTuple):
    """An article that a person wants in the library."""

    source: str
    """Its path or its web address."""
    is_opened: bool
    """Whether to open it at once, and not to keep it for later."""


class AddScreen(ModalScreen[Wish | None]):
    """Asks for a path or a web address; gives what is wished for, or None."""

    CSS_PATH = str(styles_folder() / "add.tcss")
    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Close", show=False),
        Binding("ctrl+o", "open", "Open", show=False),
    ]

    def compose(self) -> ComposeResult:
        """Lay out the line to type into, and the keys."""
        with Vertical(id="add-dialog") as dialog:
            dialog.border_title = "Add an article"
            yield Input(placeholder="path or web address", compact=True)
            yield Static(
                "enter keep it for later · ctrl+o open it · esc close", classes="hint", markup=False
            )

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep what was typed for later."""
        event.stop()
        self._give(is_opened=False)

    def action_open(self) -> None:
        """Open what was typed."""
        self._give(is_opened=True)

    def _give(self, *, is_opened: bool) -> None:
        source = unquoted(self.query_one(Input).value)
        # Standard input is the keyboard here.
        self.dismiss(Wish(source, is_opened) if source not in ("", STANDARD_INPUT) else None)


def unquoted(line: str) -> str:
    """Return a path or an address without what a shell, or a terminal, puts around and into it.

    A file that is dropped on a terminal comes quoted, with backslashes, or as a ``file:`` address.
    """
    line = line.strip()
    if line[:8].lower() == "file:///":
        return unquote(line[7:])
    if line.startswith(("/", "~/")):
        return _ESCAPED.sub(r"\1", line)
    if len(line) > 1 and line[0] == line[-1] and line[0] in "'\"":
        return line[1:-1]
    if line.startswith("<") and line.endswith(">") and is_web_address(line[1:-1]):
        return line[1:-1]
    return line


def request_for(pasted: str) -> OpenSource | OpenText | None:
    """Return what a person means by pasting something: an address, a path, or a text.

    Args:
        pasted: What was pasted.

    Returns:
        None where it is neither an address nor long enough for a text.
    """
    line = unquoted(pasted)
    if "\n" not in line and "\r" not in line:
        if is_web_address(line) and not any(each.isspace() for each in line):
            return OpenSource(line)
        if line.startswith(("/", "~/", "./", "../")) or line[1:3] in (":\\", ":/"):
            return OpenSource(line)
        if len(line) < SHORTEST_TEXT:
            return None
    return OpenText(pasted)
