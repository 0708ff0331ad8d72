"""Keeps the texts of all indexed articles entered, and answers from them, also where they are lost.

Another program may delete the database of the texts at any time, and a damaged one is made again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from reader.store.index.index import Index, IndexProgress
from reader.store.index.querying import IndexQueries
from reader.store.index.texts import ArticleTexts

_ATTEMPTS: Final = 3
"""How often an answer is asked for again where the texts are lost while it is answered."""

Result = TypeVar("Result")


class TextUpdates:
    """Enters the texts of articles; safe in several threads."""

    def __init__(self, index: Index, queries: IndexQueries, texts: ArticleTexts) -> None:
        """Serve a library; touches no disk yet."""
        self._index, self._queries, self._texts = index, queries, texts
        self._state_of_last: tuple[int, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether the texts of all articles that are indexed were entered."""
        return self.is_complete_in(self.state())

    def is_complete_in(self, state: tuple[int, ...]) -> bool:
        """Return whether they were entered in a state that ``state`` returned."""
        return state == self._state_of_last

    def run(self, must_stop: Callable[[], bool] = bool, rest: float = 0.0) -> bool:
        """Enter the texts of the articles that are indexed and have none; see ``ArticleTexts``.

        The index must be up to date.

        Args:
            must_stop: Tells whether to end early.
            rest: As for ``ArticleTexts.update``.

        Returns:
            Whether it came to its end.
        """
        index, state = self._index, self.state()
        if self.is_complete_in(state):
            return True
        try:
            is_done = self._texts.update(
                self._queries.digests(),
                lambda done, total: index.report(IndexProgress(done, total)),
                lambda: must_stop() or index.is_stopped,
                rest,
            )
        finally:
            index.report(None)
        if is_done:
            self._state_of_last = state
        return is_done

    def answer(self, ask: Callable[[], Result]) -> Result:
        """Return an answer from the texts of all articles, which are entered before it.

        Where it finds them damaged they are entered again, and it is asked again.

        Args:
            ask: Returns the answer.
        """
        for _ in range(_ATTEMPTS):
            self.run()
            database = self._texts.database_id()
            answer = ask()
            if self._texts.database_id() == database:
                break
        return answer

    def state(self) -> tuple[int, ...]:
        """Return what changes when an article is indexed again, and when the texts are lost."""
        return (self._texts.database_id(), *self._queries.state())
