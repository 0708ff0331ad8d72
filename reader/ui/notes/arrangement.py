"""How the notes are ordered and grouped, and the groups of a list of notes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

from reader.core.text_formatting import one_line

LONGEST = 400
"""How much of the name of a group is shown, in characters."""


class Grouping(StrEnum):
    """What notes are grouped by."""

    ARTICLE = "article"
    SPEAKER = "speaker"
    STATUS = "status"
    TIME = "time"
    NOTHING = "nothing"


Row = TypeVar("Row")


class Group(NamedTuple):
    """What stands above a group."""

    name: str
    """What it is called."""
    detail: str = ""
    """What is said of it besides, fainter."""


class Groups(NamedTuple, Generic[Row]):
    """Rows in groups."""

    rows: Sequence[Row]
    """The rows; those of a group stand together."""
    headings: Mapping[int, tuple[Group, int]]
    """Each group and the number of its rows, by the index of its first row."""


class Grouper(NamedTuple, Generic[Row]):
    """How rows are grouped; quick for 100,000 rows."""

    key_of: Callable[[Row], Hashable]
    """Returns what tells the group of a row apart."""
    group_of: Callable[[Row], Group]
    """Returns the group of a row; asked once for each group."""


def grouped(rows: Sequence[Row], grouper: Grouper[Row] | None) -> Groups[Row]:
    """Return rows in groups, in the order of their first rows; in a group they keep theirs.

    Args:
        rows: The rows in order.
        grouper: How they are grouped; None for no groups.
    """
    if grouper is None:
        return Groups(rows, {})
    key_of = grouper.key_of
    members: defaultdict[Hashable, list[Row]] = defaultdict(list)
    for row in rows:
        members[key_of(row)].append(row)
    ordered: list[Row] = []
    headings = {}
    for group in members.values():
        headings[len(ordered)] = grouper.group_of(group[0]), len(group)
        ordered += group
    return Groups(tuple(ordered), headings)


def named(name: str, missing: str) -> Group:
    """Return the group of a name; ``missing`` is what notes without one are called."""
    return Group(one_line(name[:LONGEST]) or missing)


def period_of(day: date | None, today: date) -> str:
    """Return the period of a day: today, yesterday, this week, last week, then months.

    Args:
        day: The day here; None where it is not known.
        today: The present day here.
    """
    if day is None:
        return "without a date"
    monday = today - timedelta(days=today.weekday())
    if day > today:
        return "Later"
    if day == today:
        return "Today"
    if day == today - timedelta(days=1):
        return "Yesterday"
    if day >= monday:
        return "This week"
    if day >= monday - timedelta(days=7):
        return "Last week"
    return f"{day:%B %Y}"
