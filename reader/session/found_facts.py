"""Finds the author and the date of an article in lines that its format set apart as residue."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final, NamedTuple

from reader.core.annotation import Article
from reader.core.dates import PartialDate, WrittenDate, find_date
from reader.core.document import BlockKind, Document
from reader.core.text_formatting import one_line

_MOST_BLOCKS: Final = 400
"""How many blocks are looked at; bylines and dates are near the top."""

_TOP_BLOCKS: Final = 10
"""How many blocks at the top may hold a byline that is no residue."""

_LONGEST_LINE: Final = 160
"""The longest line that may be a byline or a date, in code points."""

_PARTS: Final = re.compile(r"\s+[|·•–—/]\s+|\s*[|·•]\s*|\n")
_CHANGED: Final = re.compile(
    r"\b(?:updated|modified|changed|edited|aktualisiert|mis à jour|modifié|actualizado)\b",
    re.IGNORECASE,
)
_IN_ADDRESS: Final = re.compile(
    r"(?<!\d)(?P<year>\d{4})[-/](?P<month>\d\d?)(?:[-/](?P<day>\d\d?))?(?!\d)"
)
_WEEKDAYS: Final = {
    name: number
    for number, names in enumerate(
        (
            "monday mon montag lundi lunes",
            "tuesday tue tues dienstag mardi martes",
            "wednesday wed mittwoch mercredi miércoles",
            "thursday thu thurs donnerstag jeudi jueves",
            "friday fri freitag vendredi viernes",
            "saturday sat samstag sonnabend samedi sábado",
            "sunday sun sonntag dimanche domingo",
        )
    )
    for name in names.split()
}
_WORD: Final = re.compile(r"[^\W\d_]+")
_WEEKDAY_YEARS: Final = 4
"""A weekday names the year if it fits one of so many years alone: it recurs after 5, 6 or 11."""

_SAME_WEEK: Final = timedelta(days=7)


class FoundFact(NamedTuple):
    """A fact about the source that a line of its text seems to state."""

    text: str
    """What the form takes: names, or a date as people write it, which may lack its year."""
    line: str
    """The line, shortened."""
    is_complete: bool = True
    """Whether it can be taken as it is; a date without a year cannot."""


def found_facts(document: Document, article: Article) -> Mapping[str, FoundFact]:
    """Return what lines of a text state about its source, by the names of the fields.

    Only what is not known, or was guessed, is looked for; nothing is taken by itself.

    Args:
        document: The text, or its first part.
        article: The article.
    """
    known = article.metadata
    facts: dict[str, FoundFact] = {}
    if not known.authors or "authors" in known.guessed:
        facts |= _byline(document, known.authors)
    if not known.published or "published" in known.guessed:
        facts |= _date(document, article)
    return facts


def _byline(document: Document, known: tuple[str, ...]) -> dict[str, FoundFact]:
    from reader.formats.plain.byline import read_byline  # noqa: PLC0415  (only in the details)

    for line in _lines(document):
        for part in _PARTS.split(line):
            names = read_byline(part.strip().rstrip(".,"))
            if names and names != known:
                return {"authors": FoundFact(", ".join(names), one_line(line, 80))}
    return {}


def _date(document: Document, article: Article) -> dict[str, FoundFact]:
    dates = [
        (written, part, line)
        for line in _lines(document)
        for part in _PARTS.split(line)
        if (written := find_date(part)) and written.is_alone and written.date.day
    ]
    first_published = [each for each in dates if not _CHANGED.search(each[1])]
    for written, _, line in first_published or dates:
        found = written.date
        if not found.year:
            others = [other.date for other, _, _ in dates if other.date.year]
            found = found._replace(year=_year_of(written, article, others))
        fact = FoundFact(
            found.iso if found.year else written.words, one_line(line, 80), bool(found.year)
        )
        return {"published": fact} if fact.text != article.metadata.published else {}
    return {}


def _lines(document: Document) -> Iterator[str]:
    """Yield the lines that may state the author or the date."""
    for index, block in enumerate(document.blocks[:_MOST_BLOCKS]):
        is_at_top = index < _TOP_BLOCKS and block.kind is not BlockKind.HEADING
        if (block.residue or is_at_top) and block.end - block.start <= _LONGEST_LINE:
            yield document.quote(block.range)


def _year_of(written: WrittenDate, article: Article, others: list[PartialDate]) -> int:
    """Return the year of a date that names none, if the context is sure of it; else 0.

    The address may have the date, another line may have a date of the same week with its year, and
    a weekday fits one of the last years only.
    """
    month, day = written.date.month, written.date.day
    for address in (article.metadata.url, article.source_metadata.url, article.source):
        for match in _IN_ADDRESS.finditer(address):
            if int(match["month"]) == month and int(match["day"] or day) == day:
                return int(match["year"])
    for other in others:
        this = _day(other.year, month, day)
        that = _day(other.year, other.month, other.day or 1)
        if this and that and timedelta() <= that - this <= _SAME_WEEK:
            return other.year
    return _year_of_weekday(written, article)


def _year_of_weekday(written: WrittenDate, article: Article) -> int:
    words = _WORD.findall(written.rest.lower())
    weekdays = {_WEEKDAYS[word] for word in words if word in _WEEKDAYS}
    last = article.added[:10]
    if len(weekdays) != 1 or not last[:4].isdigit():
        return 0
    year = int(last[:4])
    fitting = [
        each.year
        for each in (
            _day(year - ago, written.date.month, written.date.day) for ago in range(_WEEKDAY_YEARS)
        )
        if each is not None and each.isoformat() <= last and each.weekday() in weekdays
    ]
    return fitting[0] if len(fitting) == 1 else 0


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
