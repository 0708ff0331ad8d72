"""The panes of the notes: which are shown, going from one to the next, the keys of each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reader.ui.actions import Actions
from reader.ui.key_hints import KeyHint, hints_of, status_hint
from reader.ui.notes.context import DeskContext
from reader.ui.notes.detail import NoteDetail
from reader.ui.notes.facet_panes import FacetPanes
from reader.ui.notes.selecting import SELECTED_HINTS
from reader.ui.widgets.hints import Hints
from reader.ui.widgets.query_field import QueryField
from reader.ui.window_sizes import stands_beside

if TYPE_CHECKING:
    from textual.widget import Widget

HINTS = (
    ("note.open", "open"),
    ("list.filter", "query"),
    ("notes.search", "saved searches"),
    ("notes.facets", "facets"),
    ("notes.arrange", "order"),
    ("export", "export"),
    ("library", "library"),
    ("help", "help"),
    ("back", "back"),
)
"""The commands below the list."""

FACET_HINTS = (
    ("notes.facets", "hide"),
    ("notes.pane", "to the list"),
    ("list.filter", "query"),
    ("help", "help"),
)
"""The commands below the facets."""

DETAIL_FROM = 18
"""The least lines of a window in which the detail stands below the list."""


class DeskPanes:
    """Lays out the facets, the list and the detail, and goes from one to the next."""

    def __init__(self, context: DeskContext, facets: FacetPanes, detail: NoteDetail) -> None:
        """Show nothing yet.

        Args:
            context: The list.
            facets: The facets.
            detail: The detail.
        """
        self._context = context
        self._facets = facets
        self._detail = detail

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {"notes.pane": partial(self.go, 1), "notes.pane_back": partial(self.go, -1)}

    def lay_out(self) -> None:
        """Show what there is room for."""
        screen = self._context.screen
        is_wide = stands_beside(screen.size)
        screen.set_class(is_wide, "-wide")
        self._context.rows.is_compact = not is_wide
        self._detail.display = is_wide or screen.size.height >= DETAIL_FROM
        self._facets.lay_out()

    def go(self, step: int) -> None:
        """Go to another pane that is shown."""
        screen = self._context.screen
        if self._facets.list.has_focus and self._facets.is_alone:
            self._facets.go_to()  # back to the list, whose place they have taken
            return
        entry = screen.query_one(QueryField).query_one("Input")
        body = self._detail.query_one("#detail-body")
        panes: list[Widget] = [self._facets.list, self._context.rows, body, entry]
        shown = [pane for pane in panes if all(each.display for each in pane.ancestors_with_self)]
        at = shown.index(screen.focused) if screen.focused in shown else -1
        shown[(at + step) % len(shown)].focus()

    def show_hints(self) -> None:
        """Show the keys of the pane that has the focus."""
        self._context.screen.query_one(Hints).hints = self._hints()

    def _hints(self) -> tuple[KeyHint, ...]:
        settings = self._context.host.settings
        field = self._context.screen.query_one(QueryField)
        if field.has_focus_within:
            return field.hints
        if self._facets.list.has_focus:
            choose = KeyHint("enter", "choose", "")
            return (choose, *hints_of(FACET_HINTS, settings.keys))
        hints = SELECTED_HINTS if self._context.is_selecting else HINTS
        first, *others = hints_of(hints, settings.keys)
        return (first, status_hint(settings.statuses, settings.keys), *others)
