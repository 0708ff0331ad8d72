"""The query of the library: what its rows can tell is decided at once, the rest by the index."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from textual.message import Message
from textual.widget import Widget
from textual.worker import get_current_worker

from reader import clock
from reader.core.document import Document
from reader.core.query.facts import ArticleFacts, SourceFacts
from reader.core.query.hits import Excerpt, excerpts, words_of
from reader.core.query.matching import article_test
from reader.core.query.parsing import Query, QueryFault, parse
from reader.core.query.tree import WORDS, Node, asks_for, leaves
from reader.errors import StoreError
from reader.session import ArticleSummary
from reader.session.querying import Queries
from reader.ui.host import host_of
from reader.ui.library.listed import ListedArticle

TEXT = "text"
"""The field that asks for words of the articles' texts."""

AT_ONCE = 8
"""In how many articles places are looked up before they are shown."""

MOST_SEARCHED = 200
"""In how many listed articles places are looked up."""


class Answer(NamedTuple):
    """What the index answers."""

    text: str
    """The query, as it was typed."""
    ids: frozenset[str]
    """The ids of the articles that it asks for."""


@dataclass
class QueryAnswered(Message):
    """The index has answered a query."""

    answer: Answer
    """The answer."""


@dataclass(eq=False, repr=False)
class PlacesFound(Message):
    """Where the texts of some articles have the words of a query was found."""

    text: str
    """The query, as it was typed."""
    places: Mapping[str, Excerpt]
    """The best place in each article, by its id."""


class ArticleQuery:
    """A query of articles as it is typed; until the index answers, the answer before counts."""

    def __init__(self, screen: Widget, queries: Queries, statuses: Collection[str]) -> None:
        """Ask for nothing yet.

        Args:
            screen: Receives ``QueryAnswered``, on which ``take`` is to be called.
            queries: What answers.
            statuses: The names of the statuses that claims may have.
        """
        self._screen = screen
        self._queries = queries
        self._statuses = statuses
        self._text = ""
        self._query: Query | None = None
        self._answer: Answer | None = None
        self._last: frozenset[str] | None = None
        self._after_answer: Callable[[], None] | None = None

    @property
    def text(self) -> str:
        """The query, as it was typed."""
        return self._text

    @property
    def faults(self) -> Sequence[QueryFault]:
        """What is not understood of the query."""
        return self._query.faults if self._query else ()

    @property
    def asks_for_archived(self) -> bool:
        """Whether it names archived articles, which are not listed among the others."""
        return self._query is not None and asks_for(self._query.tree, "is", "archived")

    @property
    def is_waiting(self) -> bool:
        """Whether the index has not answered it yet."""
        return self._needs_index and (self._answer is None or self._answer.text != self._text)

    @property
    def _needs_index(self) -> bool:
        """Whether it asks for more than words, which is all that the rows have."""
        tree = self._query.tree if self._query else None
        return tree is not None and any(leaf.field != WORDS for leaf in leaves(tree))

    def ask(self, text: str) -> None:
        """Read a query, and ask the index where that is needed, even if it was asked the same."""
        now = clock.local(clock.now()).replace(tzinfo=None)
        self._text = text
        self._query = (
            parse(text, now, statuses=self._statuses, is_for_articles=True) if text else None
        )
        if self._needs_index:
            self._screen.run_worker(self._find, group="filter", exclusive=True, thread=True)
            return
        self._screen.workers.cancel_group(self._screen, "filter")
        self._answer = None

    def _find(self) -> None:
        """Ask the index, on a thread."""
        text, query, worker = self._text, self._query, get_current_worker()
        if query is None:
            return
        with suppress(StoreError):  # the list itself says that its folder cannot be read
            parts = self._queries.articles(
                query.tree, has_first=False, must_stop=lambda: worker.is_cancelled
            )
            for part in parts:
                if worker.is_cancelled:
                    return
                ids = frozenset(each.id for each in part.items)
                self._screen.post_message(QueryAnswered(Answer(text, ids)))

    def take(self, answer: Answer) -> None:
        """Count an answer, unless another query was typed since."""
        if self._needs_index and answer.text == self._text:
            self._answer = answer

    def matching(self, articles: Sequence[ListedArticle]) -> list[ArticleSummary]:
        """Return the articles that the query asks for, as far as that is known."""
        if self._query is None:
            found = [each.summary for each in articles]
        elif self._needs_index:
            ids = self._answer.ids if self._answer else self._last
            found = [each.summary for each in articles if ids is None or each.summary.id in ids]
        else:
            test = article_test(self._query.tree)
            found = [
                each.summary
                for each in articles
                if test(ArticleFacts(SourceFacts(title=each.folded)))
            ]
        self._last = frozenset(each.id for each in found)
        return found

    def find_places(self, articles: Sequence[ArticleSummary]) -> None:
        """Look up where articles have the words that the query looks for in their texts.

        Args:
            articles: Articles that the query asks for; ``PlacesFound`` comes for some at a time.
        """
        query = self._query
        if query is None or self.is_waiting or not asks_for(query.tree, TEXT):
            return
        session = host_of(self._screen).session
        work = partial(self._find_places, self._text, query.tree, articles, session.document)
        self._screen.run_worker(work, group="places", exclusive=True, thread=True)

    def _find_places(
        self,
        text: str,
        tree: Node,
        articles: Sequence[ArticleSummary],
        read: Callable[[str], Document | None],
    ) -> None:
        worker, terms = get_current_worker(), words_of(tree, {TEXT})
        for start in range(0, min(len(articles), MOST_SEARCHED), AT_ONCE):
            places: dict[str, Excerpt] = {}
            for article in articles[start : start + AT_ONCE]:
                if worker.is_cancelled:
                    return
                document = read(article.snapshot)
                found = excerpts(document, terms, 1)[0] if document is not None else []
                if found:
                    places[article.id] = found[0]
            if places:
                self._screen.post_message(PlacesFound(text, places))

    def run(self, action: Callable[[], None]) -> None:
        """Do something with the rows; while the index is asked, once they show its answer."""
        if self.is_waiting:
            self._after_answer = action
        else:
            action()

    def go_on(self) -> None:
        """Do what waited, because the rows show what the query asks for."""
        if not self.is_waiting:
            action, self._after_answer = self._after_answer, None
            if action is not None:
                action()
