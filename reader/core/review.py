"""Review: when an annotation is asked next, how well it is known, and each answer so far.

The record in ``Annotation.review`` has three parts, and each is merged by itself: ``card``, of
which the later one counts; ``mode``, whether the annotation is asked at all; and ``log``, the
answers, which are a set. An answer that was undone stays in the log, with the time of that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from reader.clock import later
from reader.core.annotation import CLAIM, Annotation
from reader.core.claims import UNCHECKED
from reader.core.json_values import string_in
from reader.core.ordering import order_key

if TYPE_CHECKING:
    from reader.core.evidence import Record

Member = TypeVar("Member", bound=StrEnum)

MOST_ANSWERS: Final = 200
"""The most answers that the log of an annotation keeps; the oldest are dropped."""


class Grade(StrEnum):
    """How well the reader knew an annotation; the names are FSRS's."""

    AGAIN = "again"
    HARD = "hard"
    GOOD = "good"
    EASY = "easy"


class CardState(StrEnum):
    """How far an annotation is learned; the names are FSRS's."""

    NEW = "new"
    """It was not graded yet."""
    LEARNING = "learning"
    """It was graded, and is asked again after minutes."""
    REVIEW = "review"
    """It is asked again after days."""
    RELEARNING = "relearning"
    """It was forgotten, and is asked again after minutes."""


class ReviewMode(StrEnum):
    """Whether an annotation is asked."""

    ACTIVE = ""
    """It is asked when it is due."""
    SUSPENDED = "suspended"
    """It is not asked until the reader resumes it."""
    EXCLUDED = "excluded"
    """It is not for review: no query asks it."""


class Card(NamedTuple):
    """When an annotation is asked next, and what the intervals are computed from."""

    due: str = ""
    """When it is asked next: ISO 8601, UTC, with milliseconds; empty if never."""
    state: CardState = CardState.NEW
    """How far it is learned."""
    step: int = 0
    """Which of the steps of minutes comes next while it is learned."""
    stability: float = 0.0
    """In how many days the chance to know it falls to 90 %; 0 where it was not graded yet."""
    difficulty: float = 0.0
    """How hard it is, 1 to 10; 0 where it was not graded yet."""
    last: str = ""
    """When it was last graded; empty if never."""
    reviews: int = 0
    """How often it was graded, or asked again as a claim."""
    lapses: int = 0
    """How often it was forgotten after it was learned."""
    status: str = ""
    """The status at which a claim is asked again; another status ends that. Empty for unchecked."""


class Answer(NamedTuple):
    """An answer of the reader in a review."""

    time: str
    """When: ISO 8601, UTC, with milliseconds."""
    grade: str
    """A ``Grade``; for a claim the status that was given, or ``ASKED_AGAIN``."""
    state: str
    """The ``CardState`` before; ``CLAIM`` for a claim."""


ASKED_AGAIN: Final = "ask again"
"""What stands in place of the grade where a claim was kept as it is, to be asked again."""


def card_of(review: Mapping[str, Any]) -> Card:
    """Return the card of a record; what a field does not understand has its default."""
    fields = _part(review, "card")
    return Card(
        due=string_in(fields, "due"),
        state=_member(CardState, string_in(fields, "state"), CardState.NEW),
        step=int(_number(fields, "step")),
        stability=_number(fields, "stability"),
        difficulty=_number(fields, "difficulty"),
        last=string_in(fields, "last"),
        reviews=int(_number(fields, "reviews")),
        lapses=int(_number(fields, "lapses")),
        status=string_in(fields, "status"),
    )


def mode_of(review: Mapping[str, Any]) -> ReviewMode:
    """Return whether the annotation with a record is asked."""
    return _member(ReviewMode, string_in(_part(review, "mode"), "value"), ReviewMode.ACTIVE)


def answers_of(review: Mapping[str, Any]) -> list[Answer]:
    """Return the answers that were not undone, the oldest first."""
    answers = [
        Answer(*(string_in(each, name) for name in Answer._fields)) for each in _live_log(review)
    ]
    return sorted(each for each in answers if each.time)


def due_of(annotation: Annotation) -> str:
    """Return when an annotation is asked next: ISO 8601, UTC; empty if never.

    A claim is asked again only while it has the status at which that was decided.
    """
    if not annotation.review or annotation.is_deleted or mode_of(annotation.review):
        return ""
    card = card_of(annotation.review)
    if is_claim(annotation) and (annotation.status or UNCHECKED) != (card.status or UNCHECKED):
        return ""
    return card.due


def is_due(annotation: Annotation, now: str) -> bool:
    """Return whether an annotation is asked at a time.

    Args:
        annotation: The annotation.
        now: The time: ISO 8601, UTC, with milliseconds.
    """
    due = due_of(annotation)
    return bool(due) and due <= now


def is_claim(annotation: Annotation) -> bool:
    """Return whether an annotation is reviewed by its status."""
    return CLAIM in annotation.tags


def with_card(review: Record, card: Card, answer: Answer | None = None) -> Record:
    """Return a record with another card; ``stamped_review`` gives it its time.

    Args:
        review: The record.
        card: The card.
        answer: The answer that led to it, for the log; None without one.
    """
    fields = _part(review, "card")
    unknown = {name: value for name, value in fields.items() if name not in Card._fields}
    values = {name: value for name, value in card._asdict().items() if value}
    record = {**review, "card": {**unknown, **values}}
    if answer is not None:
        record["log"] = _bounded([*_log(review), answer._asdict()])
    return record


def with_mode(review: Record, mode: ReviewMode) -> Record:
    """Return a record of an annotation that is asked, or not, from now on."""
    if mode is mode_of(review):
        return review
    return {**review, "mode": {**_part(review, "mode"), "value": str(mode)}}


def reapplied_review(
    present: Record, before: Record, after: Record, *, keeps_newer: bool = False
) -> Record:
    """Return a present record with what a change made of one, and with nothing else changed.

    Args:
        present: The record as it is now.
        before: The record before the change.
        after: The record after the change.
        keeps_newer: Whether a card or a mode stays that is not what it was before the change.
    """
    if before == after:
        return present
    record = dict(present)
    for name in ("card", "mode"):
        old, new, now = (_facts(each, name) for each in (before, after, present))
        if old != new and not (keeps_newer and now != old):
            record[name] = new
    was, will = (set(map(_answer_key, _live_log(each))) for each in (before, after))
    kept = [each for each in _log(present) if _answer_key(each) not in was - will]
    added = [each for each in _live_log(after) if _answer_key(each) in will - was]
    if _log(present) or added:
        record["log"] = [*kept, *added]
    return record


def stamped_review(before: Record, after: Record, moment: str) -> Record:
    """Return a record after a change, with its time.

    A card or a mode that has changed, or that is gone, gets the time. An answer that is gone was
    undone, and stays in the log with the time of that.

    Args:
        before: The record before the change.
        after: The record after the change.
        moment: The time of the change: ISO 8601, UTC, with milliseconds.
    """
    if before == after:
        return after
    record = dict(after)
    for name in ("card", "mode"):
        if _facts(before, name) != (new := _facts(after, name)):
            time = later(moment, than=string_in(_part(before, name), "time"))
            record[name] = {**new, "time": time}
    kept = set(map(_answer_key, _log(after)))
    undone = [
        each if each.get("undone") else {**each, "undone": moment}
        for each in _log(before)
        if _answer_key(each) not in kept
    ]
    if undone:
        record["log"] = _bounded([*_log(after), *undone])
    return record


def merged_review(first: Record, second: Record) -> Record:
    """Return the record of two versions of an annotation.

    The later card and the later mode count, and all answers. At the same time the bytes of the
    values decide, in the same way on every machine.
    """
    if first == second:
        return first
    merged: Record = {}
    for name in sorted({*first, *second}):
        values = [record[name] for record in (first, second) if name in record]
        logs = [value for value in values if isinstance(value, list)] if name == "log" else []
        merged[name] = (
            _bounded(each for log in logs for each in log) if logs else max(values, key=_rank)
        )
    return merged


def _bounded(records: Iterable[Any]) -> list[Any]:
    """Return the last answers, each once, the oldest first."""
    by_key: dict[bytes, Any] = {}
    for record in records:
        key = _answer_key(record)
        by_key[key] = max(by_key.get(key, record), record, key=_rank_of_answer)
    return sorted(by_key.values(), key=_order_of_answer)[-MOST_ANSWERS:]


def _answer_key(record: Any) -> bytes:
    """Return what tells an answer apart: all of it but whether it was undone."""
    if not isinstance(record, dict):
        return order_key(record)
    return order_key([record.get(name) for name in Answer._fields])


def _order_of_answer(record: Any) -> tuple[str, bytes]:
    return string_in(record, "time") if isinstance(record, dict) else "", _answer_key(record)


def _rank_of_answer(record: Any) -> tuple[str, bytes]:
    return string_in(record, "undone") if isinstance(record, dict) else "", order_key(record)


def _rank(value: Any) -> tuple[str, bytes]:
    return string_in(value, "time") if isinstance(value, dict) else "", order_key(value)


def _part(review: Mapping[str, Any], name: str) -> Record:
    value = review.get(name)
    return value if isinstance(value, dict) else {}


def _facts(review: Mapping[str, Any], name: str) -> Record:
    return {key: value for key, value in _part(review, name).items() if key != "time"}


def _live_log(review: Mapping[str, Any]) -> list[Record]:
    """Return the answers that were not undone; one that a file has twice counts as merging says."""
    return [each for each in _bounded(_log(review)) if not each.get("undone")]


def _log(review: Mapping[str, Any]) -> list[Record]:
    log = review.get("log")
    return [each for each in log if isinstance(each, dict)] if isinstance(log, list) else []


def _number(record: Mapping[str, Any], name: str) -> float:
    value = record.get(name)
    return value if isinstance(value, int | float) and 0 <= value < _MOST_NUMBER else 0


_MOST_NUMBER: Final = 1e9


def _member(kind: Callable[[str], Member], value: str, default: Member) -> Member:
    try:
        return kind(value)
    except ValueError:
        return default
