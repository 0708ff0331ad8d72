"""Recognises residue: lines of a news site's page that are copied along with the article.

Only a whole line is residue, and never one that ends in a full stop, so that no sentence of the
article is dimmed by mistake. The phrases are English, with the most common ones in German, French
and Spanish.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

MAX_RESIDUE = 160
"""The longest residue, in code points."""

_PHRASES_FILE = Path(__file__).with_name("residue_phrases.txt")
_UNIT = (
    "(?:seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w|months?|mo|years?|yrs?|y)"
)
_NAME = r"[^\W\d_][\w.'’&-]*"
_NAMES = rf"{_NAME}(?:[ ,]+(?:{_NAME}|&)){{0,7}}"
_AFTER_SENTENCE = r"(?:.{0,120}[.!?…)”\"’] )?"
# The only residue with a full stop: no article has a sentence like these.
_BOILERPLATE = re.compile(
    r"(?:©|\(c\)|copyright\b).{0,120}\ball rights reserved\.|all rights reserved\."
    r"|(?:last )?(?:updated|published|posted)(?: on| at)?:? .{0,20}\d.{0,30} [ap]\.m\.",
    re.IGNORECASE,
)
_MAY_BE_CREDIT = re.compile(r"[:©/|]| by | via ", re.IGNORECASE)


@cache
def _phrases() -> dict[str, list[str]]:
    """Return the lists of phrases by their names."""
    lists: dict[str, list[str]] = {}
    phrases: list[str] = []
    for line in _PHRASES_FILE.read_text("utf-8").splitlines():
        if line.startswith("## "):
            phrases = lists[line[3:]] = []
        elif line and not line.startswith("#"):
            phrases.append(line)
    return lists


def _any(name: str) -> str:
    """Return one expression for all phrases of a list."""
    return f"(?:{'|'.join(_phrases()[name])})"


# The expressions are compiled when they are first needed, which takes some 10 ms.


@cache
def _residue() -> re.Pattern[str]:
    label, service = _any("link labels"), _any("services")
    return re.compile(
        r"[|·•›»>▶→*\s]*"
        rf"(?:{_any('phrases').replace('UNIT', _UNIT)}"
        rf"|{service}(?:[ ,|·•/]+{service})*"
        rf"|{label}\s*[:»›>…]*"
        rf"|{label}\s*[:»›>|–—-]\s*\S.*)"
        r"[\s:…»›>|]*",
        re.IGNORECASE,
    )


@cache
def _credit() -> re.Pattern[str]:
    agency = _any("agencies")
    return re.compile(
        rf"{_AFTER_SENTENCE}(?:"
        r"(?:(?:main |top |cover )?(?:photo(?:graph|graphy|s)?|image|picture|illustration|composite"
        r"|video|graphic|credit)s?(?: credits?)?(?: ?(?:by|:|©) ?)"
        r"|(?:foto|bild|grafik|bildquelle|quelle|crédits? ?(?:photo)?|ilustración|imagen|crédito)s?"
        r" ?[:©] ?"
        r"|© ?)[^.!?]{2,80}"
        rf"|{_NAMES} ?(?:/|via|\|) ?{agency}(?:[ /]{_NAMES})?"
        rf"|{_lone_agency()})",
        re.IGNORECASE,
    )


def _lone_agency() -> str:
    return rf"{_any('agencies')}(?:(?: via | ?/ ?|, ){_NAMES})?"


@cache
def _agency() -> re.Pattern[str]:
    return re.compile(_lone_agency())


@cache
def _caption_above() -> re.Pattern[str]:
    return re.compile(
        rf"(?:view|enlarge|open|expand) image.*|image caption|{_lone_agency()}", re.IGNORECASE
    )


@cache
def _link_label(name: str) -> re.Pattern[str]:
    return re.compile(rf"{_any(name)}\s*:?", re.IGNORECASE)


@cache
def _section_names() -> frozenset[str]:
    return frozenset(" ".join(_phrases()["section names"]).split())


def is_section_name(line: str) -> bool:
    """Return whether a line is the name of a newspaper section, as it may stand above a title."""
    return _section_names().issuperset(line.lower().split())


def is_residue(line: str) -> bool:
    """Return whether a whole line, without spaces around it, is not part of the article."""
    if len(line) > MAX_RESIDUE or line[-1:] in (".", "?", ""):
        return _BOILERPLATE.fullmatch(line[:MAX_RESIDUE]) is not None
    return _residue().fullmatch(line) is not None or is_credit(line)


def is_credit(line: str) -> bool:
    """Return whether a line is the credit of a picture, or ends in one."""
    if len(line) > 240 or line.endswith("."):
        return False
    if _agency().fullmatch(line) is not None:
        return True
    return _MAY_BE_CREDIT.search(line) is not None and _credit().fullmatch(line) is not None


def opens_links(line: str) -> bool:
    """Return whether a line is the label above a list of links to other articles."""
    return len(line) <= 60 and _link_label("link labels").fullmatch(line) is not None


def announces_caption(line: str) -> bool:
    """Return whether the caption of a picture probably follows a line of residue."""
    return len(line) <= 60 and _caption_above().fullmatch(line) is not None


def opens_one_link(line: str) -> bool:
    """Return whether a line is a label that often has only one link below it, inside articles."""
    return len(line) <= 60 and _link_label("single link labels").fullmatch(line) is not None
