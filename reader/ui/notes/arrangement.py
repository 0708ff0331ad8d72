"""How the notes are ordered and grouped, and the groups of a list of notes."""

from __future__ import annotations

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
    """What tells a group apart, and what stands above it."""

    key: Hashable
    """What all its notes share."""
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


def grouped(rows: Sequence[Row], group_of: Callable[[Row], Group] | None) -> Groups[Row]:
    """Return rows in groups, in the order of their first rows; in a group they keep theirs.

    Args:
        rows: The rows in order.
        group_of: Returns the group of a row; None for no groups.
    """
    if group_of is None:
        return Groups(rows, {})
    groups: dict[Hashable, tuple[Group, list[Row]]] = {}
    for row in rows:
        group = group_of(row)
        known = groups.get(group.key)
        if known is None:
            groups[group.key] = group, [row]
        else:
            known[1].append(row)
    ordered: list[Row] = []
    headings = {}
    for group, members in groups.values():
        headings[len(ordered)] = group, len(members)
        ordered += members
    return Groups(ordered, headings)


def named(key: str, missing: str) -> Group:
    """Return the group of a name; ``missing`` is what notes without one are called."""
    return Group(key, one_line(key[:LONGEST]) or missing)


def period_of(day: date | None, today: date) -> Group:
    """Return the group of a day: today, yesterday, this week, last week, then months.

    Args:
        day: The day here; None where it is not known.
        today: The present day here.
    """
    if day is None:
        return Group("", "without a date")
    monday = today - timedelta(days=today.weekday())
    if day > today:
        return Group("later", "Later")
    if day == today:
        return Group("today", "Today")
    if day == today - timedelta(days=1):
        return Group("yesterday", "Yesterday")
    if day >= monday:
        return Group("week", "This week")
    if day >= monday - timedelta(days=7):
        return Group("last week", "Last week")
    return Group((day.year, day.month), f"{day:%B %Y}")
