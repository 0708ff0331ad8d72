"""Where the facets are: a list beside the notes, or a line above them."""

from __future__ import annotations

from textual.screen import Screen

from reader.ui.actions import Actions
from reader.ui.notes.facet_rows import SEARCHES, Facets
from reader.ui.notes.facets import FacetList
from reader.ui.notes.query_chips import QueryChips
from reader.ui.window_sizes import stands_beside

ON_LINE = ("status", "tag")
"""The sections that the line of facets shows."""

SEARCHES_FROM = 22
"""The least lines of a window in which the saved searches have a line of their own."""


class FacetPanes:
    """Shows facets, and goes to their list."""

    def __init__(self, screen: Screen[None]) -> None:
        """Show nothing yet.

        Args:
            screen: The screen with the list of facets, and the line.
        """
        self._screen = screen
        self.is_wanted = True
        """Whether the list is shown where there is room for it."""
        self._is_open = False  # where there is none, because the reader went to it

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {"notes.facets": self.go_to}

    @property
    def list(self) -> FacetList:
        """The list of facets."""
        return self._screen.query_one(FacetList)

    def show(self, facets: Facets) -> None:
        """Show facets in the list and on the line."""
        self.list.show(facets)
        on_line = [each for each in facets.rows if each.field in ON_LINE and not each.shows_more]
        self._screen.query_one("#facet-line", QueryChips).rows = on_line
        searches = [each for each in facets.rows if each.field == SEARCHES]
        self._screen.query_one("#search-line", QueryChips).rows = searches

    def lay_out(self) -> None:
        """Show the list or the lines, as there is room."""
        size = self._screen.size
        is_wide = stands_beside(size)
        has_list = self.is_wanted if is_wide else self._is_open
        self.list.display = has_list
        self._screen.set_class(not is_wide and has_list, "-facets-only")
        self._screen.query_one("#facet-line").display = not has_list
        self._screen.query_one("#search-line").display = (
            not has_list and size.height >= SEARCHES_FROM
        )

    @property
    def is_alone(self) -> bool:
        """Whether the list has taken the place of the notes."""
        return self.list.display and not self._screen.query_one("#main").region

    def go_to(self) -> None:
        """Show the list and go to it; there, hide it and go back to the notes."""
        is_shown = not self.list.has_focus
        if stands_beside(self._screen.size):
            self.is_wanted = is_shown
        self._is_open = is_shown
        self.lay_out()
        (self.list if is_shown else self._screen.query_one("NoteRows")).focus()

    def leave(self) -> None:
        """Hide the list where there is no room for it beside the notes."""
        if self._is_open and not self.list.has_focus:
            self._is_open = False
            self.lay_out()
