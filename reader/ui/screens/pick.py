"""A question whose answers are the rows of a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.widgets import Static

from reader.paths import styles_folder
from reader.ui.widgets.row_list import RowActivated, RowList, fitting

DIGITS = "123456789"
"""The keys that choose a row at once."""


class Choice(NamedTuple):
    """An answer."""

    name: str
    """Its first line; any text."""
    detail: str
    """Its second line, faint; any text."""
    key: str = ""
    """The key that chooses it at once; by default its number."""


class ChoiceRows(RowList[Choice]):
    """Answers with the keys that choose them."""

    ROW_HEIGHT = 2

    def key_of(self, row: Choice) -> str:
        """Return the row's number."""
        return str(self.rows.index(row))

    def render_row(
        self,
        row: Choice,
        width: int,  # noqa: ARG002 (the list cuts what is too long)
        is_highlighted: bool,  # noqa: ARG002 (the list draws the highlight)
    ) -> Sequence[Content]:
        """Return the answer with its key, and what there is to know of it."""
        key = key_for(row, self.rows.index(row))
        return [
            Content.assemble((f"{key or ' '} ", "bold $primary"), row.name),
            Content.styled(f"  {row.detail}", "$faint"),
        ]


def key_for(choice: Choice, index: int) -> str:
    """Return the key that chooses an answer at once; empty where there is none."""
    return choice.key or (DIGITS[index] if index < len(DIGITS) else "")


class PickScreen(ModalScreen[int | None]):
    """Asks a question; gives the number of the answer from 0, or None."""

    CSS_PATH = [  # noqa: RUF012 (as Textual declares it)
        str(styles_folder() / "row_list.tcss"),
        str(styles_folder() / "pick.tcss"),
    ]
    AUTO_FOCUS = "ChoiceRows"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", "Close", show=False),
    ]

    rows = query_one(ChoiceRows)

    def __init__(self, question: str, choices: Sequence[Choice], *, close: str = "close") -> None:
        """Prepare the question.

        Args:
            question: One or two sentences; any text.
            choices: At least one answer; the first is highlighted.
            close: What escape does, in a word or two.
        """
        super().__init__()
        self._question = question
        self._choices = tuple(choices)
        self._close = close

    def compose(self) -> ComposeResult:
        """Lay out the question, its answers and the keys."""
        with Vertical(id="pick-dialog"):
            yield Static(fitting(Content(self._question), 400), id="pick-question")
            yield ChoiceRows()
            hint = f"its key or enter answers · esc {self._close}"
            yield Static(hint, classes="hint", markup=False)

    def on_mount(self) -> None:
        """Show the answers, all of them where there is room."""
        self.rows.rows = self._choices
        self.rows.highlighted = 0
        self.rows.styles.height = len(self._choices) * ChoiceRows.ROW_HEIGHT

    def on_key(self, event: Key) -> None:
        """Answer by a key."""
        for index, choice in enumerate(self._choices):
            if event.character and event.character == key_for(choice, index):
                event.stop()
                self.dismiss(index)
                return

    @on(RowActivated)
    def choose(self, event: RowActivated[Choice]) -> None:
        """Give the highlighted answer."""
        event.stop()
        self.dismiss(self._choices.index(event.row))
