"""The query of the library: what its rows can tell is decided at once, the rest by the index."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple

from textual.message import Message
from textual.widget import Widget
from textual.worker import get_current_worker

from reader import clock
from reader.core.query.facts import ArticleFacts, SourceFacts
from reader.core.query.matching import article_test
from reader.core.query.parsing import Query, parse
from reader.core.query.tree import WORDS, asks_for, leaves
from reader.errors import StoreError
from reader.session import ArticleSummary
from reader.session.querying import Queries
from reader.ui.library.listed import ListedArticle


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
    def mistake(self) -> str:
        """What is wrong with the query that more typing does not mend; empty where nothing is."""
        faults = self._query.faults if self._query else ()
        return next((fault.message for fault in faults if not fault.is_unfinished), "")

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
