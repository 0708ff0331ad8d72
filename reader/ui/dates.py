"""Times as people say them."""

from __future__ import annotations

from datetime import date

from reader import clock
from reader.core.text_formatting import counted

MINUTE = 60
HOUR = 60 * MINUTE
RECENT_DAYS = 30
"""The most days that are counted; for an earlier day the date is given."""


def when(moment: str, now: str) -> str:
    """Return how long ago a time was: ``3 days ago``; its date where that is long ago.

    Days are those of the machine's time zone, so that ``yesterday`` is the day before today. A
    time in the future, as on a machine whose clock was wrong, is given as its date.

    Args:
        moment: The time in ISO 8601 with a time zone; may be empty.
        now: The present time in the same form.

    Returns:
        A few words; ``moment`` itself where it is empty or no time.
    """
    if not moment:
        return ""
    try:
        then, present = clock.local(moment), clock.local(now)
    except ValueError:
        return moment
    seconds = (present - then).total_seconds()
    days = (present.date() - then.date()).days
    if seconds < -MINUTE or days > RECENT_DAYS:
        return then.date().isoformat()
    if days > 1:
        return f"{days} days ago"
    if seconds < MINUTE:
        return "just now"
    if seconds < HOUR:
        return f"{counted(int(seconds // MINUTE), 'minute')} ago"
    if days == 0 or seconds < 6 * HOUR:
        return f"{counted(int(seconds // HOUR), 'hour')} ago"
    return "yesterday"


def short_day(moment: str) -> str:
    """Return a day, a month or a year in as few cells as a column has: ``14 Mar 2026``.

    Args:
        moment: An ISO 8601 date or time, or the start of one; any other text is returned as it is.
    """
    known = moment[: len("2026-03-14")]
    try:
        if len(known) == len("2026-03"):
            return f"{date.fromisoformat(f'{known}-01'):%b %Y}"
        parsed = date.fromisoformat(known)
    except ValueError:
        return moment
    return f"{parsed.day} {parsed:%b %Y}"
