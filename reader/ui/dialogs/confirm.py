"""A dialog with a question and two answers, of which the safe one is the default."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from reader.paths import styles_folder
from reader.ui.widgets.row_list import sanitise_content
from reader.ui.window_sizes import is_wholly_shown


class ConfirmScreen(ModalScreen[bool]):
    """Asks before something is done; returns whether to do it.

    ``y`` answers yes; ``n`` and escape answer no; enter gives the focused answer, at first no.
    """

    CSS_PATH = str(styles_folder() / "confirm.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "Yes"),
        Binding("n,escape,q", "answer(False)", "No"),
        Binding("left,up,h,k", "app.focus_previous", "The answer before"),
        Binding("right,down,l,j", "app.focus_next", "The next answer"),
        Binding("pageup,b", "scroll(-1)", "Page up"),
        Binding("pagedown,space", "scroll(1)", "Page down"),
    ]

    def __init__(self, question: str, *, yes: str, no: str, detail: str = "") -> None:
        """Prepare the question.

        Args:
            question: One sentence that ends in a question mark; any text.
            yes: The answer of ``y``, a word or two such as "Remove"; any text.
            no: The answer of ``n``, such as "Keep"; any text.
            detail: What to know before answering; any text.
        """
        super().__init__()
        self._question = question
        self._yes = yes
        self._no = no
        self._detail = detail

    def compose(self) -> ComposeResult:
        """Yield the question, the detail and the two answers."""
        with Vertical(id="confirm", classes="dialog"):
            with VerticalScroll(id="confirm-text", can_focus=False):
                yield Static(sanitise_content(Content(self._question), 400), id="confirm-question")
                if self._detail:
                    yield Static(sanitise_content(Content(self._detail), 800), id="confirm-detail")
            with Container(id="confirm-answers"):
                yield Button(_labelled(self._no, "n"), id="confirm-no", compact=True)
                yield Button(_labelled(self._yes, "y"), id="confirm-yes", compact=True)

    def on_mount(self) -> None:
        """Focus the safe answer."""
        self.query_one("#confirm-no").focus()

    def action_answer(self, answer: bool) -> None:
        """Return an answer; yes only where the question and the answers can be seen."""
        text = self.query_one("#confirm-text")
        is_seen = text.size.height > 0 and is_wholly_shown(self.query_one("#confirm-answers"))
        if is_seen or not answer:
            self.dismiss(answer)

    def action_scroll(self, pages: int) -> None:
        """Scroll a question that is longer than the window."""
        text = self.query_one("#confirm-text")
        text.scroll_relative(y=pages * max(text.size.height - 1, 1), animate=False)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Return the answer that was clicked, or chosen with enter."""
        event.stop()
        self.action_answer(event.button.id == "confirm-yes")


def _labelled(answer: str, key: str) -> Content:
    """Return an answer with its key."""
    return Content.assemble(sanitise_content(Content(answer), 24), "  ", (key, "dim"))
