"""What versions of an article are called: by the days on which they were seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader import clock

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reader.session.versions import Version


def time_in_words(moment: str) -> str:
    """Return the day and the minute of a time: ``30 Nov, 09:05``."""
    minute = clock.local_minute(moment)
    return f"{clock.day_in_words(moment)}, {minute[-5:]}" if minute != moment else moment


def seen_in_words(version: Version) -> str:
    """Return when a version was seen: ``30 Nov, 09:05 to 18:00``, or ``to 1 Dec, 18:00``."""
    first, last = time_in_words(version.first or version.last), time_in_words(version.last)
    if first == last:
        return first
    is_one_day = clock.local_day(version.first) == clock.local_day(version.last)
    return f"{first} to {last.rpartition(', ')[2] if is_one_day else last}"


def last_seen(version: Version, versions: Iterable[Version]) -> str:
    """Return the day of a version, with the time where another one has that day.

    Args:
        version: One of the versions.
        versions: All versions of the article.
    """
    minute = clock.local_minute(version.last)
    others = (each for each in versions if each.digest != version.digest)
    if minute == version.last or all(each.day != version.day for each in others):
        return version.day
    return f"{version.day}, {minute[-5:]}"


def between(earlier: Version, later: Version) -> str:
    """Return between which times two versions differ: ``from 30 Nov to 2 Dec``."""
    moments = (earlier.last, later.first or later.last)
    days = [clock.day_in_words(moment) for moment in moments]
    if days[0] == days[1]:
        days = [time_in_words(moment) for moment in moments]
    return f"from {days[0]} to {days[1]}"
