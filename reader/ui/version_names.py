"""What versions of an article are called: by the days on which they were seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader import clock

if TYPE_CHECKING:
    from reader.session.versions import Version


def time_in_words(moment: str) -> str:
    """Return the day and the minute of a time: ``30 Nov, 09:05``."""
    minute = clock.local_minute(moment)
    return f"{clock.day_in_words(moment)}, {minute[-5:]}" if minute != moment else moment


def seen_in_words(version: Version) -> str:
    """Return when a version was seen: ``30 Nov, 09:05 to 1 Dec, 18:00``."""
    first, last = time_in_words(version.first or version.last), time_in_words(version.last)
    return first if first == last else f"{first} to {last}"


def between(earlier: Version, later: Version) -> str:
    """Return between which times two versions differ: ``from 30 Nov to 2 Dec``."""
    moments = (earlier.last, later.first or later.last)
    days = [clock.day_in_words(moment) for moment in moments]
    if days[0] == days[1]:
        days = [time_in_words(moment) for moment in moments]
    return f"from {days[0]} to {days[1]}"
