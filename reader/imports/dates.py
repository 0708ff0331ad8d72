"""Reads times as devices write them for people, in the languages that e-readers speak.

The names of the months are told apart without knowing the language of a text, because no name
means different months in two of these languages.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from reader.clock import iso

_MONTHS_OF: Final = (
    "january february march april may june july august september october november december",
    "jan feb mar apr may jun jul aug sep oct nov dec",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "jänner feb mär apr mai jun jul aug sept okt nov dez",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "janv févr mars avr mai juin juil août sept oct nov déc",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "ene feb mar abr may jun jul ago setiembre oct nov dic",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "jan fev mar abr mai jun jul ago set out nov dez",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "gen feb mar apr mag giu lug ago set ott nov dic",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "jan feb mrt apr mei jun jul aug sep okt nov dec",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    (
        "stycznia lutego marca kwietnia maja czerwca"
        " lipca sierpnia września października listopada grudnia"
    ),
    (
        "styczeń luty marzec kwiecień maj czerwiec"
        " lipiec sierpień wrzesień październik listopad grudzień"
    ),
    "januari februari mars april maj juni juli augusti september oktober november december",
    "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
)
"""The twelve months of each language, where they have short names in a second row."""

_MONTHS: Final = {
    name: number for names in _MONTHS_OF for number, name in enumerate(names.split(), 1)
}

_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d{1,4}")
_YEAR_FIRST = re.compile(
    r"(?<!\d)(\d{4})\s*(?:[-/.]|[年년])\s*(\d{1,2})\s*(?:[-/.]|[月월])\s*(\d{1,2})(?!\d)"
)
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)")
_TIME = re.compile(
    r"(?P<half>上午|下午|午前|午後|오전|오후)?\s*"
    r"(?<!\d)(?P<hour>\d{1,2})[:：h](?P<minute>\d{2})(?:[:：'](?P<second>\d{2}))?(?:[.,]\d{1,9})?"
    r"['\"]?"
    r"(?:\s?(?P<meridiem>[ap])\.?\s?m\b\.?)?"
    r"(?:\s?(?P<greenwich>GMT|UTC|Greenwich Mean Time|Z)\b)?"
    r"(?:(?P<sign>[+-])(?P<ahead>\d{1,2}):?(?P<minutes_ahead>\d{2}))?",
    re.IGNORECASE,
)
_LATER_HALVES = frozenset({"下午", "午後", "오후", "p"})
_EARLIER_HALVES = frozenset({"上午", "午前", "오전", "a"})

_LONGEST = 300
"""A longer text is no time, in code points."""

_CENTURY = 2000
"""What is added to a year of two digits; there were no e-readers before."""


def written_moment(text: str) -> datetime | None:
    """Return a time that is written for people; None where the text has no day.

    Args:
        text: The time with its day, such as ``Freitag, 26. April 2013 um 00:49:32 Uhr``; words
            around it do not matter.

    Returns:
        The time, without a time zone unless the text names one; midnight where it has a day alone.
    """
    if len(text) > _LONGEST:
        return None
    time = _TIME.search(text)
    rest = f"{text[: time.start()]} {text[time.end() :]}" if time else text
    day = _day_in(unicodedata.normalize("NFC", rest))
    if day is None:
        return None
    try:
        return _at(datetime(*day), time)
    except (ValueError, OverflowError):
        return None


def moment_text(moment: datetime | None) -> str:
    """Return a time in Margin's form; empty if there is none. Without a zone it is local time."""
    try:
        return iso(moment) if moment else ""
    except (OverflowError, OSError):
        return ""


def written_date(text: str) -> str:
    """Return a time as people write it in Margin's form; one that cannot be read as it is."""
    return moment_text(written_moment(text)) or text.strip()


def _at(day: datetime, time: re.Match[str] | None) -> datetime:
    if time is None:
        return day
    hour = int(time["hour"])
    half = (time["half"] or time["meridiem"] or "").lower()
    if half in _LATER_HALVES and hour < 12:
        hour += 12
    elif half in _EARLIER_HALVES and hour == 12:
        hour = 0
    zone = UTC if time["greenwich"] else None
    if time["sign"]:
        ahead = timedelta(hours=int(time["ahead"]), minutes=int(time["minutes_ahead"]))
        zone = timezone(-ahead if time["sign"] == "-" else ahead)
    return day.replace(
        hour=hour, minute=int(time["minute"]), second=int(time["second"] or 0), tzinfo=zone
    )


def _day_in(text: str) -> tuple[int, int, int] | None:
    """Return the year, the month and the day in a text without a time; None if it has none."""
    if found := _YEAR_FIRST.search(text):
        return int(found[1]), int(found[2]), int(found[3])
    # The last name counts: ``mar`` is a weekday, too, and weekdays come first.
    named = [
        (word, month)
        for word in _WORD.finditer(text)
        if (month := _MONTHS.get(word[0].casefold())) is not None
    ]
    if not named:
        found = _DAY_FIRST.search(text)
        return (int(found[3]), int(found[2]), int(found[1])) if found else None
    numbers = [each[0] for each in _NUMBER.finditer(text)]
    years = [each for each in numbers if len(each) == 4]
    days = [each for each in numbers if len(each) <= 2]
    if years and days:
        return int(years[0]), named[-1][1], int(days[0])
    if len(days) >= 2:
        return _CENTURY + int(days[1]), named[-1][1], int(days[0])
    return None
