"""What an empty library shows: how to begin, and a sample article."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Button, Static

from reader.ui.commands import with_keys
from reader.ui.host import host_of

SAMPLE = "the-quiet-ledger.txt"
"""The sample article that an empty library offers."""

WELCOME = (
    "Your library is empty. This is how to begin:",
    "Open an article with “margin FILE” in the shell, or the sample with {article.open}.",
    "Select with {select} or the mouse; {tag.1} {tag.2} {tag.3} tag: quote, claim, context.",
    "Everything is kept here and in your notes ({notes}); {export} exports it.",
)
"""The text of an empty library: a heading and three lines."""

FIRST_HINTS = (
    ("article.open", "open the sample"),
    ("article.add", "add an article"),
    ("help", "help"),
    ("back", "quit"),
)
"""The commands shown below an empty library."""


class Welcome(Vertical):
    """How to begin; the screen has the action of the button."""

    def __init__(self) -> None:
        """Show the text."""
        super().__init__(id="welcome")

    def compose(self) -> ComposeResult:
        """Yield a heading, some lines and the button."""
        keys = host_of(self).settings.keys
        yield Static(WELCOME[0], id="welcome-heading", markup=False)
        for line in WELCOME[1:]:
            yield Static(with_keys(line, keys), classes="welcome-line", markup=False)
        yield Button("Open the sample article", id="open-sample", compact=True)
