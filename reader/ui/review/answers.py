"""Answering the present card: grades for notes, statuses and days for claims."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from reader import clock
from reader.core.dates import DateError
from reader.core.review import Grade, ReviewMode
from reader.ui.actions import Actions
from reader.ui.commands import REVIEW, STATUS_PREFIX, by_id, commands_of
from reader.ui.key_hints import KeyHint, hints_of, no_status, status_of_command
from reader.ui.review.context import ReviewContext

if TYPE_CHECKING:
    from reader.session.review_session import ReviewSession

GRADES: Final = {
    "review.again": Grade.AGAIN,
    "review.hard": Grade.HARD,
    "review.good": Grade.GOOD,
    "review.easy": Grade.EASY,
}
"""The grade that each command gives a note."""

DAYS: Final = {"review.again": 1, "review.good": 3, "review.week": 7, "review.month": 30}
"""In how many days each command asks a claim again."""


class Answers:
    """Gives the answers; each is on disk before the next card is shown."""

    def __init__(self, context: ReviewContext) -> None:
        """Answer nothing yet."""
        self._context = context

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        statuses = (each.id for each in commands_of(REVIEW) if each.id.startswith(STATUS_PREFIX))
        return {
            **{id_: partial(self._answer, id_) for id_ in {**GRADES, **DAYS}},
            **{id_: partial(self._decide, id_) for id_ in statuses},
            "review.date": self._ask_on_a_day,
            "review.next": partial(self._run, lambda review: review.skip()),
            "review.suspend": partial(self._put_away, ReviewMode.SUSPENDED),
            "review.exclude": partial(self._put_away, ReviewMode.EXCLUDED),
            "review.undo": self._undo,
        }

    def hints(self) -> tuple[KeyHint, ...]:
        """Return the answers that the present card allows, with what each leads to."""
        context, card = self._context, self._context.card
        keymap = context.host.settings.keys
        if card is None:
            return ()
        if not card.is_claim:
            words = {id_: f"{grade} {card.intervals[grade]}" for id_, grade in GRADES.items()}
            return hints_of(tuple(words.items()), keymap)
        statuses = {
            f"{STATUS_PREFIX}{each.key}": each.name for each in context.host.settings.statuses
        }
        decisions = [(id_, name) for id_, name in statuses.items() if id_ in by_id()]
        first, *others = DAYS.items()
        days = [(id_, f"in {_days(count)}") for id_, count in others]
        again = (first[0], f"ask again in {_days(first[1])}")
        return hints_of((*decisions, again, *days, ("review.date", "on a day")), keymap)

    async def _run(self, change: Callable[[ReviewSession], object]) -> None:
        if self._context.card is not None:
            await self._context.run(change)

    def _answer(self, command_id: str) -> Coroutine[Any, Any, None] | None:
        """Grade a note, or ask a claim again in some days."""
        card = self._context.card
        if card is None:
            return None
        if card.is_claim and command_id in DAYS:
            due = _due_in(DAYS[command_id])
            return self._run(lambda review: review.ask_again(due))
        if not card.is_claim and command_id in GRADES:
            grade = GRADES[command_id]
            return self._run(lambda review: review.grade(grade))
        self._context.notify(self._other_answers)
        return None

    @property
    def _other_answers(self) -> str:
        """A sentence that says how the present card is answered."""
        card = self._context.card
        sentence = (
            "A claim is answered by its status, or asked again with"
            " {review.again}, {review.good}, {review.week}, {review.month} or {review.date}."
            if card is not None and card.is_claim
            else "A note is graded: {review.again} again, {review.hard} hard, {review.good} good,"
            " {review.easy} easy."
        )
        return self._context.with_keys(sentence)

    def _decide(self, command_id: str) -> Coroutine[Any, Any, None] | None:
        """Give a claim the status whose letter a command has."""
        card = self._context.card
        status = status_of_command(command_id, self._context.host.settings.statuses)
        if not status:
            self._context.notify(no_status(command_id), severity="warning")
        elif card is not None and not card.is_claim:
            self._context.notify(self._other_answers)
        elif card is not None:
            return self._run(lambda review: review.decide(status))
        return None

    async def _ask_on_a_day(self) -> None:
        card = self._context.card
        if card is None:
            return
        if not card.is_claim:
            self._context.notify(self._other_answers)
            return
        from reader.ui.dialogs.prompt import PromptScreen  # noqa: PLC0415  (when it is shown)

        prompt = PromptScreen(
            "Ask again on", placeholder="24 Dec, 2027-01-31, 14d, 3 months", problem_of=_problem
        )
        if words := await self._context.screen.app.push_screen_wait(prompt):
            from reader.core.review_schedule import due_on  # noqa: PLC0415  (as above)

            due = due_on(words, clock.now())
            await self._run(lambda review: review.ask_again(due))

    async def _put_away(self, mode: ReviewMode) -> None:
        if self._context.card is None:
            return
        if await self._context.run(lambda review: review.put_away(mode)):
            words = "Suspended" if mode is ReviewMode.SUSPENDED else "Not for review any more"
            self._context.notify(
                self._context.with_keys(f"{words}; {{review.undo}} takes that back.")
            )

    async def _undo(self) -> None:
        review = self._context.review
        if review is None or not review.can_undo:
            self._context.notify("Nothing was answered yet.")
            return
        await self._context.run(lambda review: review.undo())


def _due_in(days: int) -> str:
    from reader.core.review_schedule import day_after  # noqa: PLC0415  (when something is answered)

    return day_after(clock.now(), days)


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _problem(words: str) -> str:
    """Return why words name no day to ask again on; empty where they do."""
    from reader.core.review_schedule import due_on  # noqa: PLC0415  (as above)

    try:
        due_on(words, clock.now())
    except DateError as error:
        return f"{error}."
    return ""
