"""Residue: what a news site's page holds beside the article, as it comes along when one copies.

A line is residue only as a whole, and never where it ends in a full stop: a sentence of the
article is not to be dimmed by mistake. English, with the commonest phrases of German, French and
Spanish.
"""

from __future__ import annotations

import re

from reader.formats.plain.residue_phrases import (
    AGENCIES,
    LINK_LABELS,
    PHRASES,
    SERVICES,
    SINGLE_LINK_LABELS,
)

MAX_RESIDUE = 160
"""A longer line is text; in code points."""


def _any(patterns: str) -> str:
    """Return one pattern that matches what any line of ``patterns`` does."""
    lines = (line for line in patterns.strip().split("\n") if not line.startswith("#"))
    return f"(?:{'|'.join(lines)})"


_UNIT = (
    "(?:seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w|months?|mo|years?|yrs?|y)"
)
_NAME = r"[^\W\d_][\w.'’&-]*"
_NAMES = rf"{_NAME}(?:[ ,]+(?:{_NAME}|&)){{0,7}}"
_AGENCY = _any(AGENCIES)
_LABEL = _any(LINK_LABELS)
_SERVICE = _any(SERVICES)
_RESIDUE = re.compile(
    r"[|·•›»>▶→*\s]*"
    rf"(?:{_any(PHRASES).replace('UNIT', _UNIT)}"
    rf"|{_SERVICE}(?:[ ,|·•/]+{_SERVICE})*"
    rf"|{_LABEL}\s*[:»›>…]*"
    rf"|{_LABEL}\s*[:»›>|–—-]\s*\S.*)"
    r"[\s:…»›>|]*",
    re.IGNORECASE,
)
# The only lines with a full stop: no article has a sentence like them.
_BOILERPLATE = re.compile(
    r"(?:©|\(c\)|copyright\b).{0,120}\ball rights reserved\.|all rights reserved\."
    r"|(?:last )?(?:updated|published|posted)(?: on| at)?:? .{0,20}\d.{0,30} [ap]\.m\.",
    re.IGNORECASE,
)
_ONE_LINK = re.compile(rf"{_any(SINGLE_LINK_LABELS)}\s*:?", re.IGNORECASE)
_OPENS_LINKS = re.compile(rf"{_LABEL}\s*:?", re.IGNORECASE)

_AFTER_SENTENCE = r"(?:.{0,120}[.!?…)”\"’] )?"
_AGENCY_ALONE = rf"{_AGENCY}(?:(?: via | ?/ ?|, ){_NAMES})?"
_CREDIT = re.compile(
    rf"{_AFTER_SENTENCE}(?:"
    r"(?:(?:main |top |cover )?(?:photo(?:graph|graphy|s)?|image|picture|illustration|composite"
    r"|video|graphic|credit)s?(?: credits?)?(?: ?(?:by|:|©) ?)"
    r"|(?:foto|bild|grafik|bildquelle|quelle|crédits? ?(?:photo)?|ilustración|imagen|crédito)s?"
    r" ?[:©] ?"
    r"|© ?)[^.!?]{2,80}"
    rf"|{_NAMES} ?(?:/|via|\|) ?{_AGENCY}(?:[ /]{_NAMES})?"
    rf"|{_AGENCY_ALONE})",
    re.IGNORECASE,
)
_CAPTION_BELOW = re.compile(
    rf"(?:view|enlarge|open|expand) image.*|image caption|{_AGENCY_ALONE}",
    re.IGNORECASE,
)
_MAY_BE_CREDIT = re.compile(r"[:©/|]| by | via ", re.IGNORECASE)
_ONLY_AGENCY = re.compile(_AGENCY_ALONE)


def is_residue(line: str) -> bool:
    """Tell whether a whole line, without spaces around it, is no part of the article."""
    if len(line) > MAX_RESIDUE or line[-1:] in (".", "?", ""):
        return _BOILERPLATE.fullmatch(line[:MAX_RESIDUE]) is not None
    return _RESIDUE.fullmatch(line) is not None or is_credit(line)


def is_credit(line: str) -> bool:
    """Tell whether a line is or ends in the credit of a picture."""
    if len(line) > 240 or line.endswith("."):
        return False
    if _ONLY_AGENCY.fullmatch(line) is not None:
        return True
    return _MAY_BE_CREDIT.search(line) is not None and _CREDIT.fullmatch(line) is not None


def opens_links(line: str) -> bool:
    """Tell whether a line is the label above a list of links to other articles."""
    return len(line) <= 60 and _OPENS_LINKS.fullmatch(line) is not None


def announces_caption(line: str) -> bool:
    """Tell whether the caption of a picture is likely to stand below a line of residue."""
    return len(line) <= 60 and _CAPTION_BELOW.fullmatch(line) is not None


def opens_one_link(line: str) -> bool:
    """Tell whether a label stands in the middle of articles, often above one link only."""
    return len(line) <= 60 and _ONE_LINK.fullmatch(line) is not None
