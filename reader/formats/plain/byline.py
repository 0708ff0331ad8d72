"""Recognises bylines and datelines, between an article's title and its text."""

from __future__ import annotations

import re
from datetime import date

_PARTICLE = "(?:de|del|della|der|den|di|da|dos|du|la|le|van|von|zu|zur|bin|ibn|al|el|y|ten|ter)"
_WORD = rf"(?:[DdLl][’'])?(?:[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’.-]*|{_PARTICLE}\b)"
_PERSON = rf"[^\W\d_a-zß-öø-ÿ][\w'’.-]*(?: {_WORD}){{0,5}}"
_BYLINE = re.compile(
    rf"(?:By|BY|by|Von|Par|Por|Words by|Text by|Text:|Texte?:|Story by)\s+({_PERSON}.*)"
)
_PARTED = re.compile(r"\s*(?:,|;|&|\band\b|\bund\b|\bet\b|\by\b|\bwith\b)\s*")
_PLACE = re.compile(r"\s+(?:in|at|for|aus|à|en|is|are)\s.*|\s*[|·•–—(].*")
_NO_PERSON = re.compile(
    r"(?i:\b(?:news|editor|correspondent|reporter|staff|writer|bbc|press|agency|times|post|guardian|reuters|afp|author)\b)"
)
_PERSON_ONLY = re.compile(rf"{_PERSON}")

_MONTHS = {
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
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_DAY_FIRST = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th|er|\.|º)?(?: of| de)? ([^\W\d_]{3,10})\.?,?(?: de)? (\d{4})\b"
)
_MONTH_FIRST = re.compile(r"\b([^\W\d_]{3,10})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b")
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
_MAX_DATE_LINE = 80
_MAX_BYLINE = 140


def read_byline(line: str) -> tuple[str, ...]:
    """Return the authors that a byline names; empty if the line is none."""
    match = _BYLINE.fullmatch(line) if len(line) <= _MAX_BYLINE else None
    if match is None or line.endswith((".", "!", "?", ":")):
        return ()
    authors: list[str] = []
    for part in _PARTED.split(_PLACE.sub("", match[1])):
        name = part.strip()
        if not name or _NO_PERSON.search(name) or _PERSON_ONLY.fullmatch(name) is None:
            continue
        authors.append(name.title() if name.isupper() else name)
    return tuple(dict.fromkeys(authors))


def read_date(line: str) -> str:
    """Return the date of a dateline in ISO 8601; empty if the line is none."""
    if len(line) > _MAX_DATE_LINE or line.endswith(("!", "?", ":")):
        return ""
    match = _ISO.search(line)
    numbers = [int(one) for one in match.groups()] if match else []
    if not match and (match := _DAY_FIRST.search(line)):
        numbers = [int(match[3]), _MONTHS.get(match[2].lower(), 0), int(match[1])]
    if not match and (match := _MONTH_FIRST.search(line)):
        numbers = [int(match[3]), _MONTHS.get(match[1].lower(), 0), int(match[2])]
    if not match or not _DATE_WORDS.issuperset(_WORDS.findall(line.replace(match[0], "").lower())):
        return ""
    try:
        return date(*numbers).isoformat()
    except ValueError:
        return ""
