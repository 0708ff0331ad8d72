"""Asking for notes: the query line, facets, tags and saved searches, which all write the query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from reader.core.query.editing import toggled, values_of, with_term, without_term
from reader.core.saved_searches import SavedSearch
from reader.ui.actions import Actions
from reader.ui.notes.asking import Asking
from reader.ui.notes.context import DeskContext
from reader.ui.notes.facet_rows import SEARCHES, FacetRow, Values, facets_of
from reader.ui.widgets.fields import shown_value
from reader.ui.widgets.query_field import QueryField

if TYPE_CHECKING:
    from reader.ui.notes.facet_panes import FacetPanes


class QueryCommands:
    """Writes the query."""

    def __init__(self, context: DeskContext, asking: Asking, panes: FacetPanes) -> None:
        """Write nothing yet.

        Args:
            context: The list.
            asking: What is asked.
            panes: Where facets are shown.
        """
        self._context = context
        self._asking = asking
        self._panes = panes
        self._counts: Mapping[str, Values] = {}
        self._opened: set[str] = set()
        self._has_searched = False

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {
            "list.filter": self._open,
            "list.tag": self.next_tag,
            "notes.search": self.next_search,
        }

    @property
    def text(self) -> str:
        """The query as it is typed."""
        return self._field.value

    @property
    def _field(self) -> QueryField:
        return self._context.screen.query_one(QueryField)

    def _open(self) -> None:
        self._field.open()

    def _write(self, text: str) -> None:
        """Write another query, and ask it."""
        self._asking.ask_query(text)
        self.show_facets()

    # Facets

    def take_counts(self, counts: Mapping[str, Values]) -> None:
        """Show the values of fields with other counts, as the query line can hold them."""
        self._counts = {
            field: [(shown_value(value), notes) for value, notes in values]
            for field, values in counts.items()
        }
        self.show_facets()

    def show_facets(self) -> None:
        """Show which facets the query asks for."""
        host = self._context.host
        known = {
            "tag": [tag.name for tag in host.tags],
            "status": [status.name for status in host.settings.statuses],
        }
        self._panes.show(facets_of(self._counts, self._searches, self.text, known, self._opened))

    def choose(self, row: FacetRow) -> None:
        """Write a facet into the query, or take it out; show more of its section."""
        if row.shows_more:
            self._opened ^= {row.field}
            self.show_facets()
        elif row.field == SEARCHES:
            self._write("" if row.is_chosen else row.value)
        else:
            others = [value for value, _ in self._counts.get(row.field, ())]
            self._write(toggled(self.text, row.field, row.value, others))

    # Tags and saved searches

    def next_tag(self) -> None:
        """Ask for the next tag in place of the one before; after the last one, for any."""
        counted = [value for value, _ in self._counts.get("tag", ())]
        own = [tag.name for tag in self._context.host.tags]
        names = [*own, *(name for name in sorted(counted) if name not in own)]
        asked = values_of(self.text, "tag")
        at = names.index(asked[-1]) + 1 if asked and asked[-1] in names else 0
        text = self.text
        for name in asked:
            text = without_term(text, "tag", name)
        if at < len(names):
            text = with_term(text, "tag", names[at])
        self._write(text)

    @property
    def _searches(self) -> Sequence[SavedSearch]:
        return self._context.host.settings.searches

    @property
    def search(self) -> SavedSearch | None:
        """The saved search that the query is; None where it is none."""
        text = self.text.strip()
        return next((each for each in self._searches if each.query == text), None)

    def begin(self) -> None:
        """Begin with the first saved search the next time."""
        self._has_searched = False

    def next_search(self) -> None:
        """Ask the next saved search; first, and after the last one, the first."""
        searches = self._searches
        if not searches:
            self._context.notify("There are no saved searches; add one to the settings.")
            return
        present = self.search
        at = searches.index(present) + 1 if present and self._has_searched else 0
        self._has_searched = True
        self._write(searches[at % len(searches)].query)
