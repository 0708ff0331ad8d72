"""Searching in the article, as one types."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import partial
from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from reader.core.document import Document, TextRange
from reader.ui.article.position import ViewPosition
from reader.ui.messages import SearchChanged, SearchEnded
from reader.ui.screens.article_screen import ArticleScreen

if TYPE_CHECKING:
    from reader.core.search import TextFinder

FAST_LENGTH = 500_000
"""Texts up to so many code points are searched at once; longer ones on a thread."""

MAX_HITS = 10_000
"""How many hits are shown at most; a letter in a long book has more than anyone looks through."""

SLICE = 500_000
"""How many code points of a long text are made ready for searching at a time."""


class Searching(ArticleScreen):
    """The part of the reading screen that searches."""

    _finder: TextFinder | None = None
    _searched: Document | None = None
    _query: str = ""
    _began_at: int = 0
    _place: ViewPosition = ViewPosition()
    _goes_back: bool = False

    def action_search(self) -> None:
        """Open the search line."""
        from reader.ui.widgets.search_bar import SearchBar  # noqa: PLC0415  (imports Input)

        if not self.query(SearchBar):
            self._began_at = self.view.caret
            self._place = self.view.position
            self.mount(SearchBar(self._query), before="#bar")
            self.add_class("-searching")

    def on_search_changed(self, message: SearchChanged) -> None:
        """Search for what was typed so far."""
        from reader.core.search import TextFinder  # noqa: PLC0415  (at the first search)

        message.stop()
        self._query = message.query
        document = self.now.document
        if self._finder is None:
            self._finder = TextFinder(document.text)
        elif document is not self._searched:
            self._finder = self._finder.extended(document.text)
        self._searched = document
        if len(document.text) <= FAST_LENGTH:
            self._take(message.query, tuple(self._finder.find(message.query, MAX_HITS)))
        else:
            self.run_worker(
                partial(self._find, self._finder, message.query),
                thread=True, exclusive=True, group="search",
            )  # fmt: skip

    def _find(self, finder: TextFinder, query: str) -> None:
        worker = get_current_worker()
        while not finder.prepare(SLICE, query):
            if worker.is_cancelled:
                return
        hits = tuple(finder.find(query, MAX_HITS))
        if not worker.is_cancelled:
            self.app.call_from_thread(self._take, query, hits)

    def _take(self, query: str, hits: tuple[TextRange, ...]) -> None:
        """Show the hits, and go to the first one from where the search began."""
        if query != self._query:
            return
        self.view.hits = hits
        first = bisect_left(hits, self._began_at, key=lambda hit: hit.start) - self._goes_back
        self._goes_back = False
        self._go_to(first % len(hits) if hits else None)
        if not hits:
            self.view.return_to(self._place)

    def _go_to(self, index: int | None) -> None:
        from reader.ui.widgets.search_bar import SearchBar  # noqa: PLC0415  (imports Input)

        hits = self.view.hits
        self.view.current_hit = None if index is None else hits[index]
        if index is not None:
            self.view.move_caret(hits[index].start, at_third=True)
        for bar in self.query(SearchBar):
            bar.hits = len(hits) if self._query else None
            bar.current = 0 if index is None else index + 1

    def on_search_ended(self, message: SearchEnded) -> None:
        """Close the search line; go back to where it began unless a hit was wanted."""
        from reader.ui.widgets.search_bar import SearchBar  # noqa: PLC0415  (imports Input)

        message.stop()
        self.query(SearchBar).remove()
        self.remove_class("-searching")
        self.view.focus()
        if message.is_accepted:
            self.host.way.leave(self, self._place)
        else:
            self.view.hits, self.view.current_hit = (), None
            self.view.return_to(self._place)

    def action_next_hit(self) -> None:
        """Go to the next hit; after the last one comes the first."""
        self._step(1)

    def action_previous_hit(self) -> None:
        """Go to the hit before; before the first one comes the last."""
        self._step(-1)

    def _step(self, step: int) -> None:
        hits = self.view.hits
        if not hits:
            if self._query:
                self._goes_back = step < 0
                self._began_at = self.view.caret + max(step, 0)
                self._place = self.view.position
                self.on_search_changed(SearchChanged(self._query))
            else:
                self.say("Nothing was searched for yet; / searches.")
            return
        starts = [hit.start for hit in hits]
        if step > 0:
            index = bisect_right(starts, self.view.caret)
        else:
            index = bisect_left(starts, self.view.caret) - 1
        went_round = "" if 0 <= index < len(hits) else ", the search went round"
        index %= len(hits)
        self._go_to(index)
        self.say(f"{index + 1} of {len(hits)}{went_round}")
