"""What the list of notes is asked: the query, the order, the groups, kept for the next time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from textual.message import Message

from reader.session.desk_memory import DeskState
from reader.session.querying import NoteOrder
from reader.ui.held_input import hold_until
from reader.ui.host import host_of
from reader.ui.notes.arrangement import Grouping
from reader.ui.notes.listing import NoteListing, Question
from reader.ui.widgets.query_field import QueryField

if TYPE_CHECKING:
    from textual.screen import Screen

Choice = TypeVar("Choice", NoteOrder, Grouping)


@dataclass(eq=False, repr=False)
class DeskRemembered(Message):
    """What was open last is known."""

    state: DeskState
    """What was open."""


class Asking:
    """Asks the questions of the reader, and remembers the last one."""

    def __init__(
        self, screen: Screen[None], listing: NoteListing, field: Callable[[], QueryField]
    ) -> None:
        """Ask nothing yet.

        Args:
            screen: The screen with the list.
            listing: Finds the notes.
            field: Returns the query line.
        """
        self._screen = screen
        self._listing = listing
        self._field = field
        self._given: str | None = None  # what is asked in place of the query of the last time
        self.question = Question()
        """What is asked now."""

    def begin(self) -> None:
        """Look up what was open last; keys wait for the first rows."""
        hold_until(self._screen, self._listing.answered())
        self._screen.run_worker(self._look_up, thread=True, group="memory")

    def _look_up(self) -> None:
        state = host_of(self._screen).session.desk_memory.state
        self._screen.post_message(DeskRemembered(state))

    def begin_with(self, state: DeskState) -> str:
        """Ask what was asked last, and return the id of the note to highlight; may be empty."""
        self.question = Question(
            state.query if self._given is None else self._given,
            _member(NoteOrder, state.order, NoteOrder.NEWEST),
            _member(Grouping, state.grouping, Grouping.ARTICLE),
        )
        self._field().write(self.question.text)
        self._listing.ask(self.question)
        return state.note if self._given is None else ""

    def ask(self, question: Question) -> None:
        """Ask something else; keys wait for its first rows, unless the query is being typed."""
        self.question = question
        self._listing.ask(question)
        if not self._field().has_focus_within:
            hold_until(self._screen, self._listing.answered())

    def ask_query(self, text: str) -> None:
        """Write a query into its line, and ask it; on a screen to come, once it is there."""
        self._given = text
        if self._screen.is_mounted:
            self._field().write(text)
            self.take_typed()

    def take_typed(self) -> bool:
        """Ask what stands in the query line; return whether it was not asked already."""
        text = self._field().value
        is_new = text.strip() != self.question.text.strip()
        if is_new:
            self.ask(self.question._replace(text=text))
        return is_new

    def load(self) -> None:
        """Ask the same again; what is shown stays until the answer comes."""
        self._listing.ask(self.question, is_quiet=True)

    def remember(self, note_id: str, *, has_facets: bool) -> None:
        """Keep what is open for the next time.

        Args:
            note_id: The highlighted note; empty for none.
            has_facets: Whether the facets are shown where there is room.
        """
        text, order, grouping = self.question
        state = DeskState(text, order, grouping, note_id, has_facets)
        host_of(self._screen).session.desk_memory.remember(state)


def _member(kind: type[Choice], name: str, otherwise: Choice) -> Choice:
    """Return the member of an enumeration with a value from a file, which may be any text."""
    try:
        return kind(name)
    except ValueError:
        return otherwise
