"""What the review shows without a card: that nothing is due, or what the review came to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from reader import clock
from reader.core.review import ASKED_AGAIN
from reader.core.text_formatting import counted, duration

if TYPE_CHECKING:
    from reader.session.review_session import ReviewSummary
    from reader.session.reviewing import ReviewRequest

NOTHING_DUE: Final = "Nothing is due{next}.\n\n{how}"
HOW: Final = (
    "A note is asked once you have reviewed it: press {notes.review} in the notes to review what"
    " they list, or run: margin review QUERY"
)
NOTHING_LEFT: Final = "Nothing to review: what was chosen was deleted, or is not for review."
NOTHING_FOUND: Final = "Nothing to review: no note fits “{query}”."

KEPT: Final = "to be asked again"
"""What is said of a claim that was kept as it is."""

STEPS: Final = 10
"""Cells of the bar that shows how far a review is."""


def nothing(request: ReviewRequest, next_due: str, how: str) -> str:
    """Return why there is nothing to review, and what to do.

    Args:
        request: What was asked for.
        next_due: When the next note is due; empty if none will be.
        how: How to review anything.
    """
    if not request.is_of_due:
        return NOTHING_FOUND.format(query=request.title or "the choice")
    when = f"; the next one is due on {clock.day_in_words(next_due)}" if next_due else ""
    return NOTHING_DUE.format(next=when, how=how)


def ending(summary: ReviewSummary, left: int) -> str:
    """Return what a review came to, in a few lines.

    Args:
        summary: What it came to.
        left: How many notes were not answered.
    """
    answers = ", ".join(f"{count} {name}" for name, count in _in_order(summary.answers.items()))
    lines = [f"{counted(summary.total, 'answer')} in {minutes(summary.seconds)}: {answers}."]
    if left:
        lines.append(f"{counted(left, 'note')} left.")
    if summary.next_due:
        day = clock.day_in_words(summary.next_due)
        lines.append(f"What you answered comes again from {day} on.")
    return "\n".join(lines)


def _in_order(answers: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return answers with their counts, the most frequent first."""
    named = ((KEPT if name == ASKED_AGAIN else name, count) for name, count in answers)
    return sorted(named, key=lambda answer: (-answer[1], answer[0]))


def progress(finished: int, total: int, seconds: float) -> str:
    """Return how far a review is: a bar, which note of how many, and the minutes."""
    filled = round(STEPS * finished / total) if total else 0
    bar = "▰" * filled + "▱" * (STEPS - filled)
    return f"{min(finished + 1, total):,} of {total:,}  {bar}  {minutes(seconds)}"


def minutes(seconds: float) -> str:
    """Return a time as minutes: ``1 min``, also where it was less."""
    return duration(max(round(seconds / 60), 1))
