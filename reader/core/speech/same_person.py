"""Tell whether two names may be of one person, as two articles write them."""

from __future__ import annotations

from functools import cache
from typing import Final

from reader.core.folding import fold
from reader.core.speech.language_choice import LEXICONS

_SUFFIXES: Final = frozenset({"jr", "sr", "ii", "iii", "iv"})


def may_be_same(one: str, other: str) -> bool:
    """Return whether two names may be of the same person.

    Titles, offices and accents do not matter; a surname alone, a first name alone and initials may
    be anybody's with that name. A description, such as *the mayor*, may be anybody.
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
    return one == other or (1 in (len(one), len(other)) and one[0] == other[0])


def _name(words: str) -> list[str]:
    """Return the folded words of a name without titles; none for a description."""
    parts = words.partition(",")[0].split()
    if not parts or (parts[0][0].islower() and parts[0] not in _particles()):
        return []
    if parts[0].lower() in _determiners():
        return []
    folded = fold(" ".join(parts)).replace(".", " ").split()
    kept = [each for each in folded if each not in titles() and each not in _SUFFIXES]
    return [each.removesuffix("'s") for each in kept]


@cache
def titles() -> frozenset[str]:
    """Return the titles and offices of all languages, folded."""
    return frozenset(
        fold(word).strip(".") for each in LEXICONS for word in each.titles | each.offices
    )


@cache
def _determiners() -> frozenset[str]:
    return frozenset[str]().union(*(each.determiners for each in LEXICONS))


@cache
def _particles() -> frozenset[str]:
    return frozenset[str]().union(*(each.particles for each in LEXICONS))
