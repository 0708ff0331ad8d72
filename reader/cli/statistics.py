"""The command that prints the statistics of the library."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any, Final

from reader.cli.library import session_of
from reader.cli.output import (
    FAINT,
    NOTHING_FOUND,
    OK,
    TITLE,
    Line,
    print_json,
    print_lines,
    print_warnings,
)
from reader.core.statistics import Retention

if TYPE_CHECKING:
    import argparse

    from reader.core.statistics import Statistics

WIDEST: Final = 100
"""The most cells of a line that is printed."""


def stats(options: argparse.Namespace) -> int:
    """Print the statistics, as text with plots or as numbers."""
    session = session_of(options)
    statistics = session.statistics(options.weeks)
    print_warnings(session.problems)
    if options.json:
        print_json(_record(statistics))
    else:
        print_lines(_lines(statistics), colour=options.color)
    return OK if statistics.notes or statistics.articles else NOTHING_FOUND


def _lines(statistics: Statistics) -> list[str | Line]:
    from reader.ui.statistics.sections import headline, sections

    width = min(shutil.get_terminal_size().columns, WIDEST)
    lines: list[str | Line] = [headline(statistics)]
    for section in sections(statistics, width):
        lines += ["", Line(section.title, TITLE)]
        lines += [Line(fact, FAINT) for fact in section.facts]
        lines += section.plot
    return lines


def _record(statistics: Statistics) -> dict[str, Any]:
    """Return the statistics as ``margin stats --json`` prints them."""
    due = statistics.due
    return {
        "today": statistics.today.isoformat(),
        "articles": statistics.articles,
        "notes": statistics.notes,
        "weeks": [{**week._asdict(), "first": week.first.isoformat()} for week in statistics.weeks],
        "due": {
            "overdue": due.overdue,
            "days": [{"day": each.day.isoformat(), "notes": each.notes} for each in due.days],
            "later": due.later,
        },
        "open_claims": [{"age": age.name, "claims": age.claims} for age in statistics.open_claims],
        "speakers": [each._asdict() for each in statistics.speakers],
        "sources": [each._asdict() for each in statistics.sources],
        "retention": {
            "last_30_days": _retention_record(statistics.recent_retention),
            "all": _retention_record(statistics.retention),
        },
    }


def _retention_record(retention: Retention) -> dict[str, Any]:
    return {**retention._asdict(), "share": retention.share}
