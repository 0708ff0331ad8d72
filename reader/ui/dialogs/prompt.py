"""A dialog that asks for one line of text."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from reader.paths import styles_folder
from reader.safe_text import sanitise
from reader.ui.widgets.fields import LineField

HINT = "enter accept · esc cancel"


class PromptScreen(ModalScreen[str | None]):
    """Asks for a line; returns it without white space at its ends, None where nothing is given."""

    CSS_PATH = str(styles_folder() / "prompt.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Cancel")]

    def __init__(
        self,
        question: str,
        *,
        value: str = "",
        placeholder: str = "",
        problem_of: Callable[[str], str] = lambda _: "",
    ) -> None:
        """Ask a question.

        Args:
            question: What is asked for, in a few words.
            value: The line to begin with.
            placeholder: Examples, shown in the empty field.
            problem_of: Returns why a line cannot be taken, in a sentence; empty where it can.
                Called on a thread, so that it may ask a slow disk.
        """
        super().__init__()
        self._question = question
        self._value = value
        self._placeholder = placeholder
        self._problem_of = problem_of

    def compose(self) -> ComposeResult:
        """Lay out the field, and below it the keys or what is wrong."""
        with Vertical(id="prompt", classes="dialog") as dialog:
            dialog.border_title = Content(sanitise(self._question))
            yield LineField(self._value, placeholder=self._placeholder, compact=True)
            yield Static(HINT, id="prompt-hint", markup=False)

    def on_input_changed(self) -> None:
        """Show the keys again once the line is changed."""
        self._show(HINT, is_problem=False)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Return the line, or show what is wrong with it."""
        event.stop()
        line = event.value.strip()
        if not line:
            self.dismiss(None)
        elif problem := await asyncio.to_thread(self._problem_of, line):
            self._show(problem, is_problem=True)
        else:
            self.dismiss(line)

    def _show(self, words: str, *, is_problem: bool) -> None:
        hint = self.query_one("#prompt-hint", Static)
        hint.update(sanitise(words))
        hint.set_class(is_problem, "-problem")
