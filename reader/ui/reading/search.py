"""Searching in the article as the reader types."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import partial
from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from reader.core.document import Document, TextRange
from reader.ui.actions import Actions
from reader.ui.article.position import ViewPosition
from reader.ui.held_input import hold_until
from reader.ui.reading.context import ReadingContext

if TYPE_CHECKING:
    from reader.core.search import TextFinder
    from reader.ui.widgets.search_bar import SearchBar

FAST_LENGTH = 500_000
"""Longer texts, in code points, are searched on a thread."""

MAX_HITS = 10_000
"""The most hits that are shown; a single letter has more in a long book."""

SLICE = 500_000
"""How many code points of a long text are prepared for searching at a time."""


class ArticleSearch:
    """Finds a text in the article, and goes from hit to hit."""

    def __init__(self, context: ReadingContext) -> None:
        self._context = context
        self._bar: SearchBar | None = None
        self._finder: TextFinder | None = None
        self._searched: Document | None = None
        self._query = ""
        self._start = 0  # the offset from which the first hit is looked for
        self._position = ViewPosition()  # where to return where nothing is found
        self._goes_back = False

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {
            "search": self.open,
            "search.next": partial(self.step, 1),
            "search.previous": partial(self.step, -1),
        }

    def open(self) -> None:
        """Open the search line."""
        from reader.ui.widgets.search_bar import SearchBar  # noqa: PLC0415  (imports Input)

        if self._bar is None:
            screen = self._context.screen
            self._start = self._context.view.caret
            self._position = self._context.view.position
            self._bar = SearchBar(self._query)
            hold_until(screen, screen.mount(self._bar, before="#bar"))
            screen.add_class("-searching")

    def close(self, *, is_accepted: bool) -> None:
        """Close the search line.

        Args:
            is_accepted: Whether to stay at the hit, and not to return to where the search began.
        """
        context, view = self._context, self._context.view
        if self._bar is not None:
            self._bar.remove()
            self._bar = None
        context.screen.remove_class("-searching")
        view.focus()
        if is_accepted:
            context.record_jump(self._position)
        else:
            view.hits, view.current_hit = (), None
            view.return_to(self._position)

    def find(self, query: str) -> None:
        """Search for what has been typed so far."""
        from reader.core.search import TextFinder  # noqa: PLC0415  (at the first search)

        self._query = query
        document = self._context.state.document
        if self._finder is None:
            self._finder = TextFinder(document.text)
        elif document is not self._searched:
            self._finder = self._finder.extended(document.text)
        self._searched = document
        if len(document.text) <= FAST_LENGTH:
            self._show(query, tuple(self._finder.find(query, MAX_HITS)))
        else:
            self._context.screen.run_worker(
                partial(self._find_slowly, self._finder, query),
                thread=True, exclusive=True, group="search",
            )  # fmt: skip

    def _find_slowly(self, finder: TextFinder, query: str) -> None:
        worker = get_current_worker()
        while not finder.prepare(SLICE, query):
            if worker.is_cancelled:
                return
        hits = tuple(finder.find(query, MAX_HITS))
        if not worker.is_cancelled:
            self._context.screen.call_later(self._show, query, hits)

    def _show(self, query: str, hits: tuple[TextRange, ...]) -> None:
        """Show the hits, and go to the first hit after where the search began."""
        if query != self._query:
            return
        self._context.view.hits = hits
        first = bisect_left(hits, self._start, key=lambda hit: hit.start) - self._goes_back
        self._goes_back = False
        self._go_to(first % len(hits) if hits else None)
        if not hits:
            self._context.view.return_to(self._position)

    def _go_to(self, index: int | None) -> None:
        view = self._context.view
        hits = view.hits
        view.current_hit = None if index is None else hits[index]
        if index is not None:
            self._context.note_jump()
            view.move_caret(hits[index].start, at_third=True)
        if self._bar is not None:
            self._bar.hits = len(hits) if self._query else None
            self._bar.current = 0 if index is None else index + 1

    def step(self, step: int) -> None:
        """Go to the next hit, or from the last one to the first.

        Args:
            step: 1 for the next hit, -1 for the one before.
        """
        context, view = self._context, self._context.view
        if not view.hits:
            if self._query:
                self._goes_back = step < 0
                self._start = view.caret + max(step, 0)
                self._position = view.position
                self.find(self._query)
            else:
                message = "Nothing was searched for yet; {search} searches."
                context.show_status(context.with_keys(message))
            return
        starts = [hit.start for hit in view.hits]
        if step > 0:
            index = bisect_right(starts, view.caret)
        else:
            index = bisect_left(starts, view.caret) - 1
        went_round = "" if 0 <= index < len(starts) else ", the search went round"
        index %= len(starts)
        self._go_to(index)
        context.show_status(f"{index + 1} of {len(starts)}{went_round}")
