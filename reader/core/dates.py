"""Dates as people write them, and as Margin stores them: as much of ISO 8601 as is known."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final, NamedTuple

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner janvier enero",
            "february feb februar février febrero",
            "march mar märz mars marzo",
            "april apr avril abril",
            "may mai mayo",
            "june jun juni juin junio",
            "july jul juli juillet julio",
            "august aug août agosto",
            "september sep sept septembre septiembre",
            "october oct oktober okt octobre octubre",
            "november nov novembre noviembre",
            "december dec dezember dez décembre diciembre",
        ),
        1,
    )
    for name in names.split()
}
"""The numbers of months by their names in English, German, French and Spanish."""

_AROUND_DATES = (
    "published posted updated modified last first on at the of and am pm gmt bst utc est edt cst "
    "pst cet cest et pt ist uhr um den vom stand publié mis jour modifié le à a las el de del "
    "publicado actualizado h z t p m min read minute minutes "
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat "
    "sun montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi "
    "vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo"
)
_DATE_WORDS = frozenset(_AROUND_DATES.split())
_WORDS = re.compile(r"[^\W\d_]+")

_ORDINAL = r"(?:st|nd|rd|th|er|\.|º|ª)?"
_MONTH = r"(?P<month>[^\W\d_]{3,10})\.?"
_YEAR = r"(?P<year>\d{4})\b"
_DAY = rf"\b(?P<day>\d{{1,2}}){_ORDINAL}"
_FORMS: Final = (
    re.compile(r"\b(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?=\D|$)"),
    re.compile(rf"{_DAY}(?: of| de)? {_MONTH},?(?: de| del)? {_YEAR}"),
    re.compile(rf"\b{_MONTH} (?P<day>\d{{1,2}}){_ORDINAL},? {_YEAR}"),
    re.compile(rf"\b{_MONTH},?(?: of| de| del)? {_YEAR}"),
    re.compile(rf"{_DAY}(?: of| de)? {_MONTH}"),
    re.compile(rf"\b{_MONTH} (?P<day>\d{{1,2}}){_ORDINAL}(?=\D|$)"),
)
"""How dates are written, the most complete first; only the last two have no year."""

_MONTH_OF_YEAR = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})")
_YEAR_ALONE = re.compile(r"\d{4}")
_NUMBERS = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")

EXAMPLES: Final = "2026, 2026-03, 2026-03-14 or 14 March 2026"
"""The forms of a date that messages name."""


class PartialDate(NamedTuple):
    """A date of which a part may be unknown, which is 0 then."""

    year: int
    """The year, 1 to 9999."""
    month: int = 0
    """The month, 1 to 12."""
    day: int = 0
    """The day of the month, from 1."""

    @property
    def iso(self) -> str:
        """The date in ISO 8601, as far as it is known from its year on."""
        if not self.month:
            return f"{self.year:04}"
        month = f"{self.year:04}-{self.month:02}"
        return f"{month}-{self.day:02}" if self.day else month


class WrittenDate(NamedTuple):
    """A date in a line of text."""

    date: PartialDate
    """The date; its year is 0 where the line does not name it."""
    words: str
    """The words that name it."""
    rest: str
    """The line without these words."""

    @property
    def is_alone(self) -> bool:
        """Whether the rest of the line is what stands around dates: times, weekdays, "posted"."""
        return _DATE_WORDS.issuperset(_WORDS.findall(self.rest.lower()))


class DateError(ValueError):
    """A text is no date, or may be several; the message says why, without a full stop."""


def find_date(line: str) -> WrittenDate | None:
    """Return the first date in a line, with as much as it names.

    None where there is none, and where the calendar does not have it.
    """
    for form in _FORMS:
        for match in form.finditer(line):
            if not _month_in(match["month"]):
                continue
            found = _date_of(match.groupdict())
            rest = f"{line[: match.start()]} {line[match.end() :]}"
            return WrittenDate(found, match[0], rest) if found is not None else None
    return None


def read_date(text: str) -> str:
    """Return a date that a person wrote in ISO 8601, as much as is given.

    For example ``2026``, ``2026-03`` for "March 2026", and ``2026-03-14`` for "14 March 2026". A
    moment in ISO 8601 keeps its time.

    Raises:
        DateError: It is no date, has no year, or may be read in two ways.
    """
    line = " ".join(text.split())
    if _YEAR_ALONE.fullmatch(line) and int(line):
        return PartialDate(int(line)).iso
    if (match := _MONTH_OF_YEAR.fullmatch(line)) and (found := _date_of(match.groupdict())):
        return found.iso
    if match := _NUMBERS.fullmatch(line):
        return _read_numbers(match)
    if "T" in line:
        try:
            datetime.fromisoformat(line)
        except ValueError:
            pass
        else:
            return line
    written = find_date(line)
    if written is None or not written.is_alone:
        raise DateError(f"“{line[:60]}” is no date that Margin understands; write {EXAMPLES}")
    if not written.date.year:
        raise DateError(f"“{line[:60]}” has no year; write it too, as in 14 March 2026")
    return written.date.iso


def stated_day(moment: str) -> str:
    """Return the day that a moment names, such as ``2026-03-14``, in no other time zone than its.

    Args:
        moment: An ISO 8601 date or time, or the start of one; any other text is returned as it is.
    """
    try:
        is_longer = len(moment) > len("2026-03-14")
        return datetime.fromisoformat(moment).date().isoformat() if is_longer else moment
    except ValueError:
        return moment


def in_words(moment: str) -> str:
    """Return a day, a month or a year as people write it: ``14 March 2026``, ``March 2026``.

    Args:
        moment: An ISO 8601 date or time, or the start of one; any other text is returned as it is.
    """
    try:
        if match := _MONTH_OF_YEAR.fullmatch(moment):
            parsed = date(int(match["year"]), int(match["month"]), 1)
            return f"{parsed:%B %Y}"
        parsed = date.fromisoformat(stated_day(moment))
    except ValueError:
        return moment
    return f"{parsed.day} {parsed:%B %Y}"


def _read_numbers(match: re.Match[str]) -> str:
    """Return a date of numbers with its year last; with full stops, the day is first."""
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    readings = [(second, first)] if match[2] == "." else [(second, first), (first, second)]
    dates = {found.iso for month, day in readings if (found := _checked(year, month, day))}
    if len(dates) == 1:
        return dates.pop()
    if not dates:
        raise DateError(f"“{match[0]}” is no day of the calendar; write {EXAMPLES}")
    ways = " or ".join(in_words(each) for each in sorted(dates))
    raise DateError(f"“{match[0]}” may be {ways}; write it like one of these")


def _date_of(parts: dict[str, str]) -> PartialDate | None:
    month = _month_in(parts["month"])
    year, day = int(parts.get("year") or 0), int(parts.get("day") or 0)
    if not month or ("year" in parts and not year) or ("day" in parts and not day):
        return None
    return _checked(year, month, day)


def _month_in(word: str) -> int:
    """Return the number of a month that is named or a number; 0 for another word."""
    return int(word) if word.isdecimal() else MONTHS.get(word.lower(), 0)


def _checked(year: int, month: int, day: int) -> PartialDate | None:
    """Return a date if the calendar has it; without a year, 29 February is one."""
    try:
        date(year or 2000, month, day or 1)
    except ValueError:
        return None
    return PartialDate(year, month, day)
