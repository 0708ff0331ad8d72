"""Answering queries of notes and articles: the first of them at once, then all, for every list."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, TypeVar

from reader import clock
from reader.core.query.dates import bounds_of, starts_at
from reader.core.query.tree import EVERYTHING, WORDS, AllOf, AnyOf, Node, asks_for
from reader.errors import StoreError
from reader.session.library_lists import (
    FIRST_ROWS,
    SAVE_SECONDS,
    STEP_SECONDS,
    STEP_SHARE,
    LibraryLists,
    ListPart,
)
from reader.store.index.conditions import Surroundings
from reader.store.index.connection import QueryStopped
from reader.store.index.keys import NoteKey, NoteSource
from reader.store.index.querying import MustStop, NoteOrder, most_used

if TYPE_CHECKING:
    from reader.session.writer import SaveWriter
    from reader.store.files.drafts import Drafts
    from reader.store.library import AnnotationSummary, ArticleSummary, Library

__all__ = ["NoteKey", "NoteOrder", "NoteSource", "Queries", "QueryStopped"]

COMPARED_SECONDS: Final = 2.0
"""How long files that were compared with the index count as compared, in seconds, where no file was
added, replaced or removed since: so long nothing is compared for a key that is typed."""

ATTEMPTS: Final = 3
"""How often an answer is asked for again where the index changes while it is answered."""

PERIODS: Final = ("today", "yesterday", "this-week", "this-month", "this-year")
"""The periods in which the facet of ``marked`` counts notes; each year before follows."""

MOST_YEARS: Final = 50
"""How many years are counted; a file may name any."""

_PAGE: Final = 200
"""How many annotations are read at once."""

_VALUE_OF: Final[Mapping[str, Callable[[NoteKey], Any]]] = {
    "status": attrgetter("status"),
    "speaker": attrgetter("speaker"),
    "site": attrgetter("source.site"),
    "project": attrgetter("source.projects"),
    "tag": attrgetter("tags"),
}
"""What the facets count, by their fields; the last two have any number of values."""

Item = TypeVar("Item")
Counts = Sequence[tuple[str, int]]
"""Values with how many notes have each."""


class Queries:
    """Answers queries; safe on any thread, and slow, so not for that of the interface.

    A query is a tree of ``core.query``. It is answered from the index, with what another program
    or another window has changed by then.
    """

    def __init__(
        self, library: Library, lists: LibraryLists, writer: SaveWriter, drafts: Drafts
    ) -> None:
        """Serve a library; touches no disk yet."""
        self._library, self._lists = library, lists
        self._writer = writer
        self._drafts = drafts
        self._compared = -COMPARED_SECONDS

    # Notes

    def notes(
        self,
        tree: Node,
        order: NoteOrder = NoteOrder.NEWEST,
        *,
        has_first: bool = True,
        must_stop: MustStop | None = None,
    ) -> Iterator[ListPart]:
        """Yield the notes that a query asks for, as ``NoteKey``: growing parts, then all.

        The first part comes after a few milliseconds however large the library is, and is empty
        only where nothing is found so quickly.

        Args:
            tree: The query.
            order: The order.
            has_first: Whether to begin with what the index has before it is brought up to date;
                else the first part is complete, unless the library is being indexed.
            must_stop: Tells, again and again, whether the answer is not needed any more; the
                iterator then ends.

        Raises:
            StoreError: The library's folder cannot be read.
        """
        surroundings, answer = self._surroundings(tree), self._library.queries

        def first() -> Sequence[NoteKey]:
            return answer.first_notes(tree, surroundings, order, FIRST_ROWS)

        def every() -> Sequence[NoteKey]:
            return answer.notes(tree, surroundings, order, must_stop)

        return self._parts(tree, first if has_first else None, every)

    def all_notes(self, tree: Node, order: NoteOrder = NoteOrder.NEWEST) -> Sequence[NoteKey]:
        """Return all notes that a query asks for, in order; for commands.

        Raises:
            StoreError: The library's folder cannot be read.
        """
        return self._all(tree, lambda: self.notes_at_hand(tree, order))

    def notes_at_hand(self, tree: Node, order: NoteOrder = NoteOrder.NEWEST) -> Sequence[NoteKey]:
        """Return all notes that a query asks for, as far as the library is indexed by now."""
        return self._library.queries.notes(tree, self._surroundings(tree), order)

    def summaries(self, keys: Sequence[NoteKey]) -> Iterator[AnnotationSummary]:
        """Yield the annotations of some keys, tombstones too, in order, with few in memory."""
        for start in range(0, len(keys), _PAGE):
            page = keys[start : start + _PAGE]
            found = self._library.queries.summaries([key.id for key in page])
            by_key = {(each.article_id, each.annotation.id): each for each in found}
            for key in page:
                if (summary := by_key.get((key.article_id, key.id))) is not None:
                    yield summary

    def summaries_with(self, ids: Sequence[str]) -> list[AnnotationSummary]:
        """Return the annotations with some ids, tombstones too, in any order."""
        return self._library.queries.summaries(ids)

    # Articles

    def articles(
        self, tree: Node, *, has_first: bool = True, must_stop: MustStop | None = None
    ) -> Iterator[ListPart]:
        """Yield the articles that a query asks for, as ``ArticleSummary``; see ``notes``.

        The last opened come first. ``core.query.matching.with_text`` makes a query that looks for
        its words in the articles' texts, too.

        Raises:
            StoreError: As for ``notes``.
        """
        surroundings, answer = self._surroundings(tree), self._library.queries

        def first() -> Sequence[ArticleSummary]:
            found = answer.articles(tree, surroundings, must_stop, FIRST_ROWS)
            return found if len(found) == FIRST_ROWS else []

        def every() -> Sequence[ArticleSummary]:
            return answer.articles(tree, surroundings, must_stop)

        return self._parts(tree, first if has_first else None, every)

    def all_articles(self, tree: Node) -> Sequence[ArticleSummary]:
        """Return all articles that a query asks for, the last opened first; for commands.

        Raises:
            StoreError: As for ``all_notes``.
        """
        answer = self._library.queries
        return self._all(tree, lambda: answer.articles(tree, self._surroundings(tree)))

    def article_ids(self, tree: Node, must_stop: MustStop | None = None) -> Sequence[str]:
        """Return the ids of the articles that a query asks for, as the index is now.

        Raises:
            QueryStopped: ``must_stop`` said so.
        """
        return self._library.queries.article_ids(tree, self._surroundings(tree), must_stop)

    # Values

    def facets(
        self, tree: Node, fields: Sequence[str], must_stop: MustStop | None = None
    ) -> Mapping[str, Counts]:
        """Return the values that the notes of a query have in some fields, with their counts.

        A field is counted without what the query asks for in that field itself, so that its
        other values still say how many notes they would show.

        Args:
            tree: The query.
            fields: ``status``, ``speaker``, ``site``, ``tag``, ``project`` and ``marked``, whose
                values are periods.
            must_stop: Tells, again and again, whether the answer is not needed any more.

        Returns:
            For each field the values as queries take them, the most used first, periods in the
            order of time; empty where ``must_stop`` said so.
        """
        surroundings = self._surroundings(tree)
        answers: dict[Node, Sequence[NoteKey]] = {}
        facets: dict[str, Counts] = {}
        try:
            for field in fields:
                others = without_field(tree, field)
                if others not in answers:
                    answers[others] = self._library.queries.notes(
                        others, surroundings, NoteOrder.NEWEST, must_stop
                    )
                facets[field] = _counts(answers[others], field)
        except QueryStopped:
            return {}
        return facets

    def total(self) -> int:
        """Return how many live notes the index has."""
        return self._library.queries.total()

    def values(self, field: str) -> Counts:
        """Return the values of a field with their numbers of notes, for completing a query.

        Args:
            field: ``tag``, ``speaker``, ``status``, ``site``, ``author`` or ``project``. The other
                names of a speaker follow, with the same numbers.
        """
        counts = self._library.queries.counts(field)
        if field != "speaker":
            return counts
        names, known = self._other_names(), dict(counts)
        others = {other: count for name, count in counts for other in names.get(name, ())}
        return [*counts, *(each for each in others.items() if each[0] not in known)]

    # Being up to date

    def surroundings(self) -> Surroundings:
        """Return what any query asks of notes that does not stand in their articles.

        For lists that answer by ``core.query.matching``.
        """
        return Surroundings(clock.now(), self._drafts.ids(), self._other_names())

    def _surroundings(self, tree: Node) -> Surroundings:
        drafts = self._drafts.ids() if asks_for(tree, "has", "draft") else ()
        has_names = asks_for(tree, WORDS) or asks_for(tree, "speaker")
        return Surroundings(clock.now(), drafts, self._other_names() if has_names else {})

    def _other_names(self) -> Mapping[str, Sequence[str]]:
        with suppress(StoreError):  # the doctor reports what is wrong with the file of names
            return self._library.speakers.read().by_main_name()
        return {}

    def _parts(
        self,
        tree: Node,
        first: Callable[[], Sequence[Item]] | None,
        every: Callable[[], Sequence[Item]],
    ) -> Iterator[ListPart]:
        try:
            if first is not None and (items := first()):
                yield ListPart(items, is_complete=False)
            self._writer.flush(SAVE_SECONDS)
            is_compared, state = self._is_compared(tree), self._state(tree)
            items = every()
            for _ in range(ATTEMPTS):
                if is_compared and self._state(tree) == state:
                    break  # nothing was added or lost while it was answered
                if first is not None and items:
                    yield ListPart(items, is_complete=False)
                yield from self._following(tree, every)
                is_compared = True
                if (now := self._state(tree)) != state:
                    state, items = now, every()
            yield ListPart(items, is_complete=True)
        except QueryStopped:
            return

    def _state(self, tree: Node) -> tuple[object, ...]:
        """Return what changes when the index changes, or the texts that a query asks for."""
        if not asks_for(tree, "text"):
            return self._library.queries.state()
        updates = self._library.text_updates
        state = updates.state()
        return *state, updates.is_complete_in(state)

    def _is_compared(self, tree: Node) -> bool:
        """Return whether the index has all files, as far as that is known without reading any."""
        return (
            time.monotonic() - self._compared < COMPARED_SECONDS
            and self._library.lists.is_current
            and (not asks_for(tree, "text") or self._library.text_updates.is_complete)
        )

    def _following(self, tree: Node, every: Callable[[], Sequence[Item]]) -> Iterator[ListPart]:
        """Bring the index up to date; yield what it has while that takes long."""
        update = self._lists.updates.begin(has_texts=asks_for(tree, "text"))
        pause = STEP_SECONDS
        while not update.wait(pause):
            if progress := self._lists.updates.progress:
                start = time.monotonic()
                yield ListPart(every(), is_complete=False, progress=progress)
                pause = max(STEP_SECONDS, STEP_SHARE * (time.monotonic() - start))
        if update.error is not None:
            raise update.error
        self._compared = time.monotonic()

    def _all(self, tree: Node, every: Callable[[], Sequence[Item]]) -> Sequence[Item]:
        """Return a whole answer of the index, which is brought up to date before it."""
        self._writer.flush(SAVE_SECONDS)
        self._library.lists.update()
        return self._library.text_updates.answer(every) if asks_for(tree, "text") else every()


def without_field(tree: Node, field: str) -> Node:
    """Return a query without what it asks for in one field, as far as that must hold."""
    if _is_of(tree, field):
        return EVERYTHING
    if isinstance(tree, AllOf):
        return AllOf(tuple(part for part in tree.parts if not _is_of(part, field)))
    return tree


def _is_of(node: Node, field: str) -> bool:
    """Return whether a part of a query asks for values of one field alone."""
    if isinstance(node, AnyOf):
        return all(_is_of(part, field) for part in node.parts)
    return getattr(node, "field", None) == field


def _counts(keys: Sequence[NoteKey], field: str) -> Counts:
    if field == "marked":
        return _periods(sorted(key.moment for key in keys if key.moment))
    counts: Iterable[tuple[Any, int]] = Counter(map(_VALUE_OF[field], keys)).items()
    if field in {"project", "tag"}:
        counts = ((name, count) for names, count in counts for name in names)
    return most_used(counts)


def _periods(moments: Sequence[float]) -> Counts:
    """Return in how many of some times each of ``PERIODS`` was, and each year before.

    Args:
        moments: The times in order, in seconds since 1970.
    """
    now = clock.local(clock.now()).replace(tzinfo=None)
    counts = []
    for name in (*PERIODS, *map(str, _years_before(now.year, moments))):
        first, end = (
            bisect_left(moments, clock.local(starts_at(bound)).timestamp())
            for bound in bounds_of("marked", name, now)
        )
        if end > first:
            counts.append((name, end - first))
    return counts


def _years_before(year: int, moments: Sequence[float]) -> list[int]:
    """Return the years before a year that times are in or between, the last first."""
    if not moments:
        return []
    first = max(time.localtime(moments[0]).tm_year, year - MOST_YEARS)
    return list(range(year - 1, first - 1, -1))
