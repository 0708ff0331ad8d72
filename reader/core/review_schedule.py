"""When an annotation is asked again: FSRS for what the reader wants to know, days for claims.

FSRS, the Free Spaced Repetition Scheduler (https://github.com/open-spaced-repetition), estimates
from the grades how well something is remembered, and asks again on the day on which the chance to
know it falls to 90 %. The library ``fsrs`` has the algorithm and its published parameters.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final

from reader.clock import iso, local
from reader.core.dates import DateError, find_date, read_date
from reader.core.review import Card, CardState, Grade

if TYPE_CHECKING:
    import fsrs

DAY_BEGINS: Final = timedelta(hours=4)
"""When a day of reviews begins here: whoever reviews after midnight is not asked twice."""

STEPS: Final = (timedelta(minutes=10),)
"""After how long is asked again what is new or was forgotten."""

MOST_DAYS: Final = 36_500
"""The longest interval, in days; FSRS's own."""


_SPAN: Final = re.compile(r"(?:in )?(\d{1,4}) ?(d|days?|w|weeks?|m|months?|y|years?)")
_SPANS: Final = {"d": 1, "w": 7, "m": 30, "y": 365}
"""The days of the units in which a person names an interval."""


@cache
def _scheduler() -> fsrs.Scheduler:
    from fsrs import Scheduler  # noqa: PLC0415  (only when something is graded)

    # Without fuzz, so that the interval that is shown is the one that is taken.
    return Scheduler(
        learning_steps=STEPS,
        relearning_steps=STEPS,
        maximum_interval=MOST_DAYS,
        enable_fuzzing=False,
    )


def graded(card: Card, grade: Grade, now: str) -> Card:
    """Return a card after a grade.

    Args:
        card: The card.
        grade: How well the reader knew it.
        now: The present time: ISO 8601, UTC, with milliseconds.
    """
    import fsrs  # noqa: PLC0415  (as above)

    moment = local(now).astimezone(UTC)
    rating = fsrs.Rating[str(grade).capitalize()]
    after, _ = _scheduler().review_card(_for_fsrs(card, moment), rating, moment)
    state = CardState[after.state.name.upper()]
    due: datetime = after.due
    is_lapse = card.state is CardState.REVIEW and grade is Grade.AGAIN
    return Card(
        due=day_after(now, (due - moment).days) if state is CardState.REVIEW else iso(due),
        state=state,
        step=after.step or 0,
        stability=round(after.stability or 0.0, 4),
        difficulty=round(after.difficulty or 0.0, 4),
        last=now,
        reviews=card.reviews + 1,
        lapses=card.lapses + is_lapse,
    )


def outlook(card: Card, now: str) -> dict[Grade, Card]:
    """Return what a card becomes with each grade; see ``graded``."""
    return {grade: graded(card, grade, now) for grade in Grade}


def asked_again(card: Card, status: str | None, due: str, now: str) -> Card:
    """Return the card of a claim that is asked again with its present status.

    Args:
        card: The card.
        status: The status of the claim.
        due: When to ask: ISO 8601, UTC, with milliseconds.
        now: The present time.
    """
    return card._replace(due=due, status=status or "", last=now, reviews=card.reviews + 1)


def decided(card: Card, now: str) -> Card:
    """Return the card of a claim that got a status in a review: it is not asked again."""
    return card._replace(due="", status="", last=now, reviews=card.reviews + 1)


def day_after(now: str, days: int) -> str:
    """Return the beginning of a day of reviews: ISO 8601, UTC, with milliseconds.

    Args:
        now: The present time: ISO 8601.
        days: How many days after the present one.
    """
    return beginning_of(_day(now) + timedelta(days=min(days, MOST_DAYS)))


def beginning_of(day: date) -> str:
    """Return when a day of reviews begins here: ISO 8601, UTC, with milliseconds.

    Raises:
        OverflowError: The day is the last one of the calendar.
    """
    return iso(datetime.combine(day, time()) + DAY_BEGINS)


def due_on(words: str, now: str) -> str:
    """Return when a day begins that a person names: ``14d``, ``3 months``, ``24 Dec``, an ISO day.

    Args:
        words: The day; one without a year is the next such day.
        now: The present time: ISO 8601.

    Returns:
        The beginning of that day of reviews: ISO 8601, UTC, with milliseconds.

    Raises:
        DateError: It is no day, or not one to come.
    """
    line = " ".join(words.split())
    today = _day(now)
    try:
        if match := _SPAN.fullmatch(line.lower()):
            day = today + timedelta(days=int(match[1]) * _SPANS[match[2][0]])
        elif line.lower() == "tomorrow":
            day = today + timedelta(days=1)
        else:
            day = _next_day(line, today)
        if day > today:
            return beginning_of(day)
    except (ValueError, OverflowError) as error:
        if isinstance(error, DateError):
            raise
        raise DateError(f"“{line[:60]}” is no day of the calendar") from error
    raise DateError(f"“{line[:60]}” is not a day to come")


def _next_day(line: str, today: date) -> date:
    """Return a date, with the next year in which it is where it names none."""
    written = find_date(line)
    if written is not None and written.is_alone and not written.date.year:
        month, day = written.date.month, written.date.day
        year = today.year + ((month, day) <= (today.month, today.day))
        return date(year, month or 1, day or 1)
    try:
        read = read_date(line)
    except DateError:
        read = ""
    if len(read) < len("2026-11-30"):
        raise DateError(f"“{line[:60]}” is no day; write 24 Dec, 2027-01-31, 14d or 3 months")
    return date.fromisoformat(read)


def interval_in_words(due: str, now: str) -> str:
    """Return how long it is until a time: ``10 min``, ``1 day``, ``3 months``; ``now`` if past.

    Args:
        due: The time: ISO 8601.
        now: The present time.
    """
    try:
        distance = local(due) - local(now)
        days = (_day(due) - _day(now)).days
    except ValueError:
        return due
    if days < 1:
        minutes = round(distance / timedelta(minutes=1))
        if minutes < 1:
            return "now"
        return f"{minutes} min" if minutes < 60 else f"{round(minutes / 60)} h"
    for length, name in ((365, "year"), (30, "month")):
        if days >= 2 * length:
            count = days / length
            return f"{round(count, 1) if count < 10 else round(count):g} {name}s"
    return "1 day" if days == 1 else f"{days} days"


def _for_fsrs(card: Card, moment: datetime) -> fsrs.Card:
    """Return a card as FSRS knows it; it counts days from the beginning of the last one."""
    import fsrs  # noqa: PLC0415  (as above)

    is_new = card.state is CardState.NEW or card.stability <= 0 or not 1 <= card.difficulty <= 10
    try:
        last = None if is_new else local(day_after(card.last, 0)).astimezone(UTC)
    except (ValueError, OverflowError):
        is_new, last = True, None
    if is_new or last is None:
        return fsrs.Card(card_id=0)
    state = fsrs.State[str(card.state).capitalize()]
    step = None if card.state is CardState.REVIEW else card.step
    return fsrs.Card(0, state, step, card.stability, card.difficulty, moment, min(last, moment))


def _day(moment: str) -> date:
    """Return the day of reviews that a time belongs to here."""
    return (local(moment).replace(tzinfo=None) - DAY_BEGINS).date()
