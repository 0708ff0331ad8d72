"""Recognises bylines and datelines, between an article's title and its text."""

from __future__ import annotations

import re

from reader.core.dates import find_date

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
    written = find_date(line)
    if written is None or not written.date.year or not written.date.day or not written.is_alone:
        return ""
    return written.date.iso
