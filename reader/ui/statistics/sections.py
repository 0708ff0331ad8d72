"""Statistics as sections of text: a heading, a sentence with the numbers, and a plot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from reader import clock
from reader.core.text_formatting import counted, one_line
from reader.safe_text import sanitise_line
from reader.ui.statistics.plots import bars, columns

if TYPE_CHECKING:
    from reader.core.statistics import NameCount, Retention, Statistics, Week

PLOT_HEIGHT: Final = 8
"""The lines of a plot with columns."""

LEAST_WIDTH: Final = 16
"""The least cells of a section in which anything is drawn."""

_BETWEEN: Final = " · "
"""What stands between two facts."""

_LONGEST_NAME: Final = 60
"""The most characters of a name."""


class Section(NamedTuple):
    """A part of the statistics."""

    title: str
    """What it is about."""
    facts: Sequence[str]
    """Its numbers in words, on lines that are as wide as its plot at most."""
    plot: Sequence[str] = ()
    """The lines of its plot; none where there is nothing to draw."""


def sections(statistics: Statistics, width: int) -> list[Section]:
    """Return the statistics as sections, the most important first.

    Args:
        statistics: What was counted.
        width: The most cells of a line of a plot.
    """
    width = max(width, LEAST_WIDTH)
    return [
        _marks(statistics.weeks, width),
        _reviews(statistics, width),
        _due(statistics, width),
        _open_claims(statistics, width),
        _names("Most quoted speakers", statistics.speakers, "No note names a speaker.", width),
        _names("Sources with most notes", statistics.sources, "No note has a source.", width),
    ]


def headline(statistics: Statistics) -> str:
    """Return how much there is in the library, in a few words."""
    return f"{counted(statistics.notes, 'note')} · {counted(statistics.articles, 'article')}"


def _marks(weeks: Sequence[Week], width: int) -> Section:
    return _by_week("Marks by week", [week.marks for week in weeks], weeks, width)


def _reviews(statistics: Statistics, width: int) -> Section:
    weeks = statistics.weeks
    section = _by_week("Reviews by week", [week.reviews for week in weeks], weeks, width)
    remembered = [
        _remembered(statistics.recent_retention, "in the last 30 days"),
        _remembered(statistics.retention, "in all"),
    ]
    return section._replace(facts=[*section.facts, *_lines(filter(None, remembered), width)])


def _by_week(title: str, numbers: Sequence[int], weeks: Sequence[Week], width: int) -> Section:
    facts = [f"{numbers[-1]:,} this week"]
    facts += [f"{numbers[-2]:,} last week"] if len(numbers) > 1 else []
    facts += [f"{sum(numbers):,} in {len(numbers)} weeks"] if len(numbers) > 1 else []
    labels = [_day(week.first) for week in weeks]
    plot = columns(numbers, labels, width=width, height=PLOT_HEIGHT) if any(numbers) else ()
    return Section(title, _lines(facts, width), plot)


def _remembered(retention: Retention, when: str) -> str:
    if retention.share is None:
        return ""
    return f"{retention.share:.0%} of {retention.graded:,} remembered {when}"


def _due(statistics: Statistics, width: int) -> Section:
    due = statistics.due
    coming = sum(day.notes for day in due.days)
    facts = [f"{due.overdue:,} overdue"] if due.overdue else []
    facts += [
        f"{due.days[0].notes:,} today",
        f"{coming:,} in {len(due.days)} days",
        f"{due.later:,} later",
    ]
    labels = [_day(day.day) for day in due.days]
    numbers = [day.notes for day in due.days]
    plot = columns(numbers, labels, width=width, height=PLOT_HEIGHT, first=0) if coming else ()
    return Section("Due for review", _lines(facts, width), plot)


def _open_claims(statistics: Statistics, width: int) -> Section:
    rows = [(age.name, age.claims) for age in statistics.open_claims]
    total = sum(claims for _, claims in rows)
    plot = bars(rows, width=width) if total else ()
    return Section("Open claims by age", [counted(total, "open claim")], plot)


def _names(title: str, names: Sequence[NameCount], nothing: str, width: int) -> Section:
    rows = [(sanitise_line(one_line(each.name, _LONGEST_NAME)), each.notes) for each in names]
    return Section(title, [] if rows else [nothing], bars(rows, width=width))


def _lines(facts: Iterable[str], width: int) -> Sequence[str]:
    """Return facts side by side, on as few lines as hold them."""
    lines: list[str] = []
    for fact in facts:
        if lines and len(lines[-1]) + len(_BETWEEN) + len(fact) <= width:
            lines[-1] += f"{_BETWEEN}{fact}"
        else:
            lines.append(fact)
    return lines


def _day(day: date) -> str:
    """Return a day without its year: ``30 Nov``."""
    words = clock.day_in_words(day.isoformat()).split()
    return " ".join(words[:2])
