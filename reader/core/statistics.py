"""Statistics of a library: what was marked and reviewed, what is due, what is open, who is quoted.

All days are days here, and a week begins on Monday.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from reader.core.folding import fold
from reader.core.review import Grade

WEEKS: Final = 13
"""How many weeks are counted unless more or fewer are asked for: a quarter of a year."""

MOST_WEEKS: Final = 520
"""The most weeks that are counted."""

DUE_DAYS: Final = 14
"""How many days ahead what is due is counted day by day."""

MOST_NAMES: Final = 10
"""The most speakers and sources that are named."""

RECENT_DAYS: Final = 30
"""How far back recent retention goes, in days."""

_GRADES: Final = frozenset(map(str, Grade))
_AGES: Final = (
    (7, "under a week"),
    (30, "1 to 4 weeks"),
    (90, "1 to 3 months"),
    (365, "3 to 12 months"),
)
"""From which number of days on a claim has the next age, and the name of the age before."""

_OLDEST: Final = "over a year"


class CountedNote(NamedTuple):
    """What is counted of a note."""

    day: date | None
    """When it was marked; None where that is not known."""
    speaker: str = ""
    """Who said it; empty where nobody is named."""
    source: str = ""
    """The outlet of its article, else the title; may be empty."""
    is_open_claim: bool = False
    """Whether it is a claim that was not checked yet."""


class CountedAnswer(NamedTuple):
    """What is counted of an answer in a review."""

    day: date
    """When it was given."""
    grade: str
    """As in ``review.Answer``."""


class Week(NamedTuple):
    """What was done in a week."""

    first: date
    """Its Monday."""
    marks: int
    """How many notes were made that are there now."""
    reviews: int
    """How many notes were reviewed, each as often as it was."""
    articles: int
    """How many articles were added that are there now."""


class DueDay(NamedTuple):
    """What is due on a day."""

    day: date
    """The day."""
    notes: int
    """How many notes are due on it."""


class Due(NamedTuple):
    """What is due for review, and when."""

    overdue: int
    """How many notes were due before today."""
    days: tuple[DueDay, ...]
    """Today and the days after it."""
    later: int
    """How many notes are due after these days."""


class Age(NamedTuple):
    """How many open claims are about as old as each other."""

    name: str
    """How long ago they were marked, in words."""
    claims: int
    """How many there are."""


class NameCount(NamedTuple):
    """How many notes have a name."""

    name: str
    """The name, in the spelling that most of them have."""
    notes: int
    """How many notes have it."""


class Retention(NamedTuple):
    """How much of what was reviewed the reader remembered."""

    graded: int
    """How many answers have a grade; the claims, which get a status, are not among them."""
    remembered: int
    """How many of these were not graded “again”."""

    @property
    def share(self) -> float | None:
        """The part that was remembered, 0 to 1; None where nothing was graded."""
        return self.remembered / self.graded if self.graded else None


class Statistics(NamedTuple):
    """The statistics of a library on a day."""

    today: date
    """The day."""
    articles: int
    """How many articles there are."""
    notes: int
    """How many notes there are."""
    weeks: tuple[Week, ...]
    """The last weeks, this one last."""
    due: Due
    """What is due for review."""
    open_claims: tuple[Age, ...]
    """The open claims, the youngest first."""
    speakers: tuple[NameCount, ...]
    """The most quoted speakers, the most quoted first."""
    sources: tuple[NameCount, ...]
    """The sources with the most notes, in the same order."""
    recent_retention: Retention
    """What was remembered in the last 30 days."""
    retention: Retention
    """What was remembered in all reviews."""


def count_library(
    notes: Iterable[CountedNote],
    answers: Sequence[CountedAnswer],
    due_days: Iterable[date],
    articles: Sequence[date | None],
    *,
    today: date,
    weeks: int = WEEKS,
) -> Statistics:
    """Return the statistics of a library.

    Args:
        notes: Its notes.
        answers: The answers of all reviews that were not undone.
        due_days: When each note is due that is due at all.
        articles: When each article was added; None where that is not known.
        today: The present day.
        weeks: How many weeks to count, this one among them.
    """
    marks: Counter[date] = Counter()
    ages: Counter[str] = Counter()
    speakers, sources = _Names(), _Names()
    total = 0
    for note in notes:
        total += 1
        speakers.add(note.speaker)
        sources.add(note.source)
        if note.day is not None:
            marks[note.day] += 1
        if note.is_open_claim:
            ages[_age(note.day, today)] += 1
    days = [answer.day for answer in answers]
    added = [day for day in articles if day is not None]
    return Statistics(
        today=today,
        articles=len(articles),
        notes=total,
        weeks=_weeks(marks, Counter(days), Counter(added), today, weeks),
        due=_due(Counter(due_days), today),
        open_claims=tuple(Age(name, ages[name]) for _, name in (*_AGES, (0, _OLDEST))),
        speakers=speakers.most_frequent(),
        sources=sources.most_frequent(),
        recent_retention=_retention(answers, today - timedelta(days=RECENT_DAYS - 1)),
        retention=_retention(answers, date.min),
    )


def monday_of(day: date) -> date:
    """Return the first day of a day's week."""
    return day - timedelta(days=day.weekday()) if day.toordinal() > day.weekday() else date.min


def _weeks(
    marks: Counter[date], reviews: Counter[date], added: Counter[date], today: date, weeks: int
) -> tuple[Week, ...]:
    by_week: list[Counter[date]] = []
    for by_day in (marks, reviews, added):
        counts: Counter[date] = Counter()
        for day, number in by_day.items():
            counts[monday_of(day)] += number
        by_week.append(counts)
    mondays = [monday_of(today) - timedelta(weeks=number) for number in range(weeks)]
    return tuple(Week(day, *(counts[day] for counts in by_week)) for day in reversed(mondays))


def _due(by_day: Counter[date], today: date) -> Due:
    days = [today + timedelta(days=number) for number in range(DUE_DAYS)]
    return Due(
        sum(number for day, number in by_day.items() if day < today),
        tuple(DueDay(day, by_day[day]) for day in days),
        sum(number for day, number in by_day.items() if day > days[-1]),
    )


def _age(day: date | None, today: date) -> str:
    """Return how long ago a day is, in words; what has no day is the oldest."""
    if day is None:
        return _OLDEST
    days = (today - day).days
    return next((name for least, name in _AGES if days < least), _OLDEST)


def _retention(answers: Iterable[CountedAnswer], first: date) -> Retention:
    grades = [each.grade for each in answers if each.day >= first and each.grade in _GRADES]
    return Retention(len(grades), sum(grade != Grade.AGAIN for grade in grades))


class _Names:
    """Counts names without regard to case, accents and typography."""

    def __init__(self) -> None:
        self._spellings: Counter[str] = Counter()

    def add(self, name: str) -> None:
        """Count a name; an empty one is none."""
        self._spellings[name] += 1

    def most_frequent(self) -> tuple[NameCount, ...]:
        """Return the most frequent names, each once; of those as frequent, the first by letter."""
        by_key: dict[str, Counter[str]] = {}
        for name, number in self._spellings.items():
            if key := " ".join(fold(name).split()):
                by_key.setdefault(key, Counter())[name] += number
        counts = [
            (-names.total(), key, min(names, key=lambda name: (-names[name], name)))
            for key, names in by_key.items()
        ]
        return tuple(NameCount(name, -number) for number, _, name in sorted(counts)[:MOST_NAMES])
