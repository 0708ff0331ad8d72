"""The dialog that saves a query under a name, or forgets a saved search."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

from reader.core.saved_searches import SavedSearch, search_named
from reader.core.text_formatting import one_line
from reader.paths import styles_folder
from reader.safe_text import sanitise_line
from reader.ui.widgets.fields import FieldRow, LineField

HINT = "enter save · esc close"

LONGEST_NAME = 60
"""The most characters of a name."""

_SHOWN = 400
"""The most characters of a query that are shown."""


class SearchChange(NamedTuple):
    """What becomes of a saved search."""

    search: SavedSearch
    """The search, as it is saved or as it was."""
    is_forgotten: bool = False
    """Whether it is no longer shown."""


class SaveSearchScreen(ModalScreen[SearchChange | None]):
    """Asks for the name of a query; returns what becomes of it, or None if it was closed."""

    CSS_PATH = str(styles_folder() / "save_search.tcss")
    AUTO_FOCUS = "#name"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Close")]

    entry = query_one("#name", Input)

    def __init__(self, query: str, searches: Sequence[SavedSearch]) -> None:
        """Ask for a name.

        Args:
            query: The query, on one line and without mistakes.
            searches: The saved searches.
        """
        super().__init__()
        self._query = query
        self._searches = tuple(searches)
        self._present = next((each for each in self._searches if each.query == query), None)

    def compose(self) -> ComposeResult:
        """Lay out the name, the query, and a sentence on what will happen."""
        with Vertical(id="save-search", classes="dialog") as dialog:
            dialog.border_title = "Save this search"
            with FieldRow(classes="field"):
                yield Static("Name", classes="name", markup=False)
                yield LineField(
                    self._present.name if self._present else "",
                    id="name",
                    compact=True,
                    max_length=LONGEST_NAME,
                )
            with FieldRow(classes="field"):
                yield Static("Query", classes="name", markup=False)
                yield Static(sanitise_line(one_line(self._query, _SHOWN)), id="query", markup=False)
            yield Static(id="outcome", markup=False)
            with Horizontal(id="buttons"):
                yield Static(HINT, classes="hint", markup=False)
                yield Button("Save", id="save", variant="primary", compact=True)
                if self._present is not None:
                    yield Button("Forget", id="forget", compact=True)

    def on_mount(self) -> None:
        """Show what will happen."""
        self.show_outcome()

    @property
    def _typed_name(self) -> str:
        return one_line(self.entry.value)

    @on(Input.Changed)
    def show_outcome(self) -> None:
        """Show what saving under the typed name does."""
        known = search_named(self._searches, self._typed_name)
        if not self._typed_name:
            sentence = "The name of the search, which the settings keep."
        elif known is None:
            sentence = f"“{self._typed_name}” is a new saved search."
        elif known.query == self._query:
            sentence = f"“{known.name}” is this query already."
        else:
            sentence = f"This takes the place of “{known.name}”: {known.query}"
        self._say(sentence)

    def _say(self, sentence: str) -> None:
        outcome = Content(sanitise_line(one_line(sentence, _SHOWN)))
        self.query_one("#outcome", Static).update(outcome)

    @on(Input.Submitted)
    @on(Button.Pressed, "#save")
    def save(self) -> None:
        """Return the search with its name."""
        name = self._typed_name
        if not name or not name.isprintable():
            self._say("The search needs a name of letters and signs.")
            self.entry.focus()
            return
        known = search_named(self._searches, name)
        saved_name = known.name if known is not None else name
        self.dismiss(SearchChange(SavedSearch(saved_name, self._query)))

    @on(Button.Pressed, "#forget")
    def forget(self) -> None:
        """Return that the saved search is no longer wanted."""
        if self._present is not None:
            self.dismiss(SearchChange(self._present, is_forgotten=True))
