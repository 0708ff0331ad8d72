"""Tell whether two names may be of one person, as two articles write them."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from reader.core.folding import fold
from reader.core.speech.language_choice import LEXICONS
from reader.core.speech.lexicon import words

_SUFFIXES: Final = frozenset({"jr", "sr", "ii", "iii", "iv"})
_CALLINGS: Final = words(
    """grandmaster brother pastor alderman prosecutor ceo principal headteacher headmaster dean
    provost curator architect fisherman forester treasurer clerk duke master uncle aunt cardinal
    canon ombudsman trooper ranger pilot skipper elect accountant trader worker volunteer driver
    baker printer sailor"""
)
"""What people are called by besides the titles and offices that tell who speaks in an article."""

_ANYBODY: Final = words(
    """nobody noone none everyone everybody someone somebody anyone anybody others many most some
    several people niemand jemand jeder alle viele personne quelqu'un chacun nadie alguien todos"""
)
"""Words that name no person, in lower case."""

_SHORTEST_FORM: Final = 3
"""The fewest letters of a short form of a first name: *Bea* for *Beatrice*."""


_TRANSCRIBED: Final = re.compile(r"([aou])e|(?<=a)a")
"""Vowels that stand for one with a mark: *Mueller*, *Oeberg*, *Aase*."""

_GENITIVE: Final = re.compile(r"'s\b")


def may_be_same(one: str, other: str) -> bool:
    """Return whether two names may be of the same person.

    Titles, offices, accents, apostrophes and hyphens do not matter; a surname alone, a first name
    alone, initials and short forms may be anybody's with that name. A description, such as *the
    mayor*, may be anybody.
    """
    first, second = _name(one), _name(other)
    if not first or not second:
        return True
    shorter, longer = sorted((first, second), key=len)
    if len(shorter) == 1:
        return shorter[0] in longer
    if shorter[-1] != longer[-1]:
        return set(shorter) <= set(longer)
    return any(_may_be_same_word(shorter[0], word) for word in longer[:-1])


def _may_be_same_word(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    is_short_form = len(shorter) == 1 or len(shorter) >= _SHORTEST_FORM
    return one == other or (is_short_form and longer.startswith(shorter))


def _name(words: str) -> list[str]:
    """Return the folded words of a name without titles; none for a description."""
    parts = words.partition(",")[0].split()
    if not parts or (parts[0][0].islower() and parts[0] not in _particles()):
        return []
    if any(part.endswith(("'s", "’s")) for part in parts[:-1]):  # *Hale’s wife*
        return []
    if parts[0].lower() in _determiners() | _ANYBODY:
        return []
    folded = _GENITIVE.sub("", fold(" ".join(parts))).replace("'", "")
    names = [each for each in re.split(r"[\s.-]+", folded) if each and each not in _SUFFIXES]
    after = max((at for at, each in enumerate(names[:-1], 1) if _is_title(each)), default=0)
    return [_TRANSCRIBED.sub(r"\1", each) for each in names[after:] if each not in titles()]


def _is_title(word: str) -> bool:
    """Return whether a folded word before a name is a title, an office, or a compound with one."""
    return word in titles() or word in _CALLINGS or word.endswith(_compound_offices())


@cache
def titles() -> frozenset[str]:
    """Return the titles and offices of all languages, folded."""
    return frozenset(
        fold(word).strip(".") for each in LEXICONS for word in each.titles | each.offices
    )


@cache
def _compound_offices() -> tuple[str, ...]:
    """Return how compounds that are offices end, folded: *Werftleiter*, *Oberbürgermeisterin*."""
    compounding = (each for each in LEXICONS if each.nouns_have_capitals)
    return tuple(fold(office) for each in compounding for office in each.offices)


@cache
def _determiners() -> frozenset[str]:
    return frozenset[str]().union(*(each.determiners for each in LEXICONS))


@cache
def _particles() -> frozenset[str]:
    return frozenset[str]().union(*(each.particles for each in LEXICONS))
