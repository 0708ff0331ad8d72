"""Asking for the notes of a query on threads, with groups and facets, for the list to show."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from textual.message import Message
from textual.worker import get_current_worker

from reader import clock
from reader.core.query.parsing import Query, parse
from reader.core.query.tree import WORDS, AllOf, AnyOf, Node, Term
from reader.core.text_formatting import one_line
from reader.errors import ReaderError
from reader.session import AnnotationSummary, IndexProgress, Session
from reader.session.querying import NoteKey, NoteOrder
from reader.ui.compat import quick_switching
from reader.ui.host import host_of
from reader.ui.notes.arrangement import (
    LONGEST,
    Group,
    Grouper,
    Grouping,
    Groups,
    grouped,
    named,
    period_of,
)

if TYPE_CHECKING:
    from textual.screen import Screen

FIRST_ROWS = 32
"""How many annotations are read before the first rows are shown."""

LONGEST_WAIT = 1.5
"""How long keys wait for rows, in seconds; commands wait on, see ``after_answer``."""

LIT_FIELDS = frozenset({WORDS, "passage", "note", "speaker", "in"})
"""The fields whose words are lit in the rows."""

FACETS = ("status", "speaker", "site", "tag", "project", "marked")
"""The fields that are counted."""


class Question(NamedTuple):
    """What the list is asked for."""

    text: str = ""
    """The query as it is typed."""
    order: NoteOrder = NoteOrder.NEWEST
    """The order of the notes."""
    grouping: Grouping = Grouping.ARTICLE
    """What they are grouped by."""


@dataclass(eq=False, repr=False)
class NotesAnswered(Message):
    """The notes of a query were found, or the first of them."""

    question: Question
    """What was asked."""
    groups: Groups[NoteKey]
    """The notes in their groups."""
    query: Query
    """The query as it was understood."""
    total: int
    """How many notes the library has."""
    is_complete: bool = True
    """Whether these are all."""
    progress: IndexProgress | None = None
    """How far the library is indexed, where that takes a while."""
    problems: Sequence[str] = ()
    """A sentence for each file that could not be read."""


@dataclass(eq=False, repr=False)
class FacetsCounted(Message):
    """The values that the notes of a query have were counted."""

    text: str
    """The query as it is typed."""
    counts: Mapping[str, Sequence[tuple[str, int]]]
    """The values of each field with their counts."""


@dataclass(eq=False, repr=False)
class AnnotationsRead(Message):
    """Annotations were read that the list draws."""

    annotations: Sequence[AnnotationSummary]
    """The annotations."""


@dataclass(eq=False, repr=False)
class AskingFailed(Message):
    """The library could not be read."""

    error: ReaderError
    """Why."""


class NoteListing:
    """Asks the library for notes; what it finds comes as messages of the screen."""

    def __init__(self, screen: Screen[None]) -> None:
        """Ask nothing yet.

        Args:
            screen: Runs the workers, and gets the messages.
        """
        self._screen = screen
        self._waiting: list[Callable[[], object]] = []
        self._answered: asyncio.Event = asyncio.Event()
        self._complete: Question | None = None  # what was answered whole last
        self.question = Question()
        """What was asked last."""
        self.is_busy = False
        """Whether no row of what was asked last has come yet."""

    @property
    def _session(self) -> Session:
        return host_of(self._screen).session

    def ask(self, question: Question, *, is_quiet: bool = False) -> None:
        """Ask for notes; an earlier question is given up.

        Args:
            question: What is asked.
            is_quiet: Whether the rows that are shown stand for the answer until it comes, because
                only what the library holds may have changed.
        """
        self.question = question
        if not is_quiet:
            self.is_busy = True
            self._answered.clear()
        work = partial(self._answer, question)
        self._screen.run_worker(work, thread=True, exclusive=True, group="ask")

    def count(self) -> None:
        """Count the values of the notes again."""
        question = self.question
        work = partial(self._count, question.text)
        self._screen.run_worker(work, thread=True, exclusive=True, group="count")

    async def answered(self) -> None:
        """Wait for the first rows of what was asked last, but not so long that keys are dropped."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._answered.wait(), LONGEST_WAIT)

    def after_answer(self, action: Callable[[], object]) -> None:
        """Do something at once, or as soon as the first rows have come."""
        if self.is_busy:
            self._waiting.append(action)
        else:
            action()

    def take(self, message: NotesAnswered) -> bool:
        """Return whether an answer is to what was asked last."""
        return message.question == self.question

    def settle(self) -> None:
        """Do what waited for the first rows."""
        self.is_busy = False
        self._answered.set()
        waiting, self._waiting = self._waiting, []
        for action in waiting:
            action()

    def give_up(self) -> None:
        """Wait for nothing any more, because the library cannot be read."""
        self.is_busy = False
        self._answered.set()
        self._waiting.clear()

    # On threads

    def _answer(self, question: Question) -> None:
        """Post what is found; runs on a thread."""
        worker = get_current_worker()
        query = self.parse(question.text)
        grouper = grouper_of(question.grouping, self._today())
        try:
            with quick_switching():
                parts = self._session.queries.notes(
                    query.tree,
                    question.order,
                    has_first=question != self._complete,
                    must_stop=lambda: worker.is_cancelled,
                )
                is_first = True
                for items, is_complete, progress in parts:
                    if worker.is_cancelled:
                        return
                    groups = grouped(items, grouper)
                    if is_first:
                        self.read([each.id for each in groups.rows[:FIRST_ROWS]])
                        is_first = False
                    problems = tuple(self._session.problems) if is_complete else ()
                    total = self._session.queries.total()
                    self._screen.post_message(
                        NotesAnswered(
                            question, groups, query, total, is_complete, progress, problems
                        )
                    )
                self._complete = question
                self._count(question.text)
        except ReaderError as error:
            if not worker.is_cancelled:
                self._screen.post_message(AskingFailed(error))

    def _count(self, text: str) -> None:
        """Count the values of fields; runs on a thread."""
        worker = get_current_worker()
        tree = self.parse(text).tree
        counts = self._session.queries.facets(tree, FACETS, lambda: worker.is_cancelled)
        if not worker.is_cancelled:
            self._screen.post_message(FacetsCounted(text, counts))

    def parse(self, text: str) -> Query:
        """Return a query as it is understood now."""
        statuses = [status.name for status in host_of(self._screen).settings.statuses]
        now = clock.local(clock.now()).replace(tzinfo=None)
        return parse(text, now, statuses=statuses)

    def _today(self) -> date:
        return clock.local(clock.now()).date()

    def read(self, ids: Sequence[str]) -> None:
        """Read annotations and post them; runs on a thread."""
        if ids:
            found = self._session.queries.summaries_with(ids)
            self._screen.post_message(AnnotationsRead(found))


def grouper_of(grouping: Grouping, today: date) -> Grouper[NoteKey] | None:
    """Return what groups notes; None for no groups.

    Args:
        grouping: What notes are grouped by.
        today: The present day here.
    """
    match grouping:
        case Grouping.ARTICLE:
            return Grouper(lambda key: key.source.id, _article_group)
        case Grouping.SPEAKER:
            return Grouper(
                lambda key: key.speaker, lambda key: named(key.speaker, "without a speaker")
            )
        case Grouping.STATUS:
            return Grouper(
                lambda key: key.status, lambda key: named(key.status, "without a status")
            )
        case Grouping.TIME:
            period = _period_function(today)
            return Grouper(period, lambda key: Group(period(key)))
        case Grouping.NOTHING:
            return None


def _article_group(key: NoteKey) -> Group:
    title = one_line(key.source.title[:LONGEST]) or "untitled"
    return Group(title, one_line(key.source.site[:LONGEST]))


def _period_function(today: date) -> Callable[[NoteKey], str]:
    known: dict[int, str] = {}

    def period(key: NoteKey) -> str:
        quarter = int(key.moment // 900)  # of an hour: no day here begins within one
        name = known.get(quarter)
        if name is None:
            day = datetime.fromtimestamp(key.moment).date() if key.moment else None
            name = known[quarter] = period_of(day, today)
        return name

    return period


def lit_terms(node: Node) -> Iterator[str]:
    """Yield the folded words that a query looks for in what rows show."""
    match node:
        case Term(field=field) if field in LIT_FIELDS:
            if node.folded:
                yield node.folded
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from lit_terms(part)
        case _:
            return
